"""The forms of the exam: one question, and what the standard asks of people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.standards.forms_fields import Reader, Several
from app.standards.rules_questions import (
    MAX_CERTIFICATE,
    MAX_CERTIFICATES,
    MAX_MONTHS,
    MAX_OPTION,
    MAX_OPTIONS,
    MAX_POINTS,
    MAX_STEM,
    PASS_SCORE,
    VALID_MONTHS,
    Special,
)
from app.web.words import lazy


def parse_question(form: Several, old: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The question as filled in, and the errors by field; empty answers are left out."""
    read = Reader(form)
    stem = read.text("stem", MAX_STEM)
    if not stem:
        read.errors["stem"] = lazy("The question has no words.")
    part = {
        **old,
        "stem": stem,
        "answers": _answers(read),
        "step": read.optional("about", 20),
        "points": read.whole("points", 1, MAX_POINTS) or 1,
        "key": read.ticked("key"),
    }
    return part, read.errors


def _answers(read: Reader) -> list[dict[str, Any]]:
    texts = [" ".join(text.split()) for text in read.form.getlist("option")]
    right = read.form.get("right", "")
    found = [{"text": text, "right": str(at) == right} for at, text in enumerate(texts) if text]
    named = [text for text in texts if text]
    if len(found) > MAX_OPTIONS:
        read.errors["option"] = lazy("A question has at most %(n)d answers.", n=MAX_OPTIONS)
    elif any(len(text) > MAX_OPTION for text in named):
        read.errors["option"] = lazy("An answer has 1 to %(n)d characters.", n=MAX_OPTION)
    elif len(set(named)) != len(named):
        read.errors["option"] = lazy("Two answers say the same.")
    return found


def parse_demand(form: Several, old: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Pass mark, validity, special work and certificates, and the errors by field."""
    read = Reader(form)
    names = read.lines("certificates", MAX_CERTIFICATE)
    if len(names) > MAX_CERTIFICATES:
        read.errors["certificates"] = lazy("At most %(n)d certificates.", n=MAX_CERTIFICATES)
    special = read.one_of("special", ("none", *Special), "none")
    part = {
        **old,
        "pass_score": read.whole("pass_score", PASS_SCORE, 100) or PASS_SCORE,
        "valid_months": read.whole("valid_months", 1, MAX_MONTHS) or VALID_MONTHS,
        "special": None if special == "none" else special,
        "certificates": names,
    }
    return part, read.errors
