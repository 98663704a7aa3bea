"""Findings whose time has run out, for the timer."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ColumnElement, or_, select

from app import db
from app.nonconformities.models import Finding
from app.nonconformities.queries_one import COLUMNS, Standing, standing_from
from app.nonconformities.rules import TO_BE_DONE, FindingState

WAITING = (FindingState.TO_RECHECK, FindingState.APPEALED)


def anything_late(now: datetime) -> bool:
    """One cheap look before the job takes its lease."""
    statement = select(Finding.id).where(or_(_late(now), _conceded(now.date())))
    return db.row(statement.limit(1)) is not None


def late(now: datetime, after: str = "", limit: int = 200) -> list[Standing]:
    """Those overdue, by id from `after` on."""
    statement = select(*COLUMNS).where(_late(now), Finding.id > after).order_by(Finding.id).limit(limit)
    return [standing_from(row._mapping) for row in db.rows(statement)]  # noqa: SLF001  SQLAlchemy's own name


def ended_concessions(today: date) -> list[Standing]:
    """Concessions whose last day is over."""
    statement = select(*COLUMNS).where(_conceded(today)).order_by(Finding.id)
    return [standing_from(row._mapping) for row in db.rows(statement)]  # noqa: SLF001  SQLAlchemy's own name


def _late(now: datetime) -> ColumnElement[bool]:
    return or_(
        Finding.state.in_(TO_BE_DONE) & (Finding.due_at < now),
        Finding.state.in_(WAITING) & (Finding.recheck_by < now),
    )


def _conceded(today: date) -> ColumnElement[bool]:
    return (Finding.state == FindingState.CONCESSION) & (Finding.until < today)
