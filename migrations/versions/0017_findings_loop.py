"""findings: the whole loop from registration to closure, their photos, proposals to revise."""

import sqlalchemy as sa
from alembic import op

from app.db import Json, UtcDateTime

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

EASED = {
    "point_id": sa.String(length=40),
    "standard_code": sa.String(length=20),
    "edition": sa.String(length=26),
    "step_id": sa.String(length=8),
    "cause": sa.String(length=10),
    "found_by_id": sa.String(length=40),
}
TEXTS = ("correction", "corrective_action", "cause_text", "section_cause", "follow_up")
INSTANTS = ("state_at", "contained_at", "contain_by", "rectified_at", "recheck_by")
COUNTS = ("version", "failed_rechecks", "escalated")
FLAGS = ("repeated", "major")


def upgrade() -> None:
    with op.batch_alter_table("findings") as batch:
        for name, kind in EASED.items():
            batch.alter_column(name, existing_type=kind, nullable=True)
        batch.add_column(sa.Column("key", sa.String(length=120), nullable=True))
        batch.add_column(sa.Column("source_id", sa.String(length=40), nullable=True))
        batch.add_column(sa.Column("containment", sa.String(length=12), nullable=False, server_default=""))
        batch.add_column(sa.Column("rectifier_id", sa.String(length=40), nullable=True))
        batch.add_column(sa.Column("rectifier_org_id", sa.String(length=40), nullable=True))
        batch.add_column(sa.Column("until", sa.Date(), nullable=True))
        for name in TEXTS:
            batch.add_column(sa.Column(name, sa.Text(), nullable=False, server_default=""))
        for name in INSTANTS:
            batch.add_column(sa.Column(name, UtcDateTime(), nullable=True))
        for name in COUNTS:
            batch.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
        for name in FLAGS:
            batch.add_column(sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.create_unique_constraint("uq_findings_key", ["key"])
        for name in ("source_id", "rectifier_id", "found_by_id"):
            batch.create_index(f"ix_findings_{name}", [name])
        batch.create_index("ix_findings_state_due_at", ["state", "due_at"])
        batch.create_index("ix_findings_standard_code_step_id_found_at", ["standard_code", "step_id", "found_at"])
    # What the next scan called gone waited for a recheck under another name.
    op.execute("UPDATE findings SET state = 'to_recheck' WHERE state = 'gone'")
    with op.batch_alter_table("finding_events") as batch:
        batch.add_column(sa.Column("state", sa.String(length=16), nullable=True))
        batch.add_column(sa.Column("text", sa.Text(), nullable=False, server_default=""))
        batch.add_column(sa.Column("deed_id", sa.String(length=36), nullable=True))
        batch.create_unique_constraint("uq_finding_events_deed_id", ["deed_id"])
    _photos()
    _proposals()
    op.create_table(
        "photo_shares",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("unit_id", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("sha256", "unit_id", name=op.f("pk_photo_shares")),
    )


def _photos() -> None:
    op.create_table(
        "finding_photos",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("finding_id", sa.String(length=36), nullable=False),
        sa.Column("part", sa.String(length=8), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("by_id", sa.String(length=40), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["finding_id"], ["findings.id"], name=op.f("fk_finding_photos_finding_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding_photos")),
    )
    op.create_index(op.f("ix_finding_photos_finding_id"), "finding_photos", ["finding_id"])


def _proposals() -> None:
    op.create_table(
        "revision_proposals",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("standard_code", sa.String(length=20), nullable=False),
        sa.Column("edition", sa.String(length=26), nullable=False),
        sa.Column("step_id", sa.String(length=8), nullable=False),
        sa.Column("step_title", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.String(length=12), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("findings", Json, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by_id", sa.String(length=40), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("decided_by_id", sa.String(length=40), nullable=True),
        sa.Column("decided_at", UtcDateTime(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision_proposals")),
        sa.UniqueConstraint("key", name=op.f("uq_revision_proposals_key")),
    )
    op.create_index(op.f("ix_revision_proposals_standard_code"), "revision_proposals", ["standard_code"])


def downgrade() -> None:
    op.drop_table("photo_shares")
    op.drop_table("revision_proposals")
    op.drop_table("finding_photos")
    with op.batch_alter_table("finding_events") as batch:
        batch.drop_constraint("uq_finding_events_deed_id")
        for name in ("state", "text", "deed_id"):
            batch.drop_column(name)
    with op.batch_alter_table("findings") as batch:
        batch.drop_constraint("uq_findings_key")
        for name in ("source_id", "rectifier_id", "found_by_id", "state_due_at", "standard_code_step_id_found_at"):
            batch.drop_index(f"ix_findings_{name}")
        plain = ("key", "source_id", "containment", "rectifier_id", "rectifier_org_id", "until")
        for name in (*plain, *TEXTS, *INSTANTS, *COUNTS, *FLAGS):
            batch.drop_column(name)
