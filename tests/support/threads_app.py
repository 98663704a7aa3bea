"""A program of one line under gunicorn: it tells which thread answers; `/slow` takes a moment longer.

`/body` tells how much of a body came, `/long` says more than any line holds, `/file` as much from a file, `/pieces`
does not know how much, `/broken` breaks off.
"""

import tempfile
import threading
import time

from app.serving_worker import StayingWorker

LONG = 40_000_000


class HastyWorker(StayingWorker):
    """Waits half a second where the shipped one waits twenty."""

    still_s = 0.5


def application(environ, start_response):
    if environ["PATH_INFO"] == "/slow":
        time.sleep(0.3)
    body = str(threading.get_ident()).encode()
    if environ["PATH_INFO"] == "/body":
        body = str(len(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))).encode()
    if environ["PATH_INFO"] == "/file":
        start_response("200 OK", [("Content-Length", str(LONG))])
        return environ["wsgi.file_wrapper"](_file_of(LONG))
    if environ["PATH_INFO"] == "/pieces":
        start_response("200 OK", [])
        return iter([b"one ", b"and two"])
    if environ["PATH_INFO"] == "/broken":
        start_response("200 OK", [("Content-Length", "100")])
        return _breaking()
    if environ["PATH_INFO"] == "/long":
        body = b"x" * LONG
    start_response("200 OK", [("Content-Length", str(len(body)))])
    return [body]


def _breaking():
    yield b"begun"
    raise RuntimeError("on purpose")


def _file_of(length):
    file = tempfile.TemporaryFile()  # noqa: SIM115  the server closes it
    file.truncate(length)
    return file
