"""The filters of the audit log as they stand in the address."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.audit.rules import GROUPS


@dataclass(frozen=True)
class Wanted:
    """What the address asks for; what it gets wrong is left out."""

    who: str
    group: str
    first: date | None
    last: date | None
    before: int

    def query(self, **others: object) -> dict[str, Any]:
        """The address again, without the cursor and without what is empty."""
        kept: dict[str, Any] = {"who": self.who, "kind": self.group, "from": self.first, "to": self.last, **others}
        return {name: value for name, value in kept.items() if value}


def parse_wanted(args: Mapping[str, str]) -> Wanted:
    """Read who, kind, from, to and before."""
    group, before = args.get("kind", ""), args.get("before", "")
    return Wanted(
        who=args.get("who", "").strip()[:60],
        group=group if group in GROUPS else "",
        first=_day(args.get("from", "")),
        last=_day(args.get("to", "")),
        before=int(before) if before.isascii() and before.isdigit() and len(before) <= 18 else 0,
    )


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if 2000 <= found.year <= 2200 else None
