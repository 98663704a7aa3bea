"""grades: frozen sheets, addenda, decisions and appeals, signatures."""

import sqlalchemy as sa
from alembic import op

from app.db import BigId, Json, UtcDateTime

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _sheets()
    _addenda()
    _events()
    _signatures()


def _sheets() -> None:
    op.create_table(
        "grade_sheets",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("subject_id", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("sub", sa.String(length=200), nullable=False),
        sa.Column("reach", Json, nullable=False),
        sa.Column("body", Json, nullable=False),
        sa.Column("score", sa.String(length=12), nullable=False),
        sa.Column("grade", sa.String(length=10), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("month", "kind", "subject_id"),
    )


def _addenda() -> None:
    op.create_table(
        "grade_addenda",
        sa.Column("id", BigId, nullable=False),
        sa.Column("sheet_id", sa.String(length=36), nullable=False),
        sa.Column("body", Json, nullable=False),
        sa.Column("score", sa.String(length=12), nullable=False),
        sa.Column("grade", sa.String(length=10), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["sheet_id"], ["grade_sheets.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_grade_addenda_sheet_id", "grade_addenda", ["sheet_id"])


def _events() -> None:
    op.create_table(
        "grade_events",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("subject_id", sa.String(length=40), nullable=False),
        sa.Column("deed", sa.String(length=10), nullable=False),
        sa.Column("grade", sa.String(length=10), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("ref", sa.String(length=36), nullable=True),
        sa.Column("data", Json, nullable=False),
        sa.Column("by_id", sa.String(length=40), nullable=False),
        sa.Column("by_name", sa.String(length=60), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_grade_events_month_kind_subject_id", "grade_events", ["month", "kind", "subject_id"])


def _signatures() -> None:
    op.create_table(
        "grade_signatures",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("sheet_id", sa.String(length=36), nullable=False),
        sa.Column("side", sa.String(length=10), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("by_id", sa.String(length=40), nullable=False),
        sa.Column("by_name", sa.String(length=60), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["sheet_id"], ["grade_sheets.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("sheet_id", "side"),
    )


def downgrade() -> None:
    for name in ("grade_signatures", "grade_events", "grade_addenda", "grade_sheets"):
        op.drop_table(name)
