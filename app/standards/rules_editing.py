"""Deeds on the document of a draft: each gives a new document and leaves the old one as it was."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from app.refusals import Invalid, NotFound
from app.standards.rules_questions import MAX_QUESTIONS, blank_question, demand_part, question_of, question_part
from app.web.words import lazy

Document = Mapping[str, Any]
Part = dict[str, Any]
MAX_STEPS = 120
MAX_SCHEDULES = 12
MAX_BYTES = 600_000
"""What a document may weigh as JSON; the largest of the demo has 12,000."""

NUMBERED = re.compile(r"S(\d{1,6})")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
WHOLE = ("head", "training")
"""Parts of which a document has one each."""

HEAD = (
    "title", "title_en", "summary", "confirm", "expected_minutes", "valid_minutes", "public", "photo_forbidden_when",
    "acceptance", "references", "speaks_to",
)  # fmt: skip


def blank(title: str) -> dict[str, Any]:
    """The document of a standard that nobody has written yet; number, code and year come with publication."""
    return {
        "number": "", "code": "", "year": 0, "title": title, "title_en": None, "summary": None, "confirm": "together",
        "expected_minutes": 10, "valid_minutes": None, "public": False, "photo_forbidden_when": None, "acceptance": [],
        "references": [], "schedules": [], "steps": [],
    }  # fmt: skip


def blank_step(step_id: str, title: str = "") -> Part:
    return {
        "id": step_id, "title": title, "title_en": None, "requirement": "", "key": False, "evidence": "none",
        "unit": None, "min": None, "max": None, "choices": None, "pass_choices": None, "applies_when": None,
        "min_seconds": 5, "safety": None, "fail_action": "nc", "severity": "minor", "cause_default": "work",
    }  # fmt: skip


def blank_schedule(letter: str, start: str) -> Part:
    """Every working day, one window in the morning; `start` is YYYYMMDD."""
    return {
        "id": letter, "label_zh": "", "kind": "calendar", "rrule": "FREQ=DAILY", "dtstart": start,
        "day_types": ["workday"], "roll": "none", "applies_when": None,
        "windows": [blank_window(f"{letter}1")],
    }  # fmt: skip


def blank_window(window_id: str) -> Part:
    return {
        "id": window_id, "start": "08:00", "end": "09:00", "end_day_offset": 0, "grace_before_min": 10,
        "grace_after_min": 15, "profile": "full", "kind": "regular", "expected_minutes": None, "label_zh": "",
    }  # fmt: skip


def next_step_id(document: Document, taken: Sequence[str] = ()) -> str:
    """S and the next number; a number that this draft or its edition has had (`taken`) names nothing else."""
    known = [*(step["id"] for step in document["steps"]), *taken]
    numbers = [int(found[1]) for each in known if (found := NUMBERED.fullmatch(each))]
    return f"S{max(numbers, default=0) + 1:02}"


def add_steps(document: Document, steps: Sequence[Part], after: str | None = None) -> dict[str, Any]:
    """New steps behind the one named, else at the end."""
    have = list(document["steps"])
    if len(have) + len(steps) > MAX_STEPS:
        raise Invalid(lazy("A standard has at most %(n)d steps. Make two standards of it.", n=MAX_STEPS))
    at = _place(have, after) + 1 if after else len(have)
    return {**document, "steps": [*have[:at], *steps, *have[at:]]}


def duplicate(document: Document, step_id: str, new_id: str) -> dict[str, Any]:
    """The same once more, right behind it."""
    return add_steps(document, [{**part_of(document, "step", step_id), "id": new_id}], step_id)


def move(document: Document, step_id: str, to: int) -> dict[str, Any]:
    """The step at another place, counted from 0; beyond an end means that end."""
    have = list(document["steps"])
    step = have.pop(_place(have, step_id))
    have.insert(max(0, min(to, len(have))), step)
    return {**document, "steps": have}


def place_of(document: Document, step_id: str) -> int:
    return _place(document["steps"], step_id)


def remove(document: Document, kind: str, part_id: str) -> dict[str, Any]:
    """Without one step or schedule."""
    have = parts(document, kind)
    at = _place(have, part_id)
    return {**document, _several(kind): [*have[:at], *have[at + 1 :]]}


def add_schedule(document: Document, start: str) -> dict[str, Any]:
    """One more schedule under the next free letter."""
    taken = {each["id"] for each in document["schedules"]}
    if len(taken) >= MAX_SCHEDULES:
        raise Invalid(lazy("A standard has at most %(n)d schedules.", n=MAX_SCHEDULES))
    letter = next(each for each in LETTERS if each not in taken)
    return {**document, "schedules": [*document["schedules"], blank_schedule(letter, start)]}


def add_question(document: Document, question_id: str) -> dict[str, Any]:
    """One more question at the end of the exam."""
    have = parts(document, "question")
    if len(have) >= MAX_QUESTIONS:
        raise Invalid(lazy("An exam has at most %(n)d questions.", n=MAX_QUESTIONS))
    return {**document, "exam": [*have, blank_question(question_id)]}


def part_of(document: Document, kind: str, part_id: str) -> Part:
    """The head (title and so on), the demand on people, a step, a schedule or a question; raises NotFound."""
    if kind == "head":
        return {name: document.get(name) for name in HEAD}
    if kind == "training":
        return demand_part(document)
    have = parts(document, kind)
    found = have[_place(have, part_id)]
    return question_part(found) if kind == "question" else dict(found)


def has_part(document: Document, kind: str, part_id: str) -> bool:
    return kind in WHOLE or any(each["id"] == part_id for each in parts(document, kind))


def parts(document: Document, kind: str) -> list[Part]:
    """All steps, schedules or questions; a text from before there were exams has none of these."""
    return list(document.get(_several(kind)) or ())


def with_part(document: Document, kind: str, part_id: str, part: Mapping[str, Any]) -> dict[str, Any]:
    """The document with this part in the place of the one before."""
    if kind == "head":
        return {**document, **{name: part.get(name) for name in HEAD}}
    if kind == "training":
        return {**document, "training": dict(part)}
    have = parts(document, kind)
    at = _place(have, part_id)
    made = question_of(part) if kind == "question" else dict(part)
    return {**document, _several(kind): [*have[:at], made, *have[at + 1 :]]}


def _several(kind: str) -> str:
    return {"step": "steps", "schedule": "schedules", "question": "exam"}[kind]


def _place(several: Sequence[Mapping[str, Any]], part_id: str) -> int:
    found = next((at for at, each in enumerate(several) if each["id"] == part_id), None)
    if found is None:
        raise NotFound(lazy("This part is no longer in the draft. Open the draft again."))
    return found
