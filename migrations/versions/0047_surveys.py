"""surveys: the yearly questionnaire to departments, its links, answers without names, and the sealed result."""

import sqlalchemy as sa
from alembic import op

from app.db import Json, UtcDateTime

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

ID = sa.String(36)


def upgrade() -> None:
    op.create_table(
        "surveys",
        sa.Column("id", ID, primary_key=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(60), nullable=False),
        sa.Column("intro", sa.Text(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("analysis", sa.Text(), nullable=False),
        sa.Column("measures", sa.Text(), nullable=False),
        sa.Column("made_by_id", sa.String(40), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("words_gone_at", UtcDateTime(), nullable=True),
        sa.UniqueConstraint("year"),
    )
    op.create_index("ix_surveys_state", "surveys", ["state"])
    op.create_table(
        "survey_questions",
        sa.Column("survey_id", ID, sa.ForeignKey("surveys.id"), primary_key=True),
        sa.Column("no", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("topic", sa.String(12), nullable=False),
        sa.Column("text", sa.String(100), nullable=False),
    )
    op.create_table(
        "survey_invitations",
        sa.Column("id", ID, primary_key=True),
        sa.Column("survey_id", ID, sa.ForeignKey("surveys.id"), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("org_id", sa.String(40), nullable=True),
        sa.Column("invited", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("reminded_at", UtcDateTime(), nullable=True),
        sa.UniqueConstraint("key"),
    )
    op.create_index("ix_survey_invitations_survey_id", "survey_invitations", ["survey_id"])
    op.create_table(
        "survey_answers",
        sa.Column("id", ID, primary_key=True),
        sa.Column("survey_id", ID, sa.ForeignKey("surveys.id"), nullable=False),
        sa.Column("invitation_id", ID, sa.ForeignKey("survey_invitations.id"), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
    )
    for column in ("survey_id", "invitation_id"):
        op.create_index(f"ix_survey_answers_{column}", "survey_answers", [column])
    op.create_table(
        "survey_marks",
        sa.Column("answer_id", ID, sa.ForeignKey("survey_answers.id"), primary_key=True),
        sa.Column("no", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("face", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
    )
    op.create_table(
        "survey_results",
        sa.Column("survey_id", ID, sa.ForeignKey("surveys.id"), primary_key=True),
        sa.Column("body", Json, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
    )


def downgrade() -> None:
    for name in ("results", "marks", "answers", "invitations", "questions"):
        op.drop_table(f"survey_{name}")
    op.drop_table("surveys")
