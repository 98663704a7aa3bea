"""Reads of texts that wait to be looked at, and of retention as it was chosen."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from app.accounts.models import Person
from app.checks.models import Check
from app.db import AnyRow, row, rows, scalar
from app.privacy.models import HeldText, RetentionChoice
from app.refusals import NotFound
from app.web.words import lazy

MOST_HELD = 200


@dataclass(frozen=True)
class Waiting:
    """A text that waits; `is_check` says that its record can be opened."""

    id: int
    record_id: str
    place: str
    text: str
    words: str
    by_id: str | None
    by_name: str
    at: datetime
    is_check: bool


def held_places(record_id: str) -> frozenset[str]:
    """What is kept apart of this record already: a phone sends twice."""
    return frozenset(each.place for each in rows(select(HeldText.place).where(HeldText.record_id == record_id)))


def waiting() -> list[Waiting]:
    """What nobody has looked at yet, the oldest first."""
    return [_waiting(each) for each in rows(_held().where(HeldText.classified.is_(None)).limit(MOST_HELD))]


def waiting_one(held_id: int) -> Waiting:
    """One of them; raises NotFound when it has been looked at."""
    found = row(_held().where(HeldText.id == held_id, HeldText.classified.is_(None)))
    if found is None:
        raise NotFound(lazy("This text has been looked at already."))
    return _waiting(found)


def how_many_wait() -> int:
    """How many texts wait."""
    return int(scalar(select(func.count()).select_from(HeldText).where(HeldText.classified.is_(None))) or 0)


def chosen_months() -> dict[tuple[str, str], int]:
    """(kind, unit) -> months, the newest choice of each; unit "" is everywhere."""
    found = rows(
        select(RetentionChoice.kind, RetentionChoice.org_id, RetentionChoice.months).order_by(RetentionChoice.id)
    )
    return {(each.kind, each.org_id): each.months for each in found}


def people_in_roles() -> dict[str, int]:
    """Active accounts by role."""
    counted = select(Person.role, func.count().label("n")).where(Person.active).group_by(Person.role)
    return {each.role: each.n for each in rows(counted)}


def _held() -> Any:
    statement: Any = (
        select(HeldText, Person.name.label("by_name"), Check.id.label("check_id"))
        .join_from(HeldText, Person, Person.id == HeldText.by_id, isouter=True)
        .join(Check, Check.id == HeldText.record_id, isouter=True)
        .order_by(HeldText.id)
    )
    return statement


def _waiting(found: AnyRow) -> Waiting:
    return Waiting(
        found.id,
        found.record_id,
        found.place,
        found.text,
        found.words,
        found.by_id,
        found.by_name or "",
        found.at,
        found.check_id is not None,
    )
