"""The check of a rota before it is published: design gaps (MT-17) and whether people can do what it asks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.places.queries import PlacedPoint, all_standards_here, points_within
from app.schedule.queries_gaps import Gaps, design_gaps, gaps_with
from app.schedule.queries_plan import EVERYWHERE, calendar, edition_plans
from app.schedule.queries_rota import names_of, places, published_rounds, shift_plans, walking
from app.schedule.rules_days import Calendar
from app.schedule.rules_plan import EditionPlan, Planned, PointPlan, Site, plan, point_facts
from app.schedule.rules_rota import (
    Doubled,
    RoundPlan,
    Staff,
    Work,
    different,
    doubled,
    twice_owned,
    unowned,
    ways,
    works,
)
from app.schedule.rules_rota_words import jam_sentence
from app.schedule.rules_schedules import Schedule, schedules_of
from app.schedule.rules_verdicts import Heavy, jams
from app.standards.queries import edition, edition_rows
from app.web.words import _

HALF_A_YEAR = timedelta(days=183)
# Of editions that take effect on one day the last by number rules.
COMING = "~"


@dataclass(frozen=True)
class Hindrance:
    """Why something may not be published, and where it can be mended."""

    sentence: str
    link: str


@dataclass(frozen=True)
class Checked:
    """What a check found; `works` are the shifts it looked at, each kind once."""

    gaps: Gaps
    jams: Sequence[Heavy]
    doubled: Sequence[Doubled]
    twice: Sequence[tuple[RoundPlan, RoundPlan]]
    nobodys: Sequence[tuple[str, str]]
    works: Sequence[Work]
    staff: Staff

    @property
    def hindered(self) -> bool:
        """Whether a rota like this may not be published."""
        return bool(self.gaps.count or self.jams or self.doubled or self.twice)


def works_ahead(
    org_id: str, on: date, staff: Staff, editions: Sequence[EditionPlan] | None = None
) -> tuple[list[Planned], list[Work]]:
    """What is due of a unit in the half year from a day on, and the different shifts it makes.

    Where the list of days off does not reach, the first week is counted once more as if it were holidays.
    """
    listed, until = calendar(), on + HALF_A_YEAR
    planned = planned_of(org_id, on, until, staff.zone, editions)
    todo = works(planned, staff)
    if not any(on <= day <= until for day in listed.holidays):
        week = [on + timedelta(days=number) for number in range(7)]
        off = replace(listed, holidays=listed.holidays | {*week})
        todo += works(planned_of(org_id, week[0], week[-1], staff.zone, editions, off), staff)
    return planned, different(todo)


def check_rota(rounds: Sequence[RoundPlan], org_id: str, on: date, zone: ZoneInfo) -> Checked:
    """The rounds of a unit over the half year from a day on; what events bring is not counted."""
    staff = staff_of(rounds, zone)
    planned, found = works_ahead(org_id, on, staff)
    names = {point.id: point.name for point in points_within(EVERYWHERE)}
    bare = {(names.get(each.point_id, each.point_id), each.reference) for each in unowned(planned, rounds)}
    return Checked(
        gaps=design_gaps(on),
        jams=jams(found, staff),
        doubled=doubled(rounds, staff.shifts),
        twice=twice_owned(rounds),
        nobodys=sorted(bare),
        works=found,
        staff=staff,
    )


def staff_of(rounds: Sequence[RoundPlan], zone: ZoneInfo) -> Staff:
    """Rounds with the shifts and the minutes of the ways as they are set."""
    where, minutes = places(), walking()

    def walk(those: Iterable[RoundPlan]) -> dict[tuple[str, str], int]:
        return ways(those, where, minutes)

    return Staff(rounds, shift_plans(), walk(rounds), zone, walk)


def planned_of(
    org_id: str,
    first: date,
    last: date,
    zone: ZoneInfo,
    editions: Sequence[EditionPlan] | None = None,
    listed: Calendar | None = None,
) -> list[Planned]:
    """What is due of a unit by the calendar, each with the minutes it takes."""
    minutes = {row.number: edition(row).expected_minutes for row in edition_rows()}
    site = Site(_points_of(org_id), editions or edition_plans(), listed or calendar(), zone)
    return [
        each if each.expected_minutes else replace(each, expected_minutes=minutes.get(each.edition, 0))
        for each in plan(site, first, last)
    ]


def faults_of_edition(code: str, document: Mapping[str, Any], on: date, zone: ZoneInfo) -> list[Hindrance]:
    """What stands against an edition taking effect on a day: gaps it would leave, intervals nobody could keep.

    `document` is an edition's document; only gaps and intervals that this standard has a part in are named.
    """
    coming = EditionPlan(COMING, code, on, None, _timed(document))
    editions = (*edition_plans(), coming)
    found = [Hindrance(sentence, "/rounds") for sentence in _gap_sentences(gaps_with(code, editions, on))]
    for org_id in sorted({each.implementer_id for each in all_standards_here() if each.standard_code == code}):
        found += _jams_of_edition(org_id, code, editions, on, zone)
    return found


def _jams_of_edition(
    org_id: str, code: str, editions: Sequence[EditionPlan], on: date, zone: ZoneInfo
) -> list[Hindrance]:
    staff = staff_of(published_rounds([org_id]), zone)
    touched = [each for each in works_ahead(org_id, on, staff, editions)[1] if _names(each, code)]
    names = names_of(sorted({each.person_id for each in staff.rounds}))
    return [
        Hindrance(jam_sentence(each, staff.shifts, names), f"/rounds/rota/{org_id}") for each in jams(touched, staff)
    ]


def _timed(document: Mapping[str, Any]) -> tuple[Schedule, ...]:
    """The schedules of an edition's document; windows that say no minutes take those of the edition."""
    takes = int(document.get("expected_minutes") or 0)
    return tuple(
        replace(
            each, windows=tuple(replace(one, expected_minutes=one.expected_minutes or takes) for one in each.windows)
        )
        for each in schedules_of(document.get("schedules") or ())
    )


def _names(work: Work, code: str) -> bool:
    return any(task.reference.startswith(f"{code}/") for task in work.tasks)


def _gap_sentences(gaps: Gaps) -> list[str]:
    return [
        *(_("%(name)s: no handover window covers it", name=name) for name in gaps.handovers),
        *(_("%(name)s: open on holidays, but nothing is due there", name=name) for name in gaps.points),
    ]


def _points_of(org_id: str) -> list[PointPlan]:
    codes: dict[str, list[str]] = {}
    for here in all_standards_here():
        if here.implementer_id == org_id:
            codes.setdefault(here.point_id, []).append(here.standard_code)
    return [_point(each, codes[each.id]) for each in points_within(EVERYWHERE) if each.id in codes]


def _point(point: PlacedPoint, codes: Iterable[str]) -> PointPlan:
    return PointPlan(point.id, tuple(codes), point_facts(point.attrs))
