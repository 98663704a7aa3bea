"""What is kept of a body as spans of it and a few bytes of our own, without copying; pure."""

from collections.abc import Iterable

Piece = bytes | tuple[int, int]


def slices(data: bytes, pieces: Iterable[Piece]) -> tuple[bytes | memoryview, ...]:
    """The pieces in order; neighbouring spans become one slice, so that a picture is written in a few."""
    view = memoryview(data)
    joined: list[Piece] = []
    for piece in pieces:
        last = joined[-1] if joined else b""
        if isinstance(piece, tuple) and isinstance(last, tuple) and last[1] == piece[0]:
            joined[-1] = (last[0], piece[1])
        else:
            joined.append(piece)
    return tuple(view[piece[0] : piece[1]] if isinstance(piece, tuple) else piece for piece in joined)
