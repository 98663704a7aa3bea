"""Findings by their limit: those of a month, whatever became of them, however many years there are."""

from alembic import op

revision = "0052"
down_revision = "0051"


def upgrade() -> None:
    op.create_index("ix_findings_due_at", "findings", ["due_at"])


def downgrade() -> None:
    op.drop_index("ix_findings_due_at", "findings")
