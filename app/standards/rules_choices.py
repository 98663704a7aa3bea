"""Conditions as rows to choose from: a fact, how it is compared, a value; what rows cannot say stays text."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.standards.rules_conditions import Condition
from app.standards.rules_trade import TRADE
from app.standards.rules_words import DAY_TYPE, PROFILE
from app.web.words import lazy

OPERATORS: Mapping[str, Any] = {
    "eq": lazy("is"),
    "ne": lazy("is not"),
    "in": lazy("is one of"),
    "gte": lazy("at least"),
    "lte": lazy("at most"),
    "gt": lazy("more than"),
    "lt": lazy("less than"),
}
JOINS: Mapping[str, Any] = {"all": lazy("all of these hold"), "any": lazy("one of these holds")}
TRUTH: Mapping[Any, Any] = {True: lazy("yes"), False: lazy("no")}
WEEKDAY: Mapping[Any, Any] = {
    "MO": lazy("Monday"), "TU": lazy("Tuesday"), "WE": lazy("Wednesday"), "TH": lazy("Thursday"), "FR": lazy("Friday"),
    "SA": lazy("Saturday"), "SU": lazy("Sunday"),
}  # fmt: skip
WINDOW_KIND: Mapping[Any, Any] = {"regular": lazy("Ordinary"), "handover": lazy("Handover")}
ENERGY: Mapping[Any, Any] = {name: name for name in TRADE["energies"]}
RESULT: Mapping[Any, Any] = {"pass": lazy("passed"), "fail": lazy("failed"), "not_applicable": lazy("does not apply")}
FREE: Mapping[Any, Any] = {}
MAX_ROWS = 8


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a condition may look at; `values` are its only ones, none: a number or free text."""

    name: str
    label: Any
    values: Mapping[Any, Any]


FACTS: tuple[Fact, ...] = (
    Fact("task.profile", lazy("kind of visit"), PROFILE),
    Fact("task.window_kind", lazy("kind of window"), WINDOW_KIND),
    Fact("task.window_id", lazy("window"), FREE),
    Fact("task.pesticide_planned", lazy("pesticide is used today"), TRUTH),
    Fact("date.month", lazy("month"), FREE),
    Fact("date.weekday", lazy("weekday"), WEEKDAY),
    Fact("date.day_type", lazy("kind of day"), DAY_TYPE),
    Fact("weather.wet", lazy("it is wet outside"), TRUTH),
    Fact("weather.rain_24h_mm", lazy("rain in 24 hours, mm"), FREE),
    Fact("point.bookings_today", lazy("bookings at the point today"), FREE),
    Fact("booking.has_name_cards", lazy("the meeting has name cards"), TRUTH),
    Fact("booking.has_av", lazy("the meeting uses sound or screens"), TRUTH),
    Fact("booking.classified", lazy("the meeting is classified"), TRUTH),
    Fact("booking.incident", lazy("something went wrong in the meeting"), TRUTH),
    Fact("vehicle.energy", lazy("what the vehicle runs on"), ENERGY),
    Fact("vehicle.on_holiday_duty", lazy("the vehicle is on holiday duty"), TRUTH),
)
POINT_PREFIX, STEP_PREFIX = "point.attrs.", "steps."


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a condition, with the value as a person writes it."""

    fact: str
    operator: str
    value: str


@dataclass(frozen=True, slots=True)
class Rows:
    """A condition of lines; `text` is set instead where lines cannot say it."""

    join: str = "all"
    rows: tuple[Row, ...] = ()
    text: str = ""


class OddCondition(ValueError):
    """A line or a text of which no condition can be made; `sentence` says why."""

    def __init__(self, sentence: Any) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


def rows_of(condition: Condition | bool | None) -> Rows:
    """How the editor shows a condition."""
    if condition is None:
        return Rows()
    if isinstance(condition, Mapping):
        for join in JOINS:
            leaves = condition.get(join)
            if len(condition) == 1 and isinstance(leaves, list) and leaves and all(_is_leaf(each) for each in leaves):
                return Rows(join, tuple(_row(each) for each in leaves))
        if _is_leaf(condition):
            return Rows("all", (_row(condition),))
    return Rows(text=json.dumps(condition, ensure_ascii=False))


def condition_of(rows: Rows) -> Condition | bool | None:
    """The condition that lines or a text mean; raises OddCondition."""
    if rows.text.strip():
        return _from_text(rows.text)
    leaves = [_leaf(each) for each in rows.rows if each.fact.strip()]
    if not leaves:
        return None
    if rows.join not in JOINS:
        raise OddCondition(lazy("Choose whether all lines must hold or one."))
    return leaves[0] if len(leaves) == 1 else {rows.join: leaves}


def words_of(condition: Condition | bool | None, titles: Mapping[str, str]) -> str:
    """A condition as a sentence; `titles` names steps by their id."""
    if condition is None or isinstance(condition, bool):
        return str(lazy("never")) if condition is False else str(lazy("always"))
    for join, word in (("all", lazy("and")), ("any", lazy("or"))):
        if join in condition:
            parts = [words_of(each, titles) for each in condition[join]]
            return f" {word} ".join(f"({each})" if f" {lazy('or')} " in each else each for each in parts)
    if "not" in condition:
        return str(lazy("not (%(what)s)", what=words_of(condition["not"], titles)))
    row = _row(condition)
    return f"{label_of(row.fact, titles)} {OPERATORS.get(row.operator, row.operator)} {row.value}"


def label_of(name: str, titles: Mapping[str, str]) -> str:
    """A fact by its words; an answer to a step by the step's title."""
    if name.startswith(STEP_PREFIX):
        step_id, _, what = name.removeprefix(STEP_PREFIX).partition(".")
        word = lazy("result") if what == "result" else lazy("value")
        return f"{step_id} {titles.get(step_id, '')} {word}".replace("  ", " ")
    plain = name.removeprefix(POINT_PREFIX)
    return next((str(fact.label) for fact in FACTS if fact.name == name), TRADE["attributes"].get(plain, plain))


def values_of(name: str) -> Mapping[Any, Any]:
    """The only values of a fact with their words; empty where any will do."""
    if name.startswith(STEP_PREFIX):
        return RESULT if name.endswith(".result") else FREE
    return next((fact.values for fact in FACTS if fact.name == name), FREE)


def _is_leaf(condition: Any) -> bool:
    if not isinstance(condition, Mapping) or not isinstance(condition.get("fact"), str) or len(condition) != 2:
        return False
    operator = next(name for name in condition if name != "fact")
    values = condition[operator] if operator == "in" else [condition[operator]]
    return operator in OPERATORS and isinstance(values, list) and all(_is_plain(each) for each in values)


def _is_plain(value: Any) -> bool:
    """A text with a comma could not be told from two values."""
    return isinstance(value, bool | int | float) or (isinstance(value, str) and not set(",，、") & set(value))


def _row(leaf: Mapping[str, Any]) -> Row:
    operator = next((name for name in leaf if name != "fact"), "eq")
    values = leaf[operator] if isinstance(leaf[operator], list) else [leaf[operator]]
    words = values_of(leaf["fact"]) or TRUTH
    return Row(
        leaf["fact"], operator, "、".join(str(words[each]) if _names(words, each) else str(each) for each in values)
    )


def _names(words: Mapping[Any, Any], value: Any) -> bool:
    """1 and True are one key for Python, and two things in a condition."""
    return any(type(known) is type(value) and known == value for known in words)


def _leaf(row: Row) -> dict[str, Any]:
    name, operator = row.fact.strip()[:80], row.operator
    if operator not in OPERATORS:
        raise OddCondition(lazy("Choose how “%(fact)s” is compared.", fact=label_of(name, {})))
    texts = [each.strip() for each in row.value.replace("，", ",").replace("、", ",").split(",") if each.strip()]
    if not texts:
        raise OddCondition(lazy("Say what “%(fact)s” is compared with.", fact=label_of(name, {})))
    values = [_value(name, each) for each in texts]
    if operator == "in" or len(values) > 1:
        if operator not in ("in", "eq"):
            raise OddCondition(lazy("“%(fact)s” can only be compared with one value here.", fact=label_of(name, {})))
        return {"fact": name, "in": values}
    return {"fact": name, operator: values[0]}


def _value(name: str, text: str) -> Any:
    known = values_of(name)
    for value, word in known.items():
        if text in (str(word), str(value)) or (isinstance(value, bool) and text.lower() == str(value).lower()):
            return value
    if known:
        offered: Sequence[str] = [str(word) for word in known.values()]
        raise OddCondition(
            lazy("“%(value)s” is not a value of “%(fact)s”; it has: %(values)s.",
                 value=text[:40], fact=label_of(name, {}), values="、".join(offered))
        )  # fmt: skip
    for value, word in TRUTH.items():
        if text in (str(word), str(value).lower()):
            return value
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return _finite(float(text))
    except ValueError:
        return text[:80]


def _finite(number: float) -> float:
    if not math.isfinite(number):
        raise ValueError(number)
    return number


def _from_text(text: str) -> Condition:
    try:
        found = json.loads(text[:4000])
    except (ValueError, RecursionError) as odd:
        raise OddCondition(lazy("The text of the condition cannot be read.")) from odd
    if not isinstance(found, dict):
        raise OddCondition(lazy("The text of the condition cannot be read."))
    return found
