"""What the office types into the file of a vehicle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.vehicles.forms import Typed
from app.vehicles.rules_file import (
    DAYS,
    FIRST_DAY,
    LAST_DAY,
    MOST_LIMIT,
    MOST_QUOTA,
    QUOTA,
    TEXTS,
    WHOLES,
    OwnLimit,
    crossed,
)
from app.web.words import lazy

Pairs = Sequence[tuple[OwnLimit | None, OwnLimit | None]]


@dataclass(frozen=True, slots=True)
class FileWish:
    """The whole file as typed; `was` names the change that the page had seen last."""

    id: str
    was: str
    reason: str
    values: Mapping[str, Any]


def parse_file(given: Mapping[str, str], pairs: Pairs) -> FileWish:
    """Raises Invalid with a sentence a field."""
    typed = Typed(given)
    values: dict[str, Any] = {name: " ".join(typed.text(name, most=most).split()) for name, most in TEXTS.items()}
    if not values["plate"]:
        typed.errors["plate"] = lazy("Type the plate.")
    values |= {name: _whole(typed, name, *ends) for name, ends in WHOLES.items()}
    values[QUOTA] = typed.amount(QUOTA, MOST_QUOTA, lazy("Type a number such as 8.6."), needed=False)
    values |= {name: _day(typed, name) for name in DAYS}
    number = lazy("Type a number above zero, or leave it empty.")
    limits = [each for pair in pairs for each in pair if each is not None]
    values |= {each.field: _plain(typed.amount(each.field, MOST_LIMIT, number, needed=False)) for each in limits}
    if not typed.errors:
        typed.errors |= dict.fromkeys(crossed(values, pairs), lazy("The lower limit lies above the upper one."))
    reason = typed.words("reason", lazy("Say in a few words why the file changes."))
    wish = FileWish(typed.entry_id(), typed.text("was", most=36), reason, values)
    typed.done()
    return wish


def _plain(value: float | None) -> float | int | None:
    """230 rather than 230.0, as it was typed."""
    return int(value) if value is not None and value == int(value) else value


def _whole(typed: Typed, name: str, least: int, most: int) -> int | None:
    said = typed.text(name, most=12).replace(",", "").replace("，", "")
    if not said:
        return None
    if not (said.isascii() and said.isdigit()) or not least <= int(said) <= most:
        typed.errors[name] = lazy("A whole number from %(least)d to %(most)d, please.", least=least, most=most)
        return None
    return int(said)


def _day(typed: Typed, name: str) -> str | None:
    said = typed.text(name, most=10)
    if not said:
        return None
    try:
        found = date.fromisoformat(said)
    except ValueError:
        found = None
    if found is None or not FIRST_DAY <= found < LAST_DAY:
        typed.errors[name] = lazy("Choose a day.")
        return None
    return found.isoformat()
