"""The levels of the walls, read without holding anybody up."""

from collections.abc import Iterable

from sqlalchemy import select

from app import db
from app.accounts.models import Bucket
from app.accounts.rules_limits import Level


def levels_now(keys: Iterable[str]) -> dict[str, Level]:
    """Levels of the buckets drawn from before; unlocked, the draw itself looks again."""
    statement = select(Bucket.key, Bucket.tokens, Bucket.filled_at).where(Bucket.key.in_(list(keys)))
    return {row.key: Level(row.tokens, row.filled_at) for row in db.rows(statement)}
