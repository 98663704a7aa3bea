"""Token buckets as arithmetic: how fast somebody may guess, and when the next try is due."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Limit:
    """`capacity` tries at once, then `per_hour` more each hour."""

    capacity: float
    per_hour: float


@dataclass(frozen=True)
class Level:
    """What was left in a bucket at an instant."""

    tokens: float
    filled_at: datetime


# A whole shift behind one address of the office may mistype; one account may not.
PER_ACCOUNT = Limit(capacity=8, per_hour=20)
PER_ADDRESS = Limit(capacity=60, per_hour=120)
OVERALL = Limit(capacity=600, per_hour=1200)
KNOWN_DEVICE = Limit(capacity=10, per_hour=30)
# Six digits, three of a million right at a time: at this pace a guesser is right once in some three years.
SECOND_FACTOR = Limit(capacity=6, per_hour=12)
PIN_OF_SIGNER = Limit(capacity=6, per_hour=12)
# Four digits are few: at this pace a finder of the card tries one in seventy of them a day, and not beyond twenty
# on phones where the owner never was.
PER_BADGE = Limit(capacity=6, per_hour=6)
BADGE_ON_KNOWN_DEVICE = Limit(capacity=6, per_hour=6)


def tokens_now(level: Level | None, limit: Limit, now: datetime) -> float:
    """Tokens in the bucket now; a bucket never seen is full, one never holds more than its capacity."""
    if level is None:
        return limit.capacity
    hours = max((now - level.filled_at).total_seconds(), 0) / 3600
    return min(limit.capacity, level.tokens + hours * limit.per_hour)


def sign_in_buckets(account: str, address: str, device: str | None) -> dict[str, Limit]:
    """The buckets a try at sign-in draws from.

    A device that this account has signed in from before has a bucket of its own: there, strangers cannot lock
    the owner out.
    """
    if device:
        return {f"sign-in/device/{device}": KNOWN_DEVICE}
    return {
        f"sign-in/account/{account}": PER_ACCOUNT,
        f"sign-in/address/{address}": PER_ADDRESS,
        "sign-in/all": OVERALL,
    }


def own_secret_buckets(person: str) -> dict[str, Limit]:
    """The bucket that a change of the own password or PIN draws from: an open session is no way to guess."""
    return {f"own/{person}": KNOWN_DEVICE}


def pin_buckets(signer: str) -> dict[str, Limit]:
    """The bucket a try at somebody's PIN draws from."""
    return {f"pin/{signer}": PIN_OF_SIGNER}


def second_buckets(person: str) -> dict[str, Limit]:
    """The bucket a try at somebody's second factor draws from; only who knows the password comes this far."""
    return {f"second/{person}": SECOND_FACTOR}


def entrance_buckets(address: str) -> dict[str, Limit]:
    """The buckets that a return from a sign-in house draws from: each makes us call out."""
    return {f"entrance/address/{address}": PER_ADDRESS, "entrance/all": OVERALL}


def badge_buckets(badge: str, address: str, device: str | None) -> dict[str, Limit]:
    """The buckets a try with a badge draws from; `badge` names it, whether there is one or not.

    On a device where its carrier has signed in before, strangers cannot use up the carrier's tries.
    """
    if device:
        return {f"badge/device/{device}/{badge}": BADGE_ON_KNOWN_DEVICE}
    return {
        f"badge/one/{badge}": PER_BADGE,
        f"badge/address/{address}": PER_ADDRESS,
        "badge/all": OVERALL,
    }
