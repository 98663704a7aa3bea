"""What one has claimed and done is one's own (rules GR-9): cells give it to the claimer, not to the round's person.

No window changes, only whose it is. A change noted before and not folded yet is told as the earlier version would have
read it; then each such window is taken from the round's person and given to its claimer, by two changes of which all
else cancels. The triggers of the tallies are down meanwhile. Months whose windows are archived keep their cells.
"""

from alembic import op

revision = "0058"
down_revision = "0057"

NOTED = (
    "state, implementer_id, responsible_id, point_id, standard_code, business_on, start_at, grace_end_at, day_type, "
    "kind, round_id, done_by_id, signed, dual_due, short_visit, scanned, steps_pass, steps_fail, key_due, "
    "key_evidenced, key_pass, photos_due, photos_sent, photos_valid"
)
# Where nobody has the round it was the claimer's before, as who did it.
MOVED = "state IN ('in_window', 'in_grace', 'late') AND claimed_by_id = done_by_id AND assignee_id <> done_by_id"


def upgrade() -> None:
    op.execute(f"UPDATE tally_deltas SET claimed_by_id = NULL WHERE {MOVED}")  # noqa: S608  our own words
    _note(-1, "assignee_id, NULL")
    _note(1, "assignee_id, claimed_by_id")


def downgrade() -> None:
    """The other way: what the earlier version reads by the round is taken from the claimer."""
    op.execute(f"UPDATE tally_deltas SET assignee_id = claimed_by_id WHERE {MOVED}")  # noqa: S608
    _note(-1, "claimed_by_id, claimed_by_id")
    _note(1, "assignee_id, claimed_by_id")


def _note(sign: int, whose: str) -> None:
    op.execute(
        f"INSERT INTO tally_deltas (sign, assignee_id, claimed_by_id, {NOTED}) "  # noqa: S608
        f"SELECT {sign}, {whose}, {NOTED} FROM occurrences WHERE {MOVED}"
    )
