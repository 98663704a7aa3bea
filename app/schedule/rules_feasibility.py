"""Whether people can do what is due: minutes due and walking against people on shift, the worst interval named.

Minutes count from the midnight on which a shift's day begins. A set of tasks can be done by one person exactly when
no interval holds more minutes of tasks that must lie inside it than the person is there (processor demand).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

HOPELESS = Fraction(1_000_000)


@dataclass(frozen=True, order=True)
class Task:
    """A window of a round at a point: done by `person_id` from `start` to `end`, in `minutes` with the way there."""

    start: int
    end: int
    minutes: int
    round_id: str
    point_id: str
    reference: str
    person_id: str


@dataclass(frozen=True, order=True)
class Presence:
    """Somebody is at work from `start` until `end`."""

    person_id: str
    start: int
    end: int


@dataclass(frozen=True)
class Load:
    """What must be done inside an interval, and the minutes that people are there."""

    start: int
    end: int
    due: int
    available: int
    people: int

    @property
    def fits(self) -> bool:
        """Whether the people there have the minutes."""
        return self.due <= self.available

    @property
    def share(self) -> Fraction:
        """Due of available; past any measure where nobody is there."""
        return Fraction(self.due, self.available) if self.available else HOPELESS * self.due

    @property
    def people_needed(self) -> int:
        """How many it takes for the whole interval."""
        return ceil(Fraction(self.due, max(self.end - self.start, 1)))


@dataclass(frozen=True)
class Start:
    """When to begin a task; `late` minutes past its end when it is done."""

    task: Task
    at: int
    late: int


def worst_interval(tasks: Iterable[Task], presences: Iterable[Presence]) -> Load | None:
    """The interval with the highest share of due in available minutes, the earliest and shortest of several."""
    due, there = sorted(tasks, key=lambda each: each.end), merged(presences)
    worst: Load | None = None
    for start in sorted({task.start for task in due}):
        inside, ends = 0, [task for task in due if task.start >= start]
        for number, task in enumerate(ends):
            inside += task.minutes
            if number + 1 < len(ends) and ends[number + 1].end == task.end:
                continue
            load = _load(start, task.end, inside, there)
            if worst is None or load.share > worst.share:
                worst = load
    return worst


def merged(presences: Iterable[Presence]) -> list[Presence]:
    """Nobody counts twice: a person's stretches that touch or overlap become one."""
    found: list[Presence] = []
    for each in sorted(presences):
        last = found[-1] if found else None
        if last and last.person_id == each.person_id and each.start <= last.end:
            found[-1] = Presence(last.person_id, last.start, max(last.end, each.end))
        else:
            found.append(each)
    return found


def staggered(tasks: Iterable[Task], starts_at: int) -> list[Start]:
    """One person's tasks in order: of what is open the one that ends first, begun when the one before is done."""
    waiting, clock, plan = sorted(tasks), starts_at, list[Start]()
    while waiting:
        clock = max(clock, waiting[0].start)
        task = min((each for each in waiting if each.start <= clock), key=lambda each: (each.end, each))
        waiting.remove(task)
        plan.append(Start(task, clock, max(0, clock + task.minutes - task.end)))
        clock += task.minutes
    return plan


def batches(load: Load) -> list[int]:
    """When groups of the work would begin so that each has the minutes: the interval repeated until all is done."""
    rounds = ceil(Fraction(load.due, load.available)) if load.available else 1
    return [load.start + number * (load.end - load.start) for number in range(rounds)]


def spread(minutes: Sequence[int]) -> Fraction:
    """How uneven the load is (Gini): 0 when all have the same, towards 1 when one has everything."""
    total, number = sum(minutes), len(minutes)
    if not total:
        return Fraction(0)
    ranked = sum((2 * rank - number - 1) * each for rank, each in enumerate(sorted(minutes), start=1))
    return Fraction(ranked, number * total)


def _load(start: int, end: int, due: int, there: Sequence[Presence]) -> Load:
    stretches = [max(0, min(end, each.end) - max(start, each.start)) for each in there]
    people = {each.person_id for each, minutes in zip(there, stretches, strict=True) if minutes}
    return Load(start, end, due, sum(stretches), len(people))
