"""voiding takes a record out of the figures; a correction that turns a result waits for a second person."""

import sqlalchemy as sa
from alembic import op

from app.db import UtcDateTime

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("check_states", sa.Column("void", sa.Boolean(), server_default=sa.false(), nullable=False))
    for name, length in (("field", 10), ("result_was", 16), ("result_now", 16)):
        op.add_column("corrections", sa.Column(name, sa.String(length), nullable=True))
    op.create_table(
        "correction_decisions",
        sa.Column("correction_id", sa.String(length=36), nullable=False),
        sa.Column("stands", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by_id", sa.String(length=40), nullable=False),
        sa.Column("by_name", sa.String(length=60), nullable=False),
        sa.Column("at", UtcDateTime, nullable=False),
        sa.ForeignKeyConstraint(["correction_id"], ["corrections.id"]),
        sa.PrimaryKeyConstraint("correction_id"),
    )


def downgrade() -> None:
    op.drop_table("correction_decisions")
    for name in ("result_now", "result_was", "field"):
        op.drop_column("corrections", name)
    op.drop_column("check_states", "void")
