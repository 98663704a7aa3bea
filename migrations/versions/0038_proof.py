"""what a picture proves: its nonce, a record's share of pictures taken on the spot, what a point asks for."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

INDEX = "uq_photos_nonce"


def upgrade() -> None:
    live = sa.text("nonce IS NOT NULL")
    op.add_column("photos", sa.Column("nonce", sa.String(24), nullable=True))
    op.create_index(INDEX, "photos", ["nonce"], unique=True, sqlite_where=live, postgresql_where=live)
    op.add_column("checks", sa.Column("photos_live", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("checks", sa.Column("photos_asked", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("points", sa.Column("asks", sa.String(8), nullable=True))
    op.add_column("points", sa.Column("secret", sa.String(32), nullable=True))


def downgrade() -> None:
    op.drop_column("points", "secret")
    op.drop_column("points", "asks")
    op.drop_column("checks", "photos_asked")
    op.drop_column("checks", "photos_live")
    op.drop_index(INDEX, table_name="photos")
    op.drop_column("photos", "nonce")
