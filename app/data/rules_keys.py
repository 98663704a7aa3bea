"""Keys of other programs: what they look like, what they may read, how fast they may ask."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.accounts.rules_limits import Limit
from app.data.rules_sets import SETS
from app.refusals import Forbidden, Refusal
from app.web.words import lazy

PREFIX = "dabiao_"
PEOPLE = "people:read"
SCOPES: dict[str, object] = {
    **{each.scope: each.title for each in SETS.values() if not each.reads},
    PEOPLE: lazy("Names of people"),
}
LONGEST_LIFE = timedelta(days=731)
USUAL_LIFE = timedelta(days=365)
NAME_LENGTH = 60

# A program may fetch a big period in one go, but not hold up the phones; strangers may guess in vain, slowly.
PER_KEY = Limit(capacity=240, per_hour=7200)
PER_ADDRESS = Limit(capacity=30, per_hour=120)
OVERALL = Limit(capacity=600, per_hour=1200)


class KeyNeeded(Refusal):
    """No key, one that is not known, or one that counts no longer: the caller is not told which."""

    status, problem = 401, "key"


NO_KEY = lazy(
    "Send a key that counts: Authorization: Bearer dabiao_…. The administrator makes keys and sees when they end."
)


@dataclass(frozen=True, slots=True)
class Key:
    """A key as it stands; no `units` is the whole bureau."""

    id: str
    name: str
    hint: str
    scopes: frozenset[str]
    units: tuple[str, ...]
    ends_on: date
    made_at: datetime
    made_by_id: str
    revoked_at: datetime | None
    last_used_at: datetime | None

    def counts(self, today: date) -> bool:
        """The last day counts."""
        return self.revoked_at is None and today <= self.ends_on


def fresh() -> str:
    """256 bits, in letters that survive a mail; the beginning lets scanners of leaked secrets know it."""
    return PREFIX + secrets.token_urlsafe(32)


def hash_of(key: str) -> str:
    """What the table keeps. A fast one: nobody guesses 256 bits."""
    return hashlib.sha256(key.encode()).hexdigest()


def hint_of(key: str) -> str:
    """The end of it, so that people can tell keys apart."""
    return key[-4:]


def bearer(header: str) -> str:
    """The key in the header, "" when there is none."""
    kind, _blank, key = header.strip().partition(" ")
    return key.strip()[:200] if kind.lower() == "bearer" else ""


def refuse_without(scope: str, held: Collection[str]) -> None:
    """Raises Forbidden with the scope that is missing."""
    if scope not in held:
        sentence = lazy(
            "This key may not read this: it lacks %(scope)s. The administrator can make one that has it.", scope=scope
        )
        raise Forbidden(sentence, problem="scope", extra={"scope": scope})


def key_buckets(key_id: str) -> dict[str, Limit]:
    return {f"data/key/{key_id}": PER_KEY}


def stranger_buckets(address: str) -> dict[str, Limit]:
    """What asking with no good key draws from."""
    return {f"data/address/{address}": PER_ADDRESS, "data/all": OVERALL}
