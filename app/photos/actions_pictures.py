"""The picture queue and the sweep: deeds of the timer and of `dabiao tick`, called outside a transaction."""

import hashlib
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import islice

from app.db import atomically
from app.photos import queries, writes
from app.photos.imaging import make
from app.photos.queries import Waiting
from app.photos.rules import STAGED_FOR, Made, Unfit, Verdict
from app.photos.store_protocol import Named, PhotoStore
from app.refusals import StorageFull, Unavailable

THUMB, PICTURE = "thumb.jpg", "picture.jpg"
SWEEP_AT_ONCE = 500
# Submissions wait for so many files to go.
DROP_AT_ONCE = 50
_wake = threading.Event()


@dataclass(frozen=True)
class FailedPicture:
    """A picture that cannot be shown and the photos that carry it: photo id, check, step."""

    sha256: str
    uses: Sequence[tuple[str, str, str | None]]


@dataclass(frozen=True)
class _Tried:
    sha256: str
    made: Made | None = None
    later: bool = False


def nudge() -> None:
    """Wake this process's picture worker: a submission with photos has been committed."""
    _wake.set()


def wait_for_work(seconds: float) -> None:
    """Return at a nudge, or after this time."""
    _wake.wait(seconds)
    _wake.clear()


def drain(store: PhotoStore, *, now: datetime, on_failed: Callable[[FailedPicture], None], limit: int = 20) -> int:
    """Decode what waits, oldest first, and say how many were taken: call again until 0.

    Two at once do a picture once. `on_failed` runs in the transaction that marks the picture as failed.
    """
    taken = atomically(lambda: _take(now, limit))
    tried = [_try(store, waiting) for waiting in taken]
    if tried:
        atomically(lambda: _finish(tried, on_failed))
    return len(tried)


def sweep(store: PhotoStore, *, now: datetime) -> int:
    """Remove staged files that no row names after a day (promise P3); how many."""
    before = now - STAGED_FOR
    removed = drop_loose(store, store.stale(before), before)
    store.settle(before)
    return removed


def drop_loose(store: PhotoStore, found: Iterable[Named], before: datetime) -> int:
    """Remove those of these stale files that no row names; how many."""
    old, removed = iter(found), 0
    while group := list(islice(old, SWEEP_AT_ONCE)):
        owned = queries.uses_of(photo.id for photo in group)
        loose = [photo for photo in group if photo.id not in owned]
        if store.is_near:
            for start in range(0, len(loose), DROP_AT_ONCE):
                part = loose[start : start + DROP_AT_ONCE]
                removed += atomically(partial(_drop_alone, store, part, before))
        else:
            removed += sum(store.drop(photo, before) for photo in loose)
    return removed


def _drop_alone(store: PhotoStore, loose: Sequence[Named], before: datetime) -> int:
    """The age of a file is no proof that nobody is submitting it: a clock put on by a day makes all files old.

    Either the rows of a submission are seen here, or it finds that its file is gone before it commits.
    """
    writes.keep_out()
    owned = queries.uses_of(photo.id for photo in loose)
    return sum(store.drop(photo, before) for photo in loose if photo.id not in owned)


def make_again(sha256: str, *, now: datetime) -> None:
    """What was made of a picture is gone from the disk: queue it anew; call inside a transaction."""
    writes.queue_again(sha256, at=now)
    nudge()


def _take(now: datetime, limit: int) -> list[Waiting]:
    found = queries.waiting(now, limit)
    return [each for each in found if writes.take(each.sha256, tries=each.tries, at=now)]


def _try(store: PhotoStore, waiting: Waiting) -> _Tried:
    # Earlier tries that never came back ended with their process: it is not given another one.
    if waiting.tries >= queries.MAX_TRIES:
        return _Tried(waiting.sha256)
    try:
        return _Tried(waiting.sha256, _made_of(store, waiting))
    except Unfit:
        return _Tried(waiting.sha256)
    except (Unavailable, StorageFull):
        return _Tried(waiting.sha256, later=True)


def _made_of(store: PhotoStore, waiting: Waiting) -> Made:
    record, content = store.read(waiting.place)
    if hashlib.sha256(content).hexdigest() != waiting.sha256:
        raise Unfit(Verdict.DAMAGED)
    made = make(content, record.media_type, orientation=record.orientation, remake=record.remake)
    store.put_made(waiting.sha256, THUMB, made.thumb)
    if made.picture:
        store.put_made(waiting.sha256, PICTURE, made.picture)
    return made


def _finish(tried: Sequence[_Tried], on_failed: Callable[[FailedPicture], None]) -> None:
    for each in tried:
        if each.later:
            writes.put_back(each.sha256)
        elif writes.finish(each.sha256, each.made) and each.made is None:
            on_failed(FailedPicture(each.sha256, queries.uses_of_picture(each.sha256)))
