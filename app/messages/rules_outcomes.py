"""What an answer means: carried, to be tried again, failed for good, or a token that has run out. Pure rules."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from app.messages.rules_channels import MANNERS, Via
from app.messages.rules_texts import cut, harmless

# Fifteen seconds, doubled each time up to a quarter of an hour; given up after a day or a hundred tries.
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=15), timedelta(minutes=15)
MOST_TRIES, GIVEN_UP_AFTER = 100, timedelta(hours=24)
# After so long the office is told, long before anything is given up.
TOLD_AFTER = timedelta(minutes=15)
# While many wait, a group gets so many posts a minute at most, each with many messages.
GENTLE = 5
_BUSY_STATUS = (408, 425, 429)
# errcode of 企业微信 and 钉钉: system busy, too many calls a minute.
_BUSY = {-1, 45009, 45033, 88, 90018, 130101, 410100, 660026}
_TOKEN = {40014, 41001, 42001, 42007}


class Verdict(StrEnum):
    """What becomes of a post."""

    SENT = "sent"
    AGAIN = "again"
    FAILED = "failed"
    TOKEN = "token"  # noqa: S105  the word for it


@dataclass(frozen=True)
class Outcome:
    """`reason` is a code of rules_words_channels, perhaps with a detail from the other side behind a colon."""

    verdict: Verdict
    reason: str = ""
    token: str = ""


def judged(via: Via, status: int, body: bytes, fault: str, expected: str = "") -> Outcome:
    """The outcome of a call; `expected` is a text that a good answer of an SMS gateway holds."""
    if fault:
        return Outcome(Verdict.FAILED if fault in ("address", "inside") else Verdict.AGAIN, fault)
    if not 200 <= status < 300:
        again = status >= 500 or status in _BUSY_STATUS
        return Outcome(Verdict.AGAIN if again else Verdict.FAILED, f"status: {status}")
    if via is Via.WEBHOOK:
        return Outcome(Verdict.SENT)
    if via is Via.SMS:
        held = expected in body.decode(errors="replace")
        return Outcome(Verdict.SENT) if held else Outcome(Verdict.FAILED, f"answer: {_shown(body)}")
    return _of_house(_read(body), body)


def _of_house(said: dict[str, Any], body: bytes) -> Outcome:
    code = said.get("errcode")
    if not isinstance(code, int) or isinstance(code, bool):
        # A sign-in page of a foreign network answers 200 too.
        return Outcome(Verdict.AGAIN, "strange")
    if code == 0:
        unknown = str(said.get("invaliduser") or "")
        if unknown:
            return Outcome(Verdict.FAILED, f"person: {harmless(unknown)[:60]}")
        return Outcome(Verdict.SENT, token=str(said.get("access_token") or ""))
    reason = f"errcode: {code} {_shown(str(said.get('errmsg', '')).encode())}"
    if code in _TOKEN or said.get("sub_code") == "40014":
        return Outcome(Verdict.TOKEN, reason)
    return Outcome(Verdict.AGAIN if code in _BUSY else Verdict.FAILED, reason if body else "strange")


def _read(body: bytes) -> dict[str, Any]:
    try:
        said = json.loads(body)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _shown(body: bytes) -> str:
    return cut(harmless(body.decode(errors="replace")), 160)


def wait_after(fails: int, dice: float) -> timedelta:
    """How long a channel rests after so many failures in a row; `dice` in [0, 1) spreads it by a fifth to each side."""
    whole = min(FIRST_WAIT * 2 ** min(fails - 1, 10), LONGEST_WAIT)
    return whole * (0.8 + 0.4 * dice)


def is_given_up(since: datetime, tries: int, now: datetime) -> bool:
    """Nothing is tried for ever."""
    return tries >= MOST_TRIES or now - since >= GIVEN_UP_AFTER


def recent(posts: list[float], at_s: float) -> list[float]:
    """The posts of the last minute."""
    return [each for each in posts if at_s - 60 < each <= at_s]


def allowance(via: Via, posts: list[float], at_s: float, waiting: int) -> int:
    """How many posts may go now: the cap of the kind, and gently while many messages wait."""
    manner = MANNERS[via]
    most = manner.a_minute if manner.contact or waiting <= GENTLE else min(manner.a_minute, GENTLE)
    return max(0, most - len(recent(posts, at_s)))
