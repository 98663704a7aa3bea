"""checks name the device that sent them, by its random name."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("checks", sa.Column("phone", sa.String(60), nullable=True))


def downgrade() -> None:
    op.drop_column("checks", "phone")
