"""What is due where and when: points, editions in force and a calendar become planned occurrences, stored nowhere."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from app.schedule.rules_days import Calendar, DayType, date_facts, day_type
from app.schedule.rules_recurrence import days_of
from app.schedule.rules_schedules import Schedule
from app.schedule.rules_turns import fitted, neighbours
from app.schedule.rules_windows import (
    LATE_AT_MOST,
    Span,
    Trigger,
    Window,
    WindowKind,
    event_key,
    expire_at,
    span_of_event,
    span_on,
    window_key,
)
from app.standards.rules_conditions import holds

Facts = Mapping[str, object]


@dataclass(frozen=True)
class EditionPlan:
    """When an edition is in force, both dates included, and its schedules; a draft has no `effective_on`."""

    number: str
    code: str
    effective_on: date | None
    ended_on: date | None
    schedules: tuple[Schedule, ...]

    def in_force_on(self, day: date) -> bool:
        """Whether this edition may judge a window of this business date, others aside."""
        if self.effective_on is None or day < self.effective_on:
            return False
        return self.ended_on is None or day <= self.ended_on


@dataclass(frozen=True)
class PointPlan:
    """A point with the standards (numbers without year) that hold there; `facts_on` adds those of a day."""

    id: str
    codes: tuple[str, ...]
    facts: Facts = field(default_factory=dict)
    facts_on: Mapping[date, Facts] = field(default_factory=dict)

    def facts_of(self, day: date) -> dict[str, object]:
        """`point.*` and `vehicle.*` as they stand on the day."""
        return {**self.facts, **self.facts_on.get(day, {})}


@dataclass(frozen=True)
class Event:
    """Something that triggers event windows: a meeting, a trip, the end of a long break; no point means every point."""

    id: str
    point_id: str | None
    anchors: Mapping[str, datetime]
    on: date
    facts: Facts = field(default_factory=dict)


@dataclass(frozen=True)
class Planned:
    """An occurrence as the rules see it: what, where, when, by which edition."""

    point_id: str
    code: str
    edition: str
    schedule_id: str
    window_id: str | None
    event_id: str | None
    window_key: str
    day_type: DayType
    profile: str
    kind: WindowKind
    label: str
    expected_minutes: int | None
    span: Span
    expire_at: datetime
    facts: Facts = field(default_factory=dict)

    @property
    def reference(self) -> str:
        """CODE/SCHEDULE/WINDOW, or CODE/SCHEDULE for an event, as rounds and handovers name it."""
        return "/".join(part for part in (self.code, self.schedule_id, self.window_id) if part)


@dataclass(frozen=True)
class Site:
    """What the plan of a whole site is made from."""

    points: Sequence[PointPlan]
    editions: Sequence[EditionPlan]
    calendar: Calendar
    zone: ZoneInfo
    events: Sequence[Event] = ()


def point_facts(attrs: Mapping[str, object]) -> dict[str, object]:
    """The facts of a point's attributes: point.attrs.*, and vehicle.* where the point is a vehicle."""
    vehicle = attrs.get("vehicle")
    facts = {f"point.attrs.{name}": value for name, value in attrs.items()}
    if isinstance(vehicle, Mapping):
        facts |= {f"vehicle.{name}": value for name, value in vehicle.items()}
    return facts


def edition_on(editions: Iterable[EditionPlan], day: date) -> EditionPlan | None:
    """The edition in force on a business date: of several the one that took effect last (rules MT-36)."""
    ruling = [edition for edition in editions if edition.in_force_on(day)]
    return max(ruling, key=lambda edition: (edition.effective_on or date.min, edition.number), default=None)


def plan(site: Site, first: date, last: date) -> list[Planned]:
    """Every occurrence whose business date lies from first to last, each with its expiry, by start.

    Looks past `last` as far as a late check may reach, because the next window ends the lateness of the one before.
    """
    reach = last + _overhang(site.editions)
    due = [*_calendar_dues(site, first, reach), *_event_dues(site)]
    within = [planned for planned in with_expiry(due) if first <= planned.span.business_on <= last]
    return sorted(within, key=lambda each: (each.span.start_at, each.point_id, each.code, each.window_key))


def with_expiry(dues: Iterable[Planned]) -> Iterator[Planned]:
    """Set `expire_at` from the next start of the same point, standard and schedule (rules MT-1)."""
    lanes: dict[tuple[str, str, str], list[Planned]] = defaultdict(list)
    for planned in dues:
        lanes[planned.point_id, planned.code, planned.schedule_id].append(planned)
    for lane in lanes.values():
        starts = sorted({planned.span.start_at for planned in lane})
        following = dict(pairwise(starts))
        for planned in lane:
            until = expire_at(planned.span.grace_end_at, following.get(planned.span.start_at))
            yield replace(planned, expire_at=until)


def _calendar_dues(site: Site, first: date, last: date) -> Iterator[Planned]:
    rivals = _by_code(site.editions)
    for edition in site.editions:
        here = [point for point in site.points if edition.code in point.codes]
        for schedule in edition.schedules:
            if schedule.recurrence is None or not here:
                continue
            for day in days_of(schedule.recurrence, site.calendar, first, last):
                if edition_on(rivals[edition.code], day) is edition:
                    yield from _dues_on(site, edition, schedule, day, here)


def _dues_on(
    site: Site, edition: EditionPlan, schedule: Schedule, day: date, points: Sequence[PointPlan]
) -> Iterator[Planned]:
    that_day = date_facts(day, site.calendar)
    spans = [(window, span_on(window, day, site.zone)) for window in schedule.windows]
    for point in points:
        if holds(schedule.applies_when, {**point.facts_of(day), **that_day}):
            for window, span in spans:
                yield _planned(edition, schedule, point, window, span, site.calendar, None)


def _event_dues(site: Site) -> Iterator[Planned]:
    rivals, near = _by_code(site.editions), neighbours(site.events)
    for edition in site.editions:
        for schedule in edition.schedules:
            if schedule.trigger is None:
                continue
            for event in site.events:
                span = span_of_event(schedule.trigger, event.anchors, site.zone)
                fits = span and fitted(schedule, span, event, near.get(event.id))
                if fits and edition_on(rivals[edition.code], fits[1].business_on) is edition:
                    yield from _dues_of(site, edition, fits[0], event, fits[1])


def _dues_of(site: Site, edition: EditionPlan, schedule: Schedule, event: Event, span: Span) -> Iterator[Planned]:
    if day_type(span.business_on, site.calendar) not in schedule.day_types or schedule.trigger is None:
        return
    that_day = date_facts(event.on, site.calendar)
    for point in site.points:
        if edition.code not in point.codes or event.point_id not in (None, point.id):
            continue
        if holds(schedule.applies_when, {**point.facts_of(event.on), **that_day, **event.facts}):
            yield _planned(edition, schedule, point, schedule.trigger, span, site.calendar, event)


def _planned(
    edition: EditionPlan,
    schedule: Schedule,
    point: PointPlan,
    window: Window | Trigger,
    span: Span,
    calendar: Calendar,
    event: Event | None,
) -> Planned:
    fixed = window if isinstance(window, Window) else None
    return Planned(
        point_id=point.id,
        code=edition.code,
        edition=edition.number,
        schedule_id=schedule.id,
        window_id=fixed.id if fixed else None,
        event_id=event.id if event else None,
        window_key=_key(span, schedule, fixed, event),
        day_type=day_type(span.business_on, calendar),
        profile=window.profile,
        kind=window.kind,
        label=fixed.label if fixed else schedule.label,
        expected_minutes=fixed.expected_minutes if fixed else None,
        span=span,
        expire_at=span.grace_end_at,
        facts=event.facts if event else {},
    )


def _key(span: Span, schedule: Schedule, window: Window | None, event: Event | None) -> str:
    if event is not None:
        return event_key(span.business_on, schedule.id, event.id)
    return window_key(span.business_on, schedule.id, window.id if window else "")


def _by_code(editions: Iterable[EditionPlan]) -> dict[str, list[EditionPlan]]:
    found: dict[str, list[EditionPlan]] = defaultdict(list)
    for edition in editions:
        found[edition.code].append(edition)
    return found


def _overhang(editions: Iterable[EditionPlan]) -> timedelta:
    """How far behind a start date its lateness can end: longest offset and grace, the 24 hours, and a day to spare."""
    windows = [window for edition in editions for schedule in edition.schedules for window in schedule.windows]
    offset = max((window.end_day_offset for window in windows), default=0)
    grace_min = max((window.grace_after_min for window in windows), default=0)
    return timedelta(days=offset + 2, minutes=grace_min) + LATE_AT_MOST
