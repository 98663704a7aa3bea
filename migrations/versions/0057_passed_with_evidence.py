"""Key steps up to standard are those with evidence (rules MT-13): windows counted otherwise before are counted so.

From the answers where they are still kept; never more than the steps with evidence, which verdicts may have lowered.
The triggers of the tallies are down meanwhile, so each change is noted here.
"""

from alembic import op

revision = "0057"
down_revision = "0056"

NOTED = (
    "state, implementer_id, responsible_id, point_id, standard_code, business_on, start_at, grace_end_at, day_type, "
    "kind, round_id, assignee_id, claimed_by_id, done_by_id, signed, dual_due, short_visit, scanned, steps_pass, "
    "steps_fail, key_due, key_evidenced, photos_due, photos_sent, photos_valid"
)
ANSWERS = "FROM answers WHERE answers.check_id = occurrences.check_id"
EVIDENCED = "answers.key AND answers.result = 'pass' AND answers.photos_valid >= answers.photos_due"
PASSED = f"(SELECT count(*) {ANSWERS} AND {EVIDENCED})"  # noqa: S608  our own words
WITH_EVIDENCE = (
    f"CASE WHEN EXISTS (SELECT 1 {ANSWERS}) AND {PASSED} < key_evidenced THEN {PASSED} ELSE key_evidenced END"
)
WRONG = f"key_evidenced < key_due AND key_pass > {WITH_EVIDENCE}"


def upgrade() -> None:
    for sign, passed in ((-1, "key_pass"), (1, WITH_EVIDENCE)):
        op.execute(
            f"INSERT INTO tally_deltas (sign, key_pass, {NOTED}) "  # noqa: S608
            f"SELECT {sign}, {passed}, {NOTED} FROM occurrences WHERE {WRONG} AND state <> 'void'"
        )
    op.execute(f"UPDATE occurrences SET key_pass = {WITH_EVIDENCE} WHERE {WRONG}")  # noqa: S608


def downgrade() -> None:
    """What the earlier version counted cannot be told any more, and need not be."""
