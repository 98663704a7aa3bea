"""an item of a self-check may be drawn before it is done: its record and its doer come later."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None
LENGTHS = {"check_id": 36, "executor_id": 40}


def upgrade() -> None:
    with op.batch_alter_table("spotcheck_items") as table:
        for name, length in LENGTHS.items():
            table.alter_column(name, existing_type=sa.String(length), nullable=True)


def downgrade() -> None:
    with op.batch_alter_table("spotcheck_items") as table:
        for name, length in LENGTHS.items():
            table.alter_column(name, existing_type=sa.String(length), nullable=False)
