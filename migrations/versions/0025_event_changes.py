"""what became of an event: put, moved, cancelled."""

import sqlalchemy as sa
from alembic import op

from app.db import BigId, Json, UtcDateTime

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "schedule_event_changes",
        sa.Column("id", BigId, nullable=False),
        sa.Column("event_id", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("by_id", sa.String(length=40), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("data", Json, nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["schedule_events.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_schedule_event_changes_event_id", "schedule_event_changes", ["event_id"])


def downgrade() -> None:
    op.drop_table("schedule_event_changes")
