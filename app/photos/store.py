"""The photo store in a folder: one folder a receipt day for what came in, one for what is made of it."""

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from importlib import import_module
from pathlib import Path

from app.config import WrongSettings
from app.config_s3 import S3Access
from app.disk import SharedSyncs, sync_folder
from app.photos.rules import MIN_FREE_SHARE, KeptPhoto
from app.photos.store_files import (
    SIZE_BYTES,
    disk_faults,
    full,
    pieces,
    read_record,
    record_at,
    record_line,
    size_made,
    write_made,
    write_new,
)
from app.photos.store_protocol import Named, PhotoStore, Stored
from app.refusals import Unavailable
from app.web.words import lazy

# What is staged is swept after one day, so it lies in the folder of today or shortly before.
LOOK_BACK_DAYS = 3
SETTLED = ".settled"
_folders = SharedSyncs(sync_folder)
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_SHA256 = re.compile(r"[0-9a-f]{64}")


def open_store(location: str, access: S3Access | None = None) -> PhotoStore:
    """The store for the setting DABIAO_PHOTO_STORE; raises WrongSettings when it cannot be used."""
    try:
        # What speaks to buckets is loaded only where there is one.
        bucket = import_module("app.photos.store_s3").S3Store if access else None
        store: PhotoStore = bucket(access) if bucket else FolderStore(Path(location))
        store.probe()
    except (OSError, Unavailable) as fault:
        raise WrongSettings(f"wrong settings:\n  DABIAO_PHOTO_STORE={location!r}: cannot be written") from fault
    return store


class FolderStore:
    """Photos in a folder; `min_free_share` of the disk stays free of uploads so that the database can go on."""

    is_near = True

    def __init__(self, root: Path, *, min_free_share: float = MIN_FREE_SHARE) -> None:
        self.root = root
        self._root = str(root)
        self.min_free_share = min_free_share
        root.mkdir(mode=0o700, parents=True, exist_ok=True)

    def keep(self, photo: KeptPhoto, parts: Sequence[bytes | memoryview]) -> KeptPhoto | None:
        with disk_faults():
            self._refuse_when_nearly_full()
            path = f"{self._day_folder(photo.day)}/{_checked(_UUID, photo.id)}"
            while not write_new(path, [record_line(photo), *parts]):
                earlier = self.find(photo.id, photo.day)
                if earlier:
                    return earlier
                # What lies there cannot be read: a disk lost it. It makes way.
                Path(path).unlink(missing_ok=True)
        return None

    def find(self, photo_id: str, day: date) -> KeptPhoto | None:
        name = _checked(_UUID, photo_id)
        for back in range(LOOK_BACK_DAYS):
            path = f"{self._root}/{(day - timedelta(days=back)).isoformat()}/{name}"
            # Asked before opened: nearly every upload is new, and a raised error costs more than the question.
            if os.path.exists(path):  # noqa: PTH110  a third of the time of Path.exists, on the path of every upload
                with suppress(FileNotFoundError, ValueError):
                    return record_at(path)
        return None

    def elsewhere(self, photo_id: str, day: date) -> KeptPhoto | None:  # noqa: ARG002  all servers share the folder
        return None

    def holds(self, place: str) -> bool:
        return os.path.exists(self._named(place))  # noqa: PTH110  asked for every photo of a submission

    def touch(self, photo: KeptPhoto) -> None:
        with suppress(FileNotFoundError):
            os.utime(self._named(photo.place))

    def sync(self, photos: Iterable[KeptPhoto]) -> None:
        with disk_faults():
            for day in sorted({photo.day for photo in photos if os.stat(self._named(photo.place))}):  # noqa: PTH116
                _folders.wait(self._of(day))

    def read(self, place: str) -> tuple[KeptPhoto, bytes]:
        with disk_faults(), self._path(place).open("rb") as handle:
            return read_record(handle), handle.read()

    def stream(self, place: str) -> Stored:
        with disk_faults(), self._path(place).open("rb") as handle:
            return Stored(read_record(handle).size, pieces(self._path(place), handle.tell()))

    def put_made(self, sha256: str, name: str, content: bytes) -> None:
        with disk_faults():
            write_made(self._made(sha256, name), content)

    def stream_made(self, sha256: str, name: str) -> Stored | None:
        path = self._made(sha256, name)
        with disk_faults():
            size = size_made(path)
        return Stored(size, pieces(path, SIZE_BYTES)) if size else None

    def stale(self, before: datetime) -> Iterator[KeptPhoto]:
        for folder in self._unsettled():
            for path in sorted(folder.iterdir()):
                with suppress(FileNotFoundError, ValueError):
                    if path.stat().st_mtime >= before.timestamp():
                        continue
                    if path.name.startswith("."):
                        path.unlink()
                        continue
                    with path.open("rb") as handle:
                        yield read_record(handle)

    def drop(self, photo: Named, before: datetime) -> bool:
        path = self._path(photo.place)
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < before.timestamp():
                path.unlink()
                return True
        return False

    def forget(self, photo_id: str, sha256: str, day: date) -> None:
        earlier = self.find(photo_id, day + timedelta(days=1))
        if earlier and earlier.sha256 == sha256:
            self._path(earlier.place).unlink(missing_ok=True)
        for made in (self.root / "made" / _checked(_SHA256, sha256)[:2]).glob(f"{sha256}.*"):
            made.unlink(missing_ok=True)

    def settle(self, before: datetime) -> None:
        past = (before.date() - timedelta(days=1)).isoformat()
        for folder in self._unsettled():
            if folder.name < past and all(path.stat().st_mtime < before.timestamp() for path in folder.iterdir()):
                (folder / SETTLED).touch()

    def probe(self) -> None:
        with disk_faults():
            os.statvfs(self.root)
        if not os.access(self.root, os.R_OK | os.W_OK | os.X_OK):
            raise Unavailable(lazy("The folder of the photos cannot be written."))

    def _unsettled(self) -> list[Path]:
        days = sorted(entry for entry in self.root.iterdir() if _DAY.fullmatch(entry.name))
        return [folder for folder in days if not (folder / SETTLED).exists()]

    def _of(self, day: date) -> str:
        return f"{self._root}/{day.isoformat()}"

    def _day_folder(self, day: date) -> str:
        folder = self._of(day)
        if not os.path.isdir(folder):  # noqa: PTH112  text, not Path, on the way of every upload
            Path(folder).mkdir(mode=0o700, exist_ok=True)
            _folders.wait(self._root)
        return folder

    def _named(self, place: str) -> str:
        day, _, name = place.partition("/")
        return f"{self._root}/{_checked(_DAY, day)}/{_checked(_UUID, name)}"

    def _path(self, place: str) -> Path:
        return Path(self._named(place))

    def _made(self, sha256: str, name: str) -> Path:
        return self.root / "made" / _checked(_SHA256, sha256)[:2] / f"{sha256}.{name}"

    def _refuse_when_nearly_full(self) -> None:
        disk = os.statvfs(self._root)
        if disk.f_blocks and disk.f_bavail < disk.f_blocks * self.min_free_share:
            raise full()


def _checked(pattern: re.Pattern[str], name: str) -> str:
    """Only names of our own making reach the disk."""
    if not pattern.fullmatch(name):
        raise ValueError(f"not a name in the photo store: {name!r}")
    return name
