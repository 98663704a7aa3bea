"""Figures beside the windows: their rules, names and words, and a record behind one (MT-15, MT-20 to MT-25)."""

from __future__ import annotations

from dataclasses import dataclass

from app.stats.rules_definitions import definition
from app.web.words import lazy


@dataclass(frozen=True, slots=True)
class Item:
    """A record, point, person or contractor behind a figure; `counted` when it stands above the line."""

    name: str
    sub: str
    href: str
    counted: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """A figure with its rule; `counted` and `other` say what a record above or below the line is, if it has one."""

    id: str
    key: str
    title: object
    counted: object
    other: object
    is_count: bool = False

    @property
    def definition(self) -> object:
        return definition(self.key)


_DONE, _NOTHING = lazy("Something was done"), lazy("Nothing was done")
BESIDE = (
    Beside("MT-15", "coverage", lazy("Points covered on public holidays"), lazy("On time"), lazy("Not on time")),
    Beside("MT-20", "findings_in_time", lazy("Put right in time"), lazy("In time"), lazy("Not in time")),
    Beside("MT-21", "first_recheck", lazy("Passed at the first recheck"), lazy("At the first"), lazy("Later or not")),
    Beside("MT-22", "spot_checks", lazy("Spot checks passed"), lazy("Up to standard"), lazy("Not up to standard")),
    Beside("MT-23", "untrue", lazy("Records judged untrue"), lazy("Judged untrue"), lazy("Not judged untrue")),
    Beside("MT-25", "scope_points", lazy("Points in use"), _DONE, _NOTHING),
    Beside("MT-25", "scope_people", lazy("People in use"), _DONE, _NOTHING),
    Beside("MT-25", "scope_contractors", lazy("Contractors in use"), _DONE, _NOTHING),
)
GAPS = Beside("MT-17", "design_gaps", lazy("Gaps in the rota"), lazy("Not covered"), "", is_count=True)
BY_KEY = {each.key: each for each in (*BESIDE, GAPS)}
