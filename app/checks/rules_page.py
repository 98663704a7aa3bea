"""What a phone gets of a point before a check: windows, steps with resolved limits, facts (contract 2)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import orjson

from app.checks.rules import Place
from app.standards.rules import Edition, Evidence, Limits, Step, limits_of
from app.standards.rules_conditions import FACT_DEFAULTS
from app.standards.rules_due import photos_forbidden


@dataclass(frozen=True, slots=True)
class PageStep:
    """A step as this point does it: limits resolved, a forbidden photo turned into a tick with two signatures."""

    step: Step
    evidence: Evidence
    limits: Limits
    dual_sign: bool
    photo_min: int
    prefill: Any

    def __getattr__(self, name: str) -> Any:
        """Everything that the point does not change is the step's own."""
        return getattr(self.step, name)

    @property
    def min(self) -> float | None:
        return self.limits.min

    @property
    def max(self) -> float | None:
        return self.limits.max

    @property
    def warn(self) -> bool | dict[str, Any]:
        """False, or the bounds beyond which a passing value is shown as a warning."""
        return _warn(self.step.warn)

    @property
    def inputs(self) -> list[dict[str, Any]]:
        return [{"id": each.id, "title": each.title, "unit": each.unit} for each in self.step.inputs]

    def as_json(self) -> dict[str, Any]:
        step, limits = self.step, self.limits
        return {
            "id": step.id, "title": step.title, "title_en": step.title_en, "requirement": step.requirement,
            "requirement_en": step.requirement_en, "key": step.key, "evidence": str(self.evidence), "unit": step.unit,
            "min": limits.min, "max": limits.max, "warn": self.warn,
            "inputs": self.inputs or None,
            "formula": step.formula, "choices": list(step.choices) or None,
            "pass_choices": list(step.pass_choices) or None, "finding_choices": list(step.finding_choices) or None,
            "dual_sign_choices": list(step.dual_sign_choices) or None, "dual_sign": self.dual_sign,
            "photo_min": self.photo_min, "prefill": self.prefill, "quick_text": step.quick_text,
            "applies_when": step.applies_when, "min_seconds": step.min_seconds, "safety": step.safety,
            "reference_photo": step.reference_photo, "audio": step.audio, "declaration": step.declaration,
            "fail_action": str(step.fail_action),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class KnownFinding:
    id: str
    step: str
    text: str
    since: datetime
    repair: str = ""  # The state of its repair order, where it has one.

    def as_json(self) -> dict[str, Any]:
        repair = {"repair": self.repair} if self.repair else {}
        return {"id": self.id, "step": self.step, "text": self.text, "since": self.since.isoformat(), **repair}


def steps_digest(steps: Iterable[PageStep]) -> str:
    """Names everything that these steps show."""
    return hashlib.sha256(orjson.dumps([each.as_json() for each in steps])).hexdigest()


@dataclass(frozen=True, slots=True)
class OpenWindow:
    """An occurrence that can be done, or (`window` None) a check outside the plan; `own`: on the own round.

    `audio` has the address of a step's recording by step id, as this person hears it.
    """

    occurrence_id: int | None
    standard: str
    code: str
    title: str
    title_en: str | None
    window: str | None
    profile: str
    label: str
    kind: str
    start: datetime | None
    end: datetime | None
    grace_end: datetime | None
    expire: datetime | None
    claimed_by: str | None
    claimed_by_id: str | None
    confirm: str
    expected_minutes: int
    facts: Mapping[str, Any]
    ask_facts: tuple[str, ...]
    known_findings: tuple[KnownFinding, ...]
    steps: tuple[PageStep, ...]
    own: bool
    may_submit: bool
    state: str
    over_time: bool
    opens: datetime | None = None
    others: bool = False  # On no round, or on a colleague's: who begins here takes it on.
    audio: Mapping[str, str] = field(default_factory=dict)
    steps_digest: str = ""
    review_overdue: bool = False
    photos: bool = True  # False where the area or the standard forbids them (rules EV-9).

    def form_key(self) -> str:
        """Names everything that the steps of the page show, and nothing of the person or the hour."""
        known = [each.as_json() for each in self.known_findings]
        steps = self.steps_digest or steps_digest(self.steps)
        shown = orjson.dumps([self.confirm, self.facts, self.ask_facts, known, steps, self.audio, self.photos])
        return hashlib.sha256(shown).hexdigest()

    def as_json(self) -> dict[str, Any]:
        heard = {step: {"audio": path} for step, path in self.audio.items()}
        return {
            "standard": self.standard, "title": self.title, "title_en": self.title_en, "window": self.window,
            "profile": self.profile, "label": self.label, "kind": self.kind, "start": _iso(self.start),
            "end": _iso(self.end), "grace_end": _iso(self.grace_end), "expire": _iso(self.expire),
            "opens": _iso(self.opens), "claimed_by": self.claimed_by, "confirm": self.confirm,
            "expected_minutes": self.expected_minutes, "facts": dict(self.facts), "ask_facts": list(self.ask_facts),
            "known_findings": [each.as_json() for each in self.known_findings],
            "steps": [each.as_json() | heard.get(each.id, {}) for each in self.steps], "own": self.own,
            "may_submit": self.may_submit, "state": self.state,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class NextWindow:
    standard: str
    title: str
    window: str
    start: datetime

    def as_json(self) -> dict[str, Any]:
        return {"standard": self.standard, "title": self.title, "window": self.window, "start": _iso(self.start)}


@dataclass(frozen=True, slots=True)
class Recent:
    """A check of the last days: result is pass, fail or unable."""

    check_id: str
    at: datetime
    result: str
    by: str

    def as_json(self) -> dict[str, Any]:
        return {"at": _iso(self.at), "result": self.result, "by": self.by}


@dataclass(frozen=True, slots=True)
class Unscheduled:
    """A standard that may be done outside the plan (计划外检查), with the profiles to choose from."""

    standard: str
    title: str
    profiles: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        return {"standard": self.standard, "title": self.title, "profiles": list(self.profiles)}


@dataclass(frozen=True, slots=True)
class PagePoint:
    id: str
    code: str
    label_code: str
    name: str
    name_en: str
    zone: str
    risk: int
    photo_allowed: bool
    building: str
    floor: str
    calls: int = 0
    kind: str = ""
    asks: str | None = None

    def as_json(self) -> dict[str, Any]:
        named = (name for name in self.__slots__ if name not in ("id", "calls", "kind"))
        return {name: value for name in named if (value := getattr(self, name)) is not None}


@dataclass(frozen=True, slots=True)
class PointPage:
    point: PagePoint
    open: tuple[OpenWindow, ...] = ()
    next: NextWindow | None = None
    recent: tuple[Recent, ...] = ()
    unscheduled: tuple[Unscheduled, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "point": self.point.as_json(), "open": [each.as_json() for each in self.open],
            "next": self.next.as_json() if self.next else None, "recent": [each.as_json() for each in self.recent],
            "unscheduled": [each.as_json() for each in self.unscheduled],
        }  # fmt: skip


def page_steps(edition: Edition, facts: Mapping[str, Any], place: Place) -> tuple[PageStep, ...]:
    """All steps of the edition in order; the phone judges conditions itself."""
    forbidden = photos_forbidden(edition, facts, photo_allowed=place.photo_allowed)
    return tuple(_page_step(step, facts, place, forbidden=forbidden) for step in edition.steps)


def page_facts(edition: Edition, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Every fact the steps name: what is known, else its default, else null."""
    return {name: facts.get(name, FACT_DEFAULTS.get(name)) for name in edition.fact_names}


def _page_step(step: Step, facts: Mapping[str, Any], place: Place, *, forbidden: bool) -> PageStep:
    replaced = forbidden and step.evidence is Evidence.PHOTO
    return PageStep(
        step=step,
        evidence=Evidence.NONE if replaced else step.evidence,
        limits=limits_of(step, place.attrs),
        dual_sign=step.dual_sign or replaced,
        photo_min=0 if replaced else step.photo_min,
        prefill=facts.get(step.prefill) if step.prefill else None,
    )


def _warn(limits: Limits | None) -> bool | dict[str, Any]:
    if limits is None:
        return False
    return {name: value for name, value in (("min", limits.min), ("max", limits.max)) if value is not None}


def _iso(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None
