"""Inserts of messages and alarms: what was told before stays as it is."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, update
from sqlalchemy.dialects import postgresql, sqlite

from app.db import db, run
from app.messages.models import Alarm, Message, MessageChoice

MESSAGES = cast("Table", Message.__table__)
ALARMS = cast("Table", Alarm.__table__)
CHOICES = cast("Table", MessageChoice.__table__)


def insert_messages(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """One row a person; gives back the people who had not been told under this key."""
    statement = upserting(MESSAGES).values([dict(row) for row in rows])
    told = statement.on_conflict_do_nothing(index_elements=["person_id", "key"]).returning(MESSAGES.c.person_id)
    return [row.person_id for row in run(told)]


def insert_alarm(row: Mapping[str, Any]) -> bool:
    """Sound the duty room once a key; False when it had sounded before."""
    statement = upserting(ALARMS).values(dict(row)).on_conflict_do_nothing(index_elements=["key"])
    return run(statement).rowcount == 1


def end_alarms(key: str, at: datetime, *, beginning: bool = False) -> int:
    """The thing behind the alarm is over, or all whose keys begin so; gives back how many still stood."""
    named = ALARMS.c.key.startswith(key, autoescape=True) if beginning else ALARMS.c.key == key
    return run(update(ALARMS).where(named, ALARMS.c.over_at.is_(None)).values(over_at=at)).rowcount


def upserting(table: Table) -> Any:
    """An insert of the database's own dialect, which knows `on_conflict_…`."""
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    return dialect.insert(table)


def mark_read(person_id: str, at: datetime, message_id: int | None = None) -> int:
    """One message, or all that this person has not read; gives back how many were new."""
    wanted = [MESSAGES.c.person_id == person_id, MESSAGES.c.read_at.is_(None)]
    if message_id is not None:
        wanted.append(MESSAGES.c.id == message_id)
    return run(update(MESSAGES).where(*wanted).values(read_at=at)).rowcount


def take_alarm(alarm_id: int, person_id: str, at: datetime) -> bool:
    """False when somebody has taken it before."""
    free = update(ALARMS).where(ALARMS.c.id == alarm_id, ALARMS.c.taken_at.is_(None))
    return run(free.values(taken_by_id=person_id, taken_at=at)).rowcount == 1


def give_alarm_back(alarm_id: int, person_id: str) -> bool:
    """False when this person does not hold it."""
    held = update(ALARMS).where(ALARMS.c.id == alarm_id, ALARMS.c.taken_by_id == person_id)
    return run(held.values(taken_by_id=None, taken_at=None)).rowcount == 1


def keep_choice(row: Mapping[str, Any]) -> None:
    """What a person has chosen; the newest counts."""
    statement = upserting(CHOICES).values(dict(row))
    said = {name: value for name, value in row.items() if name != "person_id"}
    run(statement.on_conflict_do_update(index_elements=["person_id"], set_=said))


def mark_read_before(told: datetime, at: datetime) -> int:
    """All that anybody was told before an instant counts as read: for histories that are made."""
    old = update(MESSAGES).where(MESSAGES.c.at < told, MESSAGES.c.read_at.is_(None))
    return run(old.values(read_at=at)).rowcount
