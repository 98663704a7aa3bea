"""plans of spot checks, draws with their sealed seeds, what was drawn, and second opinions."""

import sqlalchemy as sa
from alembic import op

from app.db import BigId, Json, UtcDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "spotcheck_plans",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("title", sa.String(length=80), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("mode", sa.String(length=8), nullable=False),
        sa.Column("method", sa.String(length=8), nullable=False),
        sa.Column("rhythm", sa.String(length=12), nullable=False),
        sa.Column("scope", sa.String(length=8), nullable=False),
        sa.Column("owner_id", sa.String(length=40), nullable=False),
        sa.Column("implementer_id", sa.String(length=40), nullable=True),
        sa.Column("standard_code", sa.String(length=20), nullable=True),
        sa.Column("area_id", sa.String(length=40), nullable=True),
        sa.Column("crew_id", sa.String(length=40), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("size", sa.String(length=8), nullable=False),
        sa.Column("made_by_id", sa.String(length=40), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["owner_id"], ["organisations.id"], name=op.f("fk_spotcheck_plans_owner_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spotcheck_plans")),
    )
    op.create_index(op.f("ix_spotcheck_plans_owner_id"), "spotcheck_plans", ["owner_id"], unique=False)
    op.create_table(
        "spotcheck_draws",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("lot", sa.String(length=160), nullable=False),
        sa.Column("plan_id", sa.String(length=36), nullable=True),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("mode", sa.String(length=8), nullable=False),
        sa.Column("method", sa.String(length=8), nullable=False),
        sa.Column("rhythm", sa.String(length=12), nullable=False),
        sa.Column("scope", sa.String(length=8), nullable=False),
        sa.Column("owner_id", sa.String(length=40), nullable=False),
        sa.Column("implementer_id", sa.String(length=40), nullable=True),
        sa.Column("standard_code", sa.String(length=20), nullable=True),
        sa.Column("area_id", sa.String(length=40), nullable=True),
        sa.Column("crew_id", sa.String(length=40), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("closes_at", UtcDateTime(), nullable=False),
        sa.Column("size", sa.String(length=8), nullable=False),
        sa.Column("seed_hash", sa.String(length=64), nullable=False),
        sa.Column("committed_at", UtcDateTime(), nullable=False),
        sa.Column("committed_by_id", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["owner_id"], ["organisations.id"], name=op.f("fk_spotcheck_draws_owner_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["spotcheck_plans.id"], name=op.f("fk_spotcheck_draws_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spotcheck_draws")),
        sa.UniqueConstraint("lot", name=op.f("uq_spotcheck_draws_lot")),
    )
    op.create_index(op.f("ix_spotcheck_draws_plan_id"), "spotcheck_draws", ["plan_id"], unique=False)
    op.create_index("ix_spotcheck_draws_owner_id_to_on", "spotcheck_draws", ["owner_id", "to_on"], unique=False)
    op.create_index(op.f("ix_spotcheck_draws_closes_at"), "spotcheck_draws", ["closes_at"], unique=False)
    op.create_table(
        "spotcheck_items",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("draw_id", sa.String(length=36), nullable=False),
        sa.Column("occurrence_id", BigId, nullable=False),
        sa.Column("check_id", sa.String(length=36), nullable=False),
        sa.Column("point_id", sa.String(length=40), nullable=False),
        sa.Column("standard_code", sa.String(length=20), nullable=False),
        sa.Column("implementer_id", sa.String(length=40), nullable=False),
        sa.Column("responsible_id", sa.String(length=40), nullable=False),
        sa.Column("executor_id", sa.String(length=40), nullable=False),
        sa.Column("business_on", sa.Date(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Double(), nullable=False),
        sa.Column("key", sa.Double(), nullable=False),
        sa.Column("entered", sa.String(length=10), nullable=False),
        sa.Column("why", Json, nullable=False),
        sa.ForeignKeyConstraint(["draw_id"], ["spotcheck_draws.id"], name=op.f("fk_spotcheck_items_draw_id")),
        sa.ForeignKeyConstraint(["point_id"], ["points.id"], name=op.f("fk_spotcheck_items_point_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spotcheck_items")),
        sa.UniqueConstraint("draw_id", "occurrence_id", name=op.f("uq_spotcheck_items_draw_id_occurrence_id")),
    )
    op.create_index(op.f("ix_spotcheck_items_point_id"), "spotcheck_items", ["point_id"], unique=False)
    op.create_index(op.f("ix_spotcheck_items_check_id"), "spotcheck_items", ["check_id"], unique=False)
    op.create_table(
        "spotcheck_results",
        sa.Column("draw_id", sa.String(length=36), nullable=False),
        sa.Column("drawn_at", UtcDateTime(), nullable=False),
        sa.Column("drawn_by_id", sa.String(length=40), nullable=True),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("sample", sa.Integer(), nullable=False),
        sa.Column("list_sha256", sa.String(length=64), nullable=False),
        sa.Column("population_list", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["draw_id"], ["spotcheck_draws.id"], name=op.f("fk_spotcheck_results_draw_id")),
        sa.PrimaryKeyConstraint("draw_id", name=op.f("pk_spotcheck_results")),
    )
    op.create_table(
        "spotcheck_seeds",
        sa.Column("draw_id", sa.String(length=36), nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["draw_id"], ["spotcheck_draws.id"], name=op.f("fk_spotcheck_seeds_draw_id")),
        sa.PrimaryKeyConstraint("draw_id", name=op.f("pk_spotcheck_seeds")),
    )
    op.create_table(
        "spotcheck_reviews",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("item_id", sa.String(length=36), nullable=True),
        sa.Column("check_id", sa.String(length=36), nullable=False),
        sa.Column("point_id", sa.String(length=40), nullable=False),
        sa.Column("standard_code", sa.String(length=20), nullable=False),
        sa.Column("implementer_id", sa.String(length=40), nullable=False),
        sa.Column("responsible_id", sa.String(length=40), nullable=False),
        sa.Column("executor_id", sa.String(length=40), nullable=False),
        sa.Column("by_id", sa.String(length=40), nullable=False),
        sa.Column("by_name", sa.String(length=60), nullable=False),
        sa.Column("began_at", UtcDateTime(), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("outcome", sa.String(length=8), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["spotcheck_items.id"], name=op.f("fk_spotcheck_reviews_item_id")),
        sa.ForeignKeyConstraint(["point_id"], ["points.id"], name=op.f("fk_spotcheck_reviews_point_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spotcheck_reviews")),
        sa.UniqueConstraint("subject", name=op.f("uq_spotcheck_reviews_subject")),
    )
    op.create_index(op.f("ix_spotcheck_reviews_item_id"), "spotcheck_reviews", ["item_id"], unique=False)
    op.create_index(op.f("ix_spotcheck_reviews_responsible_id"), "spotcheck_reviews", ["responsible_id"], unique=False)
    op.create_index(op.f("ix_spotcheck_reviews_check_id"), "spotcheck_reviews", ["check_id"], unique=False)
    op.create_index("ix_spotcheck_reviews_by_id_at", "spotcheck_reviews", ["by_id", "at"], unique=False)
    op.create_index(op.f("ix_spotcheck_reviews_executor_id"), "spotcheck_reviews", ["executor_id"], unique=False)
    op.create_index(op.f("ix_spotcheck_reviews_implementer_id"), "spotcheck_reviews", ["implementer_id"], unique=False)
    op.create_table(
        "spotcheck_review_events",
        sa.Column("id", BigId, nullable=False),
        sa.Column("review_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("by_id", sa.String(length=40), nullable=True),
        sa.Column("by_name", sa.String(length=60), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("data", Json, nullable=True),
        sa.ForeignKeyConstraint(
            ["review_id"], ["spotcheck_reviews.id"], name=op.f("fk_spotcheck_review_events_review_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_spotcheck_review_events")),
    )
    op.create_index(
        op.f("ix_spotcheck_review_events_review_id"), "spotcheck_review_events", ["review_id"], unique=False
    )
    op.create_table(
        "spotcheck_review_states",
        sa.Column("review_id", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("appeal_until", UtcDateTime(), nullable=True),
        sa.Column("finding_id", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(
            ["review_id"], ["spotcheck_reviews.id"], name=op.f("fk_spotcheck_review_states_review_id")
        ),
        sa.PrimaryKeyConstraint("review_id", name=op.f("pk_spotcheck_review_states")),
    )
    op.create_index(op.f("ix_spotcheck_review_states_state"), "spotcheck_review_states", ["state"], unique=False)
    op.create_table(
        "spotcheck_review_steps",
        sa.Column("review_id", sa.String(length=36), nullable=False),
        sa.Column("step_id", sa.String(length=8), nullable=False),
        sa.Column("step_title", sa.String(length=120), nullable=False),
        sa.Column("key", sa.Boolean(), nullable=False),
        sa.Column("said", sa.String(length=16), nullable=False),
        sa.Column("verdict", sa.String(length=8), nullable=False),
        sa.Column("reason", sa.String(length=24), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("photos", Json, nullable=False),
        sa.ForeignKeyConstraint(
            ["review_id"], ["spotcheck_reviews.id"], name=op.f("fk_spotcheck_review_steps_review_id")
        ),
        sa.PrimaryKeyConstraint("review_id", "step_id", name=op.f("pk_spotcheck_review_steps")),
    )


def downgrade() -> None:
    op.drop_table("spotcheck_review_states")
    op.drop_table("spotcheck_review_events")
    op.drop_table("spotcheck_review_steps")
    op.drop_table("spotcheck_reviews")
    op.drop_table("spotcheck_items")
    op.drop_table("spotcheck_results")
    op.drop_table("spotcheck_seeds")
    op.drop_table("spotcheck_draws")
    op.drop_table("spotcheck_plans")
