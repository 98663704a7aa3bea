"""Design gaps of the rota, found before anything is missed (rules MT-17): what nothing covers."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time

from app.schedule.rules_days import DayType
from app.schedule.rules_plan import EditionPlan, PointPlan, edition_on
from app.schedule.rules_schedules import Schedule
from app.schedule.rules_windows import Window, WindowKind, reference_parts
from app.standards.rules_conditions import holds

MINUTES_A_DAY = 1440
OPEN_ON_HOLIDAY = "point.attrs.open_on_holiday"


@dataclass(frozen=True)
class Handover:
    """Where two shifts meet, in local time; `covered_by` are references CODE/SCHEDULE/WINDOW."""

    id: str
    starts: time
    ends: time
    day_types: frozenset[DayType]
    covered_by: tuple[str, ...]


def design_gap(handovers: Sequence[str], points: Sequence[str]) -> int:
    """MT-17 排班盲区: handovers without a handover window and points open on holidays without a schedule for them."""
    return len(handovers) + len(points)


def uncovered_handovers(handovers: Iterable[Handover], editions: Sequence[EditionPlan], day: date) -> list[str]:
    """Ids of handovers that on some of their day types have no handover window in the overlap."""
    return [handover.id for handover in handovers if handover.day_types - _types_covered(handover, editions, day)]


def uncovered_points(points: Iterable[PointPlan], editions: Sequence[EditionPlan], day: date) -> list[str]:
    """Ids of points open on a holiday at which no standard has a schedule for holidays."""
    return [
        point.id
        for point in points
        if point.facts.get(OPEN_ON_HOLIDAY) is True and not _has_holiday_schedule(point, editions, day)
    ]


def _types_covered(handover: Handover, editions: Sequence[EditionPlan], day: date) -> set[DayType]:
    types: set[DayType] = set()
    for schedule, window in _named(handover.covered_by, editions, day):
        if window.kind is WindowKind.HANDOVER and _meets(handover, window):
            types |= schedule.day_types
    return types


def _named(references: Iterable[str], editions: Sequence[EditionPlan], day: date) -> Iterator[tuple[Schedule, Window]]:
    for reference in references:
        code, schedule_id, window_id = reference_parts(reference)
        edition = edition_on((each for each in editions if each.code == code), day)
        for schedule in edition.schedules if edition else ():
            if schedule.id == schedule_id:
                yield from ((schedule, window) for window in schedule.windows if window.id == window_id)


def _meets(handover: Handover, window: Window) -> bool:
    """Whether the window touches the overlap, on the clock's circle because either may cross midnight."""
    start, end = _minute(window.start), _minute(window.end) + MINUTES_A_DAY * window.end_day_offset
    meeting, parting = _minute(handover.starts), _minute(handover.ends)
    if parting < meeting:
        parting += MINUTES_A_DAY
    turns = (-MINUTES_A_DAY, 0, MINUTES_A_DAY)
    return any(start + turn <= parting and meeting <= end + turn for turn in turns)


def _has_holiday_schedule(point: PointPlan, editions: Sequence[EditionPlan], day: date) -> bool:
    facts = {**point.facts, "date.day_type": DayType.HOLIDAY.value}
    for code in point.codes:
        edition = edition_on((each for each in editions if each.code == code), day)
        for schedule in edition.schedules if edition else ():
            if schedule.windows and DayType.HOLIDAY in schedule.day_types and holds(schedule.applies_when, facts):
                return True
    return False


def _minute(clock: time) -> int:
    return clock.hour * 60 + clock.minute
