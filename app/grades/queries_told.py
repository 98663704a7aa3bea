"""Whether a month's grades have been told, and who leads a contractor."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from app import db
from app.accounts.models import Person
from app.messages.models import Message
from app.messages.rules_words import Kind
from app.web.current import Role


def told_of(kind: Kind, month: date) -> bool:
    """Whether anybody was told this of a month: all are told in one transaction. The messages after it are few."""
    named = Message.key.startswith(f"{kind}/{month:%Y-%m}/", autoescape=True)
    return db.scalar(select(Message.id).where(Message.kind == kind, named).limit(1)) is not None


def managers_of(org_id: str) -> list[str]:
    """The managers of a contractor."""
    statement = select(Person.id).where(Person.active, Person.role == Role.MANAGER, Person.org_id == org_id)
    return [row.id for row in db.rows(statement.order_by(Person.id))]
