"""Files that people send in from outside: read no further than allowed, given back only to be taken home."""

from __future__ import annotations

from flask import Response, request


def sent_file(most_bytes: int, name: str = "file") -> tuple[str, bytes]:
    """(name, bytes) of the file in this form, one byte more than allowed at the most; both empty without one."""
    given = request.files.get(name)
    if given is None:
        return "", b""
    with given.stream as stream:
        return given.filename or "", stream.read(most_bytes + 1)


def taken_home(body: bytes, media_type: str, name: str) -> Response:
    """A file from outside is never opened inside this site."""
    response = Response(body, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
