"""Whether a condition can be judged: its form, its depth, and which answers it waits for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.standards.rules_choices import OPERATORS, STEP_PREFIX
from app.standards.rules_conditions import facts_named
from app.web.words import lazy

MAX_DEPTH = 6
ORDER = ("gte", "lte", "gt", "lt")


def condition_fault(condition: Any, depth: int = 0) -> Any:
    """A sentence, or None where the condition holds good as a condition."""
    if condition is None or (isinstance(condition, bool) and depth == 0):
        return None
    if not isinstance(condition, Mapping):
        return lazy("A condition cannot be read.")
    if depth > MAX_DEPTH:
        return lazy("A condition is nested too deeply.")
    for join in ("all", "any"):
        if join in condition:
            return _group_fault(condition, join, depth)
    if "not" in condition:
        return condition_fault(condition["not"], depth + 1) if len(condition) == 1 else _odd()
    return _leaf_fault(condition)


def steps_named(condition: Any) -> set[str]:
    """The steps whose answers it waits for."""
    if condition_fault(condition) is not None:
        return set()
    facts = [name for name in facts_named(condition) if name.startswith(STEP_PREFIX)]
    return {name.removeprefix(STEP_PREFIX).partition(".")[0] for name in facts}


def _group_fault(condition: Mapping[str, Any], join: str, depth: int) -> Any:
    parts = condition[join]
    if len(condition) != 1 or not isinstance(parts, list) or not parts:
        return _odd()
    return next((odd for each in parts if (odd := condition_fault(each, depth + 1)) is not None), None)


def _leaf_fault(leaf: Mapping[str, Any]) -> Any:
    operators = [name for name in leaf if name != "fact"]
    if not isinstance(leaf.get("fact"), str) or not leaf["fact"] or len(operators) != 1:
        return _odd()
    operator, value = operators[0], leaf[operators[0]]
    if operator not in OPERATORS:
        return lazy("A condition compares in an unknown way: %(how)s.", how=operator[:20])
    if operator == "in":
        return None if isinstance(value, list) and value and all(map(_plain, value)) else _odd()
    if operator in ORDER and (isinstance(value, bool) or not isinstance(value, int | float | str)):
        return _odd()
    return None if _plain(value) else _odd()


def _plain(value: Any) -> bool:
    return isinstance(value, str | int | float)


def _odd() -> Any:
    return lazy("A condition cannot be read.")
