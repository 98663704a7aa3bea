"""entrances: people as sign-in houses outside know them."""

import sqlalchemy as sa
from alembic import op

from app.db import BigId, Json, UtcDateTime

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "identities",
        sa.Column("id", BigId, nullable=False),
        sa.Column("house", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("person_id", sa.String(length=40), nullable=True),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("claims", Json, nullable=False),
        sa.Column("how", sa.String(length=10), nullable=False),
        sa.Column("first_at", UtcDateTime(), nullable=False),
        sa.Column("last_at", UtcDateTime(), nullable=False),
        sa.Column("linked_by_id", sa.String(length=40), nullable=True),
        sa.Column("linked_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("house", "subject"),
    )
    op.create_index("ix_identities_person_id", "identities", ["person_id"])


def downgrade() -> None:
    op.drop_table("identities")
