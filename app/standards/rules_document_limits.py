"""Limits of a reading: the right way round, and never looser than a mandatory external one (rules LC-10)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from app.standards.rules_formula import FormulaError, names_in
from app.web.words import lazy


def limit_faults(step: Mapping[str, Any]) -> Iterator[Any]:
    """Faults of the limits of one step; steps without a reading have none to speak of."""
    if step.get("evidence") != "number":
        return
    low, high = step.get("min"), step.get("max")
    warn, outer = _mapping(step.get("warn")), _mapping(step.get("external"))
    if not all(_is_limit(each) for each in (low, high, *_ends(warn), *_ends(outer))):
        yield lazy("A limit is not a number.")
        return
    if any(_above(*ends) for ends in ((low, high), _ends(warn), _ends(outer))):
        yield lazy("The lower limit lies above the upper one.")
    if _above(low, warn.get("min")) or _above(warn.get("max"), high):
        yield lazy("The warning comes only after the limit.")
    yield from _looser(low, high, outer)
    if not step.get("unit") and not step.get("unitless"):
        yield lazy("A reading needs its unit, or say that it has none.")
    yield from _formula_faults(step)


def refused_limits(step: Mapping[str, Any]) -> dict[str, Any]:
    """What is not even kept in a draft, by field: limits upside down, or looser than a mandatory one."""
    warn, outer = _mapping(step.get("warn")), _mapping(step.get("external"))
    upside_down = lazy("The lower limit lies above the upper one.")
    found: dict[str, Any] = {}
    for name, low, high in (
        ("min", step.get("min"), step.get("max")),
        ("warn_min", *_ends(warn)),
        ("outer_min", *_ends(outer)),
    ):
        if _above(low, high):
            found[name] = upside_down
    for sentence in [] if found else _looser(step.get("min"), step.get("max"), outer):
        found.setdefault("min" if outer.get("reference") else "outer_reference", sentence)
    return found


def is_looser(low: Any, high: Any, outer: Mapping[str, Any]) -> bool:
    """Whether these limits let pass what a mandatory external limit does not (rules LC-10)."""
    if not outer.get("mandatory"):
        return False
    below = outer.get("min") is not None and (low is None or low < outer["min"])
    above = outer.get("max") is not None and (high is None or high > outer["max"])
    return below or above


def _looser(low: Any, high: Any, outer: Mapping[str, Any]) -> Iterator[Any]:
    if is_looser(low, high, outer):
        source = str(outer.get("reference") or "")[:80]
        yield lazy("The limit is looser than the mandatory one of %(source)s (%(range)s).",
                   source=source or "—", range=span(outer.get("min"), outer.get("max")))  # fmt: skip
    if outer.get("mandatory") and not str(outer.get("reference") or "").strip():
        yield lazy("Name the standard that the mandatory limit comes from.")


def span(low: Any, high: Any) -> str:
    """Both ends as a person reads them."""
    if low is not None and high is not None:
        return f"{_short(low)} – {_short(high)}"
    if low is not None:
        return f"≥ {_short(low)}"
    return f"≤ {_short(high)}" if high is not None else "—"


def _short(value: Any) -> str:
    return f"{value:.12g}" if isinstance(value, float) else str(value)


def _formula_faults(step: Mapping[str, Any]) -> Iterator[Any]:
    inputs = step.get("inputs")
    readings = inputs if isinstance(inputs, list | tuple) else []
    ids = [str(each.get("id") or "") for each in readings if isinstance(each, Mapping)]
    formula = step.get("formula")
    if formula is None:
        if ids:
            yield lazy("The readings need a formula that makes one value of them.")
        return
    if len(set(ids)) != len(ids):
        yield lazy("Two readings of the formula have the same name.")
    try:
        unknown = sorted(name for name in names_in(str(formula)) if "." not in name and name not in ids)
    except FormulaError:
        yield lazy("The formula cannot be read.")
        return
    if unknown:
        yield lazy("The formula names %(name)s, which nobody reads.", name="、".join(unknown)[:60])


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _ends(limits: Mapping[str, Any]) -> tuple[Any, Any]:
    return limits.get("min"), limits.get("max")


def _is_limit(value: Any) -> bool:
    return value is None or (isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value))


def _above(low: Any, high: Any) -> bool:
    return low is not None and high is not None and low > high
