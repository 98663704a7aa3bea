"""The windows of a unit by their start: the log of a unit's day and its newest records, however many years there are.

Without it SQLite and PostgreSQL go through everybody's windows of the day, or of the month.
"""

from alembic import op

revision = "0049"
down_revision = "0048"


def upgrade() -> None:
    op.create_index("ix_occurrences_implementer_id_start_at", "occurrences", ["implementer_id", "start_at"])


def downgrade() -> None:
    op.drop_index("ix_occurrences_implementer_id_start_at", "occurrences")
