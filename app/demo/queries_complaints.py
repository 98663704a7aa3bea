"""Reads for the complaints of the demo's history: what was done where, so that there is something to say."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app import db
from app.checks.models import Check
from app.places.models import Point


@dataclass(frozen=True)
class Done:
    """A record that somebody speaks about."""

    check_id: str
    point_id: str
    person_id: str
    standard_code: str
    implementer_id: str
    responsible_id: str
    at: datetime


def done_between(first: datetime, end: datetime, kind: str) -> list[Done]:
    """Records done at points of this kind, in order."""
    statement = (
        select(
            Check.id, Check.point_id, Check.person_id, Check.standard_code, Check.implementer_id,
            Check.responsible_id, Check.effective_at,
        )
        .join(Point, Point.id == Check.point_id)
        .where(Check.outcome == "done", Point.kind == kind, Check.effective_at.between(first, end))
        .order_by(Check.effective_at, Check.id)
    )  # fmt: skip
    return [Done(*row) for row in db.rows(statement)]
