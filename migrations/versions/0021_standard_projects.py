"""projects of standards: papers, opinions, decisions, reviews, plans of implementation."""

import sqlalchemy as sa
from alembic import op

from app.db import BigId, Json, UtcDateTime

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _projects()
    _events_and_papers()
    _opinions()
    _afterwards()


def _projects() -> None:
    op.create_table(
        "projects",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("responsible_id", sa.String(length=40), nullable=False),
        sa.Column("leader_id", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("necessity", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("means", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("from_edition", sa.String(length=26), nullable=True),
        sa.Column("comment_to", sa.Date(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("edition", sa.String(length=26), nullable=True),
        sa.Column("made_by_id", sa.String(length=40), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["responsible_id"], ["organisations.id"]),
        sa.ForeignKeyConstraint(["leader_id"], ["people.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_projects_code_state", "projects", ["code", "state"])
    op.create_index("ix_projects_state", "projects", ["state"])
    op.create_index("ix_projects_edition", "projects", ["edition"])


def _events_and_papers() -> None:
    op.create_table(
        "project_events",
        sa.Column("id", BigId, nullable=False),
        sa.Column("project_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("by_id", sa.String(length=40), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("data", Json, nullable=True),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_project_events_project_id", "project_events", ["project_id"])
    op.create_table(
        "standard_papers",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("project_id", sa.String(length=36), nullable=True),
        sa.Column("edition", sa.String(length=26), nullable=True),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("media_type", sa.String(length=80), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("by_id", sa.String(length=40), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_standard_papers_project_id", "standard_papers", ["project_id"])
    op.create_index("ix_standard_papers_edition", "standard_papers", ["edition"])


def _opinions() -> None:
    op.create_table(
        "project_recipients",
        sa.Column("id", BigId, nullable=False),
        sa.Column("project_id", sa.String(length=36), nullable=False),
        sa.Column("side", sa.String(length=12), nullable=False),
        sa.Column("unit_id", sa.String(length=40), nullable=True),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"]),
        sa.ForeignKeyConstraint(["unit_id"], ["organisations.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("project_id", "side", "name"),
    )
    op.create_index("ix_project_recipients_project_id", "project_recipients", ["project_id"])
    op.create_table(
        "project_opinions",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("project_id", sa.String(length=36), nullable=False),
        sa.Column("recipient_id", BigId, nullable=False),
        sa.Column("clause", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by_id", sa.String(length=40), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"]),
        sa.ForeignKeyConstraint(["recipient_id"], ["project_recipients.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_project_opinions_project_id", "project_opinions", ["project_id"])
    op.create_table(
        "opinion_dispositions",
        sa.Column("id", BigId, nullable=False),
        sa.Column("opinion_id", sa.String(length=36), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.String(length=40), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["opinion_id"], ["project_opinions.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_opinion_dispositions_opinion_id", "opinion_dispositions", ["opinion_id"])


def _afterwards() -> None:
    op.create_table(
        "implementation_plans",
        sa.Column("id", BigId, nullable=False),
        sa.Column("project_id", sa.String(length=36), nullable=False),
        sa.Column("lines", Json, nullable=False),
        sa.Column("by_id", sa.String(length=40), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["projects.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_implementation_plans_project_id", "implementation_plans", ["project_id"])
    op.create_table(
        "edition_reviews",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("edition", sa.String(length=26), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("basis", sa.String(length=120), nullable=False),
        sa.Column("project_id", sa.String(length=36), nullable=True),
        sa.Column("by_id", sa.String(length=40), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["edition"], ["editions.number"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_edition_reviews_edition", "edition_reviews", ["edition"])


def downgrade() -> None:
    for table in (
        "edition_reviews",
        "implementation_plans",
        "opinion_dispositions",
        "project_opinions",
        "project_recipients",
        "standard_papers",
        "project_events",
        "projects",
    ):
        op.drop_table(table)
