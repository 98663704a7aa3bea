"""Who hears that a month is open to appeals, until when, and that it is frozen (rules GR-10); never commits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, tzinfo

from app.grades.actions_freezing import before_this
from app.grades.queries import Month, Sheet, frozen, is_frozen, month_of, of_live
from app.grades.queries_live import live
from app.grades.queries_told import managers_of, told_of
from app.grades.rules import Kind
from app.grades.rules_time import Phase
from app.messages.actions_notices import tell_new
from app.messages.queries_recipients import supervisors_of
from app.messages.rules_notices import Notice
from app.messages.rules_words import Kind as Message

TOLD = (Kind.UNIT, Kind.PERSON)


def tell_months(now: datetime, zone: tzinfo) -> int:
    """Each person once a subject and phase; how many messages. Nothing is counted where all have been told."""
    month = month_of(before_this(now, zone), now.astimezone(zone).date())
    if month.phase is Phase.OPEN and not told_of(Message.GRADE_OPEN, month.first):
        found = [of_live(each, month.first) for kind in TOLD for each in live(kind, month.first, now, zone)]
        return tell_new(_notices(Message.GRADE_OPEN, month, found), now)
    if is_frozen(month.first) and not told_of(Message.GRADE_FROZEN, month.first):
        found = [each for kind in TOLD for each in frozen(kind, month.first)]
        return tell_new(_notices(Message.GRADE_FROZEN, month, found), now)
    return 0


def tell_reopened(one: Sheet, event_id: str, until: date, now: datetime) -> int:
    """Who may appeal against a decision, once; under a key that does not pass for the telling of the whole month."""
    if one.kind not in TOLD:
        return 0
    return tell_new([_notice(Message.GRADE_OPEN, one, until, f"{Message.GRADE_OPEN}/decided/{event_id}")], now)


def _notices(kind: Message, month: Month, found: Iterable[Sheet]) -> list[Notice]:
    key = key_of(kind, month.first)
    return [_notice(kind, each, month.last_day, f"{key}/{each.kind}/{each.subject_id}") for each in found]


def _notice(kind: Message, one: Sheet, day: date, key: str) -> Notice:
    params = {"subject": one.name, "month": f"{one.month:%Y-%m}", "day": day.isoformat()}
    return Notice(kind, _people(one), params, f"/grades/{one.kind}/{one.subject_id}?month={one.month:%Y-%m}", key)


def key_of(kind: Message, month: date) -> str:
    """What the keys of all messages of a month begin with."""
    return f"{kind}/{month:%Y-%m}"


def _people(one: Sheet) -> Sequence[str]:
    """The person; of a unit those who answer for it and, of a contractor, its managers."""
    if one.kind is Kind.PERSON:
        return [one.subject_id]
    return sorted({*supervisors_of(one.subject_id), *managers_of(one.subject_id)})
