"""Reads of records that do not say yet whether their author was qualified (rules EV-7), and of what they say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import exists, select

from app import db
from app.accounts.models import Person
from app.checks.models import Check
from app.training.models import StandingMark
from app.training.queries import training_settings

# Later looks find nothing older: the timer comes every minute, and a stop of some days is made up for.
LOOK_BACK = timedelta(days=40)
A_LOOK = 500


@dataclass(frozen=True)
class Unmarked:
    """A record as the question of qualification sees it."""

    id: str
    person_id: str
    edition: str
    business_on: date


def unmarked(now: datetime, most: int = A_LOOK) -> list[Unmarked]:
    """Records since the demand holds that carry no mark, the oldest first."""
    since = training_settings().enforced_from
    if since is None:
        return []
    statement = (
        select(Check.id, Check.person_id, Check.edition, Check.business_on)
        .where(Check.received_at > now - LOOK_BACK, Check.business_on >= since)
        .where(~exists().where(StandingMark.check_id == Check.id))
        .order_by(Check.received_at)
        .limit(most)
    )
    return [Unmarked(*row) for row in db.rows(statement)]


def anything_unmarked(now: datetime) -> bool:
    """A cheap look for the timer."""
    return bool(unmarked(now, 1))


@dataclass(frozen=True)
class Marked:
    """What a record says of its author's qualification on its date."""

    standing: str
    lacks: tuple[str, ...]
    mentor: str | None


def mark_of(check_id: str) -> Marked | None:
    """The mark of one record, once the timer has written it."""
    statement = (
        select(StandingMark.standing, StandingMark.lacks, Person.name)
        .outerjoin(Person, Person.id == StandingMark.mentor_id)
        .where(StandingMark.check_id == check_id)
    )
    found = db.row(statement)
    return Marked(found.standing, tuple(found.lacks), found.name) if found else None
