"""From windows that lie behind to the submissions that phones would have sent for them; nothing is written here."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from app.demo.queries_history import Due, hands_by_unit
from app.demo.queries_vehicles import odometers
from app.demo.rules_answers import Answered, Shot, answered
from app.demo.rules_fates import Fate, Visit, visit, working_order
from app.demo.rules_odometers import Odometers
from app.standards.queries import edition, edition_row
from app.standards.rules_facts import facts_of
from app.vehicles.rules_parts import ODOMETER

SEED = "dabiao-demo"
WEAK_HOURS = (12, 13, 17)
BY_A_MATE, TWICE = 0.03, 0.011

NIGHT_ROUND, LEFT_OUT = 19, {1: "pt-046", 2: "pt-044"}


@dataclass(frozen=True)
class Site:
    """Where the history takes place: the zone of its dates, and the limit of a photo in bytes."""

    zone: ZoneInfo
    store: Any
    max_photo_bytes: int


@dataclass(frozen=True)
class Arrival:
    """A submission ready to be sent: who, when, what, and the pictures that go with it."""

    due: Due
    person_id: str
    seen: Visit
    body: dict[str, Any]
    shots: Sequence[Shot]
    to_sign: tuple[str, ...]


def arrivals(dues: Iterable[Due], zone: ZoneInfo, now: datetime) -> list[Arrival]:
    """What arrives before `now`, in order of arrival; a person does one thing after the other."""
    planned = list(dues)
    order = working_order([(due.assignee_id, due.times) for due in planned])
    return sorted(
        _arrivals((planned[each] for each in order), zone, now),
        key=lambda each: each.seen.received_at,
    )


def _arrivals(dues: Iterable[Due], zone: ZoneInfo, now: datetime) -> Iterator[Arrival]:
    hands, free_from, shown = hands_by_unit(), dict[str, datetime](), odometers(now, zone)
    for due in dues:
        chance = Random(f"{SEED}:{due.point_id}:{due.edition}:{due.window_key}")  # noqa: S311  believable, not secret
        person = due.assignee_id
        mates = [one for one in hands.get(due.implementer_id, ()) if one != person]
        if mates and (person is None or chance.random() < BY_A_MATE):
            person = chance.choice(mates)
        if person is None or _left_out(due, zone, now):
            continue
        weak = due.times.start_at.astimezone(zone).hour in WEAK_HOURS
        seen = visit(due.times, chance, free_from.get(person), hours_to_miss=weak)
        if seen is None or seen.received_at >= now:
            continue
        if seen.fate is Fate.DONE:
            free_from[person] = seen.submitted_at
        yield _arrival(due, person, seen, chance, shown)
        if mates and seen.fate is Fate.DONE and chance.random() < TWICE:
            yield from _second(due, chance.choice(mates), seen, now, chance, shown)


def _left_out(due: Due, zone: ZoneInfo, now: datetime) -> bool:
    """On each of the two nights behind, one parking area of the guards' route was not walked to (漏巡)."""
    nights = (now.astimezone(zone).date() - due.business_on).days
    is_night = due.times.start_at.astimezone(zone).hour == NIGHT_ROUND
    return is_night and LEFT_OUT.get(nights) == due.point_id


def _second(due: Due, mate: str, seen: Visit, now: datetime, chance: Random, shown: Odometers) -> Iterator[Arrival]:
    """Somebody does it again: for a window that was done meanwhile, or of his own accord; either is kept as extra."""
    by = timedelta(minutes=chance.uniform(8, 40))
    again = replace(
        seen, opened_at=seen.opened_at + by, submitted_at=seen.submitted_at + by,
        received_at=seen.received_at + by, fails=False, hasty=False,
    )  # fmt: skip
    if again.received_at < now:
        yield _arrival(replace(due, planned=False) if chance.random() < 0.5 else due, mate, again, chance, shown)


def _arrival(due: Due, person: str, seen: Visit, chance: Random, shown: Odometers) -> Arrival:
    row = edition_row(due.edition)
    if row is None:
        raise LookupError(due.edition)
    said = Answered([], [], ())
    if seen.fate is not Fate.UNABLE:
        said = answered(edition(row), _facts(due, seen, shown), seen, chance, photo_allowed=due.photo_allowed)
    body = _body(due, person, seen, said, str(UUID(int=chance.getrandbits(128), version=4)))
    return Arrival(due, person, seen, body, said.shots, said.to_sign)


def _facts(due: Due, seen: Visit, shown: Odometers) -> dict[str, Any]:
    facts = facts_of(
        on=due.business_on,
        day_type=due.day_type,
        profile=due.profile,
        window_key=due.window_key if due.planned else None,
        kind=due.window_kind if due.planned else "regular",
        attrs=due.attrs,
    )
    km = facts.get(ODOMETER)
    known = {ODOMETER: shown.at(due.point_id, km, seen.submitted_at)} if isinstance(km, int) else {}
    return facts | known | ((due.facts or {}) if due.planned else {})


def _body(due: Due, person: str, seen: Visit, said: Answered, check_id: str) -> dict[str, Any]:
    """What the phone would send (contract, Submission protocol 5)."""
    return {
        "id": check_id,
        "person": person,
        "code": due.label,
        "standard": due.edition,
        "window": due.window_key if due.planned else None,
        "profile": None if due.planned else due.profile,
        "outcome": "unable" if seen.fate is Fate.UNABLE else "done",
        "unable_reason": seen.reason if seen.fate is Fate.UNABLE else None,
        "opened_at": seen.opened_at.isoformat(),
        "submitted_at": seen.submitted_at.isoformat(),
        "via": "typed" if seen.typed else "scan",
        "via_reason": "标签反光，扫不出" if seen.typed else None,
        "late_reason": seen.late_reason if due.planned else None,
        "facts": {},
        "answers": said.answers,
        "signatures": [],
    }
