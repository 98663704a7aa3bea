"""drafts of standards, each version kept."""

import sqlalchemy as sa
from alembic import op

from app.db import BigId, Json, UtcDateTime

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "drafts",
        sa.Column("project_id", sa.String(length=36), nullable=False),
        sa.Column("responsible_id", sa.String(length=40), nullable=False),
        sa.Column("from_edition", sa.String(length=26), nullable=True),
        sa.Column("document", Json, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("updated_by_id", sa.String(length=40), nullable=False),
        sa.Column("updated_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["responsible_id"], ["organisations.id"]),
        sa.ForeignKeyConstraint(["updated_by_id"], ["people.id"]),
        sa.PrimaryKeyConstraint("project_id"),
    )
    op.create_table(
        "draft_revisions",
        sa.Column("id", BigId, nullable=False),
        sa.Column("project_id", sa.String(length=36), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("parent", sa.Integer(), nullable=False),
        sa.Column("back_to", sa.Integer(), nullable=True),
        sa.Column("deed", sa.String(length=16), nullable=False),
        sa.Column("part", sa.String(length=20), nullable=False),
        sa.Column("document", Json, nullable=False),
        sa.Column("by_id", sa.String(length=40), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["people.id"]),
        sa.ForeignKeyConstraint(["project_id"], ["drafts.project_id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("project_id", "revision"),
    )


def downgrade() -> None:
    op.drop_table("draft_revisions")
    op.drop_table("drafts")
