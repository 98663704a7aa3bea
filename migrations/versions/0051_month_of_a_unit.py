"""The windows of a unit by their end of grace: its figures of today and the records of its month.

With an index by unit and start alone SQLite would go through all the years of the unit for them.
"""

from alembic import op

revision = "0051"
down_revision = "0050"


def upgrade() -> None:
    op.create_index("ix_occurrences_implementer_id_grace_end_at", "occurrences", ["implementer_id", "grace_end_at"])


def downgrade() -> None:
    op.drop_index("ix_occurrences_implementer_id_grace_end_at", "occurrences")
