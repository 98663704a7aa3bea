"""Draw from the token buckets in the database, which hold across workers and restarts."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import insert, update

from app.accounts.models import Bucket
from app.accounts.queries import levels_of
from app.accounts.rules_limits import Limit, tokens_now
from app.db import run
from app.refusals import TooMany
from app.web.words import lazy


def draw(buckets: Mapping[str, Limit], now: datetime) -> None:
    """Take one token from each bucket, or none and raise TooMany. Commit it before the secret is compared."""
    levels = levels_of(buckets)
    left = {key: tokens_now(levels.get(key), limit, now) for key, limit in buckets.items()}
    if any(tokens < 1 for tokens in left.values()):
        raise TooMany(lazy("Too many tries. Please wait a few minutes, or ask your crew leader."))
    for key, tokens in left.items():
        _keep(key, tokens - 1, now, known=key in levels)


def give_back(buckets: Mapping[str, Limit], now: datetime) -> None:
    """The try was right: it does not count."""
    for key, level in levels_of(buckets).items():
        _keep(key, min(buckets[key].capacity, tokens_now(level, buckets[key], now) + 1), now, known=True)


def _keep(key: str, tokens: float, now: datetime, *, known: bool) -> None:
    if known:
        run(update(Bucket).where(Bucket.key == key).values(tokens=tokens, filled_at=now))
    else:
        run(insert(Bucket).values(key=key, tokens=tokens, filled_at=now))
