"""The verdict on a rota: intervals that nobody can keep, the heaviest hour of each crew, moves that would mend it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from app.schedule.rules_days import DayType
from app.schedule.rules_feasibility import Load, Start, Task, staggered, worst_interval
from app.schedule.rules_rota import Crew, RoundPlan, Staff, Ways, Work, presences

MOVES_AT_MOST = 12


@dataclass(frozen=True)
class Heavy:
    """The heaviest interval of a crew on a kind of day, or of one person of it; `day` is the first such day."""

    crew: Crew
    day: date
    day_type: DayType
    load: Load
    person_id: str = ""


@dataclass(frozen=True)
class Move:
    """A point with all its windows goes from one round to another of the same shift."""

    point_id: str
    from_round: str
    to_round: str


def heaviest(works: Iterable[Work], staff: Staff) -> list[Heavy]:
    """One a crew and kind of day, in the order of crews."""
    worst: dict[tuple[Crew, DayType], Heavy] = {}
    for work in works:
        load = worst_interval(work.tasks, presences(staff.people(work.crew), staff.shifts[work.crew.shift_id]))
        key = work.crew, work.day_type
        if load and (key not in worst or load.share > worst[key].load.share):
            worst[key] = Heavy(work.crew, work.day, work.day_type, load)
    return sorted(worst.values(), key=lambda each: (each.crew, each.day_type))


def jams(works: Sequence[Work], staff: Staff) -> list[Heavy]:
    """What cannot be done: crews without the minutes, then people without them; the worst first of each."""
    crews = [each for each in heaviest(works, staff) if not each.load.fits]
    people = [each for each in _of_people(works, staff).values() if not each.load.fits]
    return [*sorted(crews, key=_worst_first), *sorted(people, key=_worst_first)]


def starts(works: Sequence[Work], staff: Staff) -> dict[tuple[str, DayType], list[Start]]:
    """Staggered starts of each person on the first day of each kind."""
    plan: dict[tuple[str, DayType], list[Start]] = {}
    for work in works:
        for person, tasks in _by_person(work.tasks).items():
            begun = staggered(tasks, staff.shifts[work.crew.shift_id].starts)
            plan.setdefault((person, work.day_type), []).extend(begun if not _known(plan, person, work) else ())
    return plan


def moves(works: Sequence[Work], staff: Staff) -> list[Move]:
    """Points to hand over inside a shift until everybody has the minutes; empty when that is not enough.

    Greedy: the person furthest over gives the point whose move leaves the two of them with the lowest share.
    """
    rounds = {each.id: each for each in staff.rounds}
    proposed: list[Move] = []
    for _ in range(MOVES_AT_MOST + 1):
        over = [each for each in _of_people(works, staff).values() if not each.load.fits]
        if not over:
            return proposed
        worst = min(over, key=_worst_first)
        found = min(_candidates(worst, works, rounds, staff), default=None, key=lambda each: (each[0], str(each[1])))
        if found is None or found[0] >= worst.load.share:
            return []
        proposed.append(found[1])
        works, rounds = moved(works, found[1], rounds, staff)
    return []


def moved(
    works: Sequence[Work], move: Move, rounds: Mapping[str, RoundPlan], staff: Staff
) -> tuple[list[Work], dict[str, RoundPlan]]:
    """Works and rounds after a move, with the ways of the two rounds as they then are."""
    giver, taker = rounds[move.from_round], rounds[move.to_round]
    after = {
        **rounds,
        giver.id: replace(giver, points=tuple(each for each in giver.points if each != move.point_id)),
        taker.id: replace(taker, points=(*taker.points, move.point_id)),
    }
    before, now = (staff.walked([each[giver.id], each[taker.id]]) for each in (rounds, after))
    return [replace(work, tasks=_handed(work.tasks, move, taker.person_id, (before, now))) for work in works], after


def _handed(tasks: Iterable[Task], move: Move, person_id: str, walks: tuple[Ways, Ways]) -> tuple[Task, ...]:
    before, now = walks
    handed = []
    for task in tasks:
        was = task.round_id, task.point_id
        new = (
            replace(task, round_id=move.to_round, person_id=person_id)
            if _is(task, move.from_round, move.point_id)
            else task
        )
        longer = now.get((new.round_id, new.point_id), 0) - before.get(was, 0)
        handed.append(replace(new, minutes=new.minutes + longer) if longer else new)
    return tuple(handed)


def _candidates(
    worst: Heavy, works: Sequence[Work], rounds: Mapping[str, RoundPlan], staff: Staff
) -> Iterator[tuple[Fraction, Move]]:
    """Each move out of the rounds of this person in this shift, with the share that the heavier of the two then has."""
    own = [each for each in rounds.values() if each.person_id == worst.person_id and _same(each, worst.crew)]
    others = [
        each for each in rounds.values() if each.person_id not in ("", worst.person_id) and _same(each, worst.crew)
    ]
    here = [work for work in works if work.crew == worst.crew]
    for giver in own:
        for point in giver.points:
            needed = {task.reference for work in here for task in work.tasks if _is(task, giver.id, point)}
            for taker in others:
                if needed and needed <= set(taker.windows) and point not in taker.points:
                    move = Move(point, giver.id, taker.id)
                    loads = _of_people(moved(here, move, rounds, staff)[0], staff)
                    pair = [each for each in loads.values() if each.person_id in (worst.person_id, taker.person_id)]
                    yield max((each.load.share for each in pair), default=Fraction(0)), move


def _of_people(works: Iterable[Work], staff: Staff) -> dict[tuple[Crew, DayType, str], Heavy]:
    worst: dict[tuple[Crew, DayType, str], Heavy] = {}
    for work in works:
        for person, tasks in _by_person(work.tasks).items():
            load = worst_interval(tasks, presences([person], staff.shifts[work.crew.shift_id]))
            key = work.crew, work.day_type, person
            if load and (key not in worst or load.share > worst[key].load.share):
                worst[key] = Heavy(work.crew, work.day, work.day_type, load, person)
    return worst


def _by_person(tasks: Iterable[Task]) -> dict[str, list[Task]]:
    found: dict[str, list[Task]] = defaultdict(list)
    for task in tasks:
        if task.person_id:
            found[task.person_id].append(task)
    return found


def _known(plan: Mapping[tuple[str, DayType], Sequence[Start]], person: str, work: Work) -> bool:
    """Whether this person's rounds of the shift are planned for this kind of day."""
    rounds = {task.round_id for task in work.tasks if task.person_id == person}
    return any(start.task.round_id in rounds for start in plan.get((person, work.day_type), ()))


def _same(each: RoundPlan, crew: Crew) -> bool:
    return (each.org_id, each.shift_id) == (crew.org_id, crew.shift_id)


def _is(task: Task, round_id: str, point_id: str) -> bool:
    return (task.round_id, task.point_id) == (round_id, point_id)


def _worst_first(each: Heavy) -> tuple[Fraction, str, date]:
    return -each.load.share, each.person_id, each.day
