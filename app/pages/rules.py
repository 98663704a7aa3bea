"""Which steps of a check have a place on the page before anything is answered. Knows no database and no clock."""

from collections.abc import Collection, Mapping
from typing import Any

from app.standards.rules_conditions import facts_named, holds

Condition = Mapping[str, Any]


def can_apply(condition: Condition | None, facts: Mapping[str, Any], asked: Collection[str]) -> bool:
    """False only when no answer of the worker can make the condition true.

    Facts that start with `steps.` and those in `asked` are not known yet.
    """
    if condition is None:
        return True
    if "all" in condition:
        return all(can_apply(each, facts, asked) for each in condition["all"])
    if "any" in condition:
        return any(can_apply(each, facts, asked) for each in condition["any"])
    return depends_on_answers(condition, asked) or holds(condition, facts)


def depends_on_answers(condition: Condition | None, asked: Collection[str]) -> bool:
    """Whether the phone has to judge the condition again while answers are given."""
    return any(fact.startswith("steps.") or fact in asked for fact in facts_named(condition))
