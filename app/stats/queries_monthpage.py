"""One month as its page needs it, and the records behind each of its figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo

from sqlalchemy import ColumnElement, func, select

from app import db
from app.days import ONE_DAY, begins
from app.organisations.queries import scope_of
from app.organisations.rules import Scope
from app.schedule.models import Occurrence
from app.schedule.queries_gaps import Gaps
from app.schedule.rules_days import DayType
from app.schedule.rules_states import DONE, State
from app.schedule.rules_windows import WindowKind
from app.stats import queries_sums as sums
from app.stats.forms import MonthQuery
from app.stats.queries_beside import gaps_of, rates
from app.stats.queries_lines import WHOLE, lines_of
from app.stats.queries_log import page_of_lines
from app.stats.queries_month import (
    DUE,
    HELPED,
    PERSON,
    PersonSums,
    Spot,
    found_by_unit,
    in_reach,
    period,
)
from app.stats.rules import Counts, added
from app.stats.rules_asked import RecordQuery
from app.stats.rules_log import LogLine, choices
from app.stats.rules_month import Cut, Part, TableLine, folded, ordered
from app.stats.rules_outcomes import OUTCOMES
from app.stats.rules_trend import Day, Trend, days_of, heat_of, trend_of
from app.tallies.models import DAYS, POINTS
from app.tallies.queries import Asked, counts_by_day, grouped, missed_starts
from app.tallies.rules_rates import Rate
from app.web.current import CurrentPerson

RECORDS_A_PAGE = 50


@dataclass(frozen=True)
class MonthPage:
    """What the page shows; `table` is a page of the chosen one; `gaps` None: not this reader's (MT-17)."""

    query: MonthQuery
    now: datetime
    counts: Counts
    table: Part
    days: list[Day]
    trend: Trend
    heat: dict[tuple[int, int], int]
    units: list[tuple[str, str]]
    found: int
    fixed: int
    beside: dict[str, Rate]
    gaps: Gaps | None = None


@dataclass(frozen=True)
class Records:
    """A page of the windows behind a figure."""

    lines: list[LogLine]
    whole: int
    now: datetime


def asked_for(who: CurrentPerson, query: MonthQuery, now: datetime, zone: tzinfo) -> Asked:
    """The month of a person's reach, held to a unit where one is chosen. One query, none for the bureau-wide."""
    return Asked(query.first, now, zone, scope_of(who), {"implementer_id": query.unit} if query.unit else {})


def month_page(who: CurrentPerson, query: MonthQuery, now: datetime, zone: tzinfo) -> MonthPage:
    """The month of a person's reach; at most twenty queries, each of cells or of a month's findings and reviews."""
    asked = asked_for(who, query, now, zone)
    scope, everything = asked.scope, replace(asked, equal={})
    all_units = sums.units(everything)
    found = found_by_unit(scope, query.first, now, zone)
    mine = [pair for unit, pair in found.items() if query.unit in ("", unit)]
    days = days_of(counts_by_day(asked), zone)
    asked_units = [each for each in all_units if query.unit in ("", each.key)]
    counts = added(each.counts for each in asked_units)
    return MonthPage(
        query=query,
        now=now,
        counts=counts,
        table=_table(query.by, asked, found, query.cut),
        days=days,
        trend=trend_of(days, query.first),
        heat=heat_of(missed_starts(asked), zone) if counts.missed else {},
        units=choices((each.key, each.name) for each in all_units),
        found=sum(pair[0] for pair in mine),
        fixed=sum(pair[1] for pair in mine),
        beside=rates(asked, asked_units) if counts.planned else {},
        gaps=gaps_of(who, asked),
    )


def _table(by: str, asked: Asked, found: dict[str, tuple[int, int]], cut: Cut = WHOLE) -> Part:
    """One of the four tables, with what units found and put right. One query, two for a page of points."""
    part = lines_of(by, asked, cut)
    if by != "unit":
        return part
    credit = {line.key: found.get(line.key, (0, 0)) for line in part.lines}
    credited = [replace(line, found=credit[line.key][0], fixed=credit[line.key][1]) for line in part.lines]
    return replace(part, lines=credited)


def table_in(scope: Scope, by: str, first: date, now: datetime, zone: tzinfo) -> list[TableLine]:
    """One of the four tables of a month for any reach, from the tallies. At most two queries."""
    found = found_by_unit(scope, first, now, zone) if by == "unit" else {}
    return list(_table(by, Asked(first, now, zone, scope), found).lines)


def table_of(
    by: str, spots: list[Spot], people: list[PersonSums], found: dict[str, tuple[int, int]]
) -> list[TableLine]:
    """The lines of one of the four tables from raw sums."""
    if by == "person":
        return ordered(
            TableLine(each.person_id, each.name, each.unit, each.counts, helped=each.helped) for each in people
        )
    named: dict[str, Callable[[Spot, Counts], TableLine]] = {
        "point": lambda one, n: TableLine(one.point_id, one.point, f"{one.point_code} {one.building}", n, one.zone),
        "standard": lambda one, n: TableLine(one.standard_code, one.standard, one.standard_code, n),
        "unit": lambda one, n: TableLine(one.unit_id, one.unit, "", n, "", 0, *found.get(one.unit_id, (0, 0))),
    }
    line = named[by]
    return folded(spots, lambda one: line(one, one.counts).key, line, lambda one: one.counts)


def tables(who: CurrentPerson, query: MonthQuery, now: datetime, zone: tzinfo) -> dict[str, list[TableLine]]:
    """All four tables, for a file. At most six queries."""
    return tables_in(scope_of(who), query, now, zone)


def tables_in(scope: Scope, query: MonthQuery, now: datetime, zone: tzinfo) -> dict[str, list[TableLine]]:
    """The same for any reach. Five queries."""
    asked = Asked(query.first, now, zone, scope, {"implementer_id": query.unit} if query.unit else {})
    found = found_by_unit(scope, query.first, now, zone)
    return {by: list(_table(by, asked, found).lines) for by in ("unit", "point", "standard", "person")}


def records(
    who: CurrentPerson, query: RecordQuery, now: datetime, zone: tzinfo, also: Sequence[ColumnElement[bool]] = ()
) -> Records:
    """The windows behind a figure that `also` fulfil these clauses, newest first (MT-34). Three or four queries."""
    scope = scope_of(who)
    clauses = [*in_reach(scope), *period(query.first, now, zone), *_wanted(query, zone), *also]
    if query.weekday is not None or query.hour is not None:
        clauses.append(Occurrence.start_at.in_(_starts(query, clauses, zone)))
    lines = page_of_lines(clauses, (query.page - 1) * RECORDS_A_PAGE, RECORDS_A_PAGE)
    if also or replace(query, unit="", point="", standard="", page=1) != RecordQuery(query.first):
        return Records(lines, db.scalar(select(func.count()).select_from(Occurrence).where(*clauses)) or 0, now)
    return Records(lines, _whole(query, Asked(query.first, now, zone, scope)), now)


def _whole(query: RecordQuery, asked: Asked) -> int:
    """How many windows a unit, a point or a standard has: from the tallies, which need not count them one by one."""
    keys = {"implementer_id": query.unit, "point_id": query.point, "standard_code": query.standard}
    mine = replace(asked, equal={name: value for name, value in keys.items() if value})
    found = grouped(POINTS if query.point else DAYS, [], mine, ("due", "reported"))
    return sum(int(row[0]) + int(row[1]) for row in db.rows(found, mine.values))


def _wanted(query: RecordQuery, zone: tzinfo) -> list[ColumnElement[bool]]:
    equal = {
        Occurrence.implementer_id: query.unit,
        Occurrence.point_id: query.point,
        Occurrence.standard_code: query.standard,
    }
    clauses = [column == value for column, value in equal.items() if value]
    clauses += [PERSON.in_([query.person])] if query.person else []
    clauses += [Occurrence.done_by_id == query.helper, HELPED] if query.helper else []
    clauses += of_measure(query.measure)
    clauses += _of_day(query.day, zone) if query.day else []
    states = next((each.states for each in OUTCOMES if each.key == query.outcome), None)
    return [*clauses, Occurrence.state.in_(states)] if states else clauses


def of_measure(key: str) -> list[ColumnElement[bool]]:
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
        "short": [Occurrence.state.in_(DONE)],
        "usage": [Occurrence.state.in_(DONE)],
        "in_grace": [Occurrence.state == State.IN_GRACE],
        "found": [Occurrence.steps_fail > 0],
    }
    return [DUE, *special[key]] if key in special else []


def _of_day(day: date, zone: tzinfo) -> list[ColumnElement[bool]]:
    return [Occurrence.grace_end_at >= begins(day, zone), Occurrence.grace_end_at < begins(day + ONE_DAY, zone)]


def _starts(query: RecordQuery, clauses: list[ColumnElement[bool]], zone: tzinfo) -> list[datetime]:
    """The starts on that weekday and in that hour at the site: local time is not the database's to know."""
    local = [
        (row[0], row[0].astimezone(zone)) for row in db.rows(select(Occurrence.start_at).where(*clauses).distinct())
    ]
    return [instant for instant, at in local if query.weekday in (None, at.weekday()) and query.hour in (None, at.hour)]
