"""places: a building may have a board in its lobby, under an address of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0054"


def upgrade() -> None:
    op.add_column("buildings", sa.Column("board_key", sa.String(12), nullable=True))
    op.create_index("uq_buildings_board_key", "buildings", ["board_key"], unique=True)


def downgrade() -> None:
    op.drop_index("uq_buildings_board_key", "buildings")
    op.drop_column("buildings", "board_key")
