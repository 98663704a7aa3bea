"""The file of a vehicle: what the office keeps of it, the limits of its checks, and how a change is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.standards.rules import Edition
from app.vehicles.rules import VEHICLE

TEXTS = {"plate": 20, "model": 60, "kind": 20, "energy": 20, "use": 40, "bay": 20}
"""Texts of the file and how long they may be."""
WHOLES = {"seats": (1, 80), "service_interval_km": (500, 100_000)}
DAYS = ("annual_inspection_due", "insurance_due")
QUOTA, MOST_QUOTA = "fuel_quota", 300.0
LIMIT, MOST_LIMIT = "limit-", 1_000_000.0
FIELDS = (*TEXTS, *WHOLES, QUOTA, *DAYS)
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 1, 1)
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class OwnLimit:
    """A limit that a step of a check takes from the vehicle: its end, and what counts where the vehicle has none."""

    name: str
    title: str
    unit: str
    is_low: bool
    usual: float | None

    @property
    def field(self) -> str:
        return f"{LIMIT}{self.name}"


@dataclass(frozen=True, slots=True)
class FileChange:
    """One field, old beside new; None is empty."""

    name: str
    before: Any
    after: Any


def own_limits(texts: Iterable[Edition]) -> tuple[tuple[OwnLimit | None, OwnLimit | None], ...]:
    """For each step that takes limits from the vehicle the lower and the upper one, each name once."""
    found: dict[tuple[str | None, str | None], tuple[OwnLimit | None, OwnLimit | None]] = {}
    for step in (step for text in texts for step in text.steps if step.min_from or step.max_from):
        unit = step.unit or ""
        low = OwnLimit(step.min_from, step.title, unit, True, step.min) if step.min_from else None
        high = OwnLimit(step.max_from, step.title, unit, False, step.max) if step.max_from else None
        found.setdefault((step.min_from, step.max_from), (low, high))
    return tuple(found.values())


def values_of(attrs: Values, limits: Sequence[OwnLimit]) -> dict[str, Any]:
    """What stands in the file now, by field; None where nothing does."""
    own = attrs.get(VEHICLE) or {}
    given = own.get(QUOTA)
    values = {name: own.get(name) for name in FIELDS}
    values[QUOTA] = given.get("value") if isinstance(given, Mapping) else None
    return values | {limit.field: attrs.get(limit.name) for limit in limits}


def changes_of(before: Values, after: Values) -> tuple[FileChange, ...]:
    """What differs, in the order of the form; an empty text is nothing."""
    names = [name for name in after if (before.get(name) or None) != (after[name] or None)]
    return tuple(FileChange(name, before.get(name) or None, after[name] or None) for name in names)


def with_changes(attrs: Values, changes: Iterable[FileChange], unit: str) -> dict[str, Any]:
    """The attributes of the point with these changes; `unit` is that of the quota. What is emptied goes."""
    made, own = dict(attrs), dict(attrs.get(VEHICLE) or {})
    for each in changes:
        is_limit = each.name.startswith(LIMIT)
        place, name = (made, each.name.removeprefix(LIMIT)) if is_limit else (own, each.name)
        place.pop(name, None)
        if each.after is not None:
            place[name] = {"value": each.after, "unit": f"{unit}/100km"} if name == QUOTA else each.after
    return made | {VEHICLE: own}


def crossed(values: Values, pairs: Iterable[tuple[OwnLimit | None, OwnLimit | None]]) -> list[str]:
    """Fields of limits that lie above their upper end, also where that is the standard's own."""
    found = []
    for low, high in pairs:
        least = _effective(values, low)
        most = _effective(values, high)
        if least is not None and most is not None and least > most:
            found += [each.field for each in (low, high) if each is not None]
    return found


def _effective(values: Values, limit: OwnLimit | None) -> float | None:
    if limit is None:
        return None
    given = values.get(limit.field)
    return limit.usual if given is None else float(given)
