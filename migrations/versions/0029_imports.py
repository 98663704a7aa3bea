"""workbooks that came in."""

import sqlalchemy as sa
from alembic import op

from app.db import Json, UtcDateTime

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "imports",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("by_id", sa.String(length=40), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("applied_by_id", sa.String(length=40), nullable=True),
        sa.Column("applied_at", UtcDateTime(), nullable=True),
        sa.Column("counts", Json, nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_imports_by_id", "imports", ["by_id"])


def downgrade() -> None:
    op.drop_table("imports")
