"""What a window adds to each count, as expressions over a source: the occurrences themselves, or noted changes."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, literal

from app.schedule.rules_days import DayType
from app.schedule.rules_states import DONE, ON_TIME, State
from app.schedule.rules_windows import WindowKind
from app.tallies.models import HOLIDAYS, MISSES, PEOPLE, SITE_MISSES, Tally
from app.tallies.queries_asked import as_filter
from app.tallies.rules_counts import NOT_DUE, REPORTED, Counts

TAKEN_OVER = (
    "key_due",
    "key_evidenced",
    "key_pass",
    "photos_due",
    "photos_sent",
    "photos_valid",
    "steps_pass",
    "steps_fail",
)
COUNTED = tuple(each.name for each in fields(Counts))


def is_due(source: Any) -> ColumnElement[bool]:
    return source.state.not_in(NOT_DUE)


def person_of(source: Any) -> ColumnElement[Any]:
    """Whose figure it is: done by its claimer, the claimer's; else done, the round's; undone, the claimer's (GR-9).

    Where there is no claimer it is the round's, and where there is no round whose who did it: so a claim can raise
    a figure as well as lower it, and a round's person neither gains nor loses by what a colleague has claimed.
    """
    done = source.state.in_(DONE)
    return case(
        (and_(done, source.claimed_by_id == source.done_by_id), source.done_by_id),
        (done, func.coalesce(source.assignee_id, source.done_by_id)),
        else_=func.coalesce(source.claimed_by_id, source.assignee_id),
    )


def was_helped(source: Any) -> ColumnElement[bool]:
    """Done by somebody else than the round's person, and not as the claimer: help for a colleague."""
    as_helper = and_(source.done_by_id != source.assignee_id, as_filter(source.claimed_by_id) != source.done_by_id)
    return and_(as_filter(source.state).in_(DONE), as_helper)


def helped_with(source: Any, sign: Any = None) -> ColumnElement[int]:
    """Of a person's done windows, those that somebody else did."""
    return _sum(case((was_helped(source), literal(1) if sign is None else sign), else_=0))


def needed_for_use(tally: Tally) -> tuple[str, ...]:
    """The counts that `due_and_in_use` looks at."""
    plain = ("due", "in_window", "in_grace", "late")
    return (*plain, "helped_with", "helped") if tally is PEOPLE else plain


def due_and_in_use(tally: Tally, key: str, n: Any) -> tuple[tuple[ColumnElement[bool], ...], ColumnElement[bool]]:
    """MT-25: (something was due there, something was done there), over sums by this key; windows of nobody are out.

    A person's own deeds count, on whoever's round: what was done without those by others, and help for colleagues.
    """
    done = n.in_window + n.in_grace + n.late
    deeds = done - n.helped_with + n.helped if tally is PEOPLE else done
    return (n.due > 0, n[key] != ""), deeds > 0


def sums(source: Any, sign: Any = None) -> dict[str, ColumnElement[int]]:
    """One sum for each field of Counts; `sign` weighs each row."""
    weight = literal(1) if sign is None else sign
    state, due = source.state, is_due(source)
    on_time, done = state.in_(ON_TIME), state.in_(DONE)
    holiday, handover = source.day_type == DayType.HOLIDAY, source.kind == WindowKind.HANDOVER
    conditions = {
        "due": due,
        "in_window": state == State.IN_WINDOW,
        "in_grace": state == State.IN_GRACE,
        "late": state == State.LATE,
        "missed": state == State.MISSED,
        "unknown": state == State.UNKNOWN,
        "waiting": state == State.PLANNED,
        "reported": state.in_(REPORTED),
        "holiday_due": and_(due, holiday),
        "holiday_on_time": and_(on_time, holiday),
        "handover_due": and_(due, handover),
        "handover_covered": and_(on_time, handover, source.signed | ~source.dual_due),
        "scanned": and_(done, source.scanned),
        "short": and_(done, source.short_visit),
        "found": and_(due, source.steps_fail > 0),
    }
    made = {name: _sum(case((condition, weight), else_=0)) for name, condition in conditions.items()}
    made |= {name: _sum(case((due, getattr(source, name) * weight), else_=0)) for name in TAKEN_OVER}
    return {name: made[name] for name in COUNTED}


def _sum(value: ColumnElement[int]) -> ColumnElement[int]:
    return func.coalesce(func.sum(value), 0)


def keys_of(tally: Tally, source: Any) -> list[ColumnElement[Any]]:
    """What a window's cell is called, beside its date."""
    special: dict[str, Any] = {}
    if tally is PEOPLE:
        special = {
            "person_id": func.coalesce(person_of(source), ""),
            "round_id": func.coalesce(source.round_id, ""),
        }
    return [special[name] if name in special else getattr(source, name) for name in tally.keys]


def only(tally: Tally, source: Any) -> list[ColumnElement[bool]]:
    """The windows that a tally looks at; a cancelled one is in none."""
    if tally in (MISSES, SITE_MISSES):
        return [as_filter(source.state) == State.MISSED]
    if tally is HOLIDAYS:
        return [is_due(source), source.day_type == DayType.HOLIDAY]
    return [source.state != State.VOID]
