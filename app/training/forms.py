"""Forms of training into values; what cannot be right is told field by field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.training.rules_words import KIND_WORDS, WAY_WORDS
from app.web.made import made_id
from app.web.words import lazy

AGAIN = lazy("Open the page again.")
TOO_LONG = lazy("This text is too long.")
NO_DAY = lazy("Choose a day.")
MOST_HEADS, MOST_MINUTES = 100_000, 10_000


def day(text: str) -> date | None:
    """YYYY-MM-DD, or None."""
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None


def parse_answers(form: Mapping[str, str]) -> dict[str, int]:
    """Question to the place of the option chosen; fields are called `answer.Q1`."""
    given = {name.removeprefix("answer."): text for name, text in form.items() if name.startswith("answer.")}
    return {name: int(text) for name, text in given.items() if text.isascii() and text.isdigit() and len(text) < 3}


@dataclass(frozen=True)
class CertificateForm:
    """A certificate as typed."""

    id: str
    person: str
    name: str
    number: str
    issuer: str
    valid_from: date | None
    valid_to: date | None
    errors: Mapping[str, object] = field(default_factory=dict)


def parse_certificate(form: Mapping[str, str]) -> CertificateForm:
    """Name and holder are asked for; an end before the beginning is none."""
    errors: dict[str, object] = {}
    texts = {name: form.get(name, "").strip() for name in ("person", "name", "number", "issuer")}
    for name, most in (("name", 60), ("number", 60), ("issuer", 80)):
        if len(texts[name]) > most:
            errors[name] = TOO_LONG
    if not texts["name"]:
        errors["name"] = lazy("Say what the certificate is called.")
    if not texts["person"]:
        errors["person"] = lazy("Choose whose certificate it is.")
    days = {name: _maybe_day(form, name, errors) for name in ("valid_from", "valid_to")}
    if days["valid_from"] and days["valid_to"] and days["valid_to"] < days["valid_from"]:
        errors["valid_to"] = lazy("It cannot end before it begins.")
    return CertificateForm(id=made_id(form), **texts, **days, errors=errors)  # type: ignore[arg-type]


def _maybe_day(form: Mapping[str, str], name: str, errors: dict[str, object]) -> date | None:
    text = form.get(name, "").strip()
    found = day(text)
    if text and found is None:
        errors[name] = NO_DAY
    return found


@dataclass(frozen=True)
class LedgerForm:
    """An entry of the ledger as typed; `on` stands whenever there are no errors."""

    id: str
    kind: str
    way: str
    title: str
    edition: str
    org: str
    on: date | None
    place: str
    led_by: str
    expected: int
    present: int
    minutes: int
    note: str
    replaces: str
    errors: Mapping[str, object] = field(default_factory=dict)


def parse_ledger(form: Mapping[str, str]) -> LedgerForm:
    """Kind, title, unit, day and the heads present are asked for."""
    errors: dict[str, object] = {}
    texts = {name: form.get(name, "").strip() for name in _LEDGER_TEXTS}
    for name, most in _LEDGER_TEXTS.items():
        if len(texts[name]) > most:
            errors[name] = TOO_LONG
    if texts["kind"] not in KIND_WORDS:
        errors["kind"] = lazy("Choose what it was.")
    if texts["way"] not in WAY_WORDS:
        errors["way"] = lazy("Choose the form.")
    if not texts["title"]:
        errors["title"] = lazy("Say what it was about.")
    if not texts["org"]:
        errors["org"] = lazy("Choose a unit.")
    on = day(form.get("on", ""))
    if on is None:
        errors["on"] = NO_DAY
    numbers = {
        name: _count(form.get(name, ""), most, name, errors)
        for name, most in (("expected", MOST_HEADS), ("present", MOST_HEADS), ("minutes", MOST_MINUTES))
    }
    replaces = made_id(texts, "replaces") if texts["replaces"] else ""
    return LedgerForm(
        made_id(form), texts["kind"], texts["way"], texts["title"], texts["edition"], texts["org"], on,
        texts["place"], texts["led_by"], **numbers, note=texts["note"], replaces=replaces, errors=errors,
    )  # fmt: skip


_LEDGER_TEXTS = {
    "kind": 16, "way": 12, "title": 120, "edition": 26, "org": 40, "place": 80, "led_by": 60, "note": 1000,
    "replaces": 36,
}  # fmt: skip


def _count(text: str, most: int, name: str, errors: dict[str, object]) -> int:
    text = text.strip() or "0"
    if not (text.isascii() and text.isdigit() and len(text) < 9 and int(text) <= most):
        errors[name] = lazy("A whole number from 0 to %(most)s, please.", most=most)
        return 0
    return int(text)


@dataclass(frozen=True)
class SettingsForm:
    """The settings of training as typed."""

    newcomer_days: int
    remind_days: int
    enforced_from: date | None
    errors: Mapping[str, object] = field(default_factory=dict)


def parse_settings(form: Mapping[str, str]) -> SettingsForm:
    """Days from 0 to 90 under guidance, 0 to 180 ahead; an empty day means that nobody is refused."""
    errors: dict[str, object] = {
        name: lazy("Say how many days.") for name in ("newcomer_days", "remind_days") if not form.get(name, "").strip()
    }
    newcomer = _count(form.get("newcomer_days", ""), 90, "newcomer_days", errors)
    remind = _count(form.get("remind_days", ""), 180, "remind_days", errors)
    return SettingsForm(newcomer, remind, _maybe_day(form, "enforced_from", errors), errors)
