"""messages told to people, alarms of the duty room, what each person has chosen."""

import sqlalchemy as sa
from alembic import op

from app.db import BigId, Json, UtcDateTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

UNREAD, UNSPREAD = sa.text("read_at IS NULL"), sa.text("spread_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "messages",
        sa.Column("id", BigId, nullable=False),
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("params", Json, nullable=False),
        sa.Column("link", sa.String(length=400), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("read_at", UtcDateTime(), nullable=True),
        sa.Column("spread_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_messages_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
        sa.UniqueConstraint("person_id", "key", name=op.f("uq_messages_person_id_key")),
    )
    op.create_index("ix_messages_person_id_at", "messages", ["person_id", "at"])
    op.create_index("ix_messages_unread", "messages", ["person_id"], sqlite_where=UNREAD, postgresql_where=UNREAD)
    op.create_index("ix_messages_unspread", "messages", ["id"], sqlite_where=UNSPREAD, postgresql_where=UNSPREAD)
    op.create_table(
        "alarms",
        sa.Column("id", BigId, nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("params", Json, nullable=False),
        sa.Column("link", sa.String(length=400), nullable=False),
        sa.Column("unit_id", sa.String(length=40), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("taken_by_id", sa.String(length=40), nullable=True),
        sa.Column("taken_at", UtcDateTime(), nullable=True),
        sa.Column("over_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["unit_id"], ["organisations.id"], name=op.f("fk_alarms_unit_id")),
        sa.ForeignKeyConstraint(["taken_by_id"], ["people.id"], name=op.f("fk_alarms_taken_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alarms")),
        sa.UniqueConstraint("key", name=op.f("uq_alarms_key")),
    )
    op.create_index("ix_alarms_taken_at_at", "alarms", ["taken_at", "at"])
    op.create_table(
        "message_choices",
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("muted", Json, nullable=False),
        sa.Column("outside", sa.Boolean(), nullable=False),
        sa.Column("quiet_from", sa.String(length=5), nullable=False),
        sa.Column("quiet_to", sa.String(length=5), nullable=False),
        sa.Column("ahead_minutes", sa.Integer(), nullable=False),
        sa.Column("mobile", sa.String(length=20), nullable=False),
        sa.Column("wecom_id", sa.String(length=64), nullable=False),
        sa.Column("dingtalk_id", sa.String(length=64), nullable=False),
        sa.Column("changed_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_message_choices_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_message_choices")),
    )


def downgrade() -> None:
    op.drop_table("message_choices")
    op.drop_table("alarms")
    op.drop_table("messages")
