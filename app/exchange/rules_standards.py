"""Rows of the workbook of standards as documents of drafts, and their faults by the cell that is meant; pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from app.exchange.rules import Fault, Parsed, Values
from app.standards.rules_document import faults_of
from app.standards.rules_document_limits import limit_faults
from app.standards.rules_editing import (
    MAX_SCHEDULES,
    MAX_STEPS,
    blank,
    blank_schedule,
    blank_step,
    blank_window,
)
from app.web.words import lazy

Document = dict[str, Any]
SHORTEST_SECONDS = 5


def document_of(standard: Values, steps: Iterable[Values], windows: Iterable[Values]) -> Document:
    """The document of one standard of the workbook; its number comes with its publication."""
    head = {
        "title_en": standard["title_en"] or None,
        "summary": standard["summary"] or None,
        "expected_minutes": standard["minutes"],
        "public": standard["public"],
    }
    several = {"steps": [_step(each) for each in steps], "schedules": _schedules(windows)}
    return {**blank(str(standard["title"])), **head, **several}


def documents_of(
    standards: Iterable[Values], steps: Sequence[Values], windows: Sequence[Values]
) -> dict[str, Document]:
    """Key of the workbook to the document."""
    return {
        str(each["key"]): document_of(
            each,
            [step for step in steps if step["standard"] == each["key"]],
            [window for window in windows if window["standard"] == each["key"]],
        )
        for each in standards
    }


def standards_faults(
    standards: Sequence[Parsed], steps: Sequence[Parsed], windows: Sequence[Parsed], taken: Iterable[str], today: date
) -> list[Fault]:
    """What does not hold in rows that can each be read."""
    keys, titles, found = {row.values["key"] for row in standards}, set(taken), list[Fault]()
    for row in (*steps, *windows):
        if row.values["standard"] not in keys:
            found.append(fault_at(row, "standard", lazy("The sheet of standards has no such key.")))
    for row in standards:
        if row.values["title"] in titles:
            found.append(fault_at(row, "title", lazy("A standard or a running project has this title.")))
        titles.add(str(row.values["title"]))
        if str(row.values["due_on"]) < today.isoformat():
            found.append(fault_at(row, "due_on", lazy("Choose a day that lies ahead.")))
        own = [[each for each in rows if each.values["standard"] == row.values["key"]] for rows in (steps, windows)]
        found += _faults_of_one(row, own[0], own[1])
    return found


def fault_at(row: Parsed, column: str, sentence: object) -> Fault:
    """A fault at a cell of a row."""
    return Fault(row.sheet, row.cells[column], sentence)


def _faults_of_one(row: Parsed, steps: Sequence[Parsed], windows: Sequence[Parsed]) -> list[Fault]:
    document = document_of(row.values, [each.values for each in steps], [each.values for each in windows])
    if len(steps) > MAX_STEPS:
        sentence = lazy("A standard has at most %(n)d steps. Make two standards of it.", n=MAX_STEPS)
        return [fault_at(steps[MAX_STEPS], "id", sentence)]
    if len(document["schedules"]) > MAX_SCHEDULES:
        return [fault_at(windows[-1], "schedule", lazy("A standard has at most %(n)d schedules.", n=MAX_SCHEDULES))]
    by_step = {str(each.values["id"]): each for each in steps}
    by_schedule = {str(each.values["schedule"]): each for each in reversed(windows)}
    found = [*_unlike(windows)]
    for fault in faults_of(document):
        kind, _, name = fault.where.partition(" ")
        if kind in by_step:
            found.append(fault_at(by_step[kind], _column_of(by_step[kind], fault.sentence), fault.sentence))
        elif kind == "schedule" and name in by_schedule:
            found.append(fault_at(by_schedule[name], "start", fault.sentence))
        else:
            found.append(fault_at(row, "title", fault.sentence))
    return found


def _column_of(step: Parsed, sentence: object) -> str:
    """The column of a step's fault: that of its limits where the limits are meant."""
    if str(sentence) in {str(each) for each in limit_faults(_step(step.values))}:
        return "min" if step.values["unit"] else "unit"
    return {"choice": "choices", "photo": "photos"}.get(str(step.values["evidence"]), "title")


def _unlike(windows: Sequence[Parsed]) -> Iterable[Fault]:
    """Rows of one schedule say the same of its days."""
    first: dict[object, Parsed] = {}
    for row in windows:
        before = first.setdefault(row.values["schedule"], row)
        for column in ("repeats", "days", "first_on", "label"):
            if row.values[column] != before.values[column]:
                sentence = lazy("Row %(row)d says otherwise of the same schedule.", row=before.number)
                yield fault_at(row, column, sentence)


def _step(told: Values) -> Document:
    evidence = told["evidence"]
    step = blank_step(str(told["id"]), str(told["title"])) | {
        "requirement": told["requirement"],
        "key": told["key"],
        "evidence": evidence,
        "min_seconds": told["seconds"] or SHORTEST_SECONDS,
        "safety": told["safety"] or None,
        "clause": told["clause"] or None,
    }
    if evidence == "photo":
        step["photo_min"] = told["photos"] or 1
    if evidence == "number":
        step |= {"unit": told["unit"] or None, "min": _number(told["min"]), "max": _number(told["max"])}
        step["limit_basis"] = told["limit_basis"] or None
    if evidence == "choice":
        step |= {"choices": _list(told["choices"]), "pass_choices": _list(told["passing"])}
    return step


def _schedules(windows: Iterable[Values]) -> list[Document]:
    found: dict[str, Document] = {}
    for told in windows:
        letter = str(told["schedule"])
        if letter not in found:
            found[letter] = blank_schedule(letter, str(told["first_on"]).replace("-", "")) | {
                "label_zh": told["label"],
                "rrule": told["repeats"],
                "day_types": _list(told["days"]),
                "windows": [],
            }
        found[letter]["windows"].append(_window(f"{letter}{len(found[letter]['windows']) + 1}", told))
    return list(found.values())


def _window(window_id: str, told: Mapping[str, Any]) -> Document:
    return blank_window(window_id) | {
        "start": told["start"],
        "end": told["end"],
        "end_day_offset": 1 if told["next_day"] else 0,
        "profile": told["profile"],
        "expected_minutes": told["minutes"] or None,
    }


def _number(value: object) -> int | float | None:
    return value if isinstance(value, int | float) else None


def _list(value: object) -> list[str]:
    return list(value) if isinstance(value, tuple) else []
