"""The windows behind a figure, for rooms above that read the month through other eyes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, tzinfo

from sqlalchemy import ColumnElement, and_, false, func, or_, select

from app import db
from app.organisations.queries import scope_of
from app.schedule.models import Occurrence
from app.stats.queries_log import page_of_lines
from app.stats.queries_month import in_reach
from app.stats.queries_monthpage import RECORDS_A_PAGE, Records, of_measure, records
from app.stats.rules_asked import RecordQuery
from app.web.current import CurrentPerson


def windows_behind(
    who: CurrentPerson, first: date, wanted: Mapping[str, str], page: int, now: datetime, zone: tzinfo
) -> Records:
    """A page, the newest first; `wanted` holds measure, outcome, point and so on as the addresses of /stats do."""
    return records(who, RecordQuery(first, page=page, **wanted), now, zone)  # type: ignore[arg-type]


def windows_over(
    who: CurrentPerson, measure: str, months: Sequence[Sequence[ColumnElement[bool]]], page: int, now: datetime
) -> Records:
    """A page of the windows that a measure divides by, the newest first, over months each held to clauses of its own.

    Two queries; the time of a month stands among its clauses.
    """
    among = or_(false(), *(and_(*each) for each in months))
    clauses = [*in_reach(scope_of(who)), among, *of_measure(measure)]
    whole = db.scalar(select(func.count()).select_from(Occurrence).where(*clauses)) or 0
    return Records(page_of_lines(clauses, (page - 1) * RECORDS_A_PAGE, RECORDS_A_PAGE), whole, now)
