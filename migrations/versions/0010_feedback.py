"""the public's voice: items, calls, cases, contacts, leads, events."""

import sqlalchemy as sa
from alembic import op

from app.db import BigId, Json, UtcDateTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "feedback_events",
        sa.Column("id", BigId, nullable=False),
        sa.Column("subject_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("by_id", sa.String(length=40), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("data", Json, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_events")),
    )
    op.create_index("ix_feedback_events_subject_id_at", "feedback_events", ["subject_id", "at"])
    op.create_table(
        "feedback_calls",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("point_id", sa.String(length=40), nullable=False),
        sa.Column("need", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("taps", sa.Integer(), nullable=False),
        sa.Column("first_at", UtcDateTime(), nullable=False),
        sa.Column("last_at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("standard_code", sa.String(length=20), nullable=False),
        sa.Column("implementer_id", sa.String(length=40), nullable=False),
        sa.Column("responsible_id", sa.String(length=40), nullable=False),
        sa.Column("told_id", sa.String(length=40), nullable=True),
        sa.Column("rung", sa.Integer(), nullable=False),
        sa.Column("next_rung_at", UtcDateTime(), nullable=True),
        sa.Column("accepted_by_id", sa.String(length=40), nullable=True),
        sa.Column("accepted_at", UtcDateTime(), nullable=True),
        sa.Column("arrived_at", UtcDateTime(), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("ended_by_id", sa.String(length=40), nullable=True),
        sa.Column("repair_id", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(["point_id"], ["points.id"], name=op.f("fk_feedback_calls_point_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_calls")),
    )
    op.create_index(op.f("ix_feedback_calls_accepted_by_id"), "feedback_calls", ["accepted_by_id"])
    op.create_index(op.f("ix_feedback_calls_implementer_id"), "feedback_calls", ["implementer_id"])
    op.create_index(op.f("ix_feedback_calls_next_rung_at"), "feedback_calls", ["next_rung_at"])
    op.create_index("ix_feedback_calls_point_id_first_at", "feedback_calls", ["point_id", "first_at"])
    op.create_index(op.f("ix_feedback_calls_responsible_id"), "feedback_calls", ["responsible_id"])
    op.create_index(op.f("ix_feedback_calls_told_id"), "feedback_calls", ["told_id"])
    op.create_index(
        "uq_feedback_calls_open",
        "feedback_calls",
        ["point_id", "need"],
        unique=True,
        sqlite_where=sa.text("ended_at IS NULL"),
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "feedback_items",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("point_id", sa.String(length=40), nullable=True),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("need", sa.String(length=10), nullable=False),
        sa.Column("topic", sa.String(length=10), nullable=False),
        sa.Column("face", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("photo", sa.String(length=64), nullable=True),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("device", sa.String(length=32), nullable=False),
        sa.Column("address", sa.String(length=32), nullable=False),
        sa.Column("by_id", sa.String(length=40), nullable=True),
        sa.Column("excluded", sa.String(length=10), nullable=False),
        sa.Column("standard_code", sa.String(length=20), nullable=False),
        sa.Column("implementer_id", sa.String(length=40), nullable=False),
        sa.Column("responsible_id", sa.String(length=40), nullable=False),
        sa.Column("call_id", sa.String(length=36), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["point_id"], ["points.id"], name=op.f("fk_feedback_items_point_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback_items")),
    )
    op.create_index(op.f("ix_feedback_items_call_id"), "feedback_items", ["call_id"])
    op.create_index("ix_feedback_items_device_at", "feedback_items", ["device", "at"])
    op.create_index(op.f("ix_feedback_items_implementer_id"), "feedback_items", ["implementer_id"])
    op.create_index("ix_feedback_items_kind_at", "feedback_items", ["kind", "at"])
    op.create_index("ix_feedback_items_point_id_at", "feedback_items", ["point_id", "at"])
    op.create_index(op.f("ix_feedback_items_responsible_id"), "feedback_items", ["responsible_id"])
    op.create_table(
        "feedback_cases",
        sa.Column("item_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.String(length=24), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("point_id", sa.String(length=40), nullable=True),
        sa.Column("implementer_id", sa.String(length=40), nullable=False),
        sa.Column("responsible_id", sa.String(length=40), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("proposed", sa.String(length=16), nullable=False),
        sa.Column("classified", sa.String(length=16), nullable=False),
        sa.Column("classified_by_id", sa.String(length=40), nullable=True),
        sa.Column("classified_at", UtcDateTime(), nullable=True),
        sa.Column("reply_due_at", UtcDateTime(), nullable=True),
        sa.Column("replied_at", UtcDateTime(), nullable=True),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("close_due_at", UtcDateTime(), nullable=True),
        sa.Column("measure", sa.Text(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("closed_by_id", sa.String(length=40), nullable=True),
        sa.Column("called_back_at", UtcDateTime(), nullable=True),
        sa.Column("call_back", sa.String(length=16), nullable=False),
        sa.Column("reviewed_at", UtcDateTime(), nullable=True),
        sa.Column("handler_id", sa.String(length=40), nullable=True),
        sa.Column("finding_id", sa.String(length=36), nullable=True),
        sa.Column("occurrence_id", BigId, nullable=True),
        sa.Column("check_id", sa.String(length=36), nullable=True),
        sa.Column("contest", sa.String(length=12), nullable=False),
        sa.Column("status_key", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["feedback_items.id"], name=op.f("fk_feedback_cases_item_id")),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_feedback_cases")),
        sa.UniqueConstraint("number", name=op.f("uq_feedback_cases_number")),
        sa.UniqueConstraint("status_key", name=op.f("uq_feedback_cases_status_key")),
    )
    op.create_index(op.f("ix_feedback_cases_check_id"), "feedback_cases", ["check_id"])
    op.create_index(op.f("ix_feedback_cases_handler_id"), "feedback_cases", ["handler_id"])
    op.create_index(op.f("ix_feedback_cases_implementer_id"), "feedback_cases", ["implementer_id"])
    op.create_index(op.f("ix_feedback_cases_occurrence_id"), "feedback_cases", ["occurrence_id"])
    op.create_index(op.f("ix_feedback_cases_point_id"), "feedback_cases", ["point_id"])
    op.create_index(op.f("ix_feedback_cases_received_at"), "feedback_cases", ["received_at"])
    op.create_index(op.f("ix_feedback_cases_responsible_id"), "feedback_cases", ["responsible_id"])
    op.create_index("ix_feedback_cases_state_close_due_at", "feedback_cases", ["state", "close_due_at"])
    op.create_table(
        "feedback_contacts",
        sa.Column("item_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("contact", sa.String(length=120), nullable=False),
        sa.Column("left_at", UtcDateTime(), nullable=False),
        sa.Column("wiped_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["feedback_items.id"], name=op.f("fk_feedback_contacts_item_id")),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_feedback_contacts")),
    )
    op.create_index(op.f("ix_feedback_contacts_wiped_at"), "feedback_contacts", ["wiped_at"])
    op.create_table(
        "feedback_leads",
        sa.Column("item_id", sa.String(length=36), nullable=False),
        sa.Column("point_id", sa.String(length=40), nullable=False),
        sa.Column("implementer_id", sa.String(length=40), nullable=False),
        sa.Column("responsible_id", sa.String(length=40), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("looked_at", UtcDateTime(), nullable=True),
        sa.Column("looked_by_id", sa.String(length=40), nullable=True),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["feedback_items.id"], name=op.f("fk_feedback_leads_item_id")),
        sa.PrimaryKeyConstraint("item_id", name=op.f("pk_feedback_leads")),
    )
    op.create_index(op.f("ix_feedback_leads_implementer_id"), "feedback_leads", ["implementer_id"])
    op.create_index(op.f("ix_feedback_leads_responsible_id"), "feedback_leads", ["responsible_id"])


def downgrade() -> None:
    op.drop_table("feedback_leads")
    op.drop_table("feedback_contacts")
    op.drop_table("feedback_cases")
    op.drop_table("feedback_items")
    op.drop_table("feedback_calls")
    op.drop_table("feedback_events")
