"""A person's day as the home page shows it: what is due now, next, over time, done, unable. Knows no database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, Protocol, TypeVar

from app.schedule.rules_states import DONE, Deadlines, Phase, State, phase


class DueTask(Protocol):
    """What sorting needs of a task."""

    @property
    def state(self) -> State: ...
    @property
    def open_at(self) -> datetime: ...
    @property
    def end_at(self) -> datetime: ...
    @property
    def grace_end_at(self) -> datetime: ...
    @property
    def expire_at(self) -> datetime: ...
    @property
    def business_on(self) -> date: ...


T = TypeVar("T", bound=DueTask)
WAITING = frozenset({State.PLANNED, State.UNKNOWN})


@dataclass(frozen=True)
class Day(Generic[T]):
    """The groups of the home page, each in its order; `total` leaves out what cannot be done (rules MT-3).

    `night` is what begins on the next business date: on the list before midnight, counted after it.
    """

    now: tuple[T, ...]
    over: tuple[T, ...]
    ahead: tuple[T, ...]
    night: tuple[T, ...]
    done: tuple[T, ...]
    unable: tuple[T, ...]
    missed: tuple[T, ...]

    @property
    def total(self) -> int:
        return len(self.now) + len(self.over) + len(self.ahead) + len(self.done) + len(self.missed)

    @property
    def left(self) -> int:
        return len(self.now) + len(self.over) + len(self.ahead)


def day_of(tasks: Iterable[T], at: datetime, today: date) -> Day[T]:
    """Sort tasks by what the person does next: soonest end first."""
    groups: dict[str, list[T]] = {name: [] for name in ("now", "over", "ahead", "night", "done", "unable", "missed")}
    for task in tasks:
        name = group_of(task, at)
        groups["night" if name == "ahead" and task.business_on > today else name].append(task)
    return Day(**{name: tuple(sorted(found, key=lambda task: task.end_at)) for name, found in groups.items()})


def group_of(task: DueTask, at: datetime) -> str:
    """The name of the group a task stands in at this instant."""
    if task.state in DONE:
        return "done"
    if task.state in (State.UNABLE, State.EXEMPT):
        return "unable"
    where = phase(Deadlines(task.open_at, task.grace_end_at, task.expire_at), at)
    if task.state in WAITING and where is not Phase.OVER:
        return {Phase.AHEAD: "ahead", Phase.OPEN: "now", Phase.OVERTIME: "over"}[where]
    return "missed"
