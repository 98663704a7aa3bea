"""What a person may choose about messages, and what counts when nothing is chosen: pure rules."""

import re
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from app.messages.rules_words import Kind

AHEAD_MINUTES = (0, 5, 10, 15, 20, 30)
ALL, NONE = "all", "none"
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
# Ids as the two houses write them; none begins with @, so that nobody can be called @all.
_MOBILE = re.compile(r"\+?\d{5,15}")
_OUTSIDE_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.@-]{0,63}")
# The person is on duty at that very task, and in the morning it would be nonsense.
AT_ONCE = frozenset({Kind.DUE_SOON})
LAPSES_AFTER = {Kind.DUE_SOON: timedelta(minutes=30)}


@dataclass(frozen=True)
class Choice:
    """Kinds not wanted, quiet hours as local HH:MM (equal ends: none), minutes ahead (0: never), where to reach."""

    muted: frozenset[str] = field(default_factory=frozenset)
    way: str = ALL
    quiet_from: str = "21:30"
    quiet_to: str = "06:30"
    ahead_minutes: int = 10
    mobile: str = ""
    wecom_id: str = ""
    dingtalk_id: str = ""


DEFAULT = Choice()


def is_clock(text: str) -> bool:
    """HH:MM of a day."""
    return text.isascii() and _CLOCK.fullmatch(text) is not None


def is_mobile(text: str) -> bool:
    """Digits, perhaps with the country before."""
    return text.isascii() and _MOBILE.fullmatch(text) is not None


def is_outside_id(text: str) -> bool:
    """An account at 企业微信 or 钉钉."""
    return text.isascii() and _OUTSIDE_ID.fullmatch(text) is not None


def quiet_until(now: datetime, zone: ZoneInfo, quiet_from: str, quiet_to: str) -> datetime | None:
    """The end of the quiet hours that run at `now`, or None; they may go over midnight."""
    if quiet_from == quiet_to:
        return None
    local = now.astimezone(zone)
    first, last, at = time.fromisoformat(quiet_from), time.fromisoformat(quiet_to), local.time().replace(microsecond=0)
    over_midnight = first > last
    if not (at >= first or at < last if over_midnight else first <= at < last):
        return None
    day = local.date() + timedelta(days=1 if over_midnight and at >= first else 0)
    return datetime.combine(day, last, zone).astimezone(now.tzinfo)


def leaves_at(now: datetime, zone: ZoneInfo, quiet: tuple[str, str], kind: str, *, urgent: bool) -> datetime:
    """When a message may go outside: at once, or when the quiet hours end."""
    if urgent or kind in AT_ONCE:
        return now
    return quiet_until(now, zone, *quiet) or now


def lapses_at(at: datetime, kind: str) -> datetime | None:
    """From when on carrying it outside is no longer worth it; None: it is always."""
    return at + LAPSES_AFTER[Kind(kind)] if kind in LAPSES_AFTER else None
