"""The form of one step of a draft."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import zip_longest
from typing import Any

from app.standards.forms_fields import Reader, Several
from app.standards.rules import Cause, Evidence, FailAction, Severity
from app.standards.rules_document_limits import refused_limits
from app.standards.rules_document_steps import MAX_CHOICES, MAX_PHOTOS, MAX_SECONDS, MAX_TITLE
from app.web.words import lazy

VERDICTS: Mapping[str, Any] = {
    "pass": lazy("passes"),
    "finding": lazy("passes, but opens a finding"),
    "fail": lazy("fails"),
}


def parse_step(form: Several, old: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The step as filled in, and the errors by field: limits upside down or too loose are refused (rules LC-10)."""
    read = Reader(form)
    title = read.text("title", MAX_TITLE)
    if not title:
        read.errors["title"] = lazy("The step has no title.")
    evidence = read.one_of("evidence", set(Evidence), "none")
    part = {
        **old,
        "title": title,
        "title_en": read.optional("title_en", 160),
        "requirement": read.text("requirement"),
        "requirement_en": read.optional("requirement_en"),
        "clause": read.optional("clause", 20),
        "key": read.ticked("key"),
        "evidence": evidence,
        "evidence_class": read.optional("evidence_class", 20) if evidence != Evidence.NONE else None,
        "safety": read.optional("safety", 300),
        "min_seconds": read.whole("min_seconds", 0, MAX_SECONDS) or 0,
        "photo_min": (read.whole("photo_min", 1, MAX_PHOTOS) or 1) if evidence == Evidence.PHOTO else 0,
        "quick_text": read.optional("quick_text", 20) if evidence == Evidence.TEXT else None,
        "checklist": read.optional("checklist", 40),
        "applies_when": read.condition("when"),
        **_reading(read, evidence),
        **_choices(read, evidence),
        **_consequences(read),
    }
    part |= _released(read, part["dual_sign"])
    if not read.errors:
        read.errors |= refused_limits(part)
    return part, read.errors


def _released(read: Reader, two: bool) -> dict[str, Any]:
    """What a supervisor releases has two signatures, whatever else was ticked (rules RL-1)."""
    release = read.ticked("release")
    return {"release": release, "dual_sign": two or release}


def _consequences(read: Reader) -> dict[str, Any]:
    return {
        "fail_action": read.one_of("fail_action", set(FailAction), "nc"),
        "severity": read.one_of("severity", set(Severity), "minor"),
        "cause_default": read.one_of("cause_default", set(Cause), "work"),
    }


def _reading(read: Reader, evidence: str) -> dict[str, Any]:
    if evidence != Evidence.NUMBER:
        empty = ("unit", "min", "max", "warn", "limit_basis", "external", "min_from", "max_from", "formula", "inputs")
        kept = {"limit_basis": read.optional("limit_basis", 300)} if "limit_basis" in read.form else {}
        return {**dict.fromkeys(empty), "unitless": False, **kept}
    warn = {name: value for name in ("min", "max") if (value := read.number(f"warn_{name}")) is not None}
    outer = {
        "reference": read.text("outer_reference", 80),
        "min": read.number("outer_min"),
        "max": read.number("outer_max"),
        "mandatory": read.ticked("outer_mandatory"),
    }
    return {
        "unit": read.optional("unit", 20),
        "unitless": read.ticked("unitless"),
        "min": read.number("min"),
        "max": read.number("max"),
        "warn": warn or None,
        "limit_basis": read.optional("limit_basis", 300),
        "external": outer if any(value not in ("", None, False) for value in outer.values()) else None,
        "min_from": read.optional("min_from", 40),
        "max_from": read.optional("max_from", 40),
        "formula": read.optional("formula", 300),
        "inputs": _inputs(read),
    }


def _inputs(read: Reader) -> list[dict[str, Any]] | None:
    """A line a reading: name, words, unit, with spaces between."""
    found = []
    for line in read.lines("inputs"):
        name, _, rest = line.partition(" ")
        words, _, unit = rest.strip().rpartition(" ")
        found.append({"id": name, "title": words or unit or name, "unit": unit if words else None})
    return found or None


def _choices(read: Reader, evidence: str) -> dict[str, Any]:
    if evidence != Evidence.CHOICE:
        empty = ("choices", "pass_choices", "finding_choices", "finding_cause", "dual_sign_choices")
        return {**dict.fromkeys(empty), "declaration": False, "dual_sign": read.ticked("dual_sign")}
    listed = zip_longest(read.form.getlist("choice"), read.form.getlist("verdict"), fillvalue="")
    rows = [(text.strip()[:60], verdict or "pass") for text, verdict in listed if text.strip()]
    if any(verdict not in VERDICTS for _text, verdict in rows):
        read.errors["choice"] = lazy("Choose one of the list.")
    if len(rows) > MAX_CHOICES:
        read.errors["choice"] = lazy("A choice has at most %(n)d answers.", n=MAX_CHOICES)
    two = [text for text, _verdict in rows if text in read.form.getlist("two")]
    return {
        "choices": [text for text, _verdict in rows] or None,
        "pass_choices": [text for text, verdict in rows if verdict != "fail"] or None,
        "finding_choices": [text for text, verdict in rows if verdict == "finding"] or None,
        "finding_cause": read.one_of("finding_cause", set(Cause), "work")
        if any(verdict == "finding" for _text, verdict in rows)
        else None,
        "declaration": read.ticked("declaration"),
        "dual_sign": read.ticked("dual_sign"),
        "dual_sign_choices": two or None,
    }
