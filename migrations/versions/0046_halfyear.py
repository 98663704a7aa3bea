"""halfyear: texts of reports, frozen figures, signed papers, addenda, marks of the calendar."""

import sqlalchemy as sa
from alembic import op

from app.db import BigId, Json, UtcDateTime

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None


def _who() -> list[sa.Column]:
    return [
        sa.Column("by_id", sa.String(length=40), nullable=False),
        sa.Column("by_name", sa.String(length=60), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
    ]


def _whose() -> list[sa.Column]:
    return [
        sa.Column("half", sa.String(length=6), nullable=False),
        sa.Column("unit_id", sa.String(length=40), nullable=False),
    ]


def upgrade() -> None:
    op.create_table(
        "halfyear_drafts",
        *_whose(),
        sa.Column("part", sa.String(length=12), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        *_who(),
        sa.PrimaryKeyConstraint("half", "unit_id", "part"),
    )
    op.create_table(
        "halfyear_freezes",
        sa.Column("id", sa.String(length=36), nullable=False),
        *_whose(),
        sa.Column("body", Json, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("half", "unit_id"),
    )
    _papers()
    _later()


def _papers() -> None:
    op.create_table(
        "halfyear_papers",
        sa.Column("id", sa.String(length=36), nullable=False),
        *_whose(),
        sa.Column("unit_name", sa.String(length=120), nullable=False),
        sa.Column("texts", Json, nullable=False),
        sa.Column("body", Json, nullable=False),
        sa.Column("freeze_id", sa.String(length=36), nullable=True),
        sa.Column("figures_at", UtcDateTime(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        *_who(),
        sa.ForeignKeyConstraint(["freeze_id"], ["halfyear_freezes.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("half", "unit_id"),
    )


def _later() -> None:
    op.create_table(
        "halfyear_addenda",
        sa.Column("id", BigId, nullable=False),
        *_whose(),
        sa.Column("changes", Json, nullable=False),
        sa.Column("body", Json, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_halfyear_addenda_half_unit_id", "halfyear_addenda", ["half", "unit_id"])
    op.create_table(
        "halfyear_marks",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("item", sa.String(length=20), nullable=False),
        sa.Column("period", sa.String(length=7), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("link", sa.String(length=300), nullable=False),
        *_who(),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_halfyear_marks_item_period", "halfyear_marks", ["item", "period"])


def downgrade() -> None:
    for name in ("halfyear_marks", "halfyear_addenda", "halfyear_papers", "halfyear_freezes", "halfyear_drafts"):
        op.drop_table(name)
