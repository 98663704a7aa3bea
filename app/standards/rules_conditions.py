"""When a step or a schedule applies. The phone runs the same cases (tests/vectors/conditions.json)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Condition = Mapping[str, Any]
FACT_DEFAULTS: Mapping[str, Any] = {
    "booking.has_name_cards": False,
    "booking.has_av": False,
    "booking.classified": False,
    "booking.incident": False,
    "task.pesticide_planned": False,
    "weather.wet": False,
    "weather.rain_24h_mm": 0,
    "point.bookings_today": 0,
}
ASKABLE_FACTS = ("weather.wet", "weather.rain_24h_mm", "task.pesticide_planned", "booking.incident")
"""What a worker on the spot knows better than the system; every other fact sent by a phone is ignored."""

ORDERINGS = ("gte", "lte", "lt", "gt")
_MISSING = object()


def holds(
    condition: Condition | bool | None, facts: Mapping[str, Any], defaults: Mapping[str, Any] = FACT_DEFAULTS
) -> bool:
    """None is always true. A missing fact takes its default, else the leaf is false; unlike kinds never match."""
    if condition is None or isinstance(condition, bool):
        return condition is not False
    if "all" in condition:
        return all(holds(each, facts, defaults) for each in condition["all"])
    if "any" in condition:
        return any(holds(each, facts, defaults) for each in condition["any"])
    if "not" in condition:
        return not holds(condition["not"], facts, defaults)
    return _leaf_holds(condition, facts, defaults)


def facts_named(condition: Condition | bool | None) -> Iterator[str]:
    """Every fact that a condition looks at, repeats included."""
    if condition is None or isinstance(condition, bool):
        return
    for group in ("all", "any"):
        for each in condition.get(group, ()):
            yield from facts_named(each)
    if "not" in condition:
        yield from facts_named(condition["not"])
    if "fact" in condition:
        yield condition["fact"]


def _leaf_holds(leaf: Condition, facts: Mapping[str, Any], defaults: Mapping[str, Any]) -> bool:
    name = leaf.get("fact", "")
    value = facts.get(name, defaults.get(name, _MISSING))
    if value is _MISSING or value is None:
        return False
    if "eq" in leaf:
        return _same(value, leaf["eq"])
    if "ne" in leaf:
        return not _same(value, leaf["ne"])
    if "in" in leaf:
        return any(_same(value, each) for each in leaf["in"])
    operator = next((each for each in ORDERINGS if each in leaf), None)
    return operator is not None and _ordered(operator, value, leaf[operator])


def _same(value: object, other: object) -> bool:
    """Python calls True and 1 equal, the phone does not: the kinds must agree, int and float being one kind."""
    return _kind(value) == _kind(other) and value == other


def _ordered(operator: str, value: Any, other: Any) -> bool:
    if _kind(value) != _kind(other) or _kind(value) not in ("number", "text"):
        return False
    if operator == "gte":
        return bool(value >= other)
    if operator == "lte":
        return bool(value <= other)
    return bool(value < other) if operator == "lt" else bool(value > other)


def _kind(value: object) -> str:
    if isinstance(value, bool):
        return "truth"
    if isinstance(value, int | float):
        return "number"
    return "text" if isinstance(value, str) else type(value).__name__
