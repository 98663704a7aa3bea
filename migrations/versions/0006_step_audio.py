"""steps explained by voice: what a crew leader recorded, for whom, and the text that it explains."""

import sqlalchemy as sa
from alembic import op

from app.db import BigId, UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "step_audio",
        sa.Column("id", BigId, nullable=False),
        sa.Column("standard_code", sa.String(length=20), nullable=False),
        sa.Column("step_id", sa.String(length=8), nullable=False),
        sa.Column("words", sa.String(length=16), nullable=False),
        sa.Column("org_id", sa.String(length=40), nullable=False),
        sa.Column("crew_id", sa.String(length=40), nullable=True),
        sa.Column("photo_id", sa.String(length=36), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("by_id", sa.String(length=40), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["org_id"], ["organisations.id"]),
        sa.ForeignKeyConstraint(["standard_code"], ["standards.code"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_step_audio_standard_code", "step_audio", ["standard_code"])


def downgrade() -> None:
    op.drop_table("step_audio")
