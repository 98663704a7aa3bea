"""tallies: missed windows of all units together, by their start."""

import sqlalchemy as sa
from alembic import op

from app.db import UtcDateTime

revision = "0054"
down_revision = "0053"


def upgrade() -> None:
    op.create_table(
        "tally_site_misses",
        sa.Column("on", sa.Date(), primary_key=True),
        sa.Column("start_at", UtcDateTime(), primary_key=True),
        sa.Column("missed", sa.Integer(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.execute(
        'INSERT INTO tally_site_misses ("on", start_at, missed) '
        'SELECT "on", start_at, SUM(missed) FROM tally_misses GROUP BY "on", start_at'
    )


def downgrade() -> None:
    op.drop_table("tally_site_misses")
