"""The tables of history as data: key, columns in the order in which they are digested, how new rows are found.

A column that comes later is added at the end of its table's list: while it is empty (None, or what `blank` says) the
digest of older rows stays what it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any

import orjson

BUNDLE = "checks"
"""The entry of a check covers its receipt, its answers and the photos that the receipt names."""


@dataclass(frozen=True)
class Kept:
    """A table that is only ever inserted into.

    `received` is a column with the server's own time of the insert; `counted`: a growing number is the key; `sealed`
    False: guarded, but without entries in the chain; `part_of`: covered by the entry of another table.
    """

    name: str
    key: tuple[str, ...]
    columns: tuple[str, ...]
    kinds: tuple[str, ...]
    received: str | None = None
    counted: bool = False
    sealed: bool = True
    part_of: str | None = None
    blank: Mapping[str, Any] = field(default_factory=dict)

    @property
    def stands_alone(self) -> bool:
        """Whether its rows have entries of their own."""
        return self.sealed and self.part_of is None


@lru_cache(maxsize=1)
def history() -> dict[str, Kept]:
    """Every table of history by its name."""
    listed = orjson.loads(files("app.chain").joinpath("history.json").read_bytes())
    return {name: _kept(name, entry) for name, entry in listed.items()}


def _kept(name: str, entry: Mapping[str, Any]) -> Kept:
    named = [each.partition(":") for each in entry["columns"].split()]
    return Kept(
        name=name,
        key=tuple(entry["key"].split()),
        columns=tuple(column for column, _, _ in named),
        kinds=tuple(kind for _, _, kind in named),
        received=entry.get("received"),
        counted=entry.get("counted", False),
        sealed=entry.get("sealed", True),
        part_of=entry.get("part_of"),
        blank=entry.get("blank", {}),
    )
