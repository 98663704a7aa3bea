"""Reads of certificates: whose ends soon, and the list for the people who keep them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app import db
from app.accounts.models import Person
from app.training.models import Certificate
from app.web.current import Role


@dataclass(frozen=True)
class Ending:
    """A certificate that counts, with its last day."""

    id: int
    person_id: str
    person: str
    crew_id: str | None
    name: str
    valid_to: date


@dataclass(frozen=True)
class Kept:
    """A certificate that counts, as the office sees it."""

    entry_id: str
    person_id: str
    name: str
    number: str
    issuer: str
    valid_from: date | None
    valid_to: date | None

    def state(self, today: date, soon: date) -> str:
        """`over`, `soon` or `valid`."""
        if self.valid_to is not None and self.valid_to < today:
            return "over"
        return "soon" if self.valid_to is not None and self.valid_to <= soon else "valid"


def ending_papers(last: date) -> list[Ending]:
    """Certificates that count and end by that day, those that have ended too."""
    columns = (
        Certificate.id, Certificate.person_id, Person.name.label("person"), Person.crew_id, Certificate.name,
        Certificate.valid_to, Certificate.withdrawn,
    )  # fmt: skip
    statement = select(*columns).join(Person, Person.id == Certificate.person_id).where(Person.active)
    newest = {(row.person_id, row.name): row for row in db.rows(statement.order_by(Certificate.id))}
    return [
        Ending(*tuple(row)[:-1])
        for row in newest.values()
        if not row.withdrawn and row.valid_to is not None and row.valid_to <= last
    ]


def certificates_of(person_ids: Collection[str]) -> dict[str, list[Kept]]:
    """What these people hold, by person; the newest entry of a name counts."""
    columns = (
        Certificate.entry_id, Certificate.person_id, Certificate.name, Certificate.number, Certificate.issuer,
        Certificate.valid_from, Certificate.valid_to, Certificate.withdrawn,
    )  # fmt: skip
    statement = select(*columns).where(Certificate.person_id.in_(sorted(person_ids))).order_by(Certificate.id)
    newest = {(row.person_id, row.name): row for row in db.rows(statement)}
    found: dict[str, list[Kept]] = defaultdict(list)
    for row in newest.values():
        if not row.withdrawn:
            found[row.person_id].append(Kept(*tuple(row)[:-1]))
    return found


def entry_exists(entry_id: str) -> bool:
    """Whether this entry was made before."""
    return bool(db.scalar(select(Certificate.id).where(Certificate.entry_id == entry_id)))


def leaders_of(crew_ids: Collection[str]) -> dict[str, list[str]]:
    """Crew to its leaders."""
    statement = select(Person.id, Person.crew_id).where(
        Person.crew_id.in_(sorted(crew_ids)), Person.role == Role.CREW_LEADER, Person.active
    )
    found: dict[str, list[str]] = defaultdict(list)
    for row in db.rows(statement.order_by(Person.id)):
        found[row.crew_id].append(row.id)
    return found
