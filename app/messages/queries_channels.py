"""Reads for the page of channels: how each does, and what has failed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app import db
from app.accounts.models import Person
from app.messages.models import Delivery, MessageChannel
from app.messages.rules_channels import FAULT_WORDS
from app.messages.rules_words import sentence, title

FAILED_SHOWN = 50


@dataclass(frozen=True)
class Failed:
    """A delivery that was given up."""

    id: int
    kind: str
    params: Mapping[str, str]
    person: str | None
    at: datetime
    done_at: datetime
    tries: int
    reason: str

    @property
    def text(self) -> str:
        """What it says, in the language spoken now."""
        return f"{title(self.kind)} · {sentence(self.kind, self.params)}"


def counts() -> dict[int, dict[str, int]]:
    """Channel to state to how many."""
    statement = select(Delivery.channel_id, Delivery.state, func.count().label("n"))
    found: dict[int, dict[str, int]] = {}
    for row in db.rows(statement.group_by(Delivery.channel_id, Delivery.state)):
        found.setdefault(row.channel_id, {})[row.state] = row.n
    return found


def sealed_channels() -> list[tuple[int, str]]:
    """What each channel keeps sealed."""
    return [(row.id, row.sealed) for row in db.rows(select(MessageChannel.id, MessageChannel.sealed))]


def failed_at(channel_id: int) -> list[Failed]:
    """The newest that failed at a channel."""
    columns = (Delivery.id, Delivery.kind, Delivery.params, Person.name, Delivery.at, Delivery.done_at, Delivery.tries)
    statement = (
        select(*columns, Delivery.reason)
        .join(Person, Person.id == Delivery.person_id, isouter=True)
        .where(Delivery.channel_id == channel_id, Delivery.state == "failed")
        .order_by(Delivery.done_at.desc(), Delivery.id.desc())
        .limit(FAILED_SHOWN)
    )
    return [Failed(*row) for row in db.rows(statement)]


def fault_words(reason: str) -> str:
    """The reason in words, with what the other side said."""
    code, _colon, detail = reason.partition(":")
    said = str(FAULT_WORDS.get(code, code))
    return f"{said} ({detail.strip()})" if detail.strip() else said


def failing() -> list[tuple[str, str]]:
    """Channels that do not deliver just now, with the reason in words: whoever counts on them has to know."""
    columns = (MessageChannel.name, MessageChannel.reason)
    down = select(*columns).where(MessageChannel.active, MessageChannel.reason != "").order_by(MessageChannel.id)
    return [(row.name, fault_words(row.reason)) for row in db.rows(down)]
