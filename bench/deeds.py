"""One process, one thread, the real program: what the tallies and the look at a photo add to a submission (G12, G18).

Blocks with and without the triggers take turns on one database, so that nothing else differs between them.
"""

import itertools
import json
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from flask import Flask
from flask_migrate import upgrade

from app.db import db
from app.photos.rules_bytes import cut_picture
from app.tallies import actions as tallies
from app.tallies import writes_triggers as triggers
from app.tallies.actions_verify import verify
from bench.world import STEPS, fill, fresh_photo, submission
from tests.support.databases import make_app
from tests.support.phones import cookie_and_token

BLOCKS, BLOCK, WARM = 72, 20, 3
LOOKS = 300


class Hand:
    """A worker's phone without a wire; gives CPU milliseconds."""

    def __init__(self, app: Flask) -> None:
        cookie, token = cookie_and_token(app, "ann")
        self.client = app.test_client(use_cookies=False)
        self.headers = {"Cookie": cookie, "X-CSRF-Token": token, "X-Person": "ann", "X-Source": "live"}
        self.number = itertools.count()

    def put(self) -> tuple[str, float]:
        """A photo; its id."""
        photo_id, photo = str(uuid4()), fresh_photo()
        path, kind = f"/api/v1/photos/{photo_id}", {"Content-Type": "image/jpeg"}
        return photo_id, self._spent("PUT", path, kind, photo)

    def post(self, photo_id: str) -> float:
        body = json.dumps(submission(datetime.now(UTC), next(self.number), photo_id)).encode()
        return self._spent("POST", "/api/v1/checks", {"Content-Type": "application/json"}, body)

    def _spent(self, method: str, path: str, more: dict[str, str], body: bytes) -> float:
        timed = self.headers | more | {"X-Phone-Time": datetime.now(UTC).isoformat()}
        before = time.process_time()
        answer = self.client.open(path, method=method, headers=timed, data=body)
        spent = (time.process_time() - before) * 1000
        assert answer.status_code == 201, (answer.status_code, answer.get_data()[:300])
        return spent


@contextmanager
def _program() -> Iterator[tuple[Flask, Hand]]:
    with tempfile.TemporaryDirectory(prefix="bench-deeds-") as name:
        app = make_app(f"sqlite:///{Path(name) / 'bench.sqlite3'}", Path(name))
        with app.app_context():
            upgrade()
            fill(STEPS, 2 * BLOCKS * (BLOCK + WARM) + 10)
            db.session.remove()
        yield app, Hand(app)
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def deeds(_reps: int) -> dict[str, dict[str, float]]:
    """G12 and G18; the figures are recounted after the checks with triggers."""
    with _program() as (app, hand):
        zone = app.extensions["settings"].zone
        puts: list[float] = []
        spent: dict[bool, list[float]] = {True: [], False: []}
        for each in range(2 * BLOCKS):
            spent[each % 2 == 0].append(_block(app, hand, puts, noted=each % 2 == 0))
        fold, differing = _kept_exact(app, zone)
    added = [with_ / without - 1 for with_, without in zip(spent[True], spent[False], strict=True)]
    post, look = statistics.median(spent[True]), _look_ms()
    rest = statistics.median(puts) + post - look
    return {
        "G12": {
            "value": 100 * statistics.median(added),
            "post_cpu_ms": post,
            "without_cpu_ms": statistics.median(spent[False]),
            "fold_by_timer_ms_a_check": fold,
            "cells_differing": differing,
        },
        "G18": {"value": 100 * look / rest, "image_cpu_ms": look, "rest_cpu_ms": rest},
    }


def _block(app: Flask, hand: Hand, puts: list[float], *, noted: bool) -> float:
    with app.app_context(), db.engine.begin() as link:
        (triggers.put_up if noted else triggers.take_down)(link)
    found = []
    for _ in range(BLOCK + WARM):
        photo_id, put = hand.put()
        puts.append(put)
        found.append(hand.post(photo_id))
    return statistics.median(found[WARM:])


def _kept_exact(app: Flask, zone: Any) -> tuple[float, float]:
    """CPU ms of the fold a noted check, and how many cells differ from a recount (G12 asks for none)."""
    with app.app_context():
        before = time.process_time()
        tallies.fold(zone)
        fold = (time.process_time() - before) * 1000 / (BLOCKS * (BLOCK + WARM))
        # Half of the checks were made with the triggers down: those who take them down count anew.
        tallies.rebuild(zone)
        with db.engine.begin() as link:
            triggers.put_up(link)
        return fold, float(verify(zone).differing)


def _look_ms() -> float:
    """Header, caps and the cut of metadata, as an upload does it."""
    return _median(lambda: cut_picture(fresh_photo())) - _median(fresh_photo)


def _median(work: Callable[[], object]) -> float:
    found = []
    for _ in range(LOOKS):
        before = time.process_time()
        work()
        found.append((time.process_time() - before) * 1000)
    return statistics.median(found)
