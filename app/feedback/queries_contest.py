"""Reads for contested records: what was done at a point, and how long that can be held against it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from app import db
from app.checks.models import Check
from app.checks.queries_voiding import STANDS
from app.feedback.rules_complaints import Held
from app.standards.queries import edition, edition_row

# The longest `valid_minutes` of a standard is a week.
LOOKED_BACK = timedelta(days=8)
MOST_RECORDS = 50


def held_at(point_id: str, at: datetime, implementer_id: str) -> list[Held]:
    """Records of the unit complained of at a point in the days before, newest first, with their edition's minutes."""
    statement = (
        select(Check.id, Check.occurrence_id, Check.person_id, Check.effective_at, Check.edition)
        .where(Check.point_id == point_id, Check.implementer_id == implementer_id, Check.outcome == "done", STANDS)
        .where(Check.received_at > at - LOOKED_BACK, Check.effective_at <= at)
        .order_by(Check.received_at.desc())
        .limit(MOST_RECORDS)
    )
    minutes: dict[str, int | None] = {}
    found = []
    for row in db.rows(statement):
        if row.edition not in minutes:
            minutes[row.edition] = _minutes(row.edition)
        found.append(Held(row.id, row.occurrence_id, row.person_id, row.effective_at, minutes[row.edition]))
    return found


def doer_of(check_id: str) -> tuple[str, datetime] | None:
    """Who made a record, and when."""
    found = db.row(select(Check.person_id, Check.effective_at).where(Check.id == check_id))
    return (found[0], found[1]) if found else None


def last_doer(point_id: str, at: datetime) -> tuple[str, str] | None:
    """(id, name) of the person who was the last to do the work at a point in the day before."""
    statement = (
        select(Check.person_id, Check.person_name)
        .where(Check.point_id == point_id, Check.outcome == "done", STANDS, Check.received_at <= at)
        .where(Check.received_at > at - timedelta(days=1))
        .order_by(Check.received_at.desc())
    )
    found = db.row(statement.limit(1))
    if found:
        return found[0], found[1]
    return None


def _minutes(number: str) -> int | None:
    row = edition_row(number)
    return edition(row).valid_minutes if row else None
