"""contractors: files, contracts, disputes and rulings."""

import sqlalchemy as sa
from alembic import op

from app.db import BigId, Json, UtcDateTime

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _papers()
    _disputes()


def _papers() -> None:
    op.create_table(
        "contractor_files",
        sa.Column("id", BigId, nullable=False),
        sa.Column("org_id", sa.String(length=40), nullable=False),
        sa.Column("entries", Json, nullable=False),
        sa.Column("by_id", sa.String(length=40), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["org_id"], ["organisations.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_contractor_files_org_id", "contractor_files", ["org_id"])
    op.create_table(
        "contractor_contracts",
        sa.Column("id", BigId, nullable=False),
        sa.Column("org_id", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("standards", Json, nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("levels", Json, nullable=False),
        sa.Column("repairs", sa.Boolean(), nullable=False),
        sa.Column("by_id", sa.String(length=40), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["org_id"], ["organisations.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_contractor_contracts_org_id", "contractor_contracts", ["org_id"])


def _disputes() -> None:
    op.create_table(
        "contractor_disputes",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_id", sa.String(length=40), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("target", sa.String(length=36), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.String(length=40), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["org_id"], ["organisations.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("kind", "target"),
    )
    op.create_index("ix_contractor_disputes_org_id_month", "contractor_disputes", ["org_id", "month"])
    op.create_table(
        "contractor_rulings",
        sa.Column("dispute_id", sa.String(length=36), nullable=False),
        sa.Column("upheld", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.String(length=40), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["dispute_id"], ["contractor_disputes.id"]),
        sa.PrimaryKeyConstraint("dispute_id"),
    )


def downgrade() -> None:
    for name in ("contractor_rulings", "contractor_disputes", "contractor_contracts", "contractor_files"):
        op.drop_table(name)
