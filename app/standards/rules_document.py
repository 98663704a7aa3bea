"""What is wrong with the document of a draft before it may go on: each fault with its place and a sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.standards.rules import Confirm, parse_edition
from app.standards.rules_document_exam import demand_faults, question_faults
from app.standards.rules_document_limits import limit_faults
from app.standards.rules_document_steps import step_faults
from app.standards.rules_document_when import schedule_faults
from app.standards.rules_document_whether import condition_fault, steps_named
from app.web.words import lazy


@dataclass(frozen=True, slots=True)
class Fault:
    """`where` is a step (S03), "schedule A", "question Q1", "training", or empty for the standard as a whole."""

    where: str
    sentence: Any


def faults_of(document: Mapping[str, Any]) -> tuple[Fault, ...]:
    """Every fault in reading order; none: the document may be reviewed and published. Never raises."""
    steps, schedules = _mappings(document.get("steps")), _mappings(document.get("schedules"))
    found = [Fault("", each) for each in _head_faults(document, steps)]
    for step in steps:
        sentences = [*step_faults(step), *limit_faults(step)]
        found += [Fault(_id(step), each) for each in sentences]
    found += _order_faults(steps)
    for schedule in schedules:
        found += [Fault(f"schedule {_id(schedule)}", each) for each in schedule_faults(schedule)]
    found += _exam_faults(document, steps)
    if not found and not _parses(document):
        found.append(Fault("", lazy("The document cannot be read as a standard.")))
    return tuple(found)


def _exam_faults(document: Mapping[str, Any], steps: list[Mapping[str, Any]]) -> list[Fault]:
    questions, known = _mappings(document.get("exam")), {_id(step) for step in steps}
    found = [Fault(f"question {_id(each)}", odd) for each in questions for odd in question_faults(each, known)]
    return found + [Fault("training", odd) for odd in demand_faults(document.get("training"), questions)]


def _head_faults(document: Mapping[str, Any], steps: list[Mapping[str, Any]]) -> Iterator[Any]:
    if not str(document.get("title") or "").strip():
        yield lazy("The standard has no title.")
    if not steps:
        yield lazy("The standard has no steps.")
    if document.get("confirm") not in (None, *Confirm):
        yield lazy("Choose how ordinary steps are confirmed.")
    if not _whole(document.get("expected_minutes"), 0, 1440):
        yield lazy("Give the usual time of a visit in minutes, from 0 to 1440.")
    if document.get("valid_minutes") is not None and not _whole(document["valid_minutes"], 1, 525_600):
        yield lazy("Give the time a result holds in minutes, from 1 up.")
    odd = condition_fault(document.get("photo_forbidden_when"))
    if odd:
        yield odd
    yield from _list_faults(document)


def _list_faults(document: Mapping[str, Any]) -> Iterator[Any]:
    for several in ("steps", "schedules", "exam"):
        listed = document.get(several)
        if listed is not None and len(_mappings(listed)) != (len(listed) if isinstance(listed, list) else -1):
            yield lazy("A list of the document cannot be read.")
        ids = Counter(_id(each) for each in _mappings(listed))
        for name in (name for name, count in ids.items() if count > 1):
            yield lazy("%(id)s stands there twice.", id=name)


def _order_faults(steps: list[Mapping[str, Any]]) -> list[Fault]:
    """A step may wait for the answers of earlier steps only; circles are named as such."""
    places = {_id(step): at for at, step in enumerate(steps)}
    waits = {_id(step): steps_named(step.get("applies_when")) for step in steps}
    found = []
    for at, step in enumerate(steps):
        own = _id(step)
        for other in sorted(waits[own]):
            if other not in places:
                found.append(Fault(own, lazy("Its condition names step %(id)s, which is not there.", id=other)))
            elif _reaches(other, own, waits):
                found.append(Fault(own, lazy("Steps %(a)s and %(b)s wait for each other.", a=own, b=other)))
            elif places[other] > at:
                found.append(
                    Fault(own, lazy("It waits for step %(id)s, which comes later. Move one of them.", id=other))
                )
    return found


def _reaches(start: str, goal: str, waits: Mapping[str, set[str]]) -> bool:
    seen, todo = set(), [start]
    while todo:
        here = todo.pop()
        if here == goal:
            return True
        if here not in seen:
            seen.add(here)
            todo += waits.get(here, ())
    return False


def _parses(document: Mapping[str, Any]) -> bool:
    try:
        parse_edition({"number": "", "code": "", **document, "year": 0})
    except (KeyError, ValueError, TypeError, AttributeError):
        return False
    return True


def _mappings(value: Any) -> list[Mapping[str, Any]]:
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []


def _id(part: Mapping[str, Any]) -> str:
    return str(part.get("id") or "?")[:20]


def _whole(value: Any, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
