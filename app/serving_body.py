"""A body read in one piece: gunicorn passes it through two buffers, which for a photo costs 100 µs of copies."""

from collections.abc import Iterator
from typing import Any

from gunicorn.http.body import Body, LengthReader

from app.serving_patience import Patience

# What is longer is put together by gunicorn: slower, but never in memory twice.
AT_ONCE_BYTES = 1_000_000


class Whole:
    """A body as gunicorn has it, but for a first read that asks for all of it."""

    def __init__(self, body: Body, patience: Patience, conn: Any) -> None:
        self._body, self._patience, self._conn = body, patience, conn

    def read(self, size: int | None = None) -> bytes:
        """As of a body; shorter than its length when the connection ended before, or stood still."""
        self._patience.begin(self._conn, size)
        try:
            return self._read(size)
        finally:
            self._patience.end(self._conn)

    def _read(self, size: int | None) -> bytes:
        body, reader = self._body, self._body.reader
        is_all = type(reader) is LengthReader and isinstance(size, int) and size >= reader.length
        if not is_all or body.buf.tell() or not 0 < reader.length <= AT_ONCE_BYTES:
            return bytes(body.read(size))
        try:
            return _all_of(reader)
        except Exception:
            # Where the next request begins is not known: gunicorn closes the connection.
            body.failed = True
            raise

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._body)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._body, name)


def _all_of(reader: LengthReader) -> bytes:
    """What came with the head, and the rest as it comes; what follows the body is left for the next request."""
    due, reader.length = reader.length, 0
    pieces = [reader.unreader.take_buffered()]
    missing = due - len(pieces[0])
    while missing > 0 and (piece := reader.unreader.chunk(missing)):
        pieces.append(piece)
        missing -= len(piece)
    found = b"".join(pieces)
    if missing < 0:
        reader.unreader.unread(found[due:])
        return found[:due]
    return found
