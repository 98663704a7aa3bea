"""What the addresses and forms of findings carry, as values; nonsense in an address falls back to everything."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.nonconformities.rules import FindingSource, FindingState, Severity
from app.nonconformities.rules_wish import MAX_TEXT, Wish

MOST_PHOTOS = 6
FILTERS = ("unit", "severity", "source", "todo", "found", "fixed")
_MONTH = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class BoardQuery:
    """What the board is narrowed to; `page` counts from 1 and is for one state only.

    `todo` is 1 for what the units still have to put right, `fixed` for what was put right on the spot, `found` the
    month (YYYY-MM) in which it was found.
    """

    state: str = ""
    unit: str = ""
    severity: str = ""
    source: str = ""
    page: int = 1
    todo: str = ""
    found: str = ""
    fixed: str = ""

    @property
    def is_filtered(self) -> bool:
        """Whether a part is hidden, the state aside."""
        return any(getattr(self, name) for name in FILTERS)

    @property
    def month(self) -> date | None:
        """The first day of the month in which it was found."""
        return _day(f"{self.found}-01") if self.found else None

    def args(self, **changed: str | int) -> dict[str, Any]:
        """The address of the board with some things changed; what is empty is left out."""
        mine = {name: getattr(self, name) for name in ("state", *FILTERS)}
        return {name: value for name, value in {**mine, **changed}.items() if value}


def parse_board(args: Mapping[str, str], page: int) -> BoardQuery:
    """From the address."""
    return BoardQuery(
        _one_of(args.get("state", ""), tuple(FindingState)),
        args.get("unit", "")[:40],
        _one_of(args.get("severity", ""), tuple(Severity)),
        _one_of(args.get("source", ""), tuple(FindingSource)),
        page,
        _one_of(args.get("todo", ""), ("1",)),
        args.get("found", "") if _MONTH.fullmatch(args.get("found", "")) else "",
        _one_of(args.get("fixed", ""), ("1",)),
    )


def parse_wish(form: Mapping[str, str], photos: int) -> Wish:
    """One deed as its form sends it; the ids of its photos follow from its own, so that a repeat names the same."""
    deed_id = _id(form.get("id", ""))
    version = form.get("version", "")
    return Wish(
        id=deed_id,
        version=int(version) if version.isascii() and version.isdigit() and len(version) < 9 else -1,
        text=_text(form, "text"),
        correction=_text(form, "correction"),
        corrective_action=_text(form, "corrective_action"),
        cause_text=_text(form, "cause_text"),
        kind=form.get("kind", "")[:12],
        until=_day(form.get("until", "")),
        major=form.get("major") == "1",
        photos=photo_ids(deed_id, photos),
        no_photo=_text(form, "no_photo")[:200],
    )


def photo_ids(deed_id: str, count: int) -> tuple[str, ...]:
    """The ids under which a deed's uploads are kept, in order."""
    return tuple(str(uuid.uuid5(uuid.UUID(deed_id), f"photo{number}")) for number in range(count))


def _id(text: str) -> str:
    """The id that the page made; a form without one is a new deed each time it is sent."""
    try:
        return str(uuid.UUID(text)) if len(text) == 36 else str(uuid.uuid4())
    except ValueError:
        return str(uuid.uuid4())


def _text(form: Mapping[str, str], name: str) -> str:
    return form.get(name, "").strip()[:MAX_TEXT]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def _one_of(text: str, known: Sequence[str]) -> str:
    return text if text in known else ""
