"""chain: entries, seals, anchors and walks of it; disposal by two persons; voiding and correction of checks."""

import sqlalchemy as sa
from alembic import op

from app.db import BigId, Json, UtcDateTime

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _chain()
    _marks()
    _disposal()
    _voiding()


def _chain() -> None:
    op.create_table(
        "chain_entries",
        sa.Column("seq", BigId, autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=130), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("link", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_index("uq_chain_entries_kind_key", "chain_entries", ["kind", "key"], unique=True)
    op.create_table(
        "chain_seals",
        sa.Column("seq", BigId, autoincrement=False, nullable=False),
        sa.Column("first_seq", BigId, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("link", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_table(
        "chain_anchors",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("seq", BigId, nullable=False),
        sa.Column("link", sa.LargeBinary(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("day"),
    )


def _marks() -> None:
    op.create_table(
        "chain_marks",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("low", BigId, nullable=False),
        sa.Column("middle", BigId, nullable=False),
        sa.Column("high", BigId, nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "chain_verifications",
        sa.Column("id", BigId, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("entries", BigId, nullable=False),
        sa.Column("seconds", sa.Double(), nullable=False),
        sa.Column("faults_found", sa.Integer(), nullable=False),
        sa.Column("faults", Json, nullable=False),
        sa.Column("without_key", BigId, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_chain_verifications_at", "chain_verifications", ["at"])


def _disposal() -> None:
    op.create_table(
        "disposals",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.String(length=40), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "disposal_items",
        sa.Column("disposal_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=130), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["disposal_id"], ["disposals.id"]),
        sa.PrimaryKeyConstraint("disposal_id", "kind", "key"),
    )
    op.create_index("ix_disposal_items_kind_key", "disposal_items", ["kind", "key"])
    op.create_table(
        "disposal_approvals",
        sa.Column("disposal_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["disposal_id"], ["disposals.id"]),
        sa.PrimaryKeyConstraint("disposal_id", "person_id"),
    )
    op.create_table(
        "disposal_ends",
        sa.Column("disposal_id", sa.String(length=36), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("by_id", sa.String(length=40), nullable=True),
        sa.Column("removed", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["disposal_id"], ["disposals.id"]),
        sa.PrimaryKeyConstraint("disposal_id"),
    )


def _voiding() -> None:
    op.create_table(
        "voidings",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("check_id", sa.String(length=36), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.String(length=40), nullable=False),
        sa.Column("by_name", sa.String(length=60), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_voidings_check_id", "voidings", ["check_id"])
    op.create_table(
        "void_decisions",
        sa.Column("voiding_id", sa.String(length=36), nullable=False),
        sa.Column("void", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.String(length=40), nullable=False),
        sa.Column("by_name", sa.String(length=60), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["voiding_id"], ["voidings.id"]),
        sa.PrimaryKeyConstraint("voiding_id"),
    )
    op.create_table(
        "corrections",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("check_id", sa.String(length=36), nullable=False),
        sa.Column("step_id", sa.String(length=8), nullable=False),
        sa.Column("was", sa.Text(), nullable=False),
        sa.Column("now", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.String(length=40), nullable=False),
        sa.Column("by_name", sa.String(length=60), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_corrections_check_id", "corrections", ["check_id"])


def downgrade() -> None:
    for table in (
        "corrections", "void_decisions", "voidings", "disposal_ends", "disposal_approvals", "disposal_items",
        "disposals", "chain_verifications", "chain_marks", "chain_anchors", "chain_seals", "chain_entries",
    ):  # fmt: skip
        op.drop_table(table)
