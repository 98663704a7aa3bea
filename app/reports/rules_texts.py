"""How days, instants and words are written on forms, at the site and in Chinese."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, tzinfo
from typing import Any

NOTHING = ""
SEPARATOR = "；"


def on_day(at: datetime | date | None, zone: tzinfo) -> str:
    """2026-11-20, empty for nothing."""
    if at is None:
        return NOTHING
    return (at.astimezone(zone).date() if isinstance(at, datetime) else at).isoformat()


def at_minute(at: datetime | None, zone: tzinfo) -> str:
    """2026-11-20 08:41."""
    return at.astimezone(zone).strftime("%Y-%m-%d %H:%M") if at else NOTHING


def at_clock(at: datetime | None, zone: tzinfo) -> str:
    """08:41."""
    return at.astimezone(zone).strftime("%H:%M") if at else NOTHING


def word(words: Mapping[Any, object], code: str | None) -> str:
    """The word of a code, the code itself when it has none."""
    return str(words.get(code, code)) if code else NOTHING


def joined(parts: Iterable[str], by: str = SEPARATOR) -> str:
    """What there is of these, with a sign between."""
    return by.join(part for part in parts if part)


def counted_photos(count: int) -> str:
    return f"照片 {count} 张，见系统记录" if count else NOTHING
