"""Reads of newcomers: accounts made lately that nobody guides yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select

from app import db
from app.accounts.models import Person
from app.training.models import Newcomer
from app.training.queries_ends import leaders_of
from app.web.current import Role


@dataclass(frozen=True)
class Fresh:
    """A new account and the leader of its crew."""

    id: str
    created_at: datetime
    leader_id: str


def newly_come(since: datetime) -> list[Fresh]:
    """Workers and drivers whose account is younger, in crews that have a leader."""
    statement = (
        select(Person.id, Person.created_at, Person.crew_id)
        .where(Person.active, Person.role.in_([Role.WORKER, Role.DRIVER]), Person.created_at > since)
        .where(Person.crew_id.is_not(None), ~exists().where(Newcomer.person_id == Person.id))
        .order_by(Person.id)
    )
    found = db.rows(statement)
    leaders = leaders_of({row.crew_id for row in found})
    return [Fresh(row.id, row.created_at, leaders[row.crew_id][0]) for row in found if row.crew_id in leaders]
