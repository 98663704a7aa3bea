"""What a picture proves (现场拍摄 or 未核实): nonces that the server knows again without looking anything up; pure.

A batch is handed out to one person on one phone and lives for a shift. Each of its pictures has a number of its own.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache

# The longest shift of the trade (half a day) with its handovers before and after.
SHIFT = timedelta(hours=14)
# As much as a clock may be off without being marked (contract, Which clock).
TOLERANCE = timedelta(minutes=2)
# A phone that was away for longer is outside the figures too.
ARRIVES_WITHIN = timedelta(hours=72)
PICTURES = 240
SALT_BYTES, SEAL_CHARACTERS = 6, 32
NONCE = re.compile(r"([0-9a-f]{8})-([0-9a-f]{12})-([0-9a-f]{32})-(0|[1-9][0-9]{0,2})", re.ASCII)


class Grade(StrEnum):
    """The two words: taken with the camera inside the page with a nonce of the server, or not verified."""

    LIVE = "live"
    UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whom a nonce is for: the person, and the phone by the name in its cookie."""

    person_id: str
    phone: str


@dataclass(frozen=True, slots=True)
class Batch:
    """What a phone keeps: a picture's nonce is the stem with its number, from 0 to `pictures` - 1."""

    stem: str
    issued_at: datetime
    valid_until: datetime
    pictures: int = PICTURES

    def as_json(self) -> dict[str, object]:
        return {
            "stem": self.stem,
            "issued_at": self.issued_at.isoformat(),
            "valid_until": self.valid_until.isoformat(),
            "pictures": self.pictures,
        }


@dataclass(frozen=True, slots=True)
class Taken:
    """When a picture was taken by the phone's clock, and how far that clock is from ours (ours minus its)."""

    at: datetime | None
    offset: timedelta
    received_at: datetime


@lru_cache(8)
def key_of(secret: str) -> bytes:
    """The key of the nonces, which tells nothing of the secret that it comes from."""
    return hmac.digest(secret.encode(), b"dabiao picture nonces 1", "sha256")


def hand_out(key: bytes, bearer: Bearer, now: datetime, salt: bytes) -> Batch:
    """A batch for a shift; `salt` are SALT_BYTES random bytes."""
    issued_at = now.replace(microsecond=0)
    issued = f"{int(issued_at.timestamp()):08x}"
    seal = _seal(key, bearer, issued, salt.hex())
    return Batch(f"{issued}-{salt.hex()}-{seal}", issued_at, issued_at + SHIFT)


def proven(key: bytes, bearer: Bearer, nonce: str, taken: Taken) -> str:
    """The name of a genuine nonce of this bearer that fits the time of the picture, else nothing."""
    found = NONCE.fullmatch(nonce)
    if found is None:
        return ""
    issued, salt, seal, number = found.groups()
    if int(number) >= PICTURES or not _in_time(datetime.fromtimestamp(int(issued, 16), UTC), taken):
        return ""
    if not hmac.compare_digest(seal, _seal(key, bearer, issued, salt)):
        return ""
    return f"{issued}{salt}{int(number):02x}"


def live_ones(nonces: Mapping[str, str], used: Collection[str]) -> frozenset[str]:
    """Which of these photos with their nonces are 现场拍摄: a nonce is for one picture, the first that names it."""
    first: dict[str, str] = {}
    for photo_id, nonce in nonces.items():
        if nonce and nonce not in used:
            first.setdefault(nonce, photo_id)
    return frozenset(first.values())


@dataclass(frozen=True, slots=True)
class Proof:
    """The grade of a record and its share: `live` of the `asked` pictures are 现场拍摄."""

    live: int = 0
    asked: int = 0

    @property
    def grade(self) -> Grade:
        """All that were asked for, or it is 未核实; a record without a picture is that too."""
        return Grade.LIVE if 0 < self.asked <= self.live else Grade.UNVERIFIED

    def as_json(self) -> dict[str, object]:
        return {"grade": str(self.grade), "live": self.live, "asked": self.asked}


UNPROVEN = Proof()


def proof_of(asked: Iterable[tuple[int, Collection[str]]], sent: Collection[str], live: Collection[str]) -> Proof:
    """Of what each step asks for and got, as (how many, photos); where none asks for any, all that were sent count."""
    steps = [(due, photos) for due, photos in asked if due > 0]
    if not steps:
        return Proof(sum(photo in live for photo in sent), len(sent))
    got = sum(min(due, sum(photo in live for photo in photos)) for due, photos in steps)
    return Proof(got, sum(due for due, _photos in steps))


def _in_time(issued_at: datetime, taken: Taken) -> bool:
    if taken.at is None or taken.received_at - issued_at > SHIFT + ARRIVES_WITHIN:
        return False
    try:
        at = taken.at + taken.offset
    except OverflowError:
        return False
    return issued_at - TOLERANCE <= at <= min(issued_at + SHIFT, taken.received_at) + TOLERANCE


def _seal(key: bytes, bearer: Bearer, issued: str, salt: str) -> str:
    named = f"{issued}\n{salt}\n{bearer.phone}\n{bearer.person_id}".encode()
    return hmac.digest(key, named, "sha256").hex()[:SEAL_CHARACTERS]
