"""The form of an appraisal into values; what cannot be right is told field by field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar

from app.appraisals.rules import Party, Result, Way
from app.refusals import Invalid
from app.web.words import lazy

C = TypeVar("C", Way, Party)
MOST_WORDS = 1000
MOST_NAME = 80
FIRST_YEAR, LAST_YEAR = 2000, 2200
_SCORE = re.compile(r"[0-9]{1,3}(\.[0-9])?")
TOO_LONG = lazy("This text is too long.")


@dataclass
class Typed:
    """What came in, with the sentences about what cannot be; every value stands where there are none."""

    way: Way | None = None
    party: Party | None = None
    held_on: date | None = None
    result: Result = field(default_factory=lambda: Result(None, None, None))
    errors: dict[str, object] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)


def parse(form: Mapping[str, str]) -> Typed:
    """Way, party, day and who evaluated are asked for; figures may be left empty."""
    typed = Typed(words={name: _text(form, name) for name in ("unit_id", "assessor", "said", "wants")})
    typed.way = _choice(Way, form, "way", typed.errors)
    typed.party = _choice(Party, form, "party", typed.errors)
    typed.held_on = _day(form, typed.errors)
    if not typed.words["assessor"] or len(typed.words["assessor"]) > MOST_NAME:
        typed.errors["assessor"] = lazy("Say who evaluated, in 80 characters at most.")
    for name in ("said", "wants"):
        if len(typed.words[name]) > MOST_WORDS:
            typed.errors[name] = TOO_LONG
    asked, satisfied = (_people(form, name, typed.errors) for name in ("asked", "satisfied"))
    typed.result = Result(asked, satisfied, _tenths(form, typed.errors))
    return typed


def reason_in(form: Mapping[str, str]) -> str:
    """Why it is withdrawn; raises Invalid."""
    reason = _text(form, "reason")
    if not reason or len(reason) > MOST_WORDS:
        sentence = TOO_LONG if reason else lazy("Say why.")
        raise Invalid(sentence, fields={"reason": sentence})
    return reason


def _text(form: Mapping[str, str], name: str) -> str:
    """A page counts a line break as one character; the form sends two."""
    return form.get(name, "").replace("\r\n", "\n").strip()


def _choice(kind: type[C], form: Mapping[str, str], name: str, errors: dict[str, object]) -> C | None:
    try:
        return kind(form.get(name, ""))
    except ValueError:
        errors[name] = lazy("Choose one.")
        return None


def _day(form: Mapping[str, str], errors: dict[str, object]) -> date | None:
    try:
        day = date.fromisoformat(form.get("held_on", "").strip()[:10])
    except ValueError:
        day = None
    if day is None or not FIRST_YEAR <= day.year < LAST_YEAR:
        errors["held_on"] = lazy("Choose a day.")
        return None
    return day


def _people(form: Mapping[str, str], name: str, errors: dict[str, object]) -> int | None:
    text = form.get(name, "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 6):
        errors[name] = lazy("A whole number, please.")
        return None
    return int(text)


def _tenths(form: Mapping[str, str], errors: dict[str, object]) -> int | None:
    text = form.get("score", "").strip()
    if not text:
        return None
    if not _SCORE.fullmatch(text):
        errors["score"] = lazy("Points from 0 to 100, one decimal at most.")
        return None
    return int(Decimal(text) * 10)
