"""points know how many calls of visitors stand there."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("points", sa.Column("calls_open", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    op.drop_column("points", "calls_open")
