"""channels that carry messages outside, what each has to carry, and which way a person has chosen."""

import sqlalchemy as sa
from alembic import op

from app.db import BigId, Json, UtcDateTime

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_column("message_choices", "outside")
    op.add_column("message_choices", sa.Column("way", sa.String(length=20), nullable=False, server_default="all"))
    op.create_table(
        "message_channels",
        sa.Column("id", BigId, nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("host", sa.String(length=260), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("settings", Json, nullable=False),
        sa.Column("kinds", Json, nullable=False),
        sa.Column("unit_ids", Json, nullable=False),
        sa.Column("quiet_from", sa.String(length=5), nullable=False),
        sa.Column("quiet_to", sa.String(length=5), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.Column("changed_by_id", sa.String(length=40), nullable=False),
        sa.Column("fails", sa.Integer(), nullable=False),
        sa.Column("failing_since", UtcDateTime(), nullable=True),
        sa.Column("wait_until", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=True),
        sa.Column("posts", Json, nullable=False),
        sa.ForeignKeyConstraint(["changed_by_id"], ["people.id"], name=op.f("fk_message_channels_changed_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_channels")),
    )
    op.create_table(
        "message_deliveries",
        sa.Column("id", BigId, nullable=False),
        sa.Column("channel_id", BigId, nullable=False),
        sa.Column("key", sa.String(length=260), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("params", Json, nullable=False),
        sa.Column("link", sa.String(length=400), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("person_id", sa.String(length=40), nullable=True),
        sa.Column("people", Json, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("since_at", UtcDateTime(), nullable=False),
        sa.Column("next_at", UtcDateTime(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("done_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["channel_id"], ["message_channels.id"], name=op.f("fk_message_deliveries_channel_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_deliveries")),
        sa.UniqueConstraint("channel_id", "key", name=op.f("uq_message_deliveries_channel_id_key")),
    )
    op.create_index("ix_message_deliveries_state_next_at", "message_deliveries", ["state", "next_at"])


def downgrade() -> None:
    op.drop_table("message_deliveries")
    op.drop_table("message_channels")
    op.drop_column("message_choices", "way")
    op.add_column("message_choices", sa.Column("outside", sa.Boolean(), nullable=False, server_default=sa.true()))
