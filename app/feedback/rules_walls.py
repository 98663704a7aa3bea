"""Walls against floods of public posts: how much is stored at most, by point, device, address and in all; pure.

An address that has been quiet draws from a reserve of its own, so that a flood from others keeps no honest voice out.
Taps that join an open call store nothing and cost nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.accounts.rules_limits import Level, Limit, tokens_now

CALL = "call"


@dataclass(frozen=True)
class Walls:
    """The limits of one kind of post."""

    point: Limit
    device: Limit
    address: Limit
    everybody: Limit
    quiet: Limit

    def most_in(self, lasting: timedelta) -> float:
        """What is stored at most in this time, whoever sends from wherever."""
        return most_of(self.everybody, lasting) + most_of(self.quiet, lasting)


# A whole building may sit behind one address; a device is one visitor.
VOICES = Walls(
    point=Limit(capacity=20, per_hour=40),
    device=Limit(capacity=6, per_hour=6),
    address=Limit(capacity=20, per_hour=40),
    everybody=Limit(capacity=300, per_hour=600),
    quiet=Limit(capacity=400, per_hour=400),
)
CALLS = Walls(
    point=Limit(capacity=8, per_hour=16),
    device=Limit(capacity=6, per_hour=12),
    address=Limit(capacity=20, per_hour=40),
    everybody=Limit(capacity=100, per_hour=200),
    quiet=Limit(capacity=300, per_hour=300),
)
LEAST_FILL = timedelta(seconds=2)
FORM_LASTS = timedelta(hours=12)


def most_of(limit: Limit, lasting: timedelta) -> float:
    """What one bucket lets through in this time."""
    return limit.capacity + limit.per_hour * (lasting.total_seconds() / 3600)


def walls_of(kind: str) -> Walls:
    """Calls have their own, so that no flood of opinions keeps anybody from calling."""
    return CALLS if kind == CALL else VOICES


def bucket_names(kind: str, point_id: str, device: str, address: str) -> dict[str, str]:
    """The buckets of a post: what they hold back -> name in the database."""
    family = "call" if kind == CALL else "voice"
    return {
        "point": f"{family}/point/{point_id}",
        "device": f"{family}/device/{device}",
        "address": f"{family}/address/{address}",
        "everybody": f"{family}/all",
        "quiet": f"{family}/quiet",
    }


def buckets_of(names: Mapping[str, str], walls: Walls, levels: Mapping[str, Level], now: datetime) -> dict[str, Limit]:
    """Which buckets a post draws from: one of a quiet address from the reserve, others from everybody's."""
    left = tokens_now(levels.get(names["address"]), walls.address, now)
    last = "quiet" if left >= walls.address.capacity - 1 else "everybody"
    return {names[each]: getattr(walls, each) for each in ("point", "device", "address", last)}


def too_soon(opened_at: datetime, now: datetime, kind: str) -> bool:
    """Nobody rates within two seconds; a call is one tap and may be that quick."""
    return kind != CALL and now - opened_at < LEAST_FILL
