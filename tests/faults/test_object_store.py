"""The bucket slow, cut off or silent while checks come: none waits for it, none is lost, afterwards nothing waits."""

import hashlib
import time

import pytest

from app.photos.store_s3 import S3Store
from tests.support.calls import photo_step
from tests.support.killing import PHOTOS, Harness, clear, rows
from tests.support.objects import access, settings, way_to

pytestmark = pytest.mark.slow

CHECKS, CHECKS_AT_LENGTH = 50, 1_000
EMPTY_WITHIN_S, ANSWER_WITHIN_S = 90, 5


def receipts_at(fleet, count):
    until = time.monotonic() + 60 + count
    while len(fleet.receipts) < count:
        assert not fleet.faults, fleet.faults
        assert time.monotonic() < until, f"{len(fleet.receipts)} of {count}: {fleet.statuses}"
        time.sleep(0.01)


def emptied(store):
    until = time.monotonic() + EMPTY_WITHIN_S
    while store.spool.places():
        assert time.monotonic() < until, store.spool.places()[:3]
        time.sleep(0.05)


def judge(url, fleet, store):
    """Every receipt has its row, every row its photo, whole, in the bucket; how many photos."""
    checks, pictures = dict(rows(url, "select check_id, number from receipts")), rows(url, PHOTOS)
    told = sorted((each["id"], check) for check, receipt in fleet.receipts.items() for each in receipt["photos"])

    assert {check: receipt["number"] for check, receipt in fleet.receipts.items()} == checks
    assert sorted((photo, check) for photo, check, _sha, _place in pictures) == told
    for _photo, _check, sha256, place in pictures:
        assert hashlib.sha256(store.remote.get(place).partition(b"\n")[2]).hexdigest() == sha256
    return len(pictures)


def test_given_a_bucket_that_fails_for_a_while_when_checks_come_then_none_waits_none_is_lost_and_the_spool_empties(
    objects, templates, tmp_path, fork, soak
):
    count, bucket, instance = CHECKS_AT_LENGTH if soak else CHECKS, objects.bucket(), tmp_path / "instance"
    with way_to(objects) as way, templates.copy("sqlite", "photo_step", photo_step, instance) as url:
        how = settings(way.endpoint, bucket) | {"DABIAO_TIMER": "1"}
        store = S3Store(access(objects.endpoint, bucket, instance / "spool"))
        how |= {"phones": 4, "workers": 2, "uplink_seconds": 0, "patience_s": ANSWER_WITHIN_S}
        with Harness(url, instance, fork, **how) as it:
            for share, state in enumerate(("open", "silent", "shut"), start=1):
                way.state = state
                receipts_at(it.fleet, count * share // 4)
            waited = len(store.spool.places())
            way.state = "open"
            receipts_at(it.fleet, count)
            it.fleet.stopping = True
            emptied(store)

        assert waited >= count // 4
        assert set(it.fleet.statuses) <= {200, 201}, it.fleet.statuses
        assert judge(url, it.fleet, store) >= count
        clear(instance)
