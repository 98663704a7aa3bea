"""Editions and steps as frozen values, read from the stored edition document; no database, no clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.standards.rules_conditions import Condition, facts_named
from app.standards.rules_formula import names_in

Number = int | float


class Evidence(StrEnum):
    NONE = "none"
    PHOTO = "photo"
    NUMBER = "number"
    TEXT = "text"
    CHOICE = "choice"


class FailAction(StrEnum):
    NC = "nc"
    REPAIR = "repair"
    ESCALATE = "escalate"
    BLOCK = "block"
    REMIND = "remind"


class Severity(StrEnum):
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"


class Cause(StrEnum):
    WORK = "work"
    FACILITY = "facility"
    SUPPLY = "supply"
    OTHERS = "others"


class Confirm(StrEnum):
    EACH = "each"
    TOGETHER = "together"


@dataclass(frozen=True, slots=True)
class Limits:
    """Both ends belong to the allowed range; None means no limit on that side."""

    min: Number | None = None
    max: Number | None = None

    def admit(self, value: Number) -> bool:
        return not ((self.min is not None and value < self.min) or (self.max is not None and value > self.max))


@dataclass(frozen=True, slots=True)
class Input:
    """One reading of a number step whose value the system computes."""

    id: str
    title: str
    unit: str | None


@dataclass(frozen=True, slots=True)
class Step:
    id: str
    title: str
    title_en: str | None
    requirement: str
    requirement_en: str | None
    key: bool
    evidence: Evidence
    unit: str | None
    min: Number | None
    max: Number | None
    warn: Limits | None
    inputs: tuple[Input, ...]
    formula: str | None
    choices: tuple[str, ...]
    pass_choices: tuple[str, ...]
    finding_choices: tuple[str, ...]
    finding_cause: Cause | None
    dual_sign: bool
    dual_sign_choices: tuple[str, ...]
    photo_min: int
    prefill: str | None
    quick_text: str | None
    applies_when: Condition | None
    min_seconds: int
    safety: str | None
    fail_action: FailAction
    severity: Severity
    cause_default: Cause
    min_from: str | None
    max_from: str | None
    limit_basis: str | None
    declaration: bool
    unitless: bool
    checklist: str | None
    reference_photo: str | None
    audio: str | None
    clause: str | None = None
    evidence_class: str | None = None
    release: bool = False


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of a standard: number with year, code without; `fact_names` are all facts that its steps name."""

    number: str
    code: str
    year: int
    title: str
    title_en: str | None
    summary: str | None
    confirm: Confirm
    expected_minutes: int
    valid_minutes: int | None
    public: bool
    photo_forbidden_when: Condition | bool | None
    acceptance: tuple[str, ...]
    references: tuple[Mapping[str, Any], ...]
    schedules: tuple[Mapping[str, Any], ...]
    steps: tuple[Step, ...]
    fact_names: tuple[str, ...] = ()

    def step(self, step_id: str) -> Step | None:
        return next((step for step in self.steps if step.id == step_id), None)


def limits_of(step: Step, attrs: Mapping[str, Any]) -> Limits:
    """The limits at one point: an attribute named by min_from / max_from replaces min / max where the point has it."""
    return Limits(_from_point(step.min_from, attrs, step.min), _from_point(step.max_from, attrs, step.max))


def parse_edition(document: Mapping[str, Any]) -> Edition:
    """Raises KeyError or ValueError on a document that no edition can be made of."""
    steps = tuple(parse_step(step) for step in document["steps"])
    return Edition(
        number=document["number"],
        code=document["code"],
        year=int(document["year"]),
        title=document["title"],
        title_en=document.get("title_en"),
        summary=document.get("summary"),
        confirm=Confirm(document.get("confirm") or "each"),
        expected_minutes=int(document.get("expected_minutes") or 0),
        valid_minutes=document.get("valid_minutes"),
        public=bool(document.get("public")),
        photo_forbidden_when=document.get("photo_forbidden_when"),
        acceptance=_several(document.get("acceptance")),
        references=_several(document.get("references")),
        schedules=_several(document.get("schedules")),
        steps=steps,
        fact_names=_fact_names(steps, document.get("photo_forbidden_when")),
    )


def parse_step(step: Mapping[str, Any]) -> Step:
    evidence = Evidence(step["evidence"])
    return Step(
        id=step["id"],
        title=step["title"],
        title_en=step.get("title_en"),
        requirement=step.get("requirement") or "",
        requirement_en=step.get("requirement_en"),
        key=bool(step.get("key")),
        evidence=evidence,
        photo_min=max(1, int(step.get("photo_min") or 1)) if evidence is Evidence.PHOTO else 0,
        applies_when=step.get("applies_when"),
        min_seconds=int(step.get("min_seconds") or 0),
        safety=step.get("safety"),
        prefill=step.get("prefill"),
        quick_text=step.get("quick_text"),
        checklist=step.get("checklist"),
        reference_photo=step.get("reference_photo"),
        audio=step.get("audio"),
        clause=step.get("clause"),
        evidence_class=step.get("evidence_class"),
        release=bool(step.get("release")),
        **_reading_of(step),
        **_choices_of(step),
        **_consequences_of(step),
    )


def _fact_names(steps: Sequence[Step], forbidden_when: Condition | bool | None) -> tuple[str, ...]:
    """Conditions, prefills and formulas; answers to earlier steps are not facts of the place."""
    named = set(facts_named(forbidden_when))
    for step in steps:
        named |= set(facts_named(step.applies_when))
        named |= {step.prefill} if step.prefill else set()
        named |= {name for name in names_in(step.formula) if "." in name} if step.formula else set()
    return tuple(sorted(name for name in named if not name.startswith("steps.")))


def _reading_of(step: Mapping[str, Any]) -> dict[str, Any]:
    warn = step.get("warn") or None
    return {
        "unit": step.get("unit"),
        "unitless": bool(step.get("unitless")),
        "min": step.get("min"),
        "max": step.get("max"),
        "warn": Limits(warn.get("min"), warn.get("max")) if warn else None,
        "inputs": tuple(Input(each["id"], each["title"], each.get("unit")) for each in step.get("inputs") or ()),
        "formula": step.get("formula"),
        "min_from": step.get("min_from"),
        "max_from": step.get("max_from"),
        "limit_basis": step.get("limit_basis"),
    }


def _choices_of(step: Mapping[str, Any]) -> dict[str, Any]:
    finding_cause = step.get("finding_cause")
    return {
        "choices": _several(step.get("choices")),
        "pass_choices": _several(step.get("pass_choices")),
        "finding_choices": _several(step.get("finding_choices")),
        "finding_cause": Cause(finding_cause) if finding_cause else None,
        "declaration": bool(step.get("declaration")),
        "dual_sign": bool(step.get("dual_sign")),
        "dual_sign_choices": _several(step.get("dual_sign_choices")),
    }


def _consequences_of(step: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "fail_action": FailAction(step.get("fail_action") or "nc"),
        "severity": Severity(step.get("severity") or "minor"),
        "cause_default": Cause(step.get("cause_default") or "work"),
    }


def _from_point(name: str | None, attrs: Mapping[str, Any], otherwise: Number | None) -> Number | None:
    value = attrs.get(name) if name else None
    return value if isinstance(value, int | float) and not isinstance(value, bool) else otherwise


def _several(values: Sequence[Any] | None) -> tuple[Any, ...]:
    return tuple(values or ())
