"""Reminders 15, 7 and 1 days before a report is due, once each, and the leader when it is overdue (RP-4)."""

from __future__ import annotations

from datetime import date, datetime, tzinfo

from app.halfyear.actions_freezing import was_in_use
from app.halfyear.queries_list import owing, writers_of
from app.halfyear.rules import Half, Reporter, days_late, half_of, reminder
from app.messages.actions_notices import tell_new
from app.messages.queries_recipients import with_role
from app.messages.rules_notices import Notice
from app.messages.rules_words import Kind
from app.web.current import Role


def remind(now: datetime, zone: tzinfo) -> int:
    """Tell who owes the report of this half-year, and who still owes the last one. How many messages."""
    today = now.astimezone(zone).date()
    half = half_of(today)
    notices = _coming(half, reminder(half, today), today) + _late(half.before, today, zone)
    return tell_new(notices, now)


def _coming(half: Half, days: int | None, today: date) -> list[Notice]:
    if days is None:
        return []
    return [_notice(Kind.REPORT_DUE, line.unit, half, writers_of(line.unit), f"{days}") for line in owing(half, today)]


def _late(half: Half, today: date, zone: tzinfo) -> list[Notice]:
    """Once to those who owe it, and once the number of them to the leaders.

    A half-year from before the system is owed by nobody.
    """
    if not days_late(half, today) or not was_in_use(half, zone):
        return []
    owed = owing(half, today)
    found = [_notice(Kind.REPORT_LATE, line.unit, half, writers_of(line.unit), "late") for line in owed]
    said = {"n": str(len(owed)), "half": half.key, "day": half.last.isoformat()}
    link = f"/reports/halfyear?half={half.key}"
    told = Notice(Kind.REPORTS_OWED, with_role(Role.LEADER), said, link, f"halfyear:{half.key}:owed")
    return [*found, told] if owed else []


def _notice(kind: Kind, unit: Reporter, half: Half, people: list[str], which: str) -> Notice:
    said = {"unit": unit.name or unit.id, "half": half.key, "day": half.last.isoformat()}
    link = f"/reports/halfyear/{half.key}/{unit.id}"
    return Notice(kind, people, said, link, f"halfyear:{half.key}:{unit.id}:{which}")
