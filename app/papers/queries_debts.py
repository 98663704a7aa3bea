"""Who owes what by when: findings that stand open, appeals that nobody has answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select

from app import db
from app.days import begins, next_month
from app.grades.queries import Sheet
from app.grades.queries_appeals import answer_by
from app.nonconformities.models import Finding
from app.nonconformities.rules import STANDING, TO_BE_DONE, FindingState
from app.organisations.models import Organisation
from app.organisations.queries import within
from app.papers.rules import Debt, Owed
from app.places.models import Point
from app.tallies.queries import Asked

# With a term of its own or on its way into the standard: nobody owes anything now.
SETTLED_FOR_NOW = (FindingState.CONCESSION, FindingState.REVISION)
OWED = tuple(state for state in STANDING if state not in SETTLED_FOR_NOW)


def debts(asked: Asked, appealed: Sequence[Sheet], last_day: date) -> list[Debt]:
    """Findings made before the end of the month that are open now, and the month's open appeals. One query."""
    ends = begins(next_month(asked.first), asked.zone)
    columns = (
        Finding.id, Finding.number, Finding.text, Finding.state, Finding.due_at, Finding.recheck_by,
        Point.name.label("point"), Organisation.name.label("unit"),
    )  # fmt: skip
    statement = (
        select(*columns)
        .outerjoin(Point, Point.id == Finding.point_id)
        .outerjoin(Organisation, Organisation.id == Finding.implementer_id)
        .where(*within(asked.scope, Finding.implementer_id, Finding.responsible_id))
        .where(Finding.state.in_(OWED), Finding.found_at < ends)
        .order_by(Finding.number)
    )
    found = [_finding(row, asked) for row in db.rows(statement)]
    return found + [_appeal(each, last_day, asked) for each in appealed]


def _finding(row: db.AnyRow, asked: Asked) -> Debt:
    """Until it is put right its limit runs, then that of the recheck or of the decision."""
    until: datetime | None = row.due_at if row.state in TO_BE_DONE else row.recheck_by
    text = f"{row.point}：{row.text}" if row.point else row.text
    return Debt(
        Owed.FINDING, row.number, text, row.unit or "", until.astimezone(asked.zone).date() if until else None,
        until is not None and until < asked.now, f"/nonconformities/{row.id}",
    )  # fmt: skip


def _appeal(one: Sheet, last_day: date, asked: Asked) -> Debt:
    """To be answered by the evaluation group, in the days of GR-10."""
    reason = one.appeal.reason if one.appeal else ""
    due = answer_by(one.appeal, last_day, asked.zone) if one.appeal else last_day
    link = f"/grades/unit/{one.subject_id}?month={one.month:%Y-%m}"
    overdue = asked.now.astimezone(asked.zone).date() > due
    return Debt(Owed.APPEAL, "", f"{one.name}：{reason}", "", due, overdue, link)
