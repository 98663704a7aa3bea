"""Reads of messages of a person and of what people have chosen."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select

from app import db
from app.accounts.models import Person
from app.messages.models import Message, MessageChoice
from app.messages.rules_words import Worded
from app.refusals import NotFound
from app.web.words import lazy

MESSAGES_A_PAGE = 50
_UNREAD = db.Prepared(
    select(func.count()).where(Message.person_id == bindparam("person_id"), Message.read_at.is_(None))
)


@dataclass(frozen=True)
class Told(Worded):
    """A message as its reader sees it."""

    id: int
    kind: str
    params: Mapping[str, str]
    link: str
    urgent: bool
    at: datetime
    read_at: datetime | None


_TOLD = select(Message.id, Message.kind, Message.params, Message.link, Message.urgent, Message.at, Message.read_at)


def listeners(people: Collection[str], kind: str, *, urgent: bool) -> list[str]:
    """Those of these people who have an active account and want this kind; urgent things reach everybody."""
    statement = (
        select(Person.id, MessageChoice.muted)
        .join(MessageChoice, MessageChoice.person_id == Person.id, isouter=True)
        .where(Person.id.in_(sorted(set(people))), Person.active)
        .order_by(Person.id)
    )
    return [row.id for row in db.rows(statement) if urgent or kind not in (row.muted or ())]


def unread(person_id: str) -> int:
    """How many messages of this person wait to be read."""
    return int(db.scalar(_UNREAD, {"person_id": person_id}))


def messages_of(person_id: str, page: int = 1, *, unread_only: bool = False) -> tuple[list[Told], int]:
    """One page of a person's messages, the newest first, and how many there are in all; pages count from 1."""
    mine = [Message.person_id == person_id]
    if unread_only:
        mine.append(Message.read_at.is_(None))
    total = int(db.scalar(select(func.count()).where(*mine)))
    newest = _TOLD.where(*mine).order_by(Message.at.desc(), Message.id.desc())
    found = db.rows(newest.limit(MESSAGES_A_PAGE).offset((page - 1) * MESSAGES_A_PAGE))
    return [Told(*row) for row in found], total


def message_of(person_id: str, message_id: int) -> Told:
    """One message of this person; raises NotFound."""
    found = db.row(_TOLD.where(Message.id == message_id, Message.person_id == person_id))
    if found is None:
        raise NotFound(lazy("There is no such message for you."))
    return Told(*found)


def told_before(people: Collection[str], keys: Collection[str]) -> set[tuple[str, str]]:
    """Who has been told under which of these keys."""
    statement = select(Message.person_id, Message.key)
    found = db.rows(statement.where(Message.person_id.in_(sorted(people)), Message.key.in_(sorted(keys))))
    return {(row.person_id, row.key) for row in found}
