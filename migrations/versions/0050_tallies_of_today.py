"""tallies: until when the windows of today stand in cells of their own."""

import sqlalchemy as sa
from alembic import op

from app.db import UtcDateTime

revision = "0050"
down_revision = "0049"

CELLS = ("days", "points", "people", "misses", "holidays")
TODAY = "9999-12-30"


def upgrade() -> None:
    op.add_column("tally_marks", sa.Column("today_until", UtcDateTime(), nullable=True))


def downgrade() -> None:
    for name in CELLS:
        op.execute(f"DELETE FROM tally_{name} WHERE \"on\" = '{TODAY}'")
    with op.batch_alter_table("tally_marks") as batch:
        batch.drop_column("today_until")
