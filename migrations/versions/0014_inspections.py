"""inspections of units: templates, items, evidence, signatures, announcements."""

import sqlalchemy as sa
from alembic import op

from app.db import BigId, Json, UtcDateTime

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "inspection_events",
        sa.Column("id", BigId, nullable=False),
        sa.Column("inspection_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("by_id", sa.String(length=40), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_events")),
    )
    op.create_index(op.f("ix_inspection_events_inspection_id"), "inspection_events", ["inspection_id"], unique=False)
    op.create_table(
        "inspection_item_versions",
        sa.Column("inspection_id", sa.String(length=36), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("said", Json, nullable=False),
        sa.Column("by_id", sa.String(length=40), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("inspection_id", "no", "revision", name=op.f("pk_inspection_item_versions")),
    )
    op.create_table(
        "inspection_templates",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_by_id", sa.String(length=40), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("retired_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_templates")),
    )
    op.create_table(
        "inspection_template_versions",
        sa.Column("template_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("items", Json, nullable=False),
        sa.Column("by_id", sa.String(length=40), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["template_id"], ["inspection_templates.id"], name=op.f("fk_inspection_template_versions_template_id")
        ),
        sa.PrimaryKeyConstraint("template_id", "version", name=op.f("pk_inspection_template_versions")),
    )
    op.create_table(
        "inspections",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.String(length=24), nullable=False),
        sa.Column("occasion", sa.String(length=16), nullable=False),
        sa.Column("unit_id", sa.String(length=40), nullable=False),
        sa.Column("post", sa.String(length=80), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("basis", sa.String(length=200), nullable=False),
        sa.Column("template_id", sa.String(length=36), nullable=False),
        sa.Column("template_version", sa.Integer(), nullable=False),
        sa.Column("template_title", sa.String(length=80), nullable=False),
        sa.Column("template_source", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("conclusion", sa.String(length=16), nullable=True),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("made_by_id", sa.String(length=40), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("begun_at", UtcDateTime(), nullable=True),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("announced_at", UtcDateTime(), nullable=True),
        sa.Column("announced_by_id", sa.String(length=40), nullable=True),
        sa.Column("announcement", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["organisations.id"], name=op.f("fk_inspections_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspections")),
        sa.UniqueConstraint("number", name=op.f("uq_inspections_number")),
    )
    op.create_index("ix_inspections_occasion_on", "inspections", ["occasion", "on"], unique=False)
    op.create_index(op.f("ix_inspections_state"), "inspections", ["state"], unique=False)
    op.create_index(op.f("ix_inspections_unit_id"), "inspections", ["unit_id"], unique=False)
    op.create_table(
        "inspection_addenda",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("inspection_id", sa.String(length=36), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by_id", sa.String(length=40), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspections.id"], name=op.f("fk_inspection_addenda_inspection_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inspection_addenda")),
    )
    op.create_index(op.f("ix_inspection_addenda_inspection_id"), "inspection_addenda", ["inspection_id"], unique=False)
    op.create_table(
        "inspection_evidence",
        sa.Column("inspection_id", sa.String(length=36), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("photo_id", sa.String(length=36), nullable=False),
        sa.Column("media_type", sa.String(length=40), nullable=False),
        sa.Column("by_id", sa.String(length=40), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspections.id"], name=op.f("fk_inspection_evidence_inspection_id")
        ),
        sa.PrimaryKeyConstraint("inspection_id", "no", "sha256", name=op.f("pk_inspection_evidence")),
    )
    op.create_table(
        "inspection_inspectors",
        sa.Column("inspection_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("org_name", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspections.id"], name=op.f("fk_inspection_inspectors_inspection_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_inspection_inspectors_person_id")),
        sa.PrimaryKeyConstraint("inspection_id", "person_id", name=op.f("pk_inspection_inspectors")),
    )
    op.create_index(op.f("ix_inspection_inspectors_person_id"), "inspection_inspectors", ["person_id"], unique=False)
    op.create_table(
        "inspection_items",
        sa.Column("inspection_id", sa.String(length=36), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("ways", Json, nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("conclusion", sa.String(length=16), nullable=True),
        sa.Column("fact", sa.Text(), nullable=False),
        sa.Column("severity", sa.String(length=10), nullable=False),
        sa.Column("finding_id", sa.String(length=36), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.String(length=40), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspections.id"], name=op.f("fk_inspection_items_inspection_id")),
        sa.PrimaryKeyConstraint("inspection_id", "no", name=op.f("pk_inspection_items")),
    )
    op.create_index(op.f("ix_inspection_items_finding_id"), "inspection_items", ["finding_id"], unique=False)
    op.create_table(
        "inspection_links",
        sa.Column("inspection_id", sa.String(length=36), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("label", sa.String(length=40), nullable=False),
        sa.Column("by_id", sa.String(length=40), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["inspection_id"], ["inspections.id"], name=op.f("fk_inspection_links_inspection_id")),
        sa.PrimaryKeyConstraint("inspection_id", "no", "target_id", name=op.f("pk_inspection_links")),
    )
    op.create_table(
        "inspection_signatures",
        sa.Column("inspection_id", sa.String(length=36), nullable=False),
        sa.Column("side", sa.String(length=10), nullable=False),
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("way", sa.String(length=8), nullable=False),
        sa.Column("objection", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["inspection_id"], ["inspections.id"], name=op.f("fk_inspection_signatures_inspection_id")
        ),
        sa.PrimaryKeyConstraint("inspection_id", "side", "person_id", name=op.f("pk_inspection_signatures")),
    )


def downgrade() -> None:
    op.drop_table("inspection_signatures")
    op.drop_table("inspection_links")
    op.drop_index(op.f("ix_inspection_items_finding_id"), table_name="inspection_items")
    op.drop_table("inspection_items")
    op.drop_index(op.f("ix_inspection_inspectors_person_id"), table_name="inspection_inspectors")
    op.drop_table("inspection_inspectors")
    op.drop_table("inspection_evidence")
    op.drop_index(op.f("ix_inspection_addenda_inspection_id"), table_name="inspection_addenda")
    op.drop_table("inspection_addenda")
    op.drop_index(op.f("ix_inspections_unit_id"), table_name="inspections")
    op.drop_index(op.f("ix_inspections_state"), table_name="inspections")
    op.drop_index("ix_inspections_occasion_on", table_name="inspections")
    op.drop_table("inspections")
    op.drop_table("inspection_template_versions")
    op.drop_table("inspection_templates")
    op.drop_table("inspection_item_versions")
    op.drop_index(op.f("ix_inspection_events_inspection_id"), table_name="inspection_events")
    op.drop_table("inspection_events")
