"""appraisals: what others found out about a unit, registered with its paper; withdrawn only with a reason."""

import sqlalchemy as sa
from alembic import op

from app.db import UtcDateTime

revision = "0056"
down_revision = "0055"

ID = sa.String(36)


def upgrade() -> None:
    op.create_table(
        "appraisals",
        sa.Column("id", ID, primary_key=True),
        sa.Column("way", sa.String(16), nullable=False),
        sa.Column("party", sa.String(8), nullable=False),
        sa.Column("unit_id", sa.String(40), sa.ForeignKey("organisations.id"), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("assessor", sa.String(80), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=True),
        sa.Column("satisfied", sa.Integer(), nullable=True),
        sa.Column("tenths", sa.Integer(), nullable=True),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("wants", sa.Text(), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("media_type", sa.String(100), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("by_id", sa.String(40), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
    )
    op.create_index("ix_appraisals_unit_id_held_on", "appraisals", ["unit_id", "held_on"])
    op.create_table(
        "appraisal_withdrawals",
        sa.Column("appraisal_id", ID, sa.ForeignKey("appraisals.id"), primary_key=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.String(40), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("appraisal_withdrawals")
    op.drop_table("appraisals")
