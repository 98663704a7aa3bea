"""Phones under load: each repeats a call until the protocol's own answer comes, and keeps every receipt."""

import hashlib
import http.client
import json
import random
import threading
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from itsdangerous import URLSafeTimedSerializer

from app.accounts.actions import open_session
from app.db import atomically
from tests.support import builders, pictures

TOKEN = "c" * 40


def cookie_and_token(app, person):
    """A session of its own without the sign-in page: the cookie as the browser would carry it, and a CSRF token."""
    with app.app_context():
        key = atomically(lambda: open_session(person, "phone", "127.0.0.1"))
    signer = app.session_interface.get_signing_serializer(app)
    cookie = signer.dumps({"_user_id": key, "_fresh": True, "csrf_token": TOKEN, "seen": int(time.time())})
    token = URLSafeTimedSerializer(app.config["SECRET_KEY"], salt="wtf-csrf-token").dumps(TOKEN)
    return f"{app.config['SESSION_COOKIE_NAME']}={cookie}", token


@dataclass
class Fleet:
    """What all phones share: the address, the gauge of uploads under way, and the oracle of acknowledged checks."""

    port: int
    cookie: str
    token: str
    uplink_seconds: float = 0
    patience_s: float = 30
    person: str = "ann"
    uploading: int = 0
    stopping: bool = False
    given_up: bool = False
    receipts: dict = field(default_factory=dict)
    statuses: Counter = field(default_factory=Counter)
    faults: list = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def under_way(self):
        with self.lock:
            self.uploading += 1
        try:
            yield
        finally:
            with self.lock:
                self.uploading -= 1

    def heard(self, status, headers):
        """Whatever ails the server, it says when to come again and never that it broke."""
        with self.lock:
            self.statuses[status] += 1
            if status >= 500 and (status not in (503, 507) or (status == 503 and "Retry-After" not in headers)):
                self.faults.append(f"a call was answered {status} {dict(headers)}")

    def acknowledged(self, check_id, receipt):
        """Every receipt for an id has to be the same one."""
        with self.lock:
            earlier = self.receipts.setdefault(check_id, receipt)
            if earlier != receipt:
                self.faults.append(f"two receipts for {check_id}: {earlier} and {receipt}")


class Phone(threading.Thread):
    """One worker's phone: photo, check, next, until told to stop; an unfinished check is always finished first."""

    def __init__(self, fleet, number, photos=1):
        super().__init__(daemon=True)
        self.fleet, self.photos = fleet, photos
        self.chance = random.Random(number)
        self.album = [pictures.jpeg(640, 480, seed=number * 100 + each, quality=90) for each in range(8)]
        self.link = None

    def run(self):
        try:
            while not self.fleet.stopping:
                self.check()
        except Exception as fault:  # noqa: BLE001  a thread's fault is the test's fault
            self.fleet.faults.append(repr(fault))
        finally:
            self.hang_up()

    def check(self):
        check_id, ids = str(uuid4()), [str(uuid4()) for _ in range(self.photos)]
        received = {photo_id: self.upload(photo_id) for photo_id in ids}
        body = json.dumps(submission(check_id, ids, self.fleet.person)).encode()
        while True:
            status, answer = self.call("POST", "/api/v1/checks", body, "application/json")
            if status in (200, 201) and answer.get("receipt", {}).get("id") == check_id:
                told = {each["id"]: each["sha256"] for each in answer["receipt"]["photos"]}
                if told != received:
                    self.fleet.faults.append(f"photos of {check_id}: {told} instead of {received}")
                return self.fleet.acknowledged(check_id, answer["receipt"])
            if status == 409 and answer.get("missing_photos"):
                received |= {photo_id: self.upload(photo_id) for photo_id in answer["missing_photos"]}
            elif status and status < 500 and status != 429:
                raise AssertionError(f"POST answered {status}: {answer}")
            self.pause()

    def upload(self, photo_id):
        """The hash that the server names; the same bytes for the same id."""
        content = self.album[int(photo_id[:4], 16) % len(self.album)]
        while True:
            with self.fleet.under_way():
                status, answer = self.call("PUT", f"/api/v1/photos/{photo_id}", content, "image/jpeg", slow=True)
            if status in (200, 201) and answer.get("photo", {}).get("id") == photo_id:
                return answer["photo"]["sha256"]
            if status and status < 500 and status != 429:
                raise AssertionError(f"PUT answered {status}: {answer}")
            self.pause()

    def pause(self):
        """Before the next try; a fleet whose server does not come back gives up."""
        if self.fleet.given_up:
            raise AssertionError("the server did not come back")
        time.sleep(0.02)

    def call(self, method, path, body, media_type, *, slow=False):
        """Status and JSON, or 0 when the line broke or the answer is not the protocol's own."""
        try:
            if self.link is None:
                self.link = http.client.HTTPConnection("127.0.0.1", self.fleet.port, timeout=self.fleet.patience_s)
            self.send(method, path, body, media_type, slow)
            answer = self.link.getresponse()
            text = answer.read()
            self.fleet.heard(answer.status, answer.headers)
            return answer.status, json.loads(text) if "json" in answer.headers.get("Content-Type", "") else {}
        except (OSError, http.client.HTTPException, json.JSONDecodeError):
            self.hang_up()
            return 0, {}

    def hang_up(self):
        if self.link:
            self.link.close()
        self.link = None

    def send(self, method, path, body, media_type, slow):
        self.link.putrequest(method, path)
        headers = {
            "Cookie": self.fleet.cookie,
            "X-CSRF-Token": self.fleet.token,
            "X-Person": self.fleet.person,
            "X-Source": "live",
            "X-Phone-Time": datetime.now(UTC).isoformat(),
            "Content-Type": media_type,
            "Content-Length": str(len(body)),
        }
        for name, text in headers.items():
            self.link.putheader(name, text)
        self.link.endheaders()
        half = len(body) // 2 if slow and self.fleet.uplink_seconds else 0
        if half:
            self.link.send(body[:half])
            time.sleep(self.fleet.uplink_seconds * (0.5 + self.chance.random()))
        self.link.send(body[half:])


def submission(check_id, photo_ids, person):
    """A check of the small world, opened two minutes ago."""
    now = datetime.now(UTC)
    return builders.submission(
        check_id,
        person=person,
        window=None,
        profile="full",
        opened_at=(now - timedelta(minutes=2)).isoformat(),
        submitted_at=now.isoformat(),
        answers=[builders.answer("S01", photos=photo_ids, answered_at=now.isoformat())],
    )


def sha256_of_kept(path):
    """The hash of the bytes behind the record."""
    return hashlib.sha256(path.read_bytes().partition(b"\n")[2]).hexdigest()
