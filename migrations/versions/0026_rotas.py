"""rotas in work with their changes, absences of people, minutes of the way."""

import sqlalchemy as sa
from alembic import op

from app.db import BigId, Json, UtcDateTime

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _rotas()
    op.create_table(
        "absences",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("note", sa.String(length=120), nullable=False),
        sa.Column("by_id", sa.String(length=40), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("ended_by_id", sa.String(length=40), nullable=True),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_absences_person_id", "absences", ["person_id"])
    op.create_index("ix_absences_to_on", "absences", ["to_on"])
    op.create_table(
        "walks",
        sa.Column("id", BigId, nullable=False),
        sa.Column("same_floor", sa.Integer(), nullable=False),
        sa.Column("same_building", sa.Integer(), nullable=False),
        sa.Column("elsewhere", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.String(length=40), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def _rotas() -> None:
    op.create_table(
        "rotas",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("org_id", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("rounds", Json, nullable=False),
        sa.Column("made_by_id", sa.String(length=40), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("closed_by_id", sa.String(length=40), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["org_id"], ["organisations.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_rotas_org_id", "rotas", ["org_id"])
    draft = sa.text("state = 'draft'")
    op.create_index("uq_rotas_draft", "rotas", ["org_id"], unique=True, sqlite_where=draft, postgresql_where=draft)
    op.create_table(
        "rota_changes",
        sa.Column("id", BigId, nullable=False),
        sa.Column("rota_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("round_id", sa.String(length=40), nullable=True),
        sa.Column("by_id", sa.String(length=40), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("data", Json, nullable=True),
        sa.ForeignKeyConstraint(["rota_id"], ["rotas.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_rota_changes_rota_id", "rota_changes", ["rota_id"])


def downgrade() -> None:
    for table in ("walks", "absences", "rota_changes", "rotas"):
        op.drop_table(table)
