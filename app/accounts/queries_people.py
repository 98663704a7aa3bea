"""Reads for the page of people and for a person's own account."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from app import clock, db
from app.accounts.models import AccountEvent, Grant, Person, SignIn
from app.accounts.queries import SESSION_LIFE, token_key
from app.accounts.rules import Reach, Target
from app.organisations.models import Organisation
from app.refusals import NotFound
from app.web.current import Role
from app.web.words import lazy

PEOPLE_A_PAGE = 50


@dataclass(frozen=True)
class Account:
    """An account as the office sees it."""

    id: str
    name: str
    role: Role
    org_id: str
    org_name: str
    org_path: str
    crew_id: str | None
    shift_id: str | None
    active: bool
    pin_set_at: datetime | None
    external_of: str | None = None
    ends_at: datetime | None = None

    def as_target(self) -> Target:
        """What the rules judge by."""
        return Target(self.id, self.role, self.org_path, self.crew_id, self.active)


@dataclass(frozen=True)
class Session:
    """A sign-in that still counts; `key` names it without being able to open it."""

    key: str
    device: str
    address: str
    started_at: datetime
    seen_at: datetime
    current: bool


@dataclass(frozen=True)
class Given:
    """A dated grant."""

    id: int
    name: str
    from_on: date
    to_on: date | None


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed to; `page` counts from 1."""

    text: str = ""
    org_id: str = ""
    with_disabled: bool = False
    page: int = 1
    page_size: int = PEOPLE_A_PAGE
    roles: tuple[Role, ...] = ()


_ACCOUNT = select(
    Person.id,
    Person.name,
    Person.role,
    Person.org_id,
    Organisation.name.label("org_name"),
    Organisation.path,
    Person.crew_id,
    Person.shift_id,
    Person.active,
    Person.pin_set_at,
    Person.external_of,
    Person.ends_at,
).join(Organisation, Organisation.id == Person.org_id)


def _account(row: db.AnyRow) -> Account:
    return Account(row.id, row.name, Role(row.role), *tuple(row)[3:])


def _within(reach: Reach) -> list[ColumnElement[bool]]:
    if reach.everybody:
        return []
    if reach.crew_id:
        return [Person.crew_id == reach.crew_id]
    return [Organisation.path.startswith(reach.org_path or "//", autoescape=True)]


def _narrowed(reach: Reach, filters: Filters) -> Any:
    statement = _ACCOUNT.where(*_within(reach))
    if filters.text:
        wanted = filters.text.strip()
        statement = statement.where(
            or_(Person.id.icontains(wanted, autoescape=True), Person.name.icontains(wanted, autoescape=True))
        )
    if filters.org_id:
        statement = statement.where(Person.org_id == filters.org_id)
    if filters.roles:
        statement = statement.where(Person.role.in_(filters.roles))
    return statement if filters.with_disabled else statement.where(Person.active)


def accounts(reach: Reach, filters: Filters) -> tuple[list[Account], int]:
    """One page of the accounts within reach, and how many there are in all."""
    statement = _narrowed(reach, filters)
    total = db.scalar(select(func.count()).select_from(statement.subquery()))
    ordered = statement.order_by(Organisation.path, Person.crew_id, Person.id)
    page = ordered.limit(filters.page_size).offset((filters.page - 1) * filters.page_size)
    return [_account(row) for row in db.rows(page)], total


def account_within(reach: Reach, person_id: str) -> Account:
    """One account; raises NotFound when there is none or it is out of reach."""
    found = db.row(_ACCOUNT.where(Person.id == person_id, *_within(reach)))
    if found is None:
        raise NotFound(lazy("There is no such person in your reach."))
    return _account(found)


def is_taken(person_id: str) -> bool:
    """Whether an account has this id, active or not."""
    return db.scalar(select(Person.id).where(Person.id == person_id)) is not None


def admins_left_without(person_id: str) -> int:
    """How many active administrators there are beside this one."""
    others = select(func.count()).where(Person.role == Role.ADMIN, Person.active, Person.id != person_id)
    return int(db.scalar(others))


def crews_in_use() -> list[str]:
    """Ids of the crews that somebody is in."""
    found = db.rows(select(Person.crew_id).where(Person.crew_id.is_not(None)).distinct().order_by(Person.crew_id))
    return [row.crew_id for row in found]


def grants_of(person_id: str) -> list[Given]:
    """All grants of a person, the newest first."""
    statement = select(Grant.id, Grant.name, Grant.from_on, Grant.to_on).where(Grant.person_id == person_id)
    return [Given(*row) for row in db.rows(statement.order_by(Grant.from_on.desc(), Grant.id.desc()))]


def sessions_of(person_id: str, token: str = "") -> list[Session]:
    """Sign-ins of a person that still count, the one asking first, then the last seen."""
    own = token_key(token)
    now = clock.now()
    statement = select(SignIn.id, SignIn.device, SignIn.address, SignIn.started_at, SignIn.seen_at).where(
        SignIn.person_id == person_id,
        SignIn.ended_at.is_(None),
        SignIn.started_at > now - SESSION_LIFE,
        or_(SignIn.idle_until.is_(None), SignIn.idle_until > now),
    )
    found = db.rows(statement.order_by(SignIn.seen_at.desc()))
    sessions = [
        Session(each.id, each.device, each.address, each.started_at, each.seen_at, each.id == own) for each in found
    ]
    return sorted(sessions, key=lambda session: not session.current)


def events_of(person_id: str, most: int = 20) -> list[db.AnyRow]:
    """What was done to an account: kind, by whom (name), when."""
    by = select(Person.id, Person.name).subquery()
    statement = (
        select(AccountEvent.kind, AccountEvent.at, func.coalesce(by.c.name, AccountEvent.by_id).label("by_name"))
        .join(by, by.c.id == AccountEvent.by_id, isouter=True)
        .where(AccountEvent.person_id == person_id)
    )
    return list(db.rows(statement.order_by(AccountEvent.at.desc(), AccountEvent.id.desc()).limit(most)))


def is_external(person_id: str) -> bool:
    """Whether this is the account of a checker from outside."""
    return db.scalar(select(Person.external_of).where(Person.id == person_id)) is not None
