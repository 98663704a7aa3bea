"""Reads of what people have chosen about messages."""

from collections.abc import Collection

from sqlalchemy import select

from app import db
from app.messages.models import MessageChannel, MessageChoice
from app.messages.rules_channels import PERSONAL
from app.messages.rules_choices import DEFAULT, Choice

_CHOICE = select(
    MessageChoice.muted,
    MessageChoice.way,
    MessageChoice.quiet_from,
    MessageChoice.quiet_to,
    MessageChoice.ahead_minutes,
    MessageChoice.mobile,
    MessageChoice.wecom_id,
    MessageChoice.dingtalk_id,
    MessageChoice.person_id,
)


def choice_of(person_id: str) -> Choice:
    """What this person has chosen, or what counts without."""
    return choices_of([person_id]).get(person_id, DEFAULT)


def choices_of(people: Collection[str]) -> dict[str, Choice]:
    """The choices of those who have made any."""
    found = db.rows(_CHOICE.where(MessageChoice.person_id.in_(sorted(set(people)))))
    return {row.person_id: Choice(frozenset(row.muted), *tuple(row)[1:8]) for row in found}


def ahead_of_time() -> dict[str, int]:
    """Minutes ahead of those who have chosen other than the usual ones."""
    chosen = select(MessageChoice.person_id, MessageChoice.ahead_minutes)
    found = db.rows(chosen.where(MessageChoice.ahead_minutes != DEFAULT.ahead_minutes))
    return {row.person_id: row.ahead_minutes for row in found}


def ways() -> list[tuple[str, str, str]]:
    """The channels that carry to single people: id as text, name, kind."""
    personal = select(MessageChannel.id, MessageChannel.name, MessageChannel.kind).where(
        MessageChannel.active, MessageChannel.kind.in_(PERSONAL)
    )
    return [(str(row.id), row.name, row.kind) for row in db.rows(personal.order_by(MessageChannel.id))]
