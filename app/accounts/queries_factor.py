"""Reads of the second factor."""

from dataclasses import dataclass

from sqlalchemy import func, select

from app import db
from app.accounts.models import RecoveryCode, SecondFactor


@dataclass(frozen=True, repr=False)
class Factor:
    """A generator as kept; it has no repr, so that no log shows it."""

    person_id: str
    sealed: str
    confirmed: bool
    last_step: int


def factor_of(person_id: str) -> Factor | None:
    """The generator of a person, confirmed or being set up."""
    confirmed = SecondFactor.confirmed_at.is_not(None)
    columns = (SecondFactor.person_id, SecondFactor.sealed, confirmed, SecondFactor.last_step)
    found = db.row(select(*columns).where(SecondFactor.person_id == person_id))
    return Factor(found[0], found[1], bool(found[2]), found[3]) if found else None


def codes_left(person_id: str) -> int:
    """How many recovery codes are unused."""
    unused = (RecoveryCode.person_id == person_id, RecoveryCode.used_at.is_(None))
    return int(db.scalar(select(func.count()).select_from(RecoveryCode).where(*unused)) or 0)


def sealed_secrets() -> list[tuple[str, str]]:
    """All of them, for a rotation of the key: person and what is sealed."""
    return [(row.person_id, row.sealed) for row in db.rows(select(SecondFactor.person_id, SecondFactor.sealed))]
