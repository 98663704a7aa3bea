"""Sheets of verdicts at the desk, and their undoing."""

import sqlalchemy as sa
from alembic import op

from app.db import Json, UtcDateTime

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "spotcheck_sheets",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("item_id", sa.String(length=36), nullable=False),
        sa.Column("draw_id", sa.String(length=36), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.String(length=40), nullable=False),
        sa.Column("by_name", sa.String(length=60), nullable=False),
        sa.Column("began_at", UtcDateTime(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("steps", Json, nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["spotcheck_items.id"], name=op.f("fk_spotcheck_sheets_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spotcheck_sheets")),
        sa.UniqueConstraint("item_id", "nth", name=op.f("uq_spotcheck_sheets_item_id_nth")),
    )
    op.create_index("ix_spotcheck_sheets_draw_id_at", "spotcheck_sheets", ["draw_id", "at"])
    op.create_table(
        "spotcheck_sheet_undos",
        sa.Column("sheet_id", sa.String(length=36), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["sheet_id"], ["spotcheck_sheets.id"], name=op.f("fk_spotcheck_sheet_undos_sheet_id")),
        sa.PrimaryKeyConstraint("sheet_id", name=op.f("pk_spotcheck_sheet_undos")),
    )


def downgrade() -> None:
    op.drop_table("spotcheck_sheet_undos")
    op.drop_table("spotcheck_sheets")
