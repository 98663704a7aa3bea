"""planned exemptions name the standard: a department closes a point for its own work only."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("point_exemptions", sa.Column("standard_code", sa.String(length=20), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("point_exemptions") as batch:
        batch.drop_column("standard_code")
