"""What a point asks of a record beside its steps: 现场拍摄, the word of the day at its door, or its NFC tag; pure."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from app.web.words import lazy

SECRET_BYTES = 16
WORD_DIGITS = 4
TAG_CHARACTERS = 12
# Without vowels and without what could be read as a digit: no tag spells a word.
_LETTERS = "23456789BCDFGHJKMNPQRSTVWXYZ"
# The sheet of yesterday may still hang at the door.
CHANGED_BY = time(10)
DAYS_ON_SHEET = 7


class Asks(StrEnum):
    """One setting a point; none is the usual."""

    LIVE = "live"
    WORD = "word"
    TAG = "tag"


WORDS = {
    "": lazy("Nothing more"),
    Asks.LIVE: lazy("Photos taken with the camera inside the page"),
    Asks.WORD: lazy("The word of the day, printed at the door"),
    Asks.TAG: lazy("The NFC tag at the place"),
}


def day_word(secret: str, day: date) -> str:
    """Four digits that stand at the door on this day."""
    number = int.from_bytes(_made(secret, f"word {day.isoformat()}")[:8], "big")
    return f"{number % 10**WORD_DIGITS:0{WORD_DIGITS}d}"


def tag_value(secret: str) -> str:
    """The secret part of the address on the NFC tag."""
    return "".join(_LETTERS[byte % len(_LETTERS)] for byte in _made(secret, "tag")[:TAG_CHARACTERS])


def days_of(opened_at: datetime, done_at: datetime, business_on: date, zone: tzinfo) -> set[date]:
    """The days whose word counts: of opening, doing and the window; in the morning that of yesterday too."""
    opened = opened_at.astimezone(zone)
    days = {opened.date(), done_at.astimezone(zone).date(), business_on}
    if opened.time() < CHANGED_BY:
        days.add(opened.date() - timedelta(days=1))
    return days


def is_right(asks: Asks, secret: str, said: str | None, days: Iterable[date]) -> bool:
    """Whether what was typed, or came from a tag, is what stands at the point."""
    plain = "".join((said or "").split()).upper()
    if asks is Asks.TAG:
        return _same(plain, tag_value(secret))
    return asks is Asks.WORD and any(_same(plain, day_word(secret, day)) for day in days)


def _same(said: str, right: str) -> bool:
    return hmac.compare_digest(said.encode(), right.encode())


def _made(secret: str, what: str) -> bytes:
    return hmac.digest(secret.encode(), what.encode(), "sha256")
