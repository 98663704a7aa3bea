"""foreign codes that scanners found and people reported, until the office says that they are gone."""

import sqlalchemy as sa
from alembic import op

from app.db import UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sticker_reports",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("near", sa.String(length=10), nullable=True),
        sa.Column("seen_at", UtcDateTime(), nullable=True),
        sa.Column("by_id", sa.String(length=40), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("handled_by_id", sa.String(length=40), nullable=True),
        sa.Column("handled_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"]),
        sa.ForeignKeyConstraint(["handled_by_id"], ["people.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_sticker_reports_by_id", "sticker_reports", ["by_id"])
    op.create_index("ix_sticker_reports_handled_at", "sticker_reports", ["handled_at", "received_at"])


def downgrade() -> None:
    op.drop_table("sticker_reports")
