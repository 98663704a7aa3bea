"""One month as its page needs it, and the records behind each of its figures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo

from sqlalchemy import ColumnElement, func, select

from app import db
from app.organisations.queries import scope_of
from app.schedule.models import Occurrence
from app.schedule.rules_days import DayType
from app.schedule.rules_states import DONE
from app.schedule.rules_windows import WindowKind
from app.stats.forms import MonthQuery, RecordQuery
from app.stats.queries_log import page_of_lines
from app.stats.queries_month import (
    DUE,
    PERSON,
    PersonSums,
    Spot,
    found_by_unit,
    holiday_coverage,
    in_reach,
    missed_starts,
    people_of,
    period,
    spots_of,
    sums_by_instant,
)
from app.stats.rules import Counts, Coverage, added
from app.stats.rules_log import LogLine, choices
from app.stats.rules_month import TableLine, folded, ordered
from app.stats.rules_outcomes import OUTCOMES
from app.stats.rules_trend import Day, Trend, days_of, heat_of, trend_of
from app.web.current import CurrentPerson

RECORDS_A_PAGE = 50


@dataclass(frozen=True)
class MonthPage:
    """What the page shows; `lines` are those of the chosen table, worst first."""

    query: MonthQuery
    now: datetime
    counts: Counts
    coverage: Coverage
    lines: list[TableLine]
    days: list[Day]
    trend: Trend
    heat: dict[tuple[int, int], int]
    units: list[tuple[str, str]]
    found: int
    fixed: int


@dataclass(frozen=True)
class Records:
    """A page of the windows behind a figure."""

    lines: list[LogLine]
    whole: int
    now: datetime


def month_page(who: CurrentPerson, query: MonthQuery, now: datetime, zone: tzinfo) -> MonthPage:
    """The month of a person's reach; at most nine queries."""
    scope = scope_of(who)
    everything = [*in_reach(scope), *period(query.first, now, zone)]
    clauses = [*everything, *([Occurrence.implementer_id == query.unit] if query.unit else [])]
    all_spots = spots_of(everything)
    spots = [each for each in all_spots if query.unit in ("", each.unit_id)]
    found = found_by_unit(scope, query.first, now, zone)
    mine = [pair for unit, pair in found.items() if query.unit in ("", unit)]
    days = days_of(sums_by_instant(clauses), zone)
    return MonthPage(
        query=query,
        now=now,
        counts=added(each.counts for each in spots),
        coverage=holiday_coverage(clauses),
        lines=table_of(query.by, spots, people_of(clauses) if query.by == "person" else [], found),
        days=days,
        trend=trend_of(days, query.first),
        heat=heat_of(missed_starts(clauses), zone),
        units=choices((each.unit_id, each.unit) for each in all_spots),
        found=sum(pair[0] for pair in mine),
        fixed=sum(pair[1] for pair in mine),
    )


def table_of(
    by: str, spots: list[Spot], people: list[PersonSums], found: dict[str, tuple[int, int]]
) -> list[TableLine]:
    """The lines of one of the four tables."""
    if by == "person":
        return ordered(
            TableLine(each.person_id, each.name, each.unit, each.counts, helped=each.helped) for each in people
        )
    if by == "point":
        return folded(
            spots,
            lambda each: each.point_id,
            lambda each, n: TableLine(each.point_id, each.point, f"{each.point_code} {each.building}", n, each.zone),
            lambda each: each.counts,
        )
    if by == "standard":
        return folded(
            spots,
            lambda each: each.standard_code,
            lambda each, n: TableLine(each.standard_code, each.standard, each.standard_code, n),
            lambda each: each.counts,
        )
    lines = folded(
        spots,
        lambda each: each.unit_id,
        lambda each, n: TableLine(each.unit_id, each.unit, "", n),
        lambda each: each.counts,
    )
    credit = {line.key: found.get(line.key, (0, 0)) for line in lines}
    return [replace(line, found=credit[line.key][0], fixed=credit[line.key][1]) for line in lines]


def tables(who: CurrentPerson, query: MonthQuery, now: datetime, zone: tzinfo) -> dict[str, list[TableLine]]:
    """All four tables, for a file. Five queries."""
    scope = scope_of(who)
    unit = [Occurrence.implementer_id == query.unit] if query.unit else []
    clauses = [*in_reach(scope), *period(query.first, now, zone), *unit]
    spots, people, found = spots_of(clauses), people_of(clauses), found_by_unit(scope, query.first, now, zone)
    return {by: table_of(by, spots, people, found) for by in ("unit", "point", "standard", "person")}


def records(who: CurrentPerson, query: RecordQuery, now: datetime, zone: tzinfo) -> Records:
    """The windows behind a figure, newest first. Three or four queries."""
    clauses = [*in_reach(scope_of(who)), *period(query.first, now, zone), *_wanted(query, zone)]
    if query.weekday is not None or query.hour is not None:
        clauses.append(Occurrence.start_at.in_(_starts(query, clauses, zone)))
    whole = db.scalar(select(func.count()).select_from(Occurrence).where(*clauses)) or 0
    lines = page_of_lines(clauses, (query.page - 1) * RECORDS_A_PAGE, RECORDS_A_PAGE)
    return Records(lines, whole, now)


def _wanted(query: RecordQuery, zone: tzinfo) -> list[ColumnElement[bool]]:
    equal = {
        Occurrence.implementer_id: query.unit,
        Occurrence.point_id: query.point,
        Occurrence.standard_code: query.standard,
    }
    clauses = [column == value for column, value in equal.items() if value]
    clauses += [PERSON.in_([query.person])] if query.person else []
    clauses += [Occurrence.done_by_id == query.helper, Occurrence.assignee_id != query.helper] if query.helper else []
    clauses += _of_measure(query.measure)
    clauses += _of_day(query.day, zone) if query.day else []
    states = next((each.states for each in OUTCOMES if each.key == query.outcome), None)
    return [*clauses, Occurrence.state.in_(states)] if states else clauses


def _of_measure(key: str) -> list[ColumnElement[bool]]:
    """The windows that a measure divides by."""
    special: dict[str, list[ColumnElement[bool]]] = {
        "on_time": [],
        "completion": [],
        "conformity": [Occurrence.steps_pass + Occurrence.steps_fail > 0],
        "key": [Occurrence.key_due > 0],
        "photo": [Occurrence.photos_due > 0],
        "holiday": [Occurrence.day_type == DayType.HOLIDAY],
        "handover": [Occurrence.kind == WindowKind.HANDOVER],
        "scan": [Occurrence.state.in_(DONE)],
        "found": [Occurrence.steps_fail > 0],
    }
    return [DUE, *special[key]] if key in special else []


def _of_day(day: date, zone: tzinfo) -> list[ColumnElement[bool]]:
    begins = datetime.combine(day, time(), zone)
    ends = datetime.combine(day + timedelta(days=1), time(), zone)
    return [Occurrence.grace_end_at >= begins, Occurrence.grace_end_at < ends]


def _starts(query: RecordQuery, clauses: list[ColumnElement[bool]], zone: tzinfo) -> list[datetime]:
    """The starts on that weekday and in that hour at the site: local time is not the database's to know."""
    local = [
        (row[0], row[0].astimezone(zone)) for row in db.rows(select(Occurrence.start_at).where(*clauses).distinct())
    ]
    return [instant for instant, at in local if query.weekday in (None, at.weekday()) and query.hour in (None, at.hour)]
