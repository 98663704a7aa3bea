"""one current label code a point: the newest stays, others that came in the same moment become its forerunners."""

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

from app import clock
from app.db import BigId, Json, UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

OLD_CODE_DAYS = 30
REASON = "同时签发了多个当前编码，以最新的为准"

codes = sa.table(
    "label_codes",
    sa.column("code", sa.String),
    sa.column("point_id", sa.String),
    sa.column("issued_at", UtcDateTime),
    sa.column("replaced_by", sa.String),
    sa.column("valid_until", UtcDateTime),
    sa.column("withdrawn_at", UtcDateTime),
)
events = sa.table(
    "label_events",
    sa.column("id", BigId),
    sa.column("code", sa.String),
    sa.column("point_id", sa.String),
    sa.column("kind", sa.String),
    sa.column("at", UtcDateTime),
    sa.column("reason", sa.String),
    sa.column("data", Json),
)
CURRENT = sa.text("replaced_by IS NULL AND withdrawn_at IS NULL")


def upgrade() -> None:
    _settle_doubles()
    op.create_index(
        "uq_label_codes_current",
        "label_codes",
        ["point_id"],
        unique=True,
        sqlite_where=CURRENT,
        postgresql_where=CURRENT,
    )


def downgrade() -> None:
    op.drop_index("uq_label_codes_current", "label_codes")


def _settle_doubles() -> None:
    """Both labels may hang on a door, so the older ones open for 30 days more, as after any replacement."""
    link, now = op.get_bind(), clock.now()
    current = (codes.c.replaced_by.is_(None), codes.c.withdrawn_at.is_(None))
    newest: dict[str, str] = {}
    order = (codes.c.issued_at.desc(), codes.c.code)
    for code, point_id in link.execute(
        sa.select(codes.c.code, codes.c.point_id).where(*current).order_by(*order)
    ).all():
        heir = newest.setdefault(point_id, code)
        if heir == code:
            continue
        ends = {"replaced_by": heir, "valid_until": now + timedelta(days=OLD_CODE_DAYS)}
        link.execute(sa.update(codes).where(codes.c.code == code).values(**ends))
        note = {
            "code": code,
            "point_id": point_id,
            "kind": "replaced",
            "at": now,
            "reason": REASON,
            "data": {"by": heir},
        }
        link.execute(sa.insert(events).values(**note))
