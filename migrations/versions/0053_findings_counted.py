"""Findings of a month are counted in an index alone, by when they were found and by their limit."""

from alembic import op

revision = "0053"
down_revision = "0052"

MONTH = ["found_at", "source", "state", "standard_code", "step_id", "implementer_id", "fixed_on_spot"]
LIMIT = ["due_at", "fixed_on_spot", "state", "rectified_at", "closed_at", "failed_rechecks"]


def upgrade() -> None:
    op.create_index("ix_findings_month", "findings", MONTH)
    op.create_index("ix_findings_limit", "findings", LIMIT)
    op.drop_index("ix_findings_found_at", "findings")
    op.drop_index("ix_findings_due_at", "findings")


def downgrade() -> None:
    op.create_index("ix_findings_found_at", "findings", ["found_at"])
    op.create_index("ix_findings_due_at", "findings", ["due_at"])
    op.drop_index("ix_findings_limit", "findings")
    op.drop_index("ix_findings_month", "findings")
