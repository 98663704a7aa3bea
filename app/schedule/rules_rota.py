"""Rounds of a rota as work: who does which window in which shift of which day, with the way from point to point."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

from app.days import ONE_DAY
from app.schedule.rules_days import DayType
from app.schedule.rules_feasibility import Presence, Task
from app.schedule.rules_plan import Planned

DAY = 1440


@dataclass(frozen=True)
class ShiftPlan:
    """A shift in minutes of its day; `ends` lies past 1440 where it crosses midnight."""

    id: str
    name: str
    starts: int
    ends: int
    day_types: frozenset[DayType]


@dataclass(frozen=True)
class RoundPlan:
    """A round as a rota plans it: points in the order of the way, windows as CODE/SCHEDULE/WINDOW."""

    id: str
    name: str
    org_id: str
    crew_id: str
    shift_id: str
    person_id: str
    points: tuple[str, ...]
    windows: tuple[str, ...]


def codes_by_person(rounds: Iterable[RoundPlan]) -> dict[str, list[str]]:
    """Who is on these rounds and by which standards they work there, both in order."""
    found: dict[str, set[str]] = defaultdict(set)
    for each in rounds:
        found[each.person_id] |= {reference.split("/")[0] for reference in each.windows}
    return {person_id: sorted(found[person_id]) for person_id in sorted(found) if person_id}


@dataclass(frozen=True)
class Walking:
    """Minutes of the way to a point from the one before: on its floor, in its building, from elsewhere."""

    same_floor: int = 2
    same_building: int = 3
    elsewhere: int = 5

    def way(self, before: tuple[str, str], here: tuple[str, str]) -> int:
        """Between two places, each building and floor."""
        if before == here:
            return self.same_floor
        return self.same_building if before[0] == here[0] else self.elsewhere


@dataclass(frozen=True, order=True)
class Crew:
    """The people of one unit on one shift."""

    org_id: str
    shift_id: str


@dataclass(frozen=True)
class Work:
    """Everything due in one shift of a crew; `day` is the first on which it is so."""

    crew: Crew
    day: date
    day_type: DayType
    tasks: tuple[Task, ...]


@dataclass(frozen=True)
class Doubled:
    """Somebody holds rounds in two shifts that meet on the same kind of day."""

    person_id: str
    first_shift: str
    second_shift: str


Ways = Mapping[tuple[str, str], int]


@dataclass(frozen=True)
class Staff:
    """Who is there for the work: rounds with their people, shifts, and the ways between points."""

    rounds: Sequence[RoundPlan]
    shifts: Mapping[str, ShiftPlan]
    ways: Ways
    zone: ZoneInfo
    walk: Callable[[Iterable[RoundPlan]], Ways] | None = None

    def walked(self, rounds: Iterable[RoundPlan]) -> Ways:
        """The ways of rounds as they would be; none where nobody says how far it is."""
        return self.walk(rounds) if self.walk else {}

    def people(self, crew: Crew) -> list[str]:
        """Those who hold a round of the crew, each once."""
        held = {each.person_id for each in self.rounds if (each.org_id, each.shift_id) == (crew.org_id, crew.shift_id)}
        return sorted(held - {""})


def ways(
    rounds: Iterable[RoundPlan], places: Mapping[str, tuple[str, str]], walking: Walking
) -> dict[tuple[str, str], int]:
    """Minutes of the way by round and point: from the point before, to the first from the last."""
    found = {}
    for each in rounds:
        known = [point for point in each.points if point in places]
        for number, point in enumerate(known):
            found[each.id, point] = walking.way(places[known[number - 1]], places[point])
    return found


def owners(rounds: Iterable[RoundPlan]) -> dict[tuple[str, str], RoundPlan]:
    """Whose a window at a point is: the first round by id, as rows are made."""
    found: dict[tuple[str, str], RoundPlan] = {}
    for each in sorted(rounds, key=lambda one: one.id):
        for point in each.points:
            for reference in each.windows:
                found.setdefault((point, reference), each)
    return found


def works(planned: Iterable[Planned], staff: Staff) -> list[Work]:
    """Every shift of every day planned, by day; what events bring is left to the day itself.

    A window that is nobody's has to be done all the same: it falls to the crew whose shift reaches furthest into it.
    """
    whose = owners(staff.rounds)
    days: dict[tuple[Crew, date], list[Task]] = defaultdict(list)
    types: dict[date, DayType] = {}
    for each in planned:
        types[each.span.business_on] = each.day_type
        owner = whose.get((each.point_id, each.reference)) or _nearest(each, staff)
        if each.window_id and owner and owner.shift_id in staff.shifts:
            day, task = _task(each, owner, staff)
            days[Crew(owner.org_id, owner.shift_id), day].append(task)
    return [
        Work(crew, day, types.get(day, DayType.WORKDAY), tuple(sorted(tasks)))
        for (crew, day), tasks in sorted(
            days.items(), key=lambda one: (one[0][1], one[0][0].org_id, one[0][0].shift_id)
        )
    ]


def different(works_of_days: Iterable[Work]) -> list[Work]:
    """Of shifts with the same work on the same kind of day only the first."""
    seen: dict[tuple[Crew, DayType, tuple[Task, ...]], Work] = {}
    for work in works_of_days:
        seen.setdefault((work.crew, work.day_type, work.tasks), work)
    return list(seen.values())


def presences(people: Iterable[str], shift: ShiftPlan) -> list[Presence]:
    """These people for the whole shift."""
    return [Presence(each, shift.starts, shift.ends) for each in sorted(set(people))]


def doubled(rounds: Iterable[RoundPlan], shifts: Mapping[str, ShiftPlan]) -> list[Doubled]:
    """People on two rounds at once: their shifts differ and meet, on the clock's circle, on a kind of day both have."""
    held: dict[str, set[str]] = defaultdict(set)
    for each in rounds:
        if each.person_id and each.shift_id in shifts:
            held[each.person_id].add(each.shift_id)
    return [
        Doubled(person, first, second)
        for person, ids in sorted(held.items())
        for first, second in combinations(sorted(ids), 2)
        if _meet(shifts[first], shifts[second])
    ]


def twice_owned(rounds: Sequence[RoundPlan]) -> list[tuple[RoundPlan, RoundPlan]]:
    """Pairs of rounds that claim the same window at the same point."""
    return [
        (first, second)
        for first, second in combinations(rounds, 2)
        if set(first.points) & set(second.points) and set(first.windows) & set(second.windows)
    ]


def unowned(planned: Iterable[Planned], rounds: Sequence[RoundPlan]) -> Iterator[Planned]:
    """Fixed windows that are nobody's."""
    whose = owners(rounds)
    return (each for each in planned if each.window_id and (each.point_id, each.reference) not in whose)


def _meet(first: ShiftPlan, second: ShiftPlan) -> bool:
    if not first.day_types & second.day_types:
        return False
    return any(first.starts < second.ends + turn and second.starts + turn < first.ends for turn in (-DAY, 0, DAY))


def _task(each: Planned, owner: RoundPlan, staff: Staff) -> tuple[date, Task]:
    """The window as it lies in the shift that reaches furthest into it: today's, or last night's."""
    shift, day = staff.shifts[owner.shift_id], each.span.business_on
    start, end = _stretch(each, staff.zone)
    if _common(start, end, shift, DAY) > _common(start, end, shift, 0):
        day, start, end = day - ONE_DAY, start + DAY, end + DAY
    if _common(start, end, shift, 0):
        start, end = max(start, shift.starts), min(end, shift.ends)
    minutes = (each.expected_minutes or 0) + staff.ways.get((owner.id, each.point_id), 0)
    return day, Task(start, end, minutes, owner.id, each.point_id, each.reference, owner.person_id)


def _nearest(each: Planned, staff: Staff) -> RoundPlan | None:
    """A round without a name for a window that is nobody's."""
    start, end = _stretch(each, staff.zone)
    reaching = [
        (max(_common(start, end, shift, 0), _common(start, end, shift, DAY)), one.org_id, one.shift_id)
        for one in staff.rounds
        if (shift := staff.shifts.get(one.shift_id)) and each.day_type in shift.day_types
    ]
    most, org_id, shift_id = max(reaching, default=(0, "", ""))
    return RoundPlan("", "", org_id, "", shift_id, "", (), ()) if most else None


def _stretch(each: Planned, zone: ZoneInfo) -> tuple[int, int]:
    day = each.span.business_on
    return _minute(each.span.start_at, day, zone), _minute(each.span.end_at, day, zone)


def _common(start: int, end: int, shift: ShiftPlan, turn: int) -> int:
    return max(0, min(end + turn, shift.ends) - max(start + turn, shift.starts))


def _minute(at: datetime, day: date, zone: ZoneInfo) -> int:
    return int((at.astimezone(zone).replace(tzinfo=None) - datetime.combine(day, time.min)) / timedelta(minutes=1))
