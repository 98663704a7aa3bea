"""Submissions recorded without the web: the person, the call and the clock of a test."""

from zoneinfo import ZoneInfo

from app.accounts.queries import person_by_id
from app.checks.actions import Call, record_check
from app.db import atomically
from app.photos.actions import keep
from app.photos.rules import Upload
from tests.support import builders as make
from tests.support.answers import PHOTO
from tests.support.pictures import jpeg
from tests.support.stored import rows_of

ZONE = ZoneInfo("Asia/Shanghai")
ID = "00000000-0000-4000-8000-000000000001"
OTHER_ID = "00000000-0000-4000-8000-000000000002"
LITTLE = {"min_seconds": 1}


def call(app, *, received=make.NOW, phone=None):
    return Call(received_at=received, phone_time=phone or received, zone=ZONE, store=app.extensions["photo_store"])


def record(app, body, *, who="ann", **keys):
    person, at = person_by_id(who), call(app, **keys)
    return atomically(lambda: record_check(body, person, at))


def upload(app, photo=PHOTO, *, who="ann", seed=1):
    at = call(app)
    keep(
        at.store,
        Upload(photo, jpeg(seed=seed), who),
        max_bytes=10**7,
        now=make.NOW,
        day=make.NOW.astimezone(ZONE).date(),
    )


def the(table):
    found = rows_of(table)
    assert len(found) == 1
    return found[0]
