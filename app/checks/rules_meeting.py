"""Where a submission may land: whose point, which edition, which profile (contract 5; rules LC-7, MT-36)."""

from __future__ import annotations

import re
from datetime import date

from app.standards.rules import Edition
from app.web.current import HANDS, CurrentPerson, Role

DOERS = (*HANDS, Role.SUPERVISOR)
DEFAULT_PROFILE = "full"
_DASHES = re.compile(r"\s*[–—]\s*")
_WINDOW = re.compile(r"(\d{4}-\d\d-\d\d)/([A-Za-z0-9]{1,8})/(?:e:.{1,40}|([A-Za-z0-9]{1,8}))")


def standard_number(text: str) -> str:
    """The stored spelling of a full number; an em dash is as good as a hyphen."""
    return _DASHES.sub("-", text.strip())


def code_of(number: str) -> str:
    """JGSW05003.01 of JGSW05003.01-2026."""
    return number.rpartition("-")[0]


def may_work(who: CurrentPerson, implementer_path: str | None) -> bool:
    """Checks are done by people of the implementing unit; a supervisor only where the own unit itself implements."""
    if implementer_path is None or who.role not in DOERS:
        return False
    return implementer_path == who.org_path or (who.role in HANDS and implementer_path.startswith(who.org_path))


def profiles_of(edition: Edition) -> tuple[str, ...]:
    """The profiles that the schedules of an edition use, `full` always among them."""
    named: list[str | None] = [DEFAULT_PROFILE]
    for schedule in edition.schedules:
        named += [window.get("profile") for window in schedule.get("windows") or ()]
        named.append((schedule.get("trigger") or {}).get("profile"))
    return tuple(dict.fromkeys(each for each in named if each))


def window_of_edition(edition: Edition, key: str) -> bool:
    """Whether a key could be a window of this edition, though no row stands for it (any more)."""
    found = _WINDOW.fullmatch(key)
    if not found:
        return False
    try:
        date.fromisoformat(found[1])
    except ValueError:
        return False
    schedule = next((each for each in edition.schedules if each.get("id") == found[2]), None)
    if schedule is None:
        return False
    return found[3] is None or any(window.get("id") == found[3] for window in schedule.get("windows") or ())
