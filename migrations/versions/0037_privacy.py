"""texts that look classified and wait to be looked at; retention as the installation chose it."""

import sqlalchemy as sa
from alembic import op

from app.db import BigId, UtcDateTime

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "held_texts",
        sa.Column("id", BigId, nullable=False),
        sa.Column("record_id", sa.String(length=40), nullable=False),
        sa.Column("place", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("words", sa.String(length=40), nullable=False),
        sa.Column("by_id", sa.String(length=40), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("classified", sa.Boolean(), nullable=True),
        sa.Column("decided_by_id", sa.String(length=40), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("record_id", "place"),
    )
    op.create_index("ix_held_texts_classified", "held_texts", ["classified"])
    op.create_table(
        "retention_choices",
        sa.Column("id", BigId, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("org_id", sa.String(length=40), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.String(length=40), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_retention_choices_kind", "retention_choices", ["kind"])


def downgrade() -> None:
    for table in ("retention_choices", "held_texts"):
        op.drop_table(table)
