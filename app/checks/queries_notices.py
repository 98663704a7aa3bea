"""Reads of records that have waited too long for their second signature."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from app import db
from app.accounts.models import Person
from app.checks.models import Check, CheckState
from app.checks.queries_record import json_length
from app.places.models import Point

WAITS_FOR = timedelta(hours=24)
# Who has not signed after a week will not by being told once more.
HEARD_FOR = timedelta(days=7)


@dataclass(frozen=True)
class Unsigned:
    """A record that waits, its author and their crew."""

    check_id: str
    point: str
    received_at: datetime
    person_id: str
    implementer_id: str
    crew_id: str | None


def long_unsigned(now: datetime) -> list[Unsigned]:
    """Records received over a day ago that still wait; the newest first."""
    statement = (
        select(Check.id, Point.name, Check.received_at, Check.person_id, Check.implementer_id, Person.crew_id)
        .join(CheckState, CheckState.check_id == Check.id)
        .join(Point, Point.id == Check.point_id)
        .join(Person, Person.id == Check.person_id)
        .where(Check.received_at <= now - WAITS_FOR, Check.received_at > now - HEARD_FOR)
        .where(json_length(CheckState.unsigned_steps) > 0)
        .order_by(Check.received_at.desc())
        .limit(200)
    )
    return [Unsigned(*row) for row in db.rows(statement)]
