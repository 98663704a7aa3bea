"""Looking at everything once: settings, database, disk, photos, timer. Changes nothing."""

import hashlib
import os
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

from app.chain.queries import verifications
from app.chain.store import present_secret
from app.config import Settings
from app.db import db
from app.operations import rules_doctor as rules
from app.operations.queries_backup import revision_of
from app.operations.queries_standing import database_now, places_of_pictures, standing
from app.operations.rules_doctor import Found, Health
from app.photos.store_protocol import PhotoStore
from app.photos.store_remote import Away
from app.photos.store_s3 import S3Store
from app.refusals import Unavailable

NEWEST_PHOTOS = 200


def examine(
    settings: Settings,
    store: PhotoStore,
    *,
    newest: str,
    rhythm: Mapping[str, timedelta],
    now: datetime,
    all_photos: bool,
) -> list[Found]:
    """Everything in order of need; what cannot be looked at because of an earlier fault is left out.

    `newest` is the last migration of this version, `rhythm` how often each timed job runs.
    """
    found = [_address(settings), rules.key_file(_mode_of_key(settings))]
    bucket = _bucket(store, now)
    found += _disks(settings) + bucket
    with db.engine.connect() as link:
        schema = rules.schema(revision_of(link), newest)
    found.append(schema)
    if schema.health is not Health.OK:
        return found
    stands = standing()
    found += [
        rules.jobs(stands.jobs, rhythm, now),
        rules.ahead(stands.rows_until, now),
        rules.queue(stands.pictures_queued, stands.oldest_picture_at, now),
        rules.history(_last_walk(), now, key_is_here=present_secret(settings.instance) is not None),
        *([] if rules.worst(bucket) is Health.WRONG else [_photos(store, all_photos=all_photos)]),
    ]
    there = database_now()
    return found + ([rules.clocks((now - there).total_seconds())] if there else [])


def _last_walk() -> rules.Walk | None:
    for each in verifications(1):
        return rules.Walk(each.at, each.entries, each.faults_found, each.without_key)
    return None


def _address(settings: Settings) -> Found:
    if settings.production and not settings.trial:
        return Found("address", Health.OK, settings.base_url)
    return Found("address", Health.LOOK, f"{settings.base_url}: a trial; duty needs https and DABIAO_PRODUCTION=1")


def _mode_of_key(settings: Settings) -> int | None:
    path = settings.instance / "secret-key"
    return path.stat().st_mode & 0o777 if path.exists() else None


def _disks(settings: Settings) -> list[Found]:
    photos = settings.photo_spool if settings.s3 else Path(settings.photo_store)
    where = {"disk of photos": photos, "disk of the instance": settings.instance}
    found = []
    for name, folder in where.items():
        if folder.is_dir():
            disk = os.statvfs(folder)
            found.append(rules.space(name, disk.f_bavail * disk.f_frsize, disk.f_blocks * disk.f_frsize))
    return found


def _bucket(store: PhotoStore, now: datetime) -> list[Found]:
    """Where photos lie in a bucket: one small object written, read and deleted, and what waits on the own disk."""
    if not isinstance(store, S3Store):
        return []
    return [rules.bucket(_said_of(store)), rules.spool(len(store.spool.places()), store.spool.oldest(), now)]


def _said_of(store: S3Store) -> str:
    name = f"doctor/{uuid4()}"
    try:
        store.remote.folders()
        store.remote.put(name, b"1")
        whole = store.remote.get(name) == b"1"
        store.remote.delete(name)
    except Away as away:
        return str(away)
    return "" if whole else "the bucket gave back something else than was written"


def _photos(store: PhotoStore, *, all_photos: bool) -> Found:
    """Bytes against the hash that names them."""
    places, missing = places_of_pictures(None if all_photos else NEWEST_PHOTOS), []
    for place in places:
        try:
            photo, body = store.read(place)
            whole = hashlib.sha256(body).hexdigest() == photo.sha256
        except (Unavailable, ValueError):
            whole = False
        if not whole:
            missing.append(place)
    return rules.files(len(places), missing)
