"""What a walk along the chain can find, in the order of how bad it is, and how it is said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from app.web.words import lazy

LATE = timedelta(minutes=10)
"""A record that says it came this long before the chain was last sealed should have been sealed then."""


class Kind(StrEnum):
    """What is wrong."""

    CHANGED = "changed"
    MISSING = "missing"
    ENTRY = "entry"
    LINK = "link"
    SEAL = "seal"
    UNSEALED = "unsealed"
    BACKDATED = "backdated"
    TAIL = "tail"
    GAP = "gap"


SAID = {
    Kind.CHANGED: lazy("The record is not what it was when it was sealed."),
    Kind.MISSING: lazy("The record is gone, and no disposal permitted it."),
    Kind.ENTRY: lazy("An entry of the chain is missing."),
    Kind.LINK: lazy("An entry of the chain was changed."),
    Kind.SEAL: lazy("A seal does not fit its entries."),
    Kind.UNSEALED: lazy("The record came in past the program: it has no entry."),
    Kind.BACKDATED: lazy("The record says that it came before the chain was last sealed, and was not there then."),
    Kind.TAIL: lazy("The end of the chain is missing: what was sealed last is not there."),
    Kind.GAP: lazy("An older copy of the database was put back here."),
}


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: at which entry, and with which record."""

    kind: Kind
    seq: int
    table: str = ""
    key: str = ""

    @property
    def named(self) -> str:
        """The record as its table and key; of the chain itself the entry."""
        return f"{self.table} {self.key}".strip() or f"chain {self.seq}"

    @property
    def words(self) -> object:
        return SAID[self.kind]


@dataclass(frozen=True)
class Outcome:
    """What a walk found: `without_key` entries stand under a key that is not here, their seals prove nothing."""

    entries: int
    seconds: float
    faults: tuple[Fault, ...]
    found: int
    without_key: int
    head: str
    disposed: int = 0

    @property
    def ok(self) -> bool:
        return self.found == 0

    @property
    def first(self) -> Fault | None:
        return self.faults[0] if self.faults else None
