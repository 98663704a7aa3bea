"""The app under its shipped gunicorn settings with a small world behind it, and the requests that are timed."""

import atexit
import itertools
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack, contextmanager
from copy import copy
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from flask_migrate import upgrade
from sqlalchemy import insert, select

from app.db import atomically, db, run
from app.schedule.models import Occurrence
from bench.limits import raw_page
from bench.loadgen import Link, wait_for
from tests.support import builders, pictures
from tests.support.databases import make_app
from tests.support.phones import cookie_and_token
from tests.support.servers import free_port, start
from tests.support.standards import step_document

PHOTO_BYTES = 200_000
STEPS = 8
PAGE_STEPS = 10  # what a standard has on average
WINDOWS = 8000
# What was deleted a moment ago makes ext4 look longer for a free inode, for up to six minutes: a side would pay for
# what the one before it left behind. So everything stays until the run is over.
_left = ExitStack()
# When the last run of this machine deleted its folders, told by the time of a file.
_DELETED = Path(__file__).parent / "out" / "deleted"
SETTLED_S = 360
KINDS = ("pass", "pass", "number", "choice")


def unsettled_s() -> float:
    """How long the file system still remembers what the run before this one deleted."""
    return max(SETTLED_S - (time.time() - _DELETED.stat().st_mtime), 0) if _DELETED.is_file() else 0


@atexit.register
def _clear() -> None:
    _left.close()
    _DELETED.parent.mkdir(exist_ok=True)
    _DELETED.touch()


class Server:
    """A running server: its process to be metered, and one timed request."""

    def __init__(self, process, port: int) -> None:
        self.process, self.port = process, port
        self.connect()

    def connect(self) -> None:
        """A fresh connection: the server ends one that was quiet while the other side had its turn."""
        self.link = Link(self.port)

    def another(self) -> "Server":
        """The same server over a connection of its own, for a thread of its own."""
        twin = copy(self)
        twin.connect()
        return twin

    @property
    def pid(self) -> int:
        return self.process.pid


class App(Server):
    """The real application."""

    def __init__(self, process, port: int, cookie: str, token: str) -> None:
        super().__init__(process, port)
        self.headers = {"Cookie": cookie, "X-CSRF-Token": token, "X-Person": "ann", "X-Source": "live"}
        self._number = itertools.count()

    def post(self) -> None:
        """PUT of one photo, then POST of a check with eight answers: the whole of a submission."""
        now = datetime.now(UTC)
        timed = self.headers | {"X-Phone-Time": now.isoformat()}
        photo_id = str(uuid4())
        status, body = self.link.ask(
            "PUT", f"/api/v1/photos/{photo_id}", timed | {"Content-Type": "image/jpeg"}, fresh_photo()
        )
        assert status == 201, (status, body[:300])
        check = json.dumps(submission(now, next(self._number), photo_id)).encode()
        status, body = self.link.ask("POST", "/api/v1/checks", timed | {"Content-Type": "application/json"}, check)
        assert status == 201, (status, body[:600])
        assert b'"status":"received"' in body.replace(b": ", b":"), body[:300]

    def page(self) -> int:
        """The work page; gives its bytes."""
        status, body = self.link.ask("GET", f"/p/{builders.CODE}", {"Cookie": self.headers["Cookie"]})
        assert status == 200, status
        return len(body)


class Limit(Server):
    """The raw WSGI counterpart."""

    def post(self) -> None:
        """The same fields and photo in one multipart body."""
        fields = {"id": str(uuid4()), "point": "p1", "person": "ann", "at": "2026-11-23", "note": ""}
        fields |= {f"S{number:02}": "pass" for number in range(12)}
        boundary = "limit-boundary"
        parts = [
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in fields.items()
        ]
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="photo"; filename="p.jpg"\r\n\r\n'
        body = "".join([*parts, head]).encode() + fresh_photo() + f"\r\n--{boundary}--\r\n".encode()
        status, _ = self.link.ask("POST", "/", {"Content-Type": f"multipart/form-data; boundary={boundary}"}, body)
        assert status == 201, status

    def page(self) -> int:
        status, body = self.link.ask("GET", "/", {})
        assert status == 200, status
        return len(body)


_photos = itertools.count()
_picture = pictures.grainy(PHOTO_BYTES)


def fresh_photo() -> bytes:
    """A photo of about 200 KB with bytes of its own, for any thread: as a phone's canvas makes it, all picture."""
    return _picture[:-2] + next(_photos).to_bytes(8, "big").replace(b"\xff", b"\x00") + _picture[-2:]


def submission(now: datetime, number: int, photo_id: str) -> dict:
    """A check with eight answers and one photo for the window of this number."""
    window = f"{builders.NOW.date()}/A/W{number}"
    said = {"answered_at": now.isoformat()}
    answers = [builders.answer(f"S{number:02}", **said) for number in range(1, STEPS + 1)]
    answers[0]["photos"] = [photo_id]
    times = {"opened_at": (now - timedelta(minutes=2)).isoformat(), "submitted_at": now.isoformat()}
    return builders.submission(str(uuid4()), window=window, answers=answers, **times)


@contextmanager
def running(
    *, steps: int = STEPS, windows: int = WINDOWS, workers: int = 1, application: str = "app",
    under: Sequence[str] = (), patience_s: float = 60, **settings: str,
):  # fmt: skip
    """The app: a world with enough open windows that every check fills one of its own; `under` a tracer, if any."""
    folder = _folder("bench-app-")
    with ExitStack() as stack:
        url = f"sqlite:///{folder / 'bench.sqlite3'}"
        app = make_app(url, folder)
        with app.app_context():
            upgrade()
            fill(steps, windows)
        cookie, token = cookie_and_token(app, "ann")
        server = start(url, folder, workers=workers, application=application, under=under, **settings)
        stack.callback(server.stop)
        server.wait(patience_s)
        yield App(server.process, int(server.url.rsplit(":", 1)[1]), cookie, token)


def fill(steps: int, windows: int) -> None:
    """One point with so many open windows, each to be done once."""
    documents = [step_document(f"S{n:02}", "photo" if n == 1 else "none", key=n % 4 == 1) for n in range(1, steps + 1)]
    builders.small_world(*documents)
    start_at = datetime.now(UTC) - timedelta(minutes=30)
    ends = {"end_at": start_at + timedelta(hours=2), "grace_end_at": start_at + timedelta(hours=3)}
    builders.occurrence(window="W0", start=start_at, expire_at=start_at + timedelta(hours=6), **ends)
    # The others are the same window again: a commit each would take longer than what is measured.
    first = select(Occurrence.__table__).where(Occurrence.window_key.endswith("/W0"))
    like = dict(db.session.execute(first).mappings().one())
    del like["id"]
    rest = [like | {"window_key": f"{builders.NOW.date()}/A/W{number}"} for number in range(1, windows)]
    if rest:
        atomically(lambda: run(insert(Occurrence), rest))


@contextmanager
def limit(module: str, worker: str = "gthread", workers: int = 1, under: Sequence[str] = ()):
    """A raw WSGI limit under the same gunicorn, each worker with eight threads; `under` a tracer, if any."""
    folder = _folder("bench-limit-")
    raw_page.fill(folder)
    port = free_port()
    settings = {"LIMIT_FOLDER": str(folder), "LIMIT_WORKER": worker, "LIMIT_WORKERS": str(workers)}
    process = _spawn(module, port, settings, under)
    try:
        wait_for(port)
        yield Limit(process, port)
    finally:
        process.terminate()
        process.wait(10)


def _folder(prefix: str) -> Path:
    return Path(_left.enter_context(tempfile.TemporaryDirectory(prefix=prefix)))


def _spawn(module: str, port: int, settings: dict[str, str], under: Sequence[str]):
    command = [
        *under,
        sys.executable,
        "-m",
        "gunicorn",
        "--config",
        "python:bench.limits.serving",
        "--bind",
        f"127.0.0.1:{port}",
    ]
    return subprocess.Popen(
        [*command, f"bench.limits.{module}:app"],
        env=os.environ | settings,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
