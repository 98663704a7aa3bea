"""Draw from the token buckets in the database, which hold across workers and restarts."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import delete, insert, update

from app.accounts.models import Bucket
from app.accounts.queries import levels_of
from app.accounts.rules_limits import Level, Limit, tokens_now
from app.db import run
from app.refusals import TooMany
from app.web.words import lazy

FULL_AFTER = timedelta(days=1)


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


def charge(spent: Mapping[str, float], limit: Limit, now: datetime) -> dict[str, Level]:
    """Take what has been spent already, on credit of one capacity at most; gives back what is left."""
    levels, left = levels_of(spent), {}
    # In one order everywhere, so that two workers never wait for each other.
    for key, tokens in sorted(spent.items()):
        left[key] = Level(max(tokens_now(levels.get(key), limit, now) - tokens, -limit.capacity), now)
        _keep(key, left[key].tokens, now, known=key in levels)
    return left


def forget_full(now: datetime) -> int:
    """Buckets that have had a day to fill are as good as never seen; gives back how many went."""
    return run(delete(Bucket).where(Bucket.filled_at < now - FULL_AFTER)).rowcount


def _keep(key: str, tokens: float, now: datetime, *, known: bool) -> None:
    if known:
        run(update(Bucket).where(Bucket.key == key).values(tokens=tokens, filled_at=now))
    else:
        run(insert(Bucket).values(key=key, tokens=tokens, filled_at=now))
