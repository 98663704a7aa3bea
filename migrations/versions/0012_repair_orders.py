"""repair orders with their history, the trades on duty, and shortages."""

import sqlalchemy as sa
from alembic import op

from app.db import BigId, Json, UtcDateTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "repair_trades",
        sa.Column("id", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("name_en", sa.String(length=60), nullable=False),
        sa.Column("org_id", sa.String(length=40), nullable=False),
        sa.Column("point_kinds", Json, nullable=False),
        sa.Column("words", Json, nullable=False),
        sa.Column("crew_id", sa.String(length=40), nullable=True),
        sa.Column("person_id", sa.String(length=40), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["org_id"], ["organisations.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    _orders()
    op.create_table(
        "repair_events",
        sa.Column("id", BigId, nullable=False),
        sa.Column("order_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("report_id", sa.String(length=36), nullable=True),
        sa.Column("by_id", sa.String(length=40), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("data", Json, nullable=True),
        sa.ForeignKeyConstraint(["order_id"], ["repair_orders.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("report_id"),
    )
    op.create_index("ix_repair_events_order_id", "repair_events", ["order_id"])
    _shortages()


def _orders() -> None:
    op.create_table(
        "repair_orders",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.String(length=24), nullable=False),
        sa.Column("point_id", sa.String(length=40), nullable=False),
        sa.Column("trade_id", sa.String(length=20), nullable=False),
        sa.Column("org_id", sa.String(length=40), nullable=False),
        sa.Column("implementer_id", sa.String(length=40), nullable=False),
        sa.Column("responsible_id", sa.String(length=40), nullable=False),
        sa.Column("fault", sa.String(length=60), nullable=False),
        sa.Column("open_key", sa.String(length=110), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("finding_id", sa.String(length=36), nullable=True),
        sa.Column("check_id", sa.String(length=36), nullable=True),
        sa.Column("feedback_id", sa.String(length=36), nullable=True),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("opened_by_id", sa.String(length=40), nullable=True),
        sa.Column("accepted_at", UtcDateTime(), nullable=True),
        sa.Column("accepted_by_id", sa.String(length=40), nullable=True),
        sa.Column("arrived_at", UtcDateTime(), nullable=True),
        sa.Column("repaired_at", UtcDateTime(), nullable=True),
        sa.Column("repaired_by_id", sa.String(length=40), nullable=True),
        sa.Column("reopened", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["point_id"], ["points.id"]),
        sa.ForeignKeyConstraint(["trade_id"], ["repair_trades.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
        sa.UniqueConstraint("open_key"),
    )
    for columns in (["point_id", "state"], ["org_id", "state"], ["finding_id"], ["opened_at"], ["opened_by_id"]):
        op.create_index(f"ix_repair_orders_{'_'.join(columns)}", "repair_orders", columns)


def _shortages() -> None:
    op.create_table(
        "shortages",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("point_id", sa.String(length=40), nullable=False),
        sa.Column("implementer_id", sa.String(length=40), nullable=False),
        sa.Column("responsible_id", sa.String(length=40), nullable=False),
        sa.Column("open_key", sa.String(length=110), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.String(length=36), nullable=True),
        sa.Column("check_id", sa.String(length=36), nullable=True),
        sa.Column("noted_at", UtcDateTime(), nullable=False),
        sa.Column("noted_by_id", sa.String(length=40), nullable=True),
        sa.Column("delivered_at", UtcDateTime(), nullable=True),
        sa.Column("delivered_by_id", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["point_id"], ["points.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("open_key"),
    )
    for column in ("point_id", "implementer_id", "responsible_id", "delivered_at"):
        op.create_index(f"ix_shortages_{column}", "shortages", [column])


def downgrade() -> None:
    for table in ("shortages", "repair_events", "repair_orders", "repair_trades"):
        op.drop_table(table)
