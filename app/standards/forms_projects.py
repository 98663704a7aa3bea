"""Forms of projects as they come in: text becomes plain values; what does not hold is said by the rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Protocol

from app.standards.rules_consulting import Asked
from app.standards.rules_publishing import MOST_LINES, PlanLine, Wish, line_faults
from app.standards.rules_review import Minutes, Question
from app.web.words import lazy

MOST_ASKED, MOST_NAMES, MOST_POINTS = 60, 40, 500


class Fields(Protocol):
    """A form as it was sent."""

    def get(self, key: str, default: str) -> str:
        """The first value of a field."""

    def getlist(self, key: str) -> list[str]:
        """All values of a field."""


@dataclass(frozen=True, slots=True)
class PlanForm:
    """The lines of a plan, and the sentences for those that do not hold."""

    lines: tuple[PlanLine, ...]
    errors: dict[str, object]


def text(form: Fields, name: str) -> str:
    """A field without the blanks around it."""
    return form.get(name, "").strip()


def day(written: str) -> date | None:
    """A date as browsers send it; None for anything else."""
    try:
        found = date.fromisoformat(written) if len(written) == 10 else None
    except ValueError:
        return None
    return found if found and 2000 <= found.year <= 2100 else None


def asked(form: Fields, names: dict[str, str]) -> list[tuple[Asked, str | None, str]]:
    """Units by their id, customers one a line; `names` unit id to name."""
    found: list[tuple[Asked, str | None, str]] = [
        (side, unit_id, names[unit_id])
        for side in (Asked.EXECUTING, Asked.SUPERVISING)
        for unit_id in form.getlist(side)[:MOST_ASKED]
        if unit_id in names
    ]
    return found + [(Asked.CUSTOMER, None, name) for name in lines(form, "customers", 80)[:MOST_NAMES]]


def lines(form: Fields, name: str, most: int) -> list[str]:
    """The lines of a text that say something, cut to `most` characters each."""
    return [line.strip()[:most] for line in form.get(name, "").splitlines() if line.strip()]


def minutes(form: Fields) -> Minutes:
    """The minutes of a review."""
    return Minutes(
        held_on=day(text(form, "held_on")),
        place=text(form, "place")[:80],
        present=tuple(lines(form, "present", 80)[:MOST_NAMES]),
        answers={each.value: form.get(each, "") == "yes" for each in Question if form.get(each, "") in ("yes", "no")},
        remarks={each.value: text(form, f"{each}_remark")[:500] for each in Question},
        conclusion=text(form, "conclusion"),
        passed=form.get("passed", "") == "1",
    )


def wish(form: Fields) -> Wish:
    """How a standard shall be published."""
    return Wish(
        effective_on=day(text(form, "effective_on")),
        next_review_on=day(text(form, "next_review_on")),
        trial=form.get("trial", "") == "1",
        points=tuple(form.getlist("points")[:MOST_POINTS]),
        implementer_id=text(form, "implementer"),
    )


def plan(form: Fields) -> PlanForm:
    """The lines that hold anything; each is told by its number what it lacks."""
    names = [each.name for each in fields(PlanLine)]
    columns = [form.getlist(name)[: MOST_LINES + 1] for name in names]
    rows = [row for row in zip(*_even(columns), strict=True) if any(cell.strip() for cell in row)]
    errors: dict[str, object] = {}
    if len(rows) > MOST_LINES:
        errors["plan"] = lazy("At most %(n)d lines.", n=MOST_LINES)
    found = []
    for number, row in enumerate(rows, 1):
        given = {name: cell.strip() for name, cell in zip(names, row, strict=True)}
        from_on, to_on = day(given["from_on"]), day(given["to_on"])
        if sentence := line_faults(given, from_on, to_on):
            errors[f"line-{number}"] = sentence
        elif from_on and to_on:
            found.append(PlanLine(**{**given, "from_on": from_on, "to_on": to_on}))
    return PlanForm(tuple(found), errors)


def _even(columns: Sequence[Sequence[str]]) -> list[list[str]]:
    longest = max(map(len, columns), default=0)
    return [[*column, *[""] * (longest - len(column))] for column in columns]
