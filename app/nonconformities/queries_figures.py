"""Figures of findings: closed in time (MT-20), passed at the first recheck (MT-21); for pages and reports to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from sqlalchemy import select

from app import db
from app.nonconformities.models import Finding
from app.nonconformities.rules import FindingState
from app.organisations.queries import within
from app.organisations.rules import Scope


@dataclass(frozen=True, slots=True)
class ClosedInTime:
    """Of the findings `due` in a time, `in_time` passed and were put right within their limit.

    Of those `rechecked`, `at_once` passed the first time; `median` runs from finding to closure.
    """

    due: int
    in_time: int
    rechecked: int
    at_once: int
    median: timedelta | None


def closed_in_time(scope: Scope, first: datetime, before: datetime, now: datetime) -> ClosedInTime:
    """Findings whose limit lies in the time, those put right on the spot and withdrawn ones aside. One query."""
    statement = select(
        Finding.due_at, Finding.rectified_at, Finding.closed_at, Finding.found_at, Finding.failed_rechecks
    ).where(
        *within(scope, Finding.implementer_id, Finding.responsible_id),
        Finding.due_at >= first,
        Finding.due_at < min(before, now),
        Finding.fixed_on_spot.is_(False),
        Finding.state.not_in((FindingState.WITHDRAWN, FindingState.CONCESSION, FindingState.REVISION)),
    )
    found = db.rows(statement)
    closed = [row for row in found if row.closed_at]
    at_once = [row for row in closed if not row.failed_rechecks]
    in_time = sum((row.rectified_at or row.closed_at) <= row.due_at for row in at_once)
    rechecked = sum(row.closed_at is not None or row.failed_rechecks > 0 for row in found)
    lasted = [row.closed_at - row.found_at for row in closed]
    return ClosedInTime(len(found), in_time, rechecked, len(at_once), median(lasted) if lasted else None)
