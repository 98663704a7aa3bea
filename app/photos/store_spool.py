"""The spool of a bucket: what waits on the own disk, carried file by file as it lies there; one carrier a machine."""

import fcntl
import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from enum import Enum, auto
from io import BytesIO
from pathlib import Path

from app.disk import sync_folder
from app.photos.rules import KeptPhoto
from app.photos.store import FolderStore
from app.photos.store_files import RECORD_MAX_BYTES, read_record
from app.photos.store_remote import Remote

log = logging.getLogger(__name__)
MADE, FORGOTTEN = "made", "forgotten"


class Fate(Enum):
    """What became of a file: the bucket has it, has another photo under this name, or somebody else took it away."""

    CARRIED = auto()
    TAKEN = auto()
    GONE = auto()


class Spool:
    """`waiting` and `recent` hold the same layout as the bucket: a folder a day, and `made`."""

    def __init__(self, root: Path, remote: Remote) -> None:
        self.root, self.remote = root, remote
        self.waiting, self.recent = FolderStore(root / "waiting"), FolderStore(root / "recent", min_free_share=0)
        (root / FORGOTTEN).mkdir(mode=0o700, exist_ok=True)

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """True while no other process of this machine carries."""
        handle = os.open(self.root / "carrier.lock", os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield True
        except BlockingIOError:
            yield False
        finally:
            os.close(handle)

    def places(self) -> list[str]:
        """What waits, oldest day first, photos before what was made of them."""
        found = sorted(path for path in self.waiting.root.rglob("*") if path.is_file() and path.name[0] != ".")
        named = [path.relative_to(self.waiting.root).as_posix() for path in found]
        return sorted(named, key=lambda place: place.startswith(MADE))

    def oldest(self) -> datetime | None:
        """Since when the first of them waits."""
        times = [path.stat().st_mtime for path in map(self.waiting.root.joinpath, self.places())]
        return datetime.fromtimestamp(min(times)).astimezone() if times else None

    def carry(self, place: str) -> Fate:
        """Put one file into the bucket; from then on it is a copy. Raises Away."""
        try:
            body = (self.waiting.root / place).read_bytes()
        except FileNotFoundError:
            return Fate.GONE
        if place.startswith(MADE):
            self.remote.put(place, body)
        elif not self.remote.put_new(place, body) and self._other_there(place, body):
            return Fate.TAKEN
        self._move(place, self.waiting, self.recent)
        return Fate.CARRIED

    def replace(self, place: str) -> None:
        """The photo here is the recorded one: it takes the name in the bucket. Raises Away."""
        with suppress(FileNotFoundError):
            self.remote.put(place, (self.waiting.root / place).read_bytes())
            self._move(place, self.waiting, self.recent)

    def discard(self, place: str) -> None:
        """The photo in the bucket is the recorded one."""
        (self.waiting.root / place).unlink(missing_ok=True)

    def put_back(self, photo: KeptPhoto) -> None:
        """The bucket has lost what is recorded: the copy waits again."""
        self._move(photo.place, self.recent, self.waiting)

    def forget(self, name: str, keys: Sequence[str], sha256: str) -> None:
        """Note durably what has to go from the bucket."""
        made = [f"{MADE}/{sha256[:2]}/{sha256}.{each}" for each in ("thumb.jpg", "picture.jpg")]
        with (self.root / FORGOTTEN / name).open("w", encoding="ascii") as note:
            note.write("\n".join([*keys, *made]))
            note.flush()
            os.fsync(note.fileno())
        sync_folder(str(self.root / FORGOTTEN))

    def carry_forgotten(self) -> int:
        """Delete in the bucket what was forgotten here. Raises Away."""
        notes = sorted((self.root / FORGOTTEN).iterdir())
        for note in notes:
            for key in note.read_text("ascii").split():
                self.remote.delete(key)
            note.unlink()
        return len(notes)

    def trim_made(self, before: datetime) -> None:
        """Copies of what was made of pictures go after their time; the bucket has them."""
        for path in (self.recent.root / MADE).rglob("*"):
            with suppress(FileNotFoundError):
                if path.is_file() and path.stat().st_mtime < before.timestamp():
                    path.unlink()

    def trim_folders(self, before: datetime) -> None:
        """Folders of days long past that have become empty."""
        for near in (self.waiting.root, self.recent.root):
            for day in [each for each in near.iterdir() if each.name < before.date().isoformat()]:
                with suppress(OSError):
                    day.rmdir()

    def _other_there(self, place: str, body: bytes) -> bool:
        there = self.remote.start_of(place, RECORD_MAX_BYTES)
        try:
            return not there or read_record(BytesIO(there)).sha256 != read_record(BytesIO(body)).sha256
        except ValueError:
            return True

    @staticmethod
    def _move(place: str, source: FolderStore, target: FolderStore) -> None:
        (target.root / place).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            (source.root / place).replace(target.root / place)
