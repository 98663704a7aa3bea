"""What of today stands in cells of its own: the windows that were over at a mark, which moves each minute.

Without it every figure of the running month would count today's windows one by one, and slow down with their number.
Who asks about another day, or about a moment before the mark, reads as if there were none.
"""

from __future__ import annotations

from datetime import date, datetime, tzinfo
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select

from app import db
from app.days import ONE_DAY, begins
from app.schedule.models import Occurrence
from app.tallies.models import TODAY, TallyMark
from app.tallies.queries_asked import Span

RAW: Any = Occurrence.__table__.c


def mark(span: Span) -> Any:
    """The mark where it lies between the beginning of the day that is asked about and its moment, else NULL."""
    kept = TallyMark.today_until
    return select(kept).where(kept >= span.over, kept <= span.last).scalar_subquery()


def since(span: Span) -> Any:
    """From here on windows are read one by one."""
    return func.coalesce(mark(span), span.over)


def in_cells(columns: Any, span: Span) -> ColumnElement[bool]:
    """The cells of today, where the mark may be used."""
    return and_(columns.on == TODAY, mark(span).is_not(None))


def today_until() -> datetime | None:
    found: datetime | None = db.scalar(select(TallyMark.today_until))
    return found


def covered(zone: tzinfo) -> tuple[datetime, datetime] | None:
    """Ends of grace from the first on, before the second, are in the cells of today; None: there are no such cells."""
    until = today_until()
    return (begins(_day(until, zone), zone), until) if until else None


def still_to_count(now: datetime, zone: tzinfo) -> tuple[datetime, bool]:
    """From when on windows that are over by now are not in the cells of today, and whether those begin anew."""
    until = today_until()
    if until is None or until > now or _day(until, zone) != _day(now, zone):
        return begins(_day(now, zone), zone), True
    return until, False


def anything_over(now: datetime) -> bool:
    """Whether a window was over since the mark, or since a day where there is none."""
    since_ = today_until() or now - ONE_DAY
    return db.scalar(select(RAW.id).where(RAW.grace_end_at >= since_, RAW.grace_end_at < now).limit(1)) is not None


def _day(instant: datetime, zone: tzinfo) -> date:
    return instant.astimezone(zone).date()
