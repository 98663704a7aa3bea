"""Reads for making rows ahead: calendar, editions, points, events, rounds and cover as the rules want them."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from app import db
from app.days import ONE_DAY, begins
from app.organisations.rules import Scope
from app.places.queries import PlacedPoint, StandardHere, all_standards_here, points_within
from app.schedule.models import CalendarDay, Cover, Handover, PointExemption, Round, ScheduleEvent
from app.schedule.models_rota import Absence
from app.schedule.rules_days import Calendar, DayType, Listed
from app.schedule.rules_events import EventKind, anchors_of, breaks
from app.schedule.rules_gaps import Handover as HandoverPlan
from app.schedule.rules_plan import EditionPlan, Event, PointPlan, Site, point_facts
from app.schedule.rules_rounds import Absent
from app.schedule.rules_rounds import Cover as CoverOf
from app.schedule.rules_rounds import Round as RoundOf
from app.schedule.rules_schedules import schedules_of
from app.standards.queries import edition, edition_rows

EVERYWHERE = Scope(None, answering=True)
BOOKED_THAT_DAY = "point.bookings_today"


@dataclass(frozen=True)
class Ground:
    """Everything the plan of a span of days is made from, and what a row adds to it."""

    site: Site
    points: Mapping[str, PlacedPoint]
    here: Mapping[tuple[str, str], StandardHere]
    rounds: tuple[RoundOf, ...]
    covers: tuple[CoverOf, ...]
    closures: tuple["Closure", ...]
    absences: tuple[Absent, ...]


@dataclass(frozen=True)
class Closure:
    """A planned exemption: what starts at the point by this standard from `from_at` until before `to_at` is exempt."""

    point_id: str
    code: str | None
    from_at: datetime
    to_at: datetime

    def covers(self, point_id: str, code: str, start_at: datetime) -> bool:
        """Whether a window at the point falls under it; without a standard all do."""
        return self.point_id == point_id and self.code in (None, code) and self.from_at <= start_at < self.to_at


def calendar() -> Calendar:
    """All stored days."""
    days = db.rows(select(CalendarDay.on, CalendarDay.kind))
    return Calendar(
        holidays=frozenset(row.on for row in days if row.kind == Listed.HOLIDAY),
        makeup_workdays=frozenset(row.on for row in days if row.kind == Listed.MAKEUP),
        official_years=frozenset(row.on.year for row in days),
    )


@dataclass(frozen=True)
class ListedDay:
    """A line of the holiday list: a day off, or a weekend day worked instead."""

    on: date
    kind: str
    name: str
    source: str


def listed_days(year: int) -> list[ListedDay]:
    """The stored list of a year in date order; empty: its days follow from their weekdays alone."""
    columns = (CalendarDay.on, CalendarDay.kind, CalendarDay.name, CalendarDay.source)
    within_year = CalendarDay.on.between(date(year, 1, 1), date(year, 12, 31))
    return [ListedDay(*row) for row in db.rows(select(*columns).where(within_year).order_by(CalendarDay.on))]


def ground(zone: ZoneInfo, first: date, last: date) -> Ground:
    """The whole site for business dates from first to last. About ten queries, whatever its size."""
    placed = {point.id: point for point in points_within(EVERYWHERE)}
    here = {(each.point_id, each.standard_code): each for each in all_standards_here() if each.point_id in placed}
    days, events = calendar(), events_around(zone, first, last)
    site = Site(
        points=_point_plans(placed.values(), here, _bookings(events)),
        editions=edition_plans(),
        calendar=days,
        zone=zone,
        events=(*(event for _kind, event in events), *breaks(days, first - ONE_DAY, last + ONE_DAY, zone)),
    )
    return Ground(site, placed, here, rounds(), covers(first, last), closures(first, zone), absences(first, last))


def edition_plans() -> tuple[EditionPlan, ...]:
    """Every edition that has or had force, with its schedules."""
    return tuple(
        EditionPlan(row.number, row.code, row.effective_on, row.ended_on, schedules_of(edition(row).schedules))
        for row in edition_rows()
        if row.effective_on is not None
    )


def rounds() -> tuple[RoundOf, ...]:
    """The active rounds."""
    found = db.rows(
        select(Round.id, Round.person_id, Round.points, Round.windows).where(Round.active).order_by(Round.id)
    )
    return tuple(RoundOf(row.id, row.person_id, frozenset(row.points), frozenset(row.windows)) for row in found)


def covers(first: date, last: date) -> tuple[CoverOf, ...]:
    """Cover of the days from first to last, the withdrawn included: the newest of a round and day counts."""
    found = db.rows(select(Cover.id, Cover.round_id, Cover.on, Cover.person_id).where(Cover.on.between(first, last)))
    return tuple(CoverOf(*row) for row in found)


def absences(first: date, last: date) -> tuple[Absent, ...]:
    """Who is away on days from first to last; what was taken back counts no more."""
    within = (Absence.to_on >= first, Absence.from_on <= last, Absence.ended_at.is_(None))
    columns = (Absence.person_id, Absence.from_on, Absence.to_on)
    return tuple(Absent(*row) for row in db.rows(select(*columns).where(*within)))


def closures(first: date, zone: ZoneInfo) -> tuple[Closure, ...]:
    """Planned exemptions that reach into the days from first on."""
    since = begins(first, zone)
    names = ("point_id", "standard_code", "from_at", "to_at")
    columns = [getattr(PointExemption, name) for name in names]
    return tuple(Closure(*row) for row in db.rows(select(*columns).where(PointExemption.to_at > since)))


def events_around(zone: ZoneInfo, first: date, last: date) -> list[tuple[EventKind, Event]]:
    """Events that are on and whose windows may fall on these days: from two days before to two after."""
    since = begins(first - 2 * ONE_DAY, zone)
    until = begins(last + 3 * ONE_DAY, zone)
    columns = (
        ScheduleEvent.id,
        ScheduleEvent.kind,
        ScheduleEvent.point_id,
        ScheduleEvent.starts_at,
        ScheduleEvent.ends_at,
        ScheduleEvent.facts,
    )
    lasting = func.coalesce(ScheduleEvent.ends_at, ScheduleEvent.starts_at)
    found = db.rows(
        select(*columns).where(ScheduleEvent.cancelled_at.is_(None), lasting >= since, ScheduleEvent.starts_at < until)
    )
    return [
        (
            EventKind(row.kind),
            Event(
                id=row.id,
                point_id=row.point_id,
                anchors=anchors_of(EventKind(row.kind), row.starts_at, row.ends_at),
                on=row.starts_at.astimezone(zone).date(),
                facts=row.facts or {},
            ),
        )
        for row in found
    ]


def handovers() -> tuple[HandoverPlan, ...]:
    """Where shifts meet."""
    columns = (Handover.id, Handover.starts, Handover.ends, Handover.day_types, Handover.covered_by)
    return tuple(
        HandoverPlan(
            row.id,
            time.fromisoformat(row.starts),
            time.fromisoformat(row.ends),
            frozenset(map(DayType, row.day_types)),
            tuple(row.covered_by),
        )
        for row in db.rows(select(*columns).order_by(Handover.id))
    )


def _point_plans(
    placed: Iterable[PlacedPoint], here: Iterable[tuple[str, str]], booked: Mapping[str, Mapping[date, int]]
) -> tuple[PointPlan, ...]:
    codes: dict[str, list[str]] = defaultdict(list)
    for point_id, code in here:
        codes[point_id].append(code)
    return tuple(
        PointPlan(
            point.id,
            tuple(codes[point.id]),
            point_facts(point.attrs),
            {day: {BOOKED_THAT_DAY: count} for day, count in booked.get(point.id, {}).items()},
        )
        for point in placed
    )


def _bookings(events: Iterable[tuple[EventKind, Event]]) -> Mapping[str, Mapping[date, int]]:
    """Meetings by point and local date."""
    booked: dict[str, Counter[date]] = defaultdict(Counter)
    for kind, event in events:
        if kind is EventKind.MEETING and event.point_id is not None:
            booked[event.point_id][event.on] += 1
    return booked
