"""Reads of people as houses outside know them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app import db
from app.accounts.models import Person
from app.entrances.models import Identity
from app.organisations.models import Organisation

SHOWN = 200


@dataclass(frozen=True)
class Known:
    """Somebody of a house."""

    id: int
    house: str
    name: str
    person_id: str | None
    person_name: str | None
    how: str
    claims: Mapping[str, Any]
    last_at: datetime


_COLUMNS = (Identity.id, Identity.house, Identity.name, Identity.person_id, Person.name.label("person_name"))
_KNOWN = select(*_COLUMNS, Identity.how, Identity.claims, Identity.last_at).join(
    Person, Person.id == Identity.person_id, isouter=True
)


def known_by(house: str, subject: str) -> Known | None:
    """By what the house calls them."""
    found = db.row(_KNOWN.where(Identity.house == house, Identity.subject == subject))
    return Known(*found) if found else None


def known_as(identity_id: int) -> Known | None:
    """By our number."""
    found = db.row(_KNOWN.where(Identity.id == identity_id))
    return Known(*found) if found else None


def newest() -> list[Known]:
    """Those who wait for a decision first."""
    order = (Identity.person_id.is_not(None), Identity.last_at.desc(), Identity.id.desc())
    return [Known(*row) for row in db.rows(_KNOWN.order_by(*order).limit(SHOWN))]


def unit_exists(unit: str) -> bool:
    """Whether a rule names a unit that is there."""
    return db.scalar(select(Organisation.id).where(Organisation.id == unit)) is not None
