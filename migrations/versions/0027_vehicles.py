"""trips, time lines and standings of vehicles."""

import sqlalchemy as sa
from alembic import op

from app.db import Json, UtcDateTime

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _entries()
    _trips()
    _states()


def _entries() -> None:
    op.create_table(
        "vehicle_entries",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("point_id", sa.String(40), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by_id", sa.String(40), nullable=True),
        sa.Column("trip_id", sa.String(36), nullable=True),
        sa.Column("km", sa.Integer(), nullable=True),
        sa.Column("quantity", sa.Double(), nullable=True),
        sa.Column("cost", sa.Double(), nullable=True),
        sa.Column("full", sa.Boolean(), nullable=True),
        sa.Column("ref", sa.String(36), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("data", Json, nullable=True),
        sa.ForeignKeyConstraint(["point_id"], ["points.id"], name=op.f("fk_vehicle_entries_point_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vehicle_entries")),
    )
    op.create_index("ix_vehicle_entries_point_id_at", "vehicle_entries", ["point_id", "at"])
    op.create_index("ix_vehicle_entries_kind_at", "vehicle_entries", ["kind", "at"])
    op.create_index(op.f("ix_vehicle_entries_trip_id"), "vehicle_entries", ["trip_id"])
    op.create_index(op.f("ix_vehicle_entries_ref"), "vehicle_entries", ["ref"])


def _trips() -> None:
    op.create_table(
        "vehicle_trips",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("point_id", sa.String(40), nullable=False),
        sa.Column("driver_id", sa.String(40), nullable=False),
        sa.Column("event_id", sa.String(40), nullable=True),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("purpose", sa.String(200), nullable=False),
        sa.Column("route", sa.String(200), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=True),
        sa.Column("start_km", sa.Integer(), nullable=True),
        sa.Column("returned_at", UtcDateTime(), nullable=True),
        sa.Column("end_km", sa.Integer(), nullable=True),
        sa.Column("override_id", sa.String(36), nullable=True),
        sa.Column("out_key", sa.String(40), nullable=True),
        sa.Column("driver_key", sa.String(40), nullable=True),
        sa.ForeignKeyConstraint(["point_id"], ["points.id"], name=op.f("fk_vehicle_trips_point_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vehicle_trips")),
        sa.UniqueConstraint("driver_key", name=op.f("uq_vehicle_trips_driver_key")),
        sa.UniqueConstraint("out_key", name=op.f("uq_vehicle_trips_out_key")),
    )
    op.create_index(op.f("ix_vehicle_trips_driver_id"), "vehicle_trips", ["driver_id"])
    op.create_index(op.f("ix_vehicle_trips_event_id"), "vehicle_trips", ["event_id"])
    op.create_index("ix_vehicle_trips_point_id_returned_at", "vehicle_trips", ["point_id", "returned_at"])


def _states() -> None:
    op.create_table(
        "vehicle_states",
        sa.Column("point_id", sa.String(40), nullable=False),
        sa.Column("odometer_km", sa.Integer(), nullable=False),
        sa.Column("service_km", sa.Integer(), nullable=False),
        sa.Column("serviced_on", sa.Date(), nullable=True),
        sa.Column("clean_since_km", sa.Integer(), nullable=False),
        sa.Column("doubts", sa.Integer(), nullable=False),
        sa.Column("fuel_over", sa.Boolean(), nullable=False),
        sa.Column("sealed_at", UtcDateTime(), nullable=True),
        sa.Column("built_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["point_id"], ["points.id"], name=op.f("fk_vehicle_states_point_id")),
        sa.PrimaryKeyConstraint("point_id", name=op.f("pk_vehicle_states")),
    )


def downgrade() -> None:
    op.drop_table("vehicle_states")
    op.drop_table("vehicle_trips")
    op.drop_table("vehicle_entries")
