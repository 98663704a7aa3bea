"""planned exemptions of points."""

import sqlalchemy as sa
from alembic import op

from app.db import BigId, UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "point_exemptions",
        sa.Column("id", BigId, nullable=False),
        sa.Column("point_id", sa.String(length=40), nullable=False),
        sa.Column("from_at", UtcDateTime(), nullable=False),
        sa.Column("to_at", UtcDateTime(), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("by_id", sa.String(length=40), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["point_id"], ["points.id"], name=op.f("fk_point_exemptions_point_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_point_exemptions")),
    )
    op.create_index("ix_point_exemptions_point_id_to_at", "point_exemptions", ["point_id", "to_at"])


def downgrade() -> None:
    op.drop_table("point_exemptions")
