"""Reads of messages of a person and of what people have chosen."""

from collections.abc import Collection

from sqlalchemy import select

from app import db
from app.accounts.models import Person
from app.messages.models import MessageChoice


def listeners(people: Collection[str], kind: str, *, urgent: bool) -> list[str]:
    """Those of these people who have an active account and want this kind; urgent things reach everybody."""
    statement = (
        select(Person.id, MessageChoice.muted)
        .join(MessageChoice, MessageChoice.person_id == Person.id, isouter=True)
        .where(Person.id.in_(sorted(set(people))), Person.active)
        .order_by(Person.id)
    )
    return [row.id for row in db.rows(statement) if urgent or kind not in (row.muted or ())]
