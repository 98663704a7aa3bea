"""Inserts of messages and alarms: what was told before stays as it is."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, update
from sqlalchemy.dialects import postgresql, sqlite

from app.db import db, run
from app.messages.models import Alarm, Message

MESSAGES = cast("Table", Message.__table__)
ALARMS = cast("Table", Alarm.__table__)


def insert_messages(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """One row a person; gives back the people who had not been told under this key."""
    statement = upserting(MESSAGES).values([dict(row) for row in rows])
    told = statement.on_conflict_do_nothing(index_elements=["person_id", "key"]).returning(MESSAGES.c.person_id)
    return [row.person_id for row in run(told)]


def insert_alarm(row: Mapping[str, Any]) -> bool:
    """Sound the duty room once a key; False when it had sounded before."""
    statement = upserting(ALARMS).values(dict(row)).on_conflict_do_nothing(index_elements=["key"])
    return run(statement).rowcount == 1


def end_alarm(key: str, at: datetime) -> bool:
    """The thing behind the alarm is over; False when there is none that still stands."""
    return run(update(ALARMS).where(ALARMS.c.key == key, ALARMS.c.over_at.is_(None)).values(over_at=at)).rowcount == 1


def upserting(table: Table) -> Any:
    """An insert of the database's own dialect, which knows `on_conflict_…`."""
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    return dialect.insert(table)
