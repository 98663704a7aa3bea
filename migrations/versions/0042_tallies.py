"""tallies: what changed in an occurrence's counts, and the cells that dashboards read."""

import sqlalchemy as sa
from alembic import op

from app.db import BigId, UtcDateTime

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None

COPIED = (
    "state, implementer_id, responsible_id, point_id, standard_code, business_on, start_at, grace_end_at, day_type, "
    "kind, round_id, assignee_id, claimed_by_id, done_by_id, signed, dual_due, short_visit, scanned, steps_pass, "
    "steps_fail, key_due, key_evidenced, key_pass, photos_due, photos_sent, photos_valid"
)
COUNTS = (
    "due in_window in_grace late missed unknown waiting reported holiday_due holiday_on_time handover_due "
    "handover_covered scanned short found steps_pass steps_fail key_due key_evidenced key_pass photos_due photos_sent "
    "photos_valid"
).split()
ID = sa.String(40)


def upgrade() -> None:
    op.add_column("occurrences", sa.Column("scanned", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute(
        "UPDATE occurrences SET scanned = true WHERE check_id IS NOT NULL "
        "AND EXISTS (SELECT 1 FROM checks c WHERE c.id = occurrences.check_id AND c.via = 'scan')"
    )
    _deltas()
    _cells("tally_days", ("standard_code", sa.String(20)), ("day_type", sa.String(8)), counts=COUNTS)
    _cells("tally_points", ("point_id", ID), ("standard_code", sa.String(20)), counts=COUNTS)
    _cells("tally_people", ("person_id", ID), ("round_id", ID), counts=[*COUNTS, "helped"])
    _cells("tally_misses", ("start_at", UtcDateTime()), counts=["missed"])
    _cells("tally_holidays", ("point_id", ID), ("business_on", sa.Date()), counts=["holiday_due", "holiday_on_time"])
    _marks()
    op.execute(f"INSERT INTO tally_deltas (sign, {COPIED}) SELECT 1, {COPIED} FROM occurrences WHERE state <> 'void'")
    op.execute("INSERT INTO tally_marks (id, months_before) VALUES (1, '2000-01-01')")


def downgrade() -> None:
    for name in ("verifications", "marks", "holidays", "misses", "people", "points", "days", "deltas"):
        op.drop_table(f"tally_{name}")
    with op.batch_alter_table("occurrences") as batch:
        batch.drop_column("scanned")


def _deltas() -> None:
    words = {"state": 12, "standard_code": 20, "day_type": 8, "kind": 10}
    names = [name.strip() for name in COPIED.split(",")]
    empty = {"round_id", "assignee_id", "claimed_by_id", "done_by_id"}
    kinds: dict[str, sa.types.TypeEngine] = {
        **{name: sa.String(words.get(name, 40)) for name in names[:15]},
        "business_on": sa.Date(),
        "start_at": UtcDateTime(),
        "grace_end_at": UtcDateTime(),
        **{name: sa.Boolean() for name in ("signed", "dual_due", "short_visit", "scanned")},
    }
    op.create_table(
        "tally_deltas",
        sa.Column("id", BigId, primary_key=True),
        sa.Column("sign", sa.Integer(), nullable=False),
        *(sa.Column(name, kinds.get(name, sa.Integer()), nullable=name in empty) for name in names),
    )


def _cells(name: str, *keys: tuple[str, sa.types.TypeEngine], counts: list[str]) -> None:
    """The table is its own index, so that the cells of a month lie side by side."""
    op.create_table(
        name,
        sa.Column("on", sa.Date(), primary_key=True),
        sa.Column("implementer_id", ID, primary_key=True),
        sa.Column("responsible_id", ID, primary_key=True),
        *(sa.Column(key, kind, primary_key=True) for key, kind in keys),
        *(sa.Column(each, sa.Integer(), nullable=False) for each in counts),
        sqlite_with_rowid=False,
    )


def _marks() -> None:
    op.create_table(
        "tally_marks",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("months_before", sa.Date(), nullable=False),
    )
    op.create_table(
        "tally_verifications",
        sa.Column("id", BigId, primary_key=True),
        sa.Column("month_on", sa.Date(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("differing", sa.Integer(), nullable=False),
        sa.Column("first", sa.String(400), nullable=False),
    )
