"""learning: suggestions with what became of them, the records behind a project."""

import sqlalchemy as sa
from alembic import op

from app.db import BigId, Json, UtcDateTime

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _suggestions()
    op.create_table(
        "project_evidence",
        sa.Column("id", BigId, nullable=False),
        sa.Column("project_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("ref", sa.String(length=40), nullable=False),
        sa.Column("step_id", sa.String(length=8), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("link", sa.String(length=200), nullable=False),
        sa.Column("data", Json, nullable=True),
        sa.Column("by_id", sa.String(length=40), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("project_id", "kind", "ref"),
    )
    op.create_index("ix_project_evidence_ref", "project_evidence", ["ref"])


def _suggestions() -> None:
    op.create_table(
        "suggestions",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("standard_code", sa.String(length=20), nullable=False),
        sa.Column("edition", sa.String(length=26), nullable=False),
        sa.Column("step_id", sa.String(length=8), nullable=False),
        sa.Column("step_title", sa.String(length=120), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("anonymous", sa.Boolean(), nullable=False),
        sa.Column("check_id", sa.String(length=36), nullable=True),
        sa.Column("by_id", sa.String(length=40), nullable=False),
        sa.Column("unit_id", sa.String(length=40), nullable=False),
        sa.Column("responsible_id", sa.String(length=40), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["standard_code"], ["standards.code"]),
        sa.ForeignKeyConstraint(["edition"], ["editions.number"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_suggestions_standard_code_at", "suggestions", ["standard_code", "at"])
    op.create_index("ix_suggestions_by_id", "suggestions", ["by_id"])
    op.create_table(
        "suggestion_events",
        sa.Column("id", BigId, nullable=False),
        sa.Column("suggestion_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("by_id", sa.String(length=40), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("deed_id", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(["suggestion_id"], ["suggestions.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("deed_id"),
    )
    op.create_index("ix_suggestion_events_suggestion_id", "suggestion_events", ["suggestion_id"])


def downgrade() -> None:
    for table in ("project_evidence", "suggestion_events", "suggestions"):
        op.drop_table(table)
