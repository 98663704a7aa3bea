"""Reads for the duty-room screen: what stands open, and what was taken lately and by whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, literal, or_, select

from app import db
from app.accounts.models import Person
from app.messages.models import Alarm, Message
from app.messages.rules_access import DUTY
from app.messages.rules_words import Worded
from app.organisations.models import Organisation
from app.refusals import NotFound
from app.web.current import CurrentPerson
from app.web.words import lazy

# What was taken stays in sight for a shift.
TAKEN_FOR = timedelta(hours=8)
AT_MOST = 60


@dataclass(frozen=True)
class Sounding(Worded):
    """An alarm; `taken_by` is the name of who took it, `over_at` says that it needs nobody any more."""

    id: int
    kind: str
    params: Mapping[str, str]
    link: str
    unit: str | None
    at: datetime
    taken_by_id: str | None
    taken_by: str | None
    taken_at: datetime | None
    over_at: datetime | None

    def minutes(self, now: datetime) -> int:
        """How long it has stood."""
        return max(0, int((now - self.at) / timedelta(minutes=1)))


_SOUNDING = (
    select(
        Alarm.id,
        Alarm.kind,
        Alarm.params,
        Alarm.link,
        Organisation.name.label("unit"),
        Alarm.at,
        Alarm.taken_by_id,
        Person.name.label("taken_by"),
        Alarm.taken_at,
        Alarm.over_at,
    )
    .join(Organisation, Organisation.id == Alarm.unit_id, isouter=True)
    .join(Person, Person.id == Alarm.taken_by_id, isouter=True)
)


def open_alarms(person: CurrentPerson) -> list[Sounding]:
    """What nobody has taken yet, the oldest first."""
    standing = _SOUNDING.where(Alarm.taken_at.is_(None), Alarm.over_at.is_(None), _visible(person))
    return [Sounding(*row) for row in db.rows(standing.order_by(Alarm.at, Alarm.id).limit(AT_MOST))]


def taken_alarms(person: CurrentPerson, now: datetime) -> list[Sounding]:
    """What was taken lately, the newest first."""
    lately = _SOUNDING.where(Alarm.taken_at > now - TAKEN_FOR, _visible(person))
    return [Sounding(*row) for row in db.rows(lately.order_by(Alarm.taken_at.desc(), Alarm.id).limit(12))]


def alarm_within(person: CurrentPerson, alarm_id: int) -> Sounding:
    """One alarm; raises NotFound when there is none or it is out of reach."""
    found = db.row(_SOUNDING.where(Alarm.id == alarm_id, _visible(person)))
    if found is None:
        raise NotFound(lazy("There is no such alarm in your reach."))
    return Sounding(*found)


def _visible(person: CurrentPerson) -> ColumnElement[bool]:
    """The duty room answers for the whole site; a supervisor sees what is told to them or is of their subtree."""
    if DUTY in person.grants:
        return literal(value=True)
    told: Any = exists().where(and_(Message.key == Alarm.key, Message.person_id == person.id))
    return or_(told, Organisation.path.startswith(person.org_path or "//", autoescape=True))
