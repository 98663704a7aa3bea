"""indexes that nothing asks: each cost a page of the log at every check."""

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

GONE = (("photos", "received_at"), ("pictures", "phash"), ("receipts", "person_id"), ("checks", "occurrence_id"))


def upgrade() -> None:
    for table, column in GONE:
        op.drop_index(f"ix_{table}_{column}", table_name=table)


def downgrade() -> None:
    for table, column in GONE:
        op.create_index(f"ix_{table}_{column}", table, [column])
