"""What a round of a unit can be made of: its points, crews and people, the shifts, the windows of its standards."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.places.queries import all_standards_here, points_within
from app.schedule.queries_plan import EVERYWHERE, edition_plans
from app.schedule.queries_rota import Named, crews_of, hands_of, shift_plans
from app.schedule.rules_plan import EditionPlan
from app.schedule.rules_rota import ShiftPlan
from app.standards.queries import standards


@dataclass(frozen=True)
class PointChoice:
    """A point at which the unit works."""

    id: str
    name: str
    code: str


@dataclass(frozen=True)
class WindowChoice:
    """A window, or all windows of an event; times are local HH:MM."""

    reference: str
    code: str
    title: str
    starts: str
    ends: str
    label: str


@dataclass(frozen=True)
class Choices:
    """Everything there is to choose from."""

    shifts: Sequence[ShiftPlan]
    crews: Sequence[Named]
    people: Sequence[Named]
    points: Sequence[PointChoice]
    windows: Sequence[WindowChoice]


def choices_of(org_id: str, day: date) -> Choices:
    """For a unit on a day; windows of editions in force and of those that come."""
    here = [each for each in all_standards_here() if each.implementer_id == org_id]
    placed, codes = {each.point_id for each in here}, {each.standard_code for each in here}
    return Choices(
        shifts=tuple(shift_plans().values()),
        crews=crews_of(org_id),
        people=hands_of(org_id),
        points=[PointChoice(each.id, each.name, each.code) for each in points_within(EVERYWHERE) if each.id in placed],
        windows=windows_of(codes, day),
    )


def windows_of(codes: set[str], day: date) -> list[WindowChoice]:
    """By standard, schedule and window, each once."""
    titles = {each.code: each.title for each in standards()}
    found: dict[str, WindowChoice] = {}
    for each in edition_plans():
        if each.code in codes and (each.ended_on is None or each.ended_on >= day):
            for one in _windows(each, titles.get(each.code, "")):
                found.setdefault(one.reference, one)
    return [found[reference] for reference in sorted(found)]


def _windows(each: EditionPlan, title: str) -> list[WindowChoice]:
    found = []
    for schedule in each.schedules:
        if schedule.trigger is not None:
            found.append(WindowChoice(f"{each.code}/{schedule.id}", each.code, title, "", "", schedule.label))
        for window in schedule.windows:
            reference = f"{each.code}/{schedule.id}/{window.id}"
            clocks = (f"{window.start:%H:%M}", f"{window.end:%H:%M}")
            found.append(WindowChoice(reference, each.code, title, *clocks, window.label or schedule.label))
    return found
