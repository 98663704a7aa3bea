"""A history for the demo: every check goes through the same action as a phone's submission, under a moved clock."""

import multiprocessing
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from random import Random
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from app import clock
from app.accounts.queries import person_by_id
from app.checks.actions import Call, record_check
from app.checks.actions_signing import SignatureWish, keep_pin_signature
from app.db import atomically
from app.demo.pictures import Subject, drawn
from app.demo.queries_history import Due, hands_by_unit, windows_behind
from app.demo.rules_answers import Answered, Shot, answered
from app.demo.rules_fates import Fate, Visit, visit
from app.photos.actions import keep
from app.photos.rules import Source, Upload
from app.photos.store_protocol import PhotoStore
from app.schedule.actions_rows import make_rows
from app.schedule.actions_settle import settle_states
from app.standards.queries import edition, edition_row
from app.standards.rules_facts import facts_of
from app.web.current import CurrentPerson

SEED = "dabiao-demo"
A_BATCH = 60
WEAK_HOURS = (12, 13, 17)
Say = Callable[[str], None]


@dataclass(frozen=True)
class Site:
    """Where the history takes place."""

    zone: ZoneInfo
    store: PhotoStore
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


def make_history(days: int, site: Site, now: datetime, say: Say) -> int:
    """Rows and checks of the last `days` days up to now; gives back how many checks were recorded.

    Believable from a seed; dates are relative to `now`. Pictures are drawn by two processes beside this one.
    """
    midnight = now.astimezone(site.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    atomically(lambda: make_rows(site.zone, now, since=midnight - timedelta(days=days)))
    arrivals = sorted(_arrivals(windows_behind(now), site, now), key=lambda each: each.seen.received_at)
    people: dict[str, CurrentPerson] = {}
    done = 0
    with multiprocessing.get_context("fork").Pool(2) as pool:
        subjects = (_subject(one, shot, site.zone) for one in arrivals for shot in one.shots)
        pictures = pool.imap(drawn, subjects, chunksize=16)
        for batch in _batches(arrivals, A_BATCH):
            # Drawn before the transaction: were it run twice, the same pictures must go with the same photos.
            drawn_for = {shot.id: next(pictures) for one in batch for shot in one.shots}
            atomically(partial(_record, batch, site, drawn_for, people))
            done += len(batch)
            say(f"{done} / {len(arrivals)}")
    atomically(lambda: settle_states(now))
    return done


def _arrivals(dues: Iterable[Due], site: Site, now: datetime) -> Iterator[Arrival]:
    hands, free_from = hands_by_unit(), dict[str, datetime]()
    for due in dues:
        chance = Random(f"{SEED}:{due.point_id}:{due.edition}:{due.window_key}")  # noqa: S311  believable, not secret
        person = due.assignee_id
        mates = [one for one in hands.get(due.implementer_id, ()) if one != person]
        if mates and (person is None or chance.random() < 0.03):
            person = chance.choice(mates)
        if person is None:
            continue
        weak = due.times.start_at.astimezone(site.zone).hour in WEAK_HOURS
        seen = visit(due.times, chance, free_from.get(person), hours_to_miss=weak)
        if seen is None or seen.received_at >= now:
            continue
        if seen.fate is Fate.DONE:
            free_from[person] = seen.submitted_at
        yield _arrival(due, person, seen, chance)


def _arrival(due: Due, person: str, seen: Visit, chance: Random) -> Arrival:
    row = edition_row(due.edition)
    if row is None:
        raise LookupError(due.edition)
    facts = facts_of(
        on=due.business_on,
        day_type=due.day_type,
        profile=due.profile,
        window_key=due.window_key,
        kind=due.window_kind,
        attrs=due.attrs,
    )
    said = Answered([], [], ())
    if seen.fate is not Fate.UNABLE:
        said = answered(edition(row), facts, seen, chance, photo_allowed=due.photo_allowed)
    body = _body(due, person, seen, said, str(UUID(int=chance.getrandbits(128), version=4)))
    return Arrival(due, person, seen, body, said.shots, said.to_sign)


def _body(due: Due, person: str, seen: Visit, said: Answered, check_id: str) -> dict[str, Any]:
    """What the phone would send (contract, Submission protocol 5)."""
    return {
        "id": check_id,
        "person": person,
        "code": due.label,
        "standard": due.edition,
        "window": due.window_key,
        "profile": None,
        "outcome": "unable" if seen.fate is Fate.UNABLE else "done",
        "unable_reason": seen.reason if seen.fate is Fate.UNABLE else None,
        "opened_at": seen.opened_at.isoformat(),
        "submitted_at": seen.submitted_at.isoformat(),
        "via": "typed" if seen.typed else "scan",
        "via_reason": "标签反光，扫不出" if seen.typed else None,
        "late_reason": seen.late_reason,
        "facts": {},
        "answers": said.answers,
        "signatures": [],
    }


def _record(batch: Sequence[Arrival], site: Site, pictures: dict[str, bytes], people: dict[str, CurrentPerson]) -> None:
    """Many submissions in one transaction, without a sync each: a history that is lost is made again."""
    for one in batch:
        at = one.seen.received_at
        with clock.at(at):
            who = _person(one.person_id, people)
            for shot in one.shots:
                _keep(shot, pictures[shot.id], who, site, at)
            if one.to_sign:
                _sign(one, who, at)
            record_check(one.body, who, Call(at, at, site.zone, site.store, sync=False))


def _keep(shot: Shot, picture: bytes, who: CurrentPerson, site: Site, at: datetime) -> None:
    upload = Upload(shot.id, picture, who.id, "image/jpeg", shot.taken_at, Source.FILE)
    keep(site.store, upload, max_bytes=site.max_photo_bytes, now=at, day=at.astimezone(site.zone).date())


def _sign(one: Arrival, who: CurrentPerson, at: datetime) -> None:
    """Somebody of the same unit signs beside, now and then not: then the record waits."""
    chance = Random(f"{one.body['id']}:signature")  # noqa: S311
    mates = [mate for mate in hands_by_unit().get(who.org_id, ()) if mate != who.id]
    if not mates or chance.random() < 0.02:
        return
    wish = SignatureWish(str(UUID(int=chance.getrandbits(128), version=4)), one.body["id"], one.to_sign, mates[0])
    keep_pin_signature(wish, who, at)
    one.body["signatures"].append(wish.id)


def _subject(one: Arrival, shot: Shot, zone: ZoneInfo) -> Subject:
    stamp = shot.taken_at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
    return Subject(one.due.kind, one.due.point, shot.step.title, stamp, shot.id, dirty=shot.dirty)


def _person(person_id: str, people: dict[str, CurrentPerson]) -> CurrentPerson:
    if person_id not in people:
        found = person_by_id(person_id)
        if found is None:
            raise LookupError(person_id)
        people[person_id] = found
    return people[person_id]


def _batches(arrivals: Sequence[Arrival], size: int) -> Iterator[list[Arrival]]:
    rest = iter(arrivals)
    while batch := list(islice(rest, size)):
        yield batch
