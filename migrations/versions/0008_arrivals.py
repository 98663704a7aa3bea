"""checks told of by a phone before their photos come, and the windows that wait for them."""

import sqlalchemy as sa
from alembic import op

from app.db import BigId, UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "arrivals",
        sa.Column("check_id", sa.String(length=36), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("occurrence_id", BigId, nullable=True),
        sa.Column("point_id", sa.String(length=40), nullable=False),
        sa.Column("standard_code", sa.String(length=20), nullable=False),
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("outcome", sa.String(length=8), nullable=False),
        sa.Column("photos", sa.Integer(), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("submitted_at", UtcDateTime(), nullable=False),
        sa.Column("effective_at", UtcDateTime(), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("phone_offset_ms", BigId, nullable=False),
        sa.ForeignKeyConstraint(["point_id"], ["points.id"], name=op.f("fk_arrivals_point_id")),
        sa.PrimaryKeyConstraint("check_id", name=op.f("pk_arrivals")),
    )
    op.create_index(op.f("ix_arrivals_person_id"), "arrivals", ["person_id"])
    op.add_column("occurrences", sa.Column("announced_at", UtcDateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("occurrences", "announced_at")
    op.drop_table("arrivals")
