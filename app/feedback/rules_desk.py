"""The service desk: which place somebody means on the telephone, and what an entry is; pure."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.feedback.rules_calls import Need
from app.feedback.rules_complaints import Class, Voice

MOST_CANDIDATES = 6
BETWEEN = " · "
MOST_WORDS, MOST_NAME, MOST_CONTACT = 2000, 40, 80
LONGEST_AGO = timedelta(days=30)
CALL = "call"
KINDS = (CALL, *Voice)
# Trips get a call-back once; the id of the trip makes the id of what was said about it.
TRIPS = uuid.UUID("5d1f2c1e-8f8a-4f0c-9a54-0c3f4c8b7a10")


@dataclass(frozen=True, slots=True)
class Place:
    """A point as the desk chooses it."""

    id: str
    code: str
    name: str
    building: str

    @property
    def typed(self) -> str:
        """What the list of suggestions puts into the field."""
        return BETWEEN.join((self.name, self.building, self.code))


def places_meant(typed: str, places: Sequence[Place]) -> list[Place]:
    """The places that this may mean: one by its code or full line, else by its name, else all that hold every word."""
    wanted = typed.strip().casefold()
    if not wanted:
        return []
    code = wanted.split(BETWEEN.strip())[-1].strip()
    exact = [each for each in places if each.code.casefold() in (wanted, code)]
    if exact:
        return exact
    named = [each for each in places if each.name.casefold() == wanted]
    if named:
        return named
    words = wanted.split()
    return [each for each in places if all(word in each.typed.casefold() for word in words)]


@dataclass(frozen=True, slots=True)
class Entry:
    """A telephone call as the desk types it; `said` is what was answered on the telephone, if anything."""

    id: str
    kind: str
    typed: str
    words: str
    need: Need | None = None
    proposed: Class | None = None
    contact: str = ""
    name: str = ""
    said: str = ""
    happened_at: datetime | None = None
    errors: dict[str, object] = field(default_factory=dict)


def trip_item(event_id: str) -> str:
    """The id of what was said about a trip."""
    return str(uuid.uuid5(TRIPS, event_id))
