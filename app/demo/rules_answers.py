"""Believable answers to the steps of an edition, as the phone would send them."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from app.demo.rules_fates import Visit
from app.nonconformities.rules import OpenFinding
from app.standards.rules import Edition, Evidence, Step, limits_of
from app.standards.rules_conditions import holds
from app.standards.rules_due import photos_forbidden
from app.vehicles.rules_parts import ODOMETER, is_odometer

NOTES = {
    "work": "地面还有水渍，已重做",
    "facility": "门锁松动，打不开",
    "supply": "擦手纸用完了，待补",
    "others": "有人临时占用，没做到位",
}
BAD_READING = 0.006
NEVER_BAD = ("只", "mg/100mL")
MENDS_HOLD = 0.93
MENDED_AFTER_HOURS = (3, 30)
READINGS = {"ia": (180, 196), "ib": (180, 196), "ic": (180, 196), "i": (600, 900)}


@dataclass(frozen=True)
class Shot:
    """A photo to be drawn: its id, the step, whether it shows a fault."""

    id: str
    step: Step
    taken_at: datetime
    dirty: bool


@dataclass(frozen=True)
class Answered:
    """Answers of the protocol, the photos they name, and the steps that somebody else has to sign."""

    answers: list[dict[str, Any]]
    shots: list[Shot]
    to_sign: tuple[str, ...]


def answered(
    edition: Edition, facts: Mapping[str, Any], seen: Visit, chance: Random, *, photo_allowed: bool
) -> Answered:
    """Every step that applies, answered in order; one of them fails when the visit says so."""
    facts = dict(facts)
    forbidden = photos_forbidden(edition, facts, photo_allowed=photo_allowed)
    due = [step for step in edition.steps if holds(step.applies_when, facts)]
    can_fail = [step.id for step in due if step.evidence in (Evidence.NONE, Evidence.PHOTO)]
    failing = chance.choice(can_fail) if seen.fails and can_fail else ""
    answers, shots, to_sign = [], [], []
    spent = (seen.submitted_at - seen.opened_at) / max(1, len(due))
    for number, step in enumerate(due):
        at = seen.opened_at + spent * (number + 1) - timedelta(seconds=2)
        taken = [] if forbidden else _shots(step, seen, chance, at, fails=step.id == failing)
        after = [_shot(step, chance, at, dirty=False)] if step.id == failing and seen.fixed and not forbidden else []
        answer = _answer(step, facts, chance, at) | _failed(step, failing, after)
        answer["photos"] = [shot.id for shot in taken]
        if not taken and step.evidence is Evidence.PHOTO and not forbidden:
            answer["no_photo_reason"] = "occupied"
        answer["together"] = edition.confirm == "together" and not step.key and step.evidence is Evidence.NONE
        answers.append(answer)
        shots += taken + after
        if _needs_signature(step, answer, forbidden=forbidden):
            to_sign.append(step.id)
    return Answered(answers, shots, tuple(to_sign))


def _answer(step: Step, facts: Mapping[str, Any], chance: Random, at: datetime) -> dict[str, Any]:
    answer: dict[str, Any] = {"step": step.id, "result": "pass", "answered_at": at.isoformat()}
    if step.evidence is Evidence.NUMBER:
        if step.inputs:
            answer["inputs"] = {one.id: chance.randint(*READINGS.get(one.id, (10, 20))) for one in step.inputs}
        else:
            answer["value"] = _reading(step, facts, chance)
    elif step.evidence is Evidence.CHOICE:
        rare = step.finding_choices and chance.random() < 0.03
        usual = [choice for choice in step.pass_choices if choice not in step.finding_choices] or list(step.choices)
        answer["choice"] = chance.choice(step.finding_choices) if rare else usual[0]
    elif step.evidence is Evidence.TEXT:
        answer["text"] = step.quick_text or "正常"
    return answer


def _reading(step: Step, facts: Mapping[str, Any], chance: Random) -> float:
    """Well inside the limits, as readings mostly are; an odometer goes on from where it stood."""
    shown = facts.get(ODOMETER) if is_odometer(step) else facts.get(step.prefill or "")
    if isinstance(shown, int | float):
        return float(shown)
    attrs = {
        name.removeprefix("point.attrs."): value for name, value in facts.items() if name.startswith("point.attrs.")
    }
    limits = limits_of(step, attrs)
    low = limits.min if limits.min is not None else (0 if limits.max is None else limits.max * 0.3)
    high = limits.max if limits.max is not None else low * 1.3
    if step.unit in NEVER_BAD:
        return float(low)
    if chance.random() < BAD_READING and (limits.min is not None or limits.max is not None):
        beyond = limits.max * 1.04 if limits.max else (limits.min or 0) * 0.95
        return round(beyond, 2)
    value = chance.uniform(low + (high - low) * 0.25, low + (high - low) * 0.7)
    return round(value, 1 if high - low < 20 else 0)


def _failed(step: Step, failing: str, after: list[Shot]) -> dict[str, Any]:
    if step.id != failing:
        return {}
    return {
        "result": "fail",
        "cause": step.cause_default.value,
        "note": NOTES[step.cause_default.value],
        "fixed": bool(after),
        "after_photos": [shot.id for shot in after],
    }


def said_again(body: dict[str, Any], known: Iterable[OpenFinding], at: datetime, mended: Container[str] = ()) -> None:
    """Every finding open at the point is answered: still there, or gone once somebody had hours to mend it (NC-17).

    `mended` are those whose repair order is done; now and then a repair did not hold.
    """
    answers = {answer["step"]: answer for answer in body["answers"]}
    for finding in known:
        answer = answers.get(finding.step_id)
        if answer is None:
            continue
        # The finding's own id is new at every loading, its instant is not.
        chance = Random(f"{body['code']}:{finding.step_id}:{finding.since}")  # noqa: S311
        long_ago = at - finding.since > timedelta(hours=chance.uniform(*MENDED_AFTER_HOURS))
        gone = long_ago or (finding.id in mended and chance.random() < MENDS_HOLD)
        answer["known"] = [{"finding": finding.id, "state": "gone" if gone else "still"}]
        if not gone and answer["result"] == "pass" and not answer.keys() & {"value", "inputs", "choice", "text"}:
            answer |= {"result": "fail", "cause": "facility", "note": "还没修好", "fixed": False}


def _shots(step: Step, seen: Visit, chance: Random, at: datetime, *, fails: bool) -> list[Shot]:
    if step.evidence is not Evidence.PHOTO or (seen.occupied and not fails):
        return []
    return [_shot(step, chance, at, dirty=fails) for _ in range(max(1, step.photo_min))]


def _shot(step: Step, chance: Random, at: datetime, *, dirty: bool) -> Shot:
    return Shot(str(UUID(int=chance.getrandbits(128), version=4)), step, at, dirty)


def _needs_signature(step: Step, answer: Mapping[str, Any], *, forbidden: bool) -> bool:
    if forbidden and step.evidence is Evidence.PHOTO:
        return True
    if not step.dual_sign:
        return False
    return not step.dual_sign_choices or answer.get("choice") in step.dual_sign_choices
