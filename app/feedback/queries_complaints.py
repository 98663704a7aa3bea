"""Reads of cases: one in reach, the board with what is due first, events, contacts, and the case behind a link."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import aliased

from app import db
from app.accounts.models import Person
from app.feedback.models import FeedbackCase, FeedbackContact, FeedbackEvent, FeedbackItem
from app.feedback.rules_complaints import DESK, State, may_read
from app.feedback.rules_tokens import key_of
from app.organisations.models import Organisation
from app.organisations.queries import scope_of, within
from app.places.models import Building, Point
from app.refusals import Forbidden, NotFound
from app.web.current import CurrentPerson
from app.web.words import lazy

MOST_LINES = 200


@dataclass(frozen=True, slots=True)
class Case:
    """A case as its page and its deeds need it; no contact data."""

    item_id: str
    number: str
    kind: str
    state: str
    point_id: str | None
    implementer_id: str
    responsible_id: str
    received_at: datetime
    proposed: str
    classified: str
    classified_by_id: str | None
    reply_due_at: datetime | None
    replied_at: datetime | None
    reply: str
    close_due_at: datetime | None
    measure: str
    closed_at: datetime | None
    called_back_at: datetime | None
    call_back: str
    reviewed_at: datetime | None
    handler_id: str | None
    finding_id: str | None
    occurrence_id: int | None
    check_id: str | None
    contest: str
    topic: str
    words: str
    photo: str | None
    source: str
    standard_code: str
    point: str | None
    point_code: str | None
    building: str | None
    floor: str | None
    implementer: str | None
    implementer_path: str | None
    responsible: str | None
    handler: str | None

    @property
    def due_at(self) -> datetime | None:
        """The clock that runs now: the first reply, then closing."""
        if self.state == State.CLOSED:
            return None
        return self.reply_due_at if self.state == State.RECEIVED else self.close_due_at

    @property
    def last_day(self) -> datetime | None:
        """A moment of the last day: closing is due at the midnight that ends it."""
        due_at = self.close_due_at if self.state != State.RECEIVED else self.reply_due_at
        return due_at - timedelta(seconds=1) if due_at else None

    def is_late(self, now: datetime) -> bool:
        return self.due_at is not None and now >= self.due_at


@dataclass(frozen=True, slots=True)
class Happened:
    """A line of a case's history."""

    kind: str
    by_id: str | None
    by: str | None
    at: datetime
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach whoever left it; `wiped_at` says that it is gone."""

    name: str
    contact: str
    wiped_at: datetime | None


_IMPLEMENTER, _RESPONSIBLE = aliased(Organisation), aliased(Organisation)
_OWN = list(Case.__dataclass_fields__)[:25]
_WHOLE = (
    select(
        *(getattr(FeedbackCase, name) for name in _OWN),
        FeedbackItem.topic,
        FeedbackItem.words,
        FeedbackItem.photo,
        FeedbackItem.source,
        FeedbackItem.standard_code,
        Point.name,
        Point.code,
        Building.name,
        Point.floor,
        _IMPLEMENTER.name,
        _IMPLEMENTER.path,
        _RESPONSIBLE.name,
        Person.name,
    )
    .join(FeedbackItem, FeedbackItem.id == FeedbackCase.item_id)
    .outerjoin(Point, Point.id == FeedbackCase.point_id)
    .outerjoin(Building, Building.id == Point.building_id)
    .outerjoin(_IMPLEMENTER, _IMPLEMENTER.id == FeedbackCase.implementer_id)
    .outerjoin(_RESPONSIBLE, _RESPONSIBLE.id == FeedbackCase.responsible_id)
    .outerjoin(Person, Person.id == FeedbackCase.handler_id)
)


def find_case(item_id: str) -> Case | None:
    """The case, whoever asks: the caller has to do the scoping."""
    found = db.row(_WHOLE.where(FeedbackCase.item_id == item_id))
    return Case(*found) if found else None


def case_for(item_id: str, person: CurrentPerson) -> Case:
    """The case if this person reaches it; raises Forbidden for roles that read none, NotFound out of reach."""
    if not may_read(person):
        raise Forbidden(lazy("Your account does not reach this page. Your crew leader or supervisor can help."))
    found = db.row(_WHOLE.where(FeedbackCase.item_id == item_id, *reached(person)))
    if found is None:
        raise NotFound(lazy("There is no such case, or it belongs to another unit."))
    return Case(*found)


def cases_for(person: CurrentPerson, *clauses: ColumnElement[bool]) -> list[Case]:
    """Cases in reach, the clock that runs out first on top, closed ones by their end."""
    statement = _WHOLE.where(*reached(person), *clauses).order_by(
        func.coalesce(FeedbackCase.closed_at, FeedbackCase.received_at).desc()
    )
    found = [Case(*row) for row in db.rows(statement.limit(MOST_LINES))]
    return sorted(found, key=lambda case: (case.due_at is None, case.due_at.timestamp() if case.due_at else 0))


def open_cases(person: CurrentPerson) -> list[Case]:
    """What still runs."""
    return cases_for(person, FeedbackCase.state != State.CLOSED)


def closed_cases(person: CurrentPerson) -> list[Case]:
    """What is closed, the newest first."""
    return cases_for(person, FeedbackCase.state == State.CLOSED)


def cases_named(person: CurrentPerson, item_ids: Collection[str]) -> list[Case]:
    """These cases, as far as they are in reach."""
    return cases_for(person, FeedbackCase.item_id.in_(list(item_ids)))


def reached(person: CurrentPerson) -> list[ColumnElement[bool]]:
    """The service desk reaches every case, others by the units of the case."""
    if DESK in person.grants and not person.external:
        return []
    return within(scope_of(person), FeedbackCase.implementer_id, FeedbackCase.responsible_id)


def events_of(item_id: str) -> list[Happened]:
    """The history of a case, oldest first."""
    columns = (FeedbackEvent.kind, FeedbackEvent.by_id, Person.name, FeedbackEvent.at, FeedbackEvent.data)
    statement = (
        select(*columns)
        .outerjoin(Person, Person.id == FeedbackEvent.by_id)
        .where(FeedbackEvent.subject_id == item_id)
        .order_by(FeedbackEvent.id)
    )
    return [Happened(row.kind, row.by_id, row.name, row.at, row.data or {}) for row in db.rows(statement)]


def contact_of(item_id: str) -> Contact | None:
    """The contact data: only for those who may handle the case, and only while it is open."""
    columns = (FeedbackContact.name, FeedbackContact.contact, FeedbackContact.wiped_at)
    found = db.row(select(*columns).where(FeedbackContact.item_id == item_id))
    return Contact(*found) if found else None


def case_behind(token: str) -> Case | None:
    """The case of a status link."""
    found = db.row(_WHOLE.where(FeedbackCase.status_key == key_of(token)))
    return Case(*found) if found else None
