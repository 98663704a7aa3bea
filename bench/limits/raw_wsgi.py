"""The limit of a submission: raw WSGI, one multipart body, photo hashed, synced and renamed, one SQLite commit.

`python -m gunicorn bench.limits.raw_wsgi:app` with LIMIT_FOLDER naming an empty folder. Nothing is checked.
"""

import fcntl
import hashlib
import os
import sqlite3
import threading
from pathlib import Path

FOLDER = Path(os.environ.get("LIMIT_FOLDER", "."))
_here = threading.local()
_gate = threading.Lock()
SCHEMA = """
CREATE TABLE IF NOT EXISTS checks (id TEXT PRIMARY KEY, point TEXT, person TEXT, at TEXT, note TEXT);
CREATE TABLE IF NOT EXISTS answers (check_id TEXT, step TEXT, result TEXT, PRIMARY KEY (check_id, step));
CREATE TABLE IF NOT EXISTS photos (id TEXT PRIMARY KEY, check_id TEXT, sha256 TEXT);
"""


def app(environ, start_response):
    """Take a check with its photo, or say that the server is there."""
    if environ["REQUEST_METHOD"] == "GET":
        start_response("200 OK", [("Content-Length", "2")])
        return [b"ok"]
    fields, photo = _parse(environ)
    digest = _keep(fields["id"], photo)
    _insert(fields, digest)
    answer = f'{{"id":"{fields["id"]}","sha256":"{digest}"}}'.encode()
    start_response("201 Created", [("Content-Type", "application/json"), ("Content-Length", str(len(answer)))])
    return [answer]


def _parse(environ) -> tuple[dict[str, str], bytes]:
    body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    boundary = b"--" + environ["CONTENT_TYPE"].split("boundary=")[1].encode()
    fields, photo = {}, b""
    for part in body.split(boundary)[1:-1]:
        head, _, content = part.partition(b"\r\n\r\n")
        name = head.split(b'name="')[1].split(b'"')[0].decode()
        if name == "photo":
            photo = content[:-2]
        else:
            fields[name] = content[:-2].decode()
    return fields, photo


def _keep(name: str, photo: bytes) -> str:
    digest = hashlib.sha256(photo).hexdigest()
    fresh = FOLDER / f"{name}.new"
    with fresh.open("wb") as file:
        file.write(photo)
        file.flush()
        os.fsync(file.fileno())
    fresh.rename(FOLDER / name)
    return digest


def _insert(fields: dict[str, str], digest: str) -> None:
    link = _link()
    check = fields["id"]
    answers = [(check, name, value) for name, value in fields.items() if name.startswith("S")]
    with _gate, (FOLDER / "lock").open("ab") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        link.execute("BEGIN IMMEDIATE")
        row = (check, fields["point"], fields["person"], fields["at"], fields["note"])
        link.execute("INSERT INTO checks VALUES (?, ?, ?, ?, ?)", row)
        link.executemany("INSERT INTO answers VALUES (?, ?, ?)", answers)
        link.execute("INSERT INTO photos VALUES (?, ?, ?)", (f"{check}-1", check, digest))
        link.execute("COMMIT")


def _link() -> sqlite3.Connection:
    if not hasattr(_here, "link"):
        _here.link = sqlite3.connect(FOLDER / "limit.sqlite3", isolation_level=None, timeout=20)
        _here.link.execute("PRAGMA journal_mode=WAL")
        _here.link.execute("PRAGMA synchronous=FULL")
        _here.link.executescript(SCHEMA)
    return _here.link
