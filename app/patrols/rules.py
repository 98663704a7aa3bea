"""A patrol judged: which points were walked, missed, out of order, or too soon or late after the one before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from app.schedule.rules_states import DONE, State

MOST_POINTS = 60
MOST_MINUTES = 1440


class Mark(StrEnum):
    """What stands beside a visit."""

    OUT_OF_ORDER = "out_of_order"
    TOO_SOON = "too_soon"
    TOO_LATE = "too_late"


@dataclass(frozen=True)
class Route:
    """Points in the order they are walked; minutes that may lie between two, where there are limits."""

    id: str
    name: str
    org_id: str
    standard_code: str
    points: tuple[str, ...]
    ordered: bool
    least_minutes: int | None = None
    most_minutes: int | None = None
    retired_at: datetime | None = None


@dataclass(frozen=True)
class Visit:
    """What is known of a point in one run: its window, and when somebody was there."""

    point_id: str
    state: State
    start_at: datetime
    grace_end_at: datetime
    expire_at: datetime
    done_at: datetime | None = None
    by: str = ""
    check_id: str | None = None


@dataclass(frozen=True)
class Stop:
    """A point of a run, judged; `visit` is None where the run does not ask for the point."""

    point_id: str
    visit: Visit | None
    marks: tuple[Mark, ...] = ()

    @property
    def done(self) -> bool:
        """Somebody was there."""
        return self.visit is not None and self.visit.state in DONE

    def missed(self, now: datetime) -> bool:
        """漏巡: nobody was there and nobody can be any more."""
        if self.visit is None or self.done:
            return False
        return self.visit.state is State.MISSED or (self.visit.state is State.PLANNED and self.visit.expire_at < now)


@dataclass(frozen=True)
class Run:
    """A route walked once: a window of a day."""

    on: date
    window: str
    label: str
    stops: tuple[Stop, ...]

    @property
    def due(self) -> int:
        """Points that the run asks for; what is exempt or void is not asked for (rules 2.1)."""
        return sum(_asked(stop) for stop in self.stops)

    @property
    def done(self) -> int:
        """Points where somebody was."""
        return sum(stop.done for stop in self.stops)

    @property
    def starts_at(self) -> datetime | None:
        """When its first window begins."""
        return min((stop.visit.start_at for stop in self.stops if stop.visit), default=None)

    @property
    def ends_at(self) -> datetime | None:
        """When the last grace is over."""
        return max((stop.visit.grace_end_at for stop in self.stops if stop.visit), default=None)

    def missed(self, now: datetime) -> int:
        """Points that were missed."""
        return sum(stop.missed(now) for stop in self.stops)

    def following(self, now: datetime) -> str | None:
        """The next point to walk to: the first on the route that can still be done."""
        left = (stop for stop in self.stops if _asked(stop) and not stop.done and not stop.missed(now))
        return next((stop.point_id for stop in left), None)


def judged(route: Route, on: date, window: str, label: str, visits: Iterable[Visit]) -> Run:
    """The visits of one window put along the route, each with its marks."""
    by_point = {visit.point_id: visit for visit in visits}
    walked = sorted((each for each in by_point.values() if _was(each)), key=lambda each: (each.done_at, each.point_id))
    marks = {point_id: [*_order_mark(route, by_point, point_id)] for point_id in route.points}
    for before, after in pairwise(walked):
        marks.setdefault(after.point_id, []).extend(_gap_mark(route, before, after))
    stops = tuple(Stop(each, by_point.get(each), tuple(marks[each])) for each in route.points)
    return Run(on, window, label, stops)


def _was(visit: Visit) -> bool:
    return visit.state in DONE and visit.done_at is not None


def _asked(stop: Stop) -> bool:
    return stop.visit is not None and stop.visit.state not in (State.EXEMPT, State.VOID)


def _order_mark(route: Route, visits: dict[str, Visit], point_id: str) -> Sequence[Mark]:
    """Out of order: a point of the route before this one was walked to later."""
    own = visits.get(point_id)
    if not route.ordered or own is None or own.done_at is None or not _was(own):
        return ()
    before = [visits[each] for each in route.points[: route.points.index(point_id)] if each in visits]
    late = any(_was(each) and each.done_at is not None and each.done_at > own.done_at for each in before)
    return (Mark.OUT_OF_ORDER,) if late else ()


def _gap_mark(route: Route, before: Visit, after: Visit) -> Sequence[Mark]:
    if before.done_at is None or after.done_at is None:
        return ()
    gap = after.done_at - before.done_at
    if route.least_minutes is not None and gap < timedelta(minutes=route.least_minutes):
        return (Mark.TOO_SOON,)
    if route.most_minutes is not None and gap > timedelta(minutes=route.most_minutes):
        return (Mark.TOO_LATE,)
    return ()
