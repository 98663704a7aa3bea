"""Files on a disk that can be full, away or cut off: one line of JSON, then the bytes; synced before they are named."""

import errno
import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import fields
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

import orjson

from app.photos.rules import KeptPhoto
from app.refusals import StorageFull, Unavailable
from app.web.words import lazy

RECORD_MAX_BYTES = 4096
MOST_PARTS = 1024
PIECE_BYTES = 64 * 1024
SIZE_BYTES = 8
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
NAMELESS = hasattr(os, "O_TMPFILE") and Path("/proc/self/fd").is_dir()
# Network and stacked file systems, and old kernels, which take the flag for a folder that is to be written.
_UNKNOWN_HERE = (errno.EOPNOTSUPP, errno.EISDIR, errno.EINVAL)
_NAMES = frozenset(field.name for field in fields(KeptPhoto))
# Records of before have no nonce.
_EARLIER = _NAMES - {"nonce"}


@contextmanager
def disk_faults() -> Iterator[None]:
    """What the disk says as a sentence for a person."""
    try:
        yield
    except OSError as fault:
        if fault.errno in _FULL:
            raise full() from fault
        raise Unavailable(
            lazy("Photos cannot be kept just now. Yours stays on this phone; it is sent again by itself."),
        ) from fault


def full() -> StorageFull:
    return StorageFull(
        lazy("The server has no room left for photos. Yours stays on this phone; the office has to make room first."),
    )


def record_line(photo: KeptPhoto) -> bytes:
    """The record as the first line of its file."""
    return orjson.dumps(photo, option=orjson.OPT_APPEND_NEWLINE)


def read_record(handle: BinaryIO) -> KeptPhoto:
    """The record; the handle stands at the first kept byte. Raises ValueError when there is none."""
    return _parsed(handle.readline(RECORD_MAX_BYTES))


def record_at(path: str) -> KeptPhoto:
    """The same of a file by its name, in one read: every submission asks for its photos. Raises OSError besides."""
    handle = os.open(path, os.O_RDONLY)
    try:
        head = os.read(handle, RECORD_MAX_BYTES)
    finally:
        os.close(handle)
    return _parsed(head[: head.find(b"\n") + 1])


def _parsed(line: bytes) -> KeptPhoto:
    plain = orjson.loads(line)
    if not isinstance(plain, dict) or plain.keys() not in (_NAMES, _EARLIER):
        raise ValueError("not the record of a photo")
    plain["taken_at"] = datetime.fromisoformat(plain["taken_at"]) if plain["taken_at"] else None
    plain["received_at"] = datetime.fromisoformat(plain["received_at"])
    plain["day"] = date.fromisoformat(plain["day"])
    return KeptPhoto(**plain)


def write_new(path: str, parts: Sequence[bytes | memoryview]) -> bool:
    """Write, sync, then give it its name; False when another upload of the same name was faster."""
    handle = _nameless(path.rpartition("/")[0])
    if handle is None:
        return _write_beside(path, parts)
    try:
        _fill(handle, parts)
        os.fsync(handle)
        # The path is whole; a folder is named all the same, for only then the call follows the link of /proc.
        os.link(f"/proc/self/fd/{handle}", path, src_dir_fd=handle)
    except FileExistsError:
        return False
    finally:
        os.close(handle)
    return True


def _nameless(folder: str) -> int | None:
    """A new file without a name, which a crash leaves no trace of; None where the file system knows none."""
    if not NAMELESS:
        return None
    try:
        return os.open(folder, os.O_WRONLY | os.O_TMPFILE, 0o600)
    except OSError as fault:
        if fault.errno in _UNKNOWN_HERE:
            return None
        raise


def _write_beside(path: str, parts: Sequence[bytes | memoryview]) -> bool:
    temporary = _beside(path)
    try:
        _write(temporary, parts, durable=True)
        os.link(temporary, path)
    except FileExistsError:
        return False
    finally:
        with suppress(FileNotFoundError):
            os.unlink(temporary)  # noqa: PTH108  text, not Path, on the way of every upload
    return True


def write_made(path: Path, content: bytes) -> None:
    """Put in place whole, not synced: its size in front tells after a power cut whether it has to be made again."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    temporary = Path(_beside(str(path)))
    try:
        _write(str(temporary), [len(content).to_bytes(SIZE_BYTES, "big"), content], durable=False)
        temporary.rename(path)
    finally:
        temporary.unlink(missing_ok=True)


def size_made(path: Path) -> int | None:
    """Bytes behind the size in front, or None when the file is not there whole."""
    try:
        with path.open("rb") as handle:
            size = int.from_bytes(handle.read(SIZE_BYTES), "big")
            return size if size and os.fstat(handle.fileno()).st_size == size + SIZE_BYTES else None
    except FileNotFoundError:
        return None


def pieces(path: Path, start: int) -> Iterator[bytes]:
    """A file from a byte on, a little at a time; opened when the first piece is asked for."""
    with path.open("rb") as handle:
        handle.seek(start)
        while piece := handle.read(PIECE_BYTES):
            yield piece


def _beside(path: str) -> str:
    folder, _, name = path.rpartition("/")
    return f"{folder}/.{name}.{secrets.token_hex(8)}.part"


def _write(path: str, parts: Sequence[bytes | memoryview], *, durable: bool) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        _fill(handle, parts)
        if durable:
            os.fsync(handle)
    finally:
        os.close(handle)


def _fill(handle: int, parts: Sequence[bytes | memoryview]) -> None:
    left = [memoryview(part) for part in parts]
    while left:
        left = _without(left, os.writev(handle, left[:MOST_PARTS]))


def _without(parts: list[memoryview], written: int) -> list[memoryview]:
    """What is left of the parts after so many bytes; a disk may take less than it is given."""
    while parts and written >= len(parts[0]):
        written -= len(parts.pop(0))
    return [parts[0][written:], *parts[1:]] if written else parts
