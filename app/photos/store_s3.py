"""Photos in a bucket: durable on the own disk first, carried from there, so that no check waits for the bucket.

Three places: `waiting` (the spool: the bucket lacks it), `recent` (a copy of what the bucket has), the bucket.
"""

import hashlib
import logging
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from io import BytesIO

from app.config_s3 import S3Access
from app.photos.rules import KeptPhoto
from app.photos.store import LOOK_BACK_DAYS
from app.photos.store_files import SIZE_BYTES, read_record
from app.photos.store_protocol import Named, Staged, Stored
from app.photos.store_remote import Away, Remote
from app.photos.store_spool import Spool
from app.refusals import Unavailable
from app.web.words import lazy

log = logging.getLogger(__name__)
# An upload through another server may be taken up from the bucket for a day: it is swept there a day later.
SWEPT_LATER = timedelta(days=1)
SETTLED = "settled"
AWAY = lazy("The store of the photos does not answer just now. Try again in a moment.")


class S3Store:
    """The store as rooms see it; what carries to the bucket stands in `spool`."""

    is_near = False

    def __init__(self, access: S3Access) -> None:
        self.remote = Remote(access)
        self.spool = Spool(access.spool, self.remote)
        self.waiting, self.recent = self.spool.waiting, self.spool.recent

    def keep(self, photo: KeptPhoto, parts: Sequence[bytes | memoryview]) -> KeptPhoto | None:
        return self.waiting.keep(photo, parts)

    def find(self, photo_id: str, day: date) -> KeptPhoto | None:
        return self.waiting.find(photo_id, day) or self.recent.find(photo_id, day)

    def elsewhere(self, photo_id: str, day: date) -> KeptPhoto | None:
        for back in range(LOOK_BACK_DAYS):
            try:
                whole = self.remote.get(f"{(day - timedelta(days=back)).isoformat()}/{photo_id}")
            except Away as away:
                log.warning("a photo of another server is asked of the phone again: %s", away)
                return None
            if whole and (found := self._taken_over(whole)):
                return found
        return None

    def touch(self, photo: KeptPhoto) -> None:
        self.waiting.touch(photo)
        self.recent.touch(photo)

    def holds(self, place: str) -> bool:
        # Carried between the two questions, it is in the second place.
        return self.waiting.holds(place) or self.recent.holds(place)

    def sync(self, photos: Iterable[KeptPhoto]) -> None:
        left = [photo for photo in photos if not self.recent.holds(photo.place)]
        try:
            self.waiting.sync(left)
        except Unavailable:
            # Carried meanwhile: then the bucket has it, which is better than any folder entry.
            self.waiting.sync(photo for photo in left if not self.recent.holds(photo.place))

    def read(self, place: str) -> tuple[KeptPhoto, bytes]:
        for near in (self.waiting, self.recent):
            if near.holds(place):
                try:
                    return near.read(place)
                except Unavailable:
                    continue
        handle = BytesIO(self._from_bucket(place) or self._gone(place))
        return read_record(handle), handle.read()

    def stream(self, place: str) -> Stored:
        _photo, body = self.read(place)
        return Stored(len(body), iter((body,)))

    def put_made(self, sha256: str, name: str, content: bytes) -> None:
        self.waiting.put_made(sha256, name, content)

    def stream_made(self, sha256: str, name: str) -> Stored | None:
        for near in (self.waiting, self.recent):
            if (stored := near.stream_made(sha256, name)) and (body := _whole(stored)):
                return Stored(len(body), iter((body,)))
        found = self._from_bucket(f"made/{sha256[:2]}/{sha256}.{name}") or b""
        size = int.from_bytes(found[:SIZE_BYTES], "big")
        return Stored(size, iter((found[SIZE_BYTES:],))) if size and size == len(found) - SIZE_BYTES else None

    def stale(self, before: datetime) -> Iterator[Named]:
        """Of the bucket; the own disk is looked after by each server itself (`actions_spool`)."""
        try:
            for day in self._unsettled(before):
                for name, at in self.remote.objects(day):
                    if at < before - SWEPT_LATER:
                        yield Staged(name, f"{day}/{name}")
        except Away as away:
            log.warning("the bucket is swept later: %s", away)

    def drop(self, photo: Named, before: datetime) -> bool:
        try:
            at = self.remote.changed_at(photo.place)
            if at is None or at >= before - SWEPT_LATER:
                return False
            self.remote.delete(photo.place)
        except Away:
            return False
        return True

    def forget(self, photo_id: str, sha256: str, day: date) -> None:
        """Here at once; in the bucket with the next carrying, also when it is away just now."""
        self.waiting.forget(photo_id, sha256, day)
        self.recent.forget(photo_id, sha256, day)
        days = [(day + timedelta(days=1 - back)).isoformat() for back in range(LOOK_BACK_DAYS)]
        self.spool.forget(photo_id, [f"{each}/{photo_id}" for each in days], sha256)

    def settle(self, before: datetime) -> None:
        past = (before - SWEPT_LATER - timedelta(days=1)).date().isoformat()
        try:
            for day in self._unsettled(before):
                if day < past and all(at < before - SWEPT_LATER for _name, at in self.remote.objects(day)):
                    self.remote.put(f"{SETTLED}/{day}", b"")
        except Away as away:
            log.warning("the bucket is swept later: %s", away)

    def probe(self) -> None:
        # The bucket may be away for days: photos are kept all the same.
        self.waiting.probe()

    def _unsettled(self, before: datetime) -> list[str]:
        last, done = before.date().isoformat(), {name for name, _at in self.remote.objects(SETTLED)}
        return sorted(day for day in self.remote.folders() if day[:2] == "20" and day <= last and day not in done)

    def _taken_over(self, whole: bytes) -> KeptPhoto | None:
        """A photo that another server has carried lies here too from now on, as if it had been sent here."""
        handle = BytesIO(whole)
        try:
            photo, body = read_record(handle), handle.read()
        except ValueError:
            return None
        if hashlib.sha256(body).hexdigest() != photo.sha256:
            return None
        self.waiting.keep(photo, [body])
        return photo

    def _from_bucket(self, key: str) -> bytes | None:
        try:
            return self.remote.get(key)
        except Away as away:
            log.warning("%s", away)
            raise Unavailable(AWAY) from None

    def _gone(self, place: str) -> bytes:
        log.warning("photo %s is nowhere", place)
        raise Unavailable(AWAY)


def _whole(stored: Stored) -> bytes | None:
    """All of it at once; None when it was carried away or trimmed meanwhile."""
    try:
        return b"".join(stored.chunks)
    except FileNotFoundError:
        return None
