"""Keeping what phones send: judged by its bytes, metadata cut, on disk before any row names it."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import date, datetime

from app.photos import queries
from app.photos.rules import (
    Cut,
    KeptPhoto,
    Unfit,
    Upload,
    Verdict,
    check_bytes,
    refusal,
)
from app.photos.rules_bytes import cut_picture, cut_sound
from app.photos.store_protocol import PhotoStore
from app.refusals import Conflict
from app.web.words import lazy

# What senders write who do not know; the bytes decide anyway.
UNNAMED = ("", "application/octet-stream")
PICTURES, SOUNDS = ("image/",), ("audio/", "video/")
Cutter = Callable[[bytes], Cut]


def keep(store: PhotoStore, upload: Upload, *, max_bytes: int, now: datetime, day: date) -> tuple[KeptPhoto, bool]:
    """Keep a picture; True when it is new, False when the same came before.

    `day` is the date at the site. Raises TooLarge, Unsupported, Invalid, Conflict (the id carries other bytes), and
    StorageFull or Unavailable when the disk cannot.
    """
    _check_start(upload, max_bytes, PICTURES, Verdict.NOT_A_PICTURE)
    return _keep(store, upload, cut_picture, now, day)


def keep_file(store: PhotoStore, upload: Upload, *, max_bytes: int, now: datetime, day: date) -> tuple[KeptPhoto, bool]:
    """Keep a voice memo; otherwise as `keep`."""
    _check_start(upload, max_bytes, SOUNDS, Verdict.NOT_A_SOUND)
    return _keep(store, upload, cut_sound, now, day)


def staged(
    store: PhotoStore, ids: Iterable[str], *, person_id: str, day: date, pictures: bool = True,
    ahead: Mapping[str, KeptPhoto] | None = None,
) -> dict[str, KeptPhoto]:  # fmt: skip
    """The records of this person's uploads, pictures or voice memos; what is missing is absent.

    Where somebody has looked `ahead`, only this machine's own disk is asked for what is not there: a store far away
    takes its time for each, and by now others wait for the transaction.
    """
    found = {}
    for photo_id in ids:
        record = (ahead and ahead.get(photo_id)) or _found(store, photo_id, person_id, day, far=ahead is None)
        if record and record.is_picture is pictures:
            found[photo_id] = record
    return found


def ahead_of(store: PhotoStore, ids: Iterable[str], *, person_id: str, day: date) -> dict[str, KeptPhoto]:
    """This person's uploads by id, found and their names made durable before a transaction begins.

    The disk takes milliseconds for a sync; whoever waits for it holds up nobody. Ids may be whatever a phone sent.
    """
    found = {}
    for photo_id in ids:
        with suppress(ValueError):
            record = _found(store, photo_id, person_id, day)
            if record:
                found[photo_id] = record
    if found:
        store.sync(found.values())
    return found


def _found(store: PhotoStore, photo_id: str, person_id: str, day: date, *, far: bool = True) -> KeptPhoto | None:
    record = store.find(photo_id, day) or (store.elsewhere(photo_id, day) if far else None)
    if record is None or record.person_id != person_id:
        return None
    # From here on the sweep leaves it alone for another day, longer than any transaction.
    store.touch(record)
    return record


def sync(store: PhotoStore, kept: Iterable[KeptPhoto]) -> None:
    """Make the names of these files durable, one fsync a folder: the last thing before the commit of their rows."""
    missing = list(kept)
    if missing:
        store.sync(missing)


def _check_start(upload: Upload, max_bytes: int, families: tuple[str, ...], otherwise: Verdict) -> None:
    declared = (upload.declared_type or "").lower()
    if declared not in UNNAMED and not declared.startswith(families):
        raise refusal(otherwise)
    try:
        check_bytes(len(upload.body), max_bytes)
    except Unfit as why:
        raise refusal(why.verdict) from why


def _keep(store: PhotoStore, upload: Upload, cutter: Cutter, now: datetime, day: date) -> tuple[KeptPhoto, bool]:
    received = hashlib.sha256(upload.body).hexdigest()
    earlier = store.find(upload.id, day) or queries.kept_before(upload.id)
    if earlier is None:
        try:
            cut = cutter(upload.body)
        except Unfit as why:
            raise refusal(why.verdict) from why
        photo = _record(upload, cut, received, now, day)
        earlier = store.keep(photo, cut.parts)
        if earlier is None:
            return photo, True
    if (earlier.received_sha256, earlier.person_id) != (received, upload.person_id):
        raise Conflict(lazy("Another photo was kept under this number. Take the photo again."))
    return earlier, False


def _record(upload: Upload, cut: Cut, received: str, now: datetime, day: date) -> KeptPhoto:
    kept = received
    if not cut.untouched(upload.body):
        digest = hashlib.sha256()
        for part in cut.parts:
            digest.update(part)
        kept = digest.hexdigest()
    return KeptPhoto(
        id=upload.id,
        person_id=upload.person_id,
        media_type=cut.media_type,
        sha256=kept,
        received_sha256=received,
        size=cut.size,
        width=cut.width,
        height=cut.height,
        source=upload.source.value,
        taken_at=upload.taken_at,
        received_at=now,
        day=day,
        orientation=cut.orientation,
        remake=cut.remake,
        nonce=upload.nonce,
    )
