"""flags: what stood out about records, what became of it, thresholds, and the index of likeness."""

import sqlalchemy as sa
from alembic import op

from app.db import BigId, Json, UtcDateTime

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _flags()
    _events()
    _job()
    op.create_table(
        "flag_thresholds",
        sa.Column("id", BigId, nullable=False),
        sa.Column("org_id", sa.String(length=40), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("before", sa.Double(), nullable=False),
        sa.Column("after", sa.Double(), nullable=False),
        sa.Column("stood", sa.Integer(), nullable=False),
        sa.Column("lifted", sa.Integer(), nullable=False),
        sa.Column("flag_id", sa.String(length=36), nullable=False),
        sa.Column("by_id", sa.String(length=40), nullable=False),
        sa.Column("by_name", sa.String(length=60), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["org_id"], ["organisations.id"]),
        sa.ForeignKeyConstraint(["flag_id"], ["flags.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("flag_id"),
    )
    op.create_index("ix_flag_thresholds_org_id_field", "flag_thresholds", ["org_id", "field"])


def _flags() -> None:
    op.create_table(
        "flags",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("check_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("point_id", sa.String(length=40), nullable=False),
        sa.Column("standard_code", sa.String(length=20), nullable=False),
        sa.Column("implementer_id", sa.String(length=40), nullable=False),
        sa.Column("responsible_id", sa.String(length=40), nullable=False),
        sa.Column("business_on", sa.Date(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("numbers", Json, nullable=False),
        sa.Column("compared", Json, nullable=False),
        sa.Column("thresholds", Json, nullable=False),
        sa.ForeignKeyConstraint(["check_id"], ["checks.id"]),
        sa.ForeignKeyConstraint(["point_id"], ["points.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_flags_check_id", "flags", ["check_id"])
    op.create_index("ix_flags_business_on", "flags", ["business_on"])
    op.create_index("ix_flags_person_id_at", "flags", ["person_id", "at"])


def _events() -> None:
    op.create_table(
        "flag_events",
        sa.Column("id", BigId, nullable=False),
        sa.Column("flag_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=12), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("by_id", sa.String(length=40), nullable=False),
        sa.Column("by_name", sa.String(length=60), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("deed_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(["flag_id"], ["flags.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("deed_id"),
    )
    op.create_index("ix_flag_events_flag_id", "flag_events", ["flag_id"])
    op.create_table(
        "flag_states",
        sa.Column("flag_id", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["flag_id"], ["flags.id"]),
        sa.PrimaryKeyConstraint("flag_id"),
    )


def _job() -> None:
    op.create_table(
        "flag_looks",
        sa.Column("check_id", sa.String(length=36), nullable=False),
        sa.Column("flags", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["check_id"], ["checks.id"]),
        sa.PrimaryKeyConstraint("check_id"),
    )
    op.create_table(
        "flag_marks",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "like_pieces",
        sa.Column("piece", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("phash", BigId, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("piece", "phash"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "like_pictures",
        sa.Column("phash", BigId, autoincrement=False, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("phash", "sha256"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    for table in (
        "like_pictures",
        "like_pieces",
        "flag_marks",
        "flag_looks",
        "flag_thresholds",
        "flag_states",
        "flag_events",
        "flags",
    ):
        op.drop_table(table)
