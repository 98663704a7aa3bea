"""badges, and which of them opened a session."""

import sqlalchemy as sa
from alembic import op

from app.db import BigId, UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

LIVE = sa.text("revoked_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "badges",
        sa.Column("id", BigId, nullable=False),
        sa.Column("token_key", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.String(length=40), nullable=False),
        sa.Column("issued_by_id", sa.String(length=40), nullable=True),
        sa.Column("issued_at", UtcDateTime(), nullable=False),
        sa.Column("code_hash", sa.String(length=200), nullable=False),
        sa.Column("code_until", UtcDateTime(), nullable=False),
        sa.Column("activated_at", UtcDateTime(), nullable=True),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("strange_tries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_badges_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_badges")),
        sa.UniqueConstraint("token_key", name=op.f("uq_badges_token_key")),
    )
    op.create_index(op.f("ix_badges_person_id"), "badges", ["person_id"])
    op.create_index("uq_badges_live", "badges", ["person_id"], unique=True, sqlite_where=LIVE, postgresql_where=LIVE)
    op.add_column("sign_ins", sa.Column("badge_id", BigId, nullable=True))
    op.add_column("sign_ins", sa.Column("idle_until", UtcDateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("sign_ins", "idle_until")
    op.drop_column("sign_ins", "badge_id")
    op.drop_table("badges")
