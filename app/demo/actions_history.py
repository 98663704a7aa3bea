"""A history for the demo: every check goes through the same action as a phone's submission, under a moved clock."""

import multiprocessing
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from app import clock
from app.accounts.queries import person_by_id
from app.checks.actions import Call, record_check
from app.checks.actions_signing import SignatureWish, keep_pin_signature
from app.checks.queries_release import release_steps
from app.db import atomically
from app.demo.actions_arrivals import SEED, Arrival, Site, arrivals
from app.demo.actions_crews import play_bookings, play_claims, play_covers
from app.demo.actions_flags import used_again
from app.demo.actions_repairs import mended_of, play_repairs
from app.demo.pictures import Subject, drawn
from app.demo.queries_history import hands_by_unit, supervisors_by_unit, windows_behind
from app.demo.rules_answers import Shot, said_again
from app.demo.rules_live import nonce_of
from app.nonconformities.queries import open_findings
from app.photos.actions import keep
from app.photos.rules import Source, Upload
from app.schedule.actions_rows import make_rows
from app.schedule.actions_settle import settle_states
from app.web.current import CurrentPerson

__all__ = ["SEED", "Site", "make_history"]

A_BATCH = 60
Say = Callable[[str], None]
People = dict[str, CurrentPerson]


def make_history(days: int, site: Site, now: datetime, say: Say) -> int:
    """Rows and checks of the last `days` days up to now; gives back how many checks were recorded.

    Believable from a seed; dates are relative to `now`. Pictures are drawn by two processes beside this one.
    """
    midnight = now.astimezone(site.zone).replace(hour=0, minute=0, second=0, microsecond=0)
    atomically(lambda: _plan(days, site, now, midnight))
    coming = arrivals(windows_behind(now), site.zone, now)
    again, people, done = used_again(coming, now), dict[str, CurrentPerson](), 0
    drawn_for: dict[str, bytes] = {}
    with multiprocessing.get_context("fork").Pool(2) as pool:
        subjects = (subject(one, shot, site.zone) for one in coming for shot in one.shots)
        pictures = pool.imap(drawn, subjects, chunksize=16)
        for batch in _batches(coming, A_BATCH):
            # Drawn before the transaction: were it run twice, the same pictures must go with the same photos.
            drawn_for |= {shot.id: next(pictures) for one in batch for shot in one.shots}
            drawn_for |= {later: drawn_for[early] for later, early in again.items() if later in drawn_for}
            atomically(partial(record_batch, batch, site, drawn_for, people, again))
            drawn_for = {name: drawn_for[name] for name in again.values() if name in drawn_for}
            atomically(partial(play_repairs, site, batch[-1].seen.received_at))
            done += len(batch)
            say(f"{done} / {len(coming)}")
    atomically(lambda: play_repairs(site, now))
    atomically(lambda: settle_states(now))
    atomically(lambda: play_claims(site, now))
    return done


def _plan(days: int, site: Site, now: datetime, midnight: datetime) -> None:
    """What was booked, what was due, and who stood in for whom."""
    play_bookings(days, site, now)
    make_rows(site.zone, now, since=midnight - timedelta(days=days))
    play_covers(days, site, now)


def record_batch(
    batch: Sequence[Arrival], site: Site, pictures: dict[str, bytes], people: People, album: Collection[str] = ()
) -> None:
    """Many submissions in one transaction, without a sync each: a history that is lost is made again."""
    for one in batch:
        at = one.seen.received_at
        with clock.at(at):
            who = _person(one.person_id, people)
            for shot in one.shots:
                keep_shot(shot, pictures[shot.id], who, site, at, album=shot.id in album)
            known = open_findings(one.due.point_id, one.due.edition.rsplit("-", 1)[0])
            said_again(one.body, known, at, mended_of(known))
            if one.to_sign:
                _sign(one, who, at)
            record_check(one.body, who, Call(at, at, site.zone, site.store, sync=False))


def keep_shot(shot: Shot, picture: bytes, who: CurrentPerson, site: Site, at: datetime, *, album: bool = False) -> None:
    """A picture comes in as if a phone had sent it, with the camera of the page or picked from the album."""
    nonce = "" if album else nonce_of(shot.id, who.id, shot.taken_at, at)
    upload = Upload(shot.id, picture, who.id, "image/jpeg", shot.taken_at, Source.LIVE if nonce else Source.FILE, nonce)
    keep(site.store, upload, max_bytes=site.max_photo_bytes, now=at, day=at.astimezone(site.zone).date())


def _sign(one: Arrival, who: CurrentPerson, at: datetime) -> None:
    """Somebody of the same unit signs beside, a supervisor what is released; now and then nobody: the record waits."""
    chance = Random(f"{one.body['id']}:signature")  # noqa: S311
    mates = [mate for mate in hands_by_unit().get(who.org_id, ()) if mate != who.id]
    if not mates or chance.random() < 0.02:
        return
    release = release_steps(one.due.edition)
    leads = supervisors_by_unit().get(who.org_id, "")
    shares = {
        mates[0]: tuple(step for step in one.to_sign if step not in release),
        leads: tuple(step for step in one.to_sign if step in release),
    }
    wishes = [
        SignatureWish(str(UUID(int=chance.getrandbits(128), version=4)), one.body["id"], steps, signer)
        for signer, steps in shares.items()
        if signer and steps
    ]
    for wish in wishes:
        keep_pin_signature(wish, who, at)
    one.body["signatures"] = [wish.id for wish in wishes]


def subject(one: Arrival, shot: Shot, zone: ZoneInfo) -> Subject:
    """What the picture has to show."""
    stamp = shot.taken_at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
    return Subject(one.due.kind, one.due.point, shot.step.title, stamp, shot.id, dirty=shot.dirty)


def _person(person_id: str, people: People) -> CurrentPerson:
    if person_id not in people:
        found = person_by_id(person_id)
        if found is None:
            raise LookupError(person_id)
        people[person_id] = found
    return people[person_id]


def _batches(coming: Sequence[Arrival], size: int) -> Iterator[list[Arrival]]:
    rest = iter(coming)
    while batch := list(islice(rest, size)):
        yield batch
