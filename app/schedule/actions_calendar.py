"""Deeds on the calendar and on planned closures of points; rows ahead follow at the next making."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from app.refusals import Invalid
from app.schedule.queries import occurrences_starting
from app.schedule.queries_plan import listed_days
from app.schedule.rules_days import Listed
from app.schedule.rules_official import official_days
from app.schedule.rules_states import State
from app.schedule.writes import (
    Note,
    insert_days,
    insert_exemption,
    move_state,
    remove_day,
    replace_day,
)
from app.web.words import lazy

PUBLISHED = "holidays"
CLOSING_REASONS = ("closed", "repair", "order")


@dataclass(frozen=True)
class Closing:
    """A planned exemption (rules MT-3): 点位封闭 closed, 维修停用 repair, 上级指令 order."""

    point_id: str
    from_at: datetime
    to_at: datetime
    reason: str
    note: str = ""


def fill_calendar(years: Iterable[int]) -> int:
    """The published lists of years that have none yet; a list that stands is somebody's and stays. Days added."""
    added = [
        {"on": day.on, "kind": str(day.kind), "name": day.name, "source": PUBLISHED}
        for year in years
        if not listed_days(year)
        for day in official_days(year)
    ]
    insert_days(added)
    return len(added)


def list_day(on: date, kind: Listed, name: str, source: str) -> None:
    """A day off, or a day worked instead, by the notice that `source` names."""
    if kind is Listed.MAKEUP and on.weekday() < 5:
        raise Invalid(
            lazy("Only a Saturday or Sunday can be worked instead."), fields={"on": lazy("Not a weekend day.")}
        )
    replace_day({"on": on, "kind": str(kind), "name": name[:40], "source": source[:120]})


def unlist_day(on: date) -> None:
    """Back to what the weekday says."""
    remove_day(on)


def exempt_point(closing: Closing, by_id: str, at: datetime) -> int:
    """What starts at the point from now on in this time is exempt; nothing that has started is touched.

    Gives back how many rows that stand became exempt; rows made later follow.
    """
    if closing.reason not in CLOSING_REASONS:
        raise Invalid(lazy("Choose a reason."), fields={"reason": lazy("Choose a reason.")})
    if closing.to_at <= max(closing.from_at, at):
        raise Invalid(lazy("The end must lie ahead."), fields={"to_at": lazy("The end must lie ahead.")})
    closing = replace(closing, from_at=max(closing.from_at, at), note=closing.note[:200])
    insert_exemption({**asdict(closing), "by_id": by_id, "at": at})
    note = Note("exempted", at, by_id, {"reason": closing.reason})
    due = occurrences_starting(closing.point_id, closing.from_at, closing.to_at)
    return len(move_state([each.id for each in due], (State.PLANNED,), State.EXEMPT, note))
