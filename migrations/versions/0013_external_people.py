"""accounts of checkers from outside, which end, and the records that they reach."""

import sqlalchemy as sa
from alembic import op

from app.db import UtcDateTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "external_passes",
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("record_id", sa.String(length=36), nullable=False),
        sa.Column("given_by_id", sa.String(length=40), nullable=False),
        sa.Column("given_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_external_passes_person_id")),
        sa.PrimaryKeyConstraint("person_id", "record_id", name=op.f("pk_external_passes")),
    )
    op.add_column("people", sa.Column("ends_at", UtcDateTime(), nullable=True))
    op.add_column("people", sa.Column("external_of", sa.String(length=80), nullable=True))


def downgrade() -> None:
    op.drop_column("people", "external_of")
    op.drop_column("people", "ends_at")
    op.drop_table("external_passes")
