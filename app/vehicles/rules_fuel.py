"""Consumption between two full fills, against the quota of the vehicle's class (rules VH-3, VH-10)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

OVER_BY = 0.10
IN_A_ROW = 2


@dataclass(frozen=True, slots=True)
class Fill:
    """Litres (or kWh) taken at an odometer; only a full one ends a period."""

    at: datetime
    km: int
    quantity: float
    full: bool
    cost: float = 0.0


@dataclass(frozen=True, slots=True)
class Period:
    """From one full fill to the next: everything taken after the first, up to and with the second."""

    since: datetime
    until: datetime
    km: int
    quantity: float

    @property
    def per_100(self) -> float:
        return self.quantity / self.km * 100

    def over(self, quota: float | None) -> bool:
        """Above the quota by a tenth or more."""
        return quota is not None and self.per_100 >= quota * (1 + OVER_BY)


def periods(fills: Iterable[Fill]) -> tuple[Period, ...]:
    """The periods in time order; two full fills at one odometer make none."""
    found: list[Period] = []
    start: Fill | None = None
    taken = 0.0
    for fill in sorted(fills, key=lambda each: (each.km, each.at)):
        if start is not None:
            taken += fill.quantity
        if not fill.full:
            continue
        if start is not None and fill.km > start.km:
            found.append(Period(start.at, fill.at, fill.km - start.km, taken))
        start, taken = fill, 0.0
    return tuple(found)


def flagged(found: Iterable[Period], quota: float | None) -> bool:
    """Over by a tenth in the last two periods."""
    last = tuple(found)[-IN_A_ROW:]
    return len(last) == IN_A_ROW and all(each.over(quota) for each in last)
