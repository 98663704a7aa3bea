"""Zones, kinds of points and the life of a label code, as plain data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.web.words import lazy

OLD_CODE_DAYS = 30
# Of points at risk level 4 not even the name is public (contract, Public page).
NAMED_BELOW = 4


class Zone(StrEnum):
    """Functional zones (seed 004-5); the colour's word stands wherever the colour does."""

    RED = "red"
    YELLOW = "yellow"
    BLUE = "blue"
    GREEN = "green"


KINDS = {
    "restroom": lazy("Restroom"),
    "pantry": lazy("Pantry"),
    "lift": lazy("Lift"),
    "common_area": lazy("Common area"),
    "meeting_room": lazy("Meeting room"),
    "vehicle": lazy("Official vehicle"),
    "canteen_kitchen": lazy("Canteen kitchen"),
    "print_room": lazy("Print room"),
    "greenery": lazy("Greenery"),
    "parking": lazy("Car park"),
    "guard_post": lazy("Guard post"),
    "assembly_point": lazy("Assembly point"),
    "plant_room": lazy("Plant room"),
}


def with_kinds_in_use(named: Mapping[str, object], used: Iterable[str]) -> dict[str, object]:
    """Kinds with a word of their own, then those that points have brought along under their own name."""
    return {**named, **{kind: kind for kind in used if kind not in named}}


@dataclass(frozen=True)
class CodeLife:
    """What became of a code: `replaced_by` the next one, `valid_until` the old one's end, withdrawn with a reason."""

    issued_at: datetime
    replaced_by: str | None
    valid_until: datetime | None
    withdrawn_at: datetime | None

    def is_current(self) -> bool:
        """The one that new labels carry."""
        return self.replaced_by is None and self.withdrawn_at is None

    def opens_at(self, instant: datetime) -> bool:
        """Whether a scan at this instant counts (contract: a submission resolves its code as of `opened_at`)."""
        if self.withdrawn_at and instant >= self.withdrawn_at:
            return False
        return not (self.valid_until and instant >= self.valid_until)


def old_code_ends(replaced_at: datetime) -> datetime:
    """When a replaced code stops by itself (contract: 30 days)."""
    return replaced_at + timedelta(days=OLD_CODE_DAYS)
