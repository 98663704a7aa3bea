"""training: deliveries, readings, exams, sign-offs, certificates, newcomers, ledger, marks of records."""

import sqlalchemy as sa
from alembic import op

from app.db import BigId, Json, UtcDateTime

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

TABLES = (
    "training_settings",
    "training_deliveries",
    "training_readings",
    "training_sittings",
    "training_attempts",
    "training_sign_offs",
    "training_certificates",
    "training_newcomers",
    "training_ledger",
    "training_marks",
)


def upgrade() -> None:
    _people()
    _exams()
    _office()
    _indexes()


def _people() -> None:
    op.create_table(
        "training_deliveries",
        sa.Column("id", BigId, nullable=False),
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("edition", sa.String(length=26), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("asked", Json, nullable=True),
        sa.Column("before", sa.String(length=26), nullable=True),
        sa.Column("by_id", sa.String(length=40), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["edition"], ["editions.number"]),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("person_id", "edition", name=op.f("uq_training_deliveries_person_id_edition")),
    )
    op.create_table(
        "training_readings",
        sa.Column("id", BigId, nullable=False),
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("edition", sa.String(length=26), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["edition"], ["editions.number"]),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("person_id", "edition", "on", name=op.f("uq_training_readings_person_id_edition_on")),
    )
    op.create_table(
        "training_newcomers",
        sa.Column("id", BigId, nullable=False),
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("mentor_id", sa.String(length=40), nullable=False),
        sa.Column("by_id", sa.String(length=40), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["mentor_id"], ["people.id"]),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "training_certificates",
        sa.Column("id", BigId, nullable=False),
        sa.Column("entry_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("issuer", sa.String(length=80), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("withdrawn", sa.Boolean(), nullable=False),
        sa.Column("by_id", sa.String(length=40), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("entry_id", name=op.f("uq_training_certificates_entry_id")),
    )


def _exams() -> None:
    op.create_table(
        "training_sittings",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("edition", sa.String(length=26), nullable=False),
        sa.Column("seed", sa.String(length=32), nullable=False),
        sa.Column("questions", Json, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["edition"], ["editions.number"]),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "training_attempts",
        sa.Column("sitting_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("edition", sa.String(length=26), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("answers", Json, nullable=False),
        sa.Column("wrong", Json, nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["edition"], ["editions.number"]),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"]),
        sa.ForeignKeyConstraint(["sitting_id"], ["training_sittings.id"]),
        sa.PrimaryKeyConstraint("sitting_id"),
    )
    op.create_table(
        "training_sign_offs",
        sa.Column("id", BigId, nullable=False),
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("edition", sa.String(length=26), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("by_id", sa.String(length=40), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["edition"], ["editions.number"]),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("person_id", "edition", "on", name=op.f("uq_training_sign_offs_person_id_edition_on")),
    )


def _office() -> None:
    op.create_table(
        "training_settings",
        sa.Column("id", BigId, nullable=False),
        sa.Column("newcomer_days", sa.Integer(), nullable=False),
        sa.Column("remind_days", sa.Integer(), nullable=False),
        sa.Column("enforced_from", sa.Date(), nullable=True),
        sa.Column("by_id", sa.String(length=40), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "training_ledger",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("way", sa.String(length=12), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("edition", sa.String(length=26), nullable=True),
        sa.Column("org_id", sa.String(length=40), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(length=80), nullable=False),
        sa.Column("led_by", sa.String(length=60), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=False),
        sa.Column("present", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("replaces", sa.String(length=36), nullable=True),
        sa.Column("by_id", sa.String(length=40), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["edition"], ["editions.number"]),
        sa.ForeignKeyConstraint(["org_id"], ["organisations.id"]),
        sa.ForeignKeyConstraint(["replaces"], ["training_ledger.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("replaces", name=op.f("uq_training_ledger_replaces")),
    )
    op.create_table(
        "training_marks",
        sa.Column("check_id", sa.String(length=36), nullable=False),
        sa.Column("standing", sa.String(length=12), nullable=False),
        sa.Column("lacks", Json, nullable=False),
        sa.Column("mentor_id", sa.String(length=40), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("check_id"),
    )


def _indexes() -> None:
    op.create_index("ix_training_certificates_person_id", "training_certificates", ["person_id"])
    op.create_index("ix_training_newcomers_person_id", "training_newcomers", ["person_id"])
    op.create_index("ix_training_deliveries_edition", "training_deliveries", ["edition"])
    op.create_index("ix_training_ledger_org_id_on", "training_ledger", ["org_id", "on"])
    op.create_index("ix_training_readings_edition", "training_readings", ["edition"])
    op.create_index("ix_training_sign_offs_edition", "training_sign_offs", ["edition"])
    op.create_index("ix_training_sittings_person_id", "training_sittings", ["person_id"])
    op.create_index("ix_training_attempts_edition", "training_attempts", ["edition"])
    op.create_index("ix_training_attempts_person_id_edition", "training_attempts", ["person_id", "edition"])


def downgrade() -> None:
    for name in reversed(TABLES):
        op.drop_table(name)
