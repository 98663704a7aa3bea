"""What actions ask of a photo store, a folder or a bucket. Stores know no tables."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from app.photos.rules import KeptPhoto


@dataclass(frozen=True)
class Stored:
    """Bytes ready to be served: `chunks` is read once."""

    size: int
    chunks: Iterator[bytes]


class Named(Protocol):
    """A kept file by the id of its photo and its place."""

    @property
    def id(self) -> str: ...
    @property
    def place(self) -> str: ...


@dataclass(frozen=True)
class Staged:
    """A kept file of which only the name has been looked at."""

    id: str
    place: str


class PhotoStore(Protocol):
    """Every deed raises Unavailable or StorageFull, each with a sentence, when the disk does not do it."""

    is_near: bool
    """A file goes in microseconds, so that a transaction may wait for it."""

    def keep(self, photo: KeptPhoto, parts: Sequence[bytes | memoryview]) -> KeptPhoto | None:
        """Write durably but for the folder entry. None when new; else the record that was there on that day, untouched.

        The caller has asked `find` before: a repeat is answered even on a full disk.
        """

    def find(self, photo_id: str, day: date) -> KeptPhoto | None:
        """The record of a photo kept here on `day` or shortly before; never waits for another machine."""

    def elsewhere(self, photo_id: str, day: date) -> KeptPhoto | None:
        """The same for one that came in through another server of the site: from now on it is kept here too."""

    def touch(self, photo: KeptPhoto) -> None:
        """Begin its time as a staged file anew."""

    def holds(self, place: str) -> bool:
        """A file lies here at this place; never waits for another machine."""

    def sync(self, photos: Iterable[KeptPhoto]) -> None:
        """Make the folder entries durable: one fsync a folder. Raises Unavailable when a file is gone."""

    def read(self, place: str) -> tuple[KeptPhoto, bytes]:
        """Record and kept bytes."""

    def stream(self, place: str) -> Stored:
        """The kept bytes, for serving."""

    def put_made(self, sha256: str, name: str, content: bytes) -> None:
        """Keep what was made of a picture; the same name again replaces it."""

    def stream_made(self, sha256: str, name: str) -> Stored | None:
        """What was made of a picture, or None when it is not there whole."""

    def stale(self, before: datetime) -> Iterator[Named]:
        """Kept files untouched since `before` in folders not settled yet; leftovers of broken uploads are removed."""

    def drop(self, photo: Named, before: datetime) -> bool:
        """Remove a stale file; False when it was touched meanwhile."""

    def forget(self, photo_id: str, sha256: str, day: date) -> None:
        """The record of this photo has been disposed of and nothing else names its bytes: file and thumbnails go."""

    def settle(self, before: datetime) -> None:
        """After a sweep of all older than `before`: folders long past hold only owned files and are passed by."""

    def probe(self) -> None:
        """Raise Unavailable when photos cannot be kept or read."""
