"""Carrying photos from the spool into the bucket, and tidying the own disk behind; each server does its own."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.photos import queries
from app.photos.actions_pictures import drop_loose
from app.photos.rules import STAGED_FOR, KeptPhoto
from app.photos.store_protocol import PhotoStore
from app.photos.store_remote import Away
from app.photos.store_s3 import S3Store
from app.photos.store_spool import Fate, Spool

log = logging.getLogger(__name__)
# Pictures are looked at most on their first days; a phone may take up a photo for a day after its last touch.
COPIES_FOR = timedelta(days=2)


@dataclass(frozen=True)
class Carried:
    """How many files went, how many wait still, and why the bucket did not take them: None when it answers."""

    count: int = 0
    left: int = 0
    away: str | None = None


def carry(store: PhotoStore) -> Carried:
    """Everything that waits, oldest first, until the bucket fails; nothing where there is no bucket."""
    if not isinstance(store, S3Store):
        return Carried()
    with store.spool.alone() as mine:
        return _carry(store.spool) if mine else Carried()


def tidy(store: PhotoStore, now: datetime) -> int:
    """Remove what no row names after a day, and copies of what the bucket has: how many files went."""
    if not isinstance(store, S3Store):
        return 0
    with store.spool.alone() as mine:
        return _tidy(store.spool, now) if mine else 0


def _carry(spool: Spool) -> Carried:
    places, count = spool.places(), 0
    try:
        spool.carry_forgotten()
        for place in places:
            fate = spool.carry(place)
            if fate is Fate.TAKEN:
                _settle(spool, place)
            count += fate is Fate.CARRIED
    except Away as away:
        return Carried(count, len(spool.places()), str(away))
    return Carried(count, len(spool.places()))


def _settle(spool: Spool, place: str) -> None:
    """Two servers took different bytes under one id: the record says which; until there is one, both wait."""
    photo, _body = spool.waiting.read(place)
    recorded = queries.kept_before(photo.id)
    if recorded and recorded.sha256 == photo.sha256:
        spool.replace(place)
    elif recorded:
        spool.discard(place)
    else:
        log.warning("another photo stands in the bucket under %s", place)


def _tidy(spool: Spool, now: datetime) -> int:
    gone, unsent = 0, now - STAGED_FOR
    for near in (spool.waiting, spool.recent):
        gone += drop_loose(near, near.stale(unsent), unsent)
    try:
        gone += sum(_trim(spool, photo, now - COPIES_FOR) for photo in spool.recent.stale(now - COPIES_FOR))
    except Away as away:
        log.warning("copies stay until the bucket answers: %s", away)
    else:
        spool.trim_made(now - COPIES_FOR)
        spool.trim_folders(now - COPIES_FOR - STAGED_FOR)
    return gone


def _trim(spool: Spool, photo: KeptPhoto, before: datetime) -> bool:
    """Never the last copy: what the bucket has lost waits again. Raises Away."""
    if spool.remote.changed_at(photo.place) is None:
        spool.put_back(photo)
        return False
    return spool.recent.drop(photo, before)
