"""Forms of contractors into values; what cannot be right is told field by field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from app.contractors.rules import FIELDS, LEVELS, MOST_WEIGHT, WEIGHTS, weights_in_force
from app.web.words import lazy

TOO_LONG = lazy("This text is too long.")
NO_DAY = lazy("Choose a day.")
MOST_TEXT = 500
FIRST_YEAR, LAST_YEAR = 2000, 2200


def month(text: str) -> date | None:
    """YYYY-MM as its first day, or None; no contract is of another century."""
    try:
        first = date.fromisoformat(f"{text.strip()[:7]}-01")
    except ValueError:
        return None
    return first if FIRST_YEAR <= first.year < LAST_YEAR else None


def parse_file(form: Mapping[str, str]) -> tuple[dict[str, str], dict[str, object]]:
    """(entries, errors): the fields that are filled in; the name is asked for."""
    texts = {name: form.get(name, "").strip() for name in FIELDS}
    errors: dict[str, object] = {name: TOO_LONG for name, text in texts.items() if len(text) > MOST_TEXT}
    if not texts["name"]:
        errors["name"] = lazy("The name is missing.")
    return {name: text for name, text in texts.items() if text}, errors


@dataclass(frozen=True)
class ContractForm:
    """A contract as typed; both days stand whenever there are no errors."""

    number: str
    from_on: date | None
    to_on: date | None
    standards: tuple[str, ...]
    scope: str
    levels: Mapping[str, float]
    repairs: bool
    weights: Mapping[str, int]
    errors: Mapping[str, object] = field(default_factory=dict)


def parse_contract(form: Mapping[str, str], chosen: Sequence[str]) -> ContractForm:
    """Number, both days and a standard are asked for; targets are percent from 0 to 100, empty ones are none.

    Weights are whole numbers from 0 to 100, of which one at least has to weigh something; empty ones are as usual.
    """
    errors: dict[str, object] = {}
    number, scope = form.get("number", "").strip(), form.get("scope", "").strip()
    if not number or len(number) > 60:
        errors["number"] = lazy("Give the number of the contract, 60 characters at most.")
    if len(scope) > 2 * MOST_TEXT:
        errors["scope"] = TOO_LONG
    first, last = (_day(form, name, errors) for name in ("from_on", "to_on"))
    if first and last and last < first:
        errors["to_on"] = lazy("It cannot end before it begins.")
    if not chosen:
        errors["standards"] = lazy("Choose at least one standard.")
    levels = {name: target for name in LEVELS if (target := _target(form, name, errors)) is not None}
    weights = {name: weight for name in WEIGHTS if (weight := _weight(form, name, errors)) is not None}
    if not weights_in_force(weights):
        errors["weight.on_time"] = lazy("At least one measure has to weigh something.")
    standards = tuple(sorted(set(chosen))[:100])
    return ContractForm(number, first, last, standards, scope, levels, form.get("repairs") == "1", weights, errors)


def parse_reason(form: Mapping[str, str]) -> tuple[str, dict[str, object]]:
    """(reason, errors)."""
    reason = form.get("reason", "").strip()
    if not reason:
        return reason, {"reason": lazy("Say why.")}
    return reason, {"reason": TOO_LONG} if len(reason) > MOST_TEXT else {}


def _day(form: Mapping[str, str], name: str, errors: dict[str, object]) -> date | None:
    try:
        return date.fromisoformat(form.get(name, "").strip()[:10])
    except ValueError:
        errors[name] = NO_DAY
        return None


def _target(form: Mapping[str, str], name: str, errors: dict[str, object]) -> float | None:
    text = form.get(f"level.{name}", "").strip()
    if not text:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        value = Decimal(-1)
    if not value.is_finite() or not 0 <= value <= 100:
        errors[f"level.{name}"] = lazy("A number from 0 to 100, please.")
        return None
    return float(value)


def _weight(form: Mapping[str, str], name: str, errors: dict[str, object]) -> int | None:
    text = form.get(f"weight.{name}", "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 3 and int(text) <= MOST_WEIGHT):
        errors[f"weight.{name}"] = lazy("A whole number from 0 to 100, please.")
        return None
    return int(text)
