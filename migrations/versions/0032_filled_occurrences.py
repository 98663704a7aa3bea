"""the index from a check to its occurrence holds filled ones only: a page of the log less at every check."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

INDEX, TABLE, COLUMNS = "ix_occurrences_check_id", "occurrences", ["check_id"]


def upgrade() -> None:
    filled = sa.text("check_id IS NOT NULL")
    op.drop_index(INDEX, table_name=TABLE)
    op.create_index(INDEX, TABLE, COLUMNS, sqlite_where=filled, postgresql_where=filled)


def downgrade() -> None:
    op.drop_index(INDEX, table_name=TABLE)
    op.create_index(INDEX, TABLE, COLUMNS)
