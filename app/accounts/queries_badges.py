"""Reads of badges: by what stands on the card, and of the people in a list."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select

from app import db
from app.accounts.models import Badge as BadgeRow
from app.accounts.models import Person
from app.accounts.queries import token_key
from app.accounts.rules_badges import CARRIERS, Badge, number_of

_BADGE = select(
    BadgeRow.id,
    BadgeRow.person_id,
    BadgeRow.token_key,
    BadgeRow.issued_at,
    BadgeRow.code_until,
    BadgeRow.activated_at,
    BadgeRow.strange_tries,
).where(BadgeRow.revoked_at.is_(None))


@dataclass(frozen=True)
class Scanned:
    """The live badge behind a card, with the hashes that its secrets are compared with."""

    badge: Badge
    code_hash: str
    pin_hash: str


def badge_of_token(token: str) -> Scanned | None:
    """The live badge of an active person who may carry one; None for everything else."""
    statement = (
        _BADGE.add_columns(BadgeRow.code_hash, Person.pin_hash)
        .join(Person, Person.id == BadgeRow.person_id)
        .where(BadgeRow.token_key == token_key(token), Person.active, Person.role.in_(CARRIERS))
    )
    found = db.row(statement)
    return Scanned(_badge(found), found.code_hash, found.pin_hash) if found else None


def carrier_of(token: str) -> str | None:
    """The person whose activated badge this is."""
    found = badge_of_token(token)
    return found.badge.person_id if found and found.badge.activated_at else None


def badge_of(person_id: str) -> Badge | None:
    """A person's live badge."""
    return badges_of([person_id]).get(person_id)


def badges_of(person_ids: Iterable[str]) -> dict[str, Badge]:
    """Live badges by person."""
    found = db.rows(_BADGE.where(BadgeRow.person_id.in_(list(person_ids))))
    return {row.person_id: _badge(row) for row in found}


def _badge(row: db.AnyRow) -> Badge:
    number = number_of(row.token_key)
    return Badge(row.id, row.person_id, number, row.issued_at, row.code_until, row.activated_at, row.strange_tries)
