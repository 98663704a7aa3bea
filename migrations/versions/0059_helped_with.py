"""Of a person's done windows, how many colleagues did (rules MT-25): who is in use is told by own deeds.

Filled from the windows and from what is noted and not folded yet, by local days as the cells are; the cells of today
are counted anew within a minute. Months whose windows are archived keep nought, and read as they did.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op
from flask import current_app

from app.days import month_of
from app.db import UtcDateTime

revision = "0059"
down_revision = "0058"

CELLS = ("days", "points", "people", "misses", "site_misses", "holidays")
TODAY = "9999-12-30"
KEYS = "implementer_id, responsible_id, assignee_id, COALESCE(round_id, '') AS round_id"
HELPED = (
    "state IN ('in_window', 'in_grace', 'late') AND done_by_id <> assignee_id "
    "AND (claimed_by_id IS NULL OR claimed_by_id <> done_by_id)"
)
# What the cells hold is what the windows say without what is still to be folded.
WINDOWS = f"SELECT grace_end_at, {KEYS}, 1 AS times FROM occurrences WHERE {HELPED}"  # noqa: S608  our own words
WAITING = f"SELECT grace_end_at, {KEYS}, -sign FROM tally_deltas WHERE {HELPED}"  # noqa: S608
GROUPED = (
    "SELECT grace_end_at, implementer_id, responsible_id, assignee_id, round_id, SUM(times) AS times "  # noqa: S608
    f"FROM ({WINDOWS} UNION ALL {WAITING}) AS each_one GROUP BY 1, 2, 3, 4, 5"
)
ADDED = (
    'UPDATE tally_people SET helped_with = helped_with + :times WHERE "on" = :day AND implementer_id = :implementer '
    "AND responsible_id = :responsible AND person_id = :person AND round_id = :round"
)


def upgrade() -> None:
    op.add_column("tally_people", sa.Column("helped_with", sa.Integer(), nullable=False, server_default="0"))
    for name in CELLS:
        op.execute(f"DELETE FROM tally_{name} WHERE \"on\" = '{TODAY}'")  # noqa: S608
    op.execute("UPDATE tally_marks SET today_until = NULL")
    added = sa.text(ADDED).bindparams(sa.bindparam("day", type_=sa.Date()))
    for values in _cells():
        op.get_bind().execute(added, values)


def downgrade() -> None:
    op.execute("ALTER TABLE tally_people DROP COLUMN helped_with")


def _cells() -> Iterator[dict[str, Any]]:
    link, zone = op.get_bind(), current_app.extensions["settings"].zone
    before = link.scalar(sa.text("SELECT months_before FROM tally_marks").columns(months_before=sa.Date()))
    found: Counter[tuple[date, str, str, str, str]] = Counter()
    for row in link.execute(sa.text(GROUPED).columns(sa.column("grace_end_at", UtcDateTime()))):
        day = row[0].astimezone(zone).date()
        found[month_of(day) if day < before else day, *row[1:5]] += int(row[5])
    for (day, implementer, responsible, person, round_), times in found.items():
        unit = {"implementer": implementer, "responsible": responsible, "person": person, "round": round_}
        if times:
            yield {"day": day, **unit, "times": times}
