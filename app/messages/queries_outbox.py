"""Reads for carrying messages outside: what is new, which channels stand, what waits at each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import exists, select

from app import db
from app.accounts.models import Person
from app.messages.models import Delivery, Message, MessageChannel
from app.messages.queries_choices import choices_of
from app.messages.rules_channels import Via
from app.messages.rules_choices import DEFAULT, Choice
from app.organisations.models import Organisation

AT_ONCE = 500


@dataclass(frozen=True)
class News:
    """A message that no channel has been looked through for, with who is told and what they have chosen."""

    id: int
    person_id: str
    kind: str
    params: Mapping[str, str]
    link: str
    key: str
    urgent: bool
    at: datetime
    org_path: str
    choice: Choice


@dataclass(frozen=True)
class Channel:
    """A channel as it is used; what is sealed stays sealed."""

    id: int
    name: str
    via: Via
    host: str
    sealed: str
    settings: Mapping[str, str]
    kinds: frozenset[str]
    unit_ids: frozenset[str]
    quiet: tuple[str, str]
    active: bool
    changed_at: datetime
    fails: int
    failing_since: datetime | None
    wait_until: datetime | None
    reason: str
    sent_at: datetime | None
    posts: list[float]


@dataclass(frozen=True)
class Waiting:
    """One delivery that is due."""

    id: int
    key: str
    kind: str
    params: Mapping[str, str]
    link: str
    urgent: bool
    person_id: str | None
    people: Sequence[str]
    at: datetime
    since_at: datetime
    tries: int


def news(most: int = AT_ONCE) -> list[News]:
    """The oldest messages that have not been spread."""
    columns = (Message.id, Message.person_id, Message.kind, Message.params, Message.link, Message.key, Message.urgent)
    statement = (
        select(*columns, Message.at, Organisation.path)
        .join(Person, Person.id == Message.person_id)
        .join(Organisation, Organisation.id == Person.org_id)
        .where(Message.spread_at.is_(None))
        .order_by(Message.id)
        .limit(most)
    )
    found = db.rows(statement)
    chosen = choices_of({row.person_id for row in found}) if found else {}
    return [News(*(*row, chosen.get(row.person_id, DEFAULT))) for row in found]


_C = MessageChannel
_CHANNEL = select(
    _C.id, _C.name, _C.kind, _C.host, _C.sealed, _C.settings, _C.kinds, _C.unit_ids, _C.quiet_from, _C.quiet_to,
    _C.active, _C.changed_at, _C.fails, _C.failing_since, _C.wait_until, _C.reason, _C.sent_at, _C.posts,
).order_by(_C.id)  # fmt: skip


def channels(*, active_only: bool = True) -> list[Channel]:
    """All channels, in the order in which they were made."""
    return [_channel(row) for row in db.rows(_CHANNEL.where(_C.active) if active_only else _CHANNEL)]


def channel_by_id(channel_id: int) -> Channel | None:
    """One channel."""
    found = db.row(_CHANNEL.where(_C.id == channel_id))
    return _channel(found) if found else None


def _channel(row: db.AnyRow) -> Channel:
    _id, _name, kind, host, sealed, settings, kinds, units, first, last, *rest = row
    return Channel(
        _id, _name, Via(kind), host, sealed, settings, frozenset(kinds), frozenset(units), (first, last), *rest
    )


def unit_paths() -> dict[str, str]:
    """Unit to path."""
    return {row.id: row.path for row in db.rows(select(Organisation.id, Organisation.path))}


def busy_channels(now: datetime) -> list[Channel]:
    """Active channels that do not rest and at which something is due."""
    due = exists().where(Delivery.channel_id == _C.id, Delivery.state == "queued", Delivery.next_at <= now)
    return [_channel(row) for row in db.rows(_CHANNEL.where(_C.active, _rested(now), due))]


def _rested(now: datetime) -> Any:
    return _C.wait_until.is_(None) | (_C.wait_until <= now)


def waiting_at(channel_id: int, now: datetime, most: int = AT_ONCE) -> list[Waiting]:
    """What is due at a channel: urgent things first, else in the order in which it was told."""
    columns = (Delivery.id, Delivery.key, Delivery.kind, Delivery.params, Delivery.link, Delivery.urgent)
    more = (Delivery.person_id, Delivery.people, Delivery.at, Delivery.since_at, Delivery.tries)
    due = (Delivery.channel_id == channel_id, Delivery.state == "queued", Delivery.next_at <= now)
    ordered = select(*columns, *more).where(*due).order_by(Delivery.urgent.desc(), Delivery.id).limit(most)
    return [Waiting(*row) for row in db.rows(ordered)]


def anything_to_carry(now: datetime) -> bool:
    """Whether a message waits to be spread or a delivery is due: a cheap look before a lease is taken."""
    fresh = select(Message.id).where(Message.spread_at.is_(None)).limit(1)
    due = select(Delivery.id).join(_C, _C.id == Delivery.channel_id).where(_C.active, _rested(now)).limit(1)
    due = due.where(Delivery.state == "queued", Delivery.next_at <= now)
    return db.scalar(fresh) is not None or db.scalar(due) is not None


def locales_of(people: Sequence[str]) -> dict[str, str | None]:
    """The language of each person, None for that of the site."""
    found = db.rows(select(Person.id, Person.locale).where(Person.id.in_(sorted(set(people)))))
    return {row.id: row.locale for row in found}


def given_up(before: datetime) -> list[tuple[int, int]]:
    """Deliveries, with their channels, that have been tried since before this instant without an end."""
    old = (Delivery.state == "queued", Delivery.since_at <= before)
    return [
        (row.id, row.channel_id) for row in db.rows(select(Delivery.id, Delivery.channel_id).where(*old).limit(500))
    ]
