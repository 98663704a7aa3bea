"""routes of patrols: points in order, the standard walked along them, minutes between two."""

import sqlalchemy as sa
from alembic import op

from app.db import Json, UtcDateTime

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "patrol_routes",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("org_id", sa.String(length=40), nullable=False),
        sa.Column("standard_code", sa.String(length=20), nullable=False),
        sa.Column("points", Json, nullable=False),
        sa.Column("ordered", sa.Boolean(), nullable=False),
        sa.Column("least_minutes", sa.Integer(), nullable=True),
        sa.Column("most_minutes", sa.Integer(), nullable=True),
        sa.Column("made_by_id", sa.String(length=40), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("retired_by_id", sa.String(length=40), nullable=True),
        sa.Column("retired_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["org_id"], ["organisations.id"]),
        sa.ForeignKeyConstraint(["standard_code"], ["standards.code"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_patrol_routes_org_id", "patrol_routes", ["org_id"])


def downgrade() -> None:
    op.drop_table("patrol_routes")
