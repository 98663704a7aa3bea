"""A zip that is written while it is sent: one JSON line a row, nothing of it held in memory."""

import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

# A member of the archive is added to what is sent; nothing lies on the disk.
_ADDED: Literal["w"] = "w"


class _Outlet(io.RawIOBase):
    """Takes what the zip writes and gives it on; it cannot go back, so sizes follow behind each file."""

    def __init__(self) -> None:
        self._waiting: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, chunk: Any) -> int:
        self._waiting.append(bytes(chunk))
        return len(chunk)

    def taken(self) -> bytes:
        """What has been written since the last time."""
        chunk, self._waiting = b"".join(self._waiting), []
        return chunk


def zipped(readme: str, parts: Iterable[tuple[str, Iterable[Mapping[str, Any]]]]) -> Iterator[bytes]:
    """README.txt and a file a part; a part without rows has none."""
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", readme)
        for name, lines in parts:
            yield from _member(archive, outlet, name, lines)
    yield outlet.taken()


def _member(
    archive: zipfile.ZipFile, outlet: _Outlet, name: str, lines: Iterable[Mapping[str, Any]]
) -> Iterator[bytes]:
    waiting = iter(lines)
    first = next(waiting, None)
    if first is None:
        return
    with archive.open(f"{name}.jsonl", _ADDED) as file:
        file.write(_line(first))
        for each in waiting:
            file.write(_line(each))
            yield outlet.taken()
    yield outlet.taken()


def _line(row: Mapping[str, Any]) -> bytes:
    return (json.dumps(row, ensure_ascii=False, default=str) + "\n").encode()
