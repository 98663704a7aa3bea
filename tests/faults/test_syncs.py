"""What kill -9 cannot show: the order of system calls that a power cut would meet, and how many syncs a check costs."""

import statistics
import time

import pytest

from tests.support import servers
from tests.support.calls import photo_step
from tests.support.databases import let_go, make_app
from tests.support.phones import Fleet, Phone, cookie_and_token
from tests.support.traces import STRACE, exchanges

pytestmark = pytest.mark.slow

UPLOADS, SHARE = 200, 40


def traced(templates, folder, *, phones, photos, checks, database="sqlite"):
    """Every exchange of a server that phones used until so many checks had their receipts."""
    trace, instance = folder / "trace", folder / "instance"
    with templates.copy(database, "photo_step", photo_step, instance) as url:
        server = servers.start(url, instance, under=(*STRACE, "-o", str(trace)))
        try:
            server.wait(60)
            app = make_app(url, instance)
            fleet = Fleet(int(server.url.rpartition(":")[2]), *cookie_and_token(app, "ann"))
            let_go(app)
            threads = [Phone(fleet, number, photos) for number in range(phones)]
            for thread in threads:
                thread.start()
            while len(fleet.receipts) < checks and not fleet.faults:
                time.sleep(0.02)
            fleet.stopping = True
            for thread in threads:
                thread.join(60)
        finally:
            server.stop()
    assert not fleet.faults, fleet.faults
    return list(exchanges(trace)), fleet


def test_given_uploads_when_traced_then_each_answer_follows_the_syncs_that_carry_it(templates, tmp_path):
    told, fleet = traced(templates, tmp_path, phones=8, photos=1, checks=UPLOADS)

    uploads = [each for each in told if each.method == "PUT" and each.status == 201]
    checks = [each for each in told if each.path == "/api/v1/checks" and each.status == 201]
    assert len(uploads) >= UPLOADS
    assert len(checks) == len(fleet.receipts)
    for upload in uploads:
        photo_id = upload.path.rpartition("/")[2]
        # The very file that was synced gets its name, and not before.
        assert any(photo_id in said and any(path in said for path in before) for said, before in upload.named), upload
    for check in checks:
        # The name of the photo is on the disk before the row that names it can be, the row before its receipt.
        assert any("/photos/20" in path for path in check.committed), check
        assert check.logged, check
    # Both ways were seen: pages written by its own thread, and by that of another check.
    assert {check.led for check in checks} == {True, False}


def test_given_uploads_to_postgresql_when_traced_then_each_commit_follows_the_sync_of_the_folder(
    templates, tmp_path, soak
):
    told, fleet = traced(
        templates, tmp_path, phones=8, photos=1, checks=UPLOADS if soak else SHARE, database="postgresql"
    )

    checks = [each for each in told if each.path == "/api/v1/checks" and each.status == 201]
    assert len(checks) == len(fleet.receipts)
    for check in checks:
        assert any("/photos/20" in path for path in check.committed), check


@pytest.mark.parametrize("photos", [1, 3])
def test_given_a_check_with_photos_when_traced_then_it_costs_two_syncs_more_than_photos(templates, tmp_path, photos):
    told, fleet = traced(templates, tmp_path, phones=1, photos=photos, checks=30)

    uploads = [len(each.syncs) for each in told if each.method == "PUT" and each.status == 201]
    checks = [len(each.syncs) for each in told if each.path == "/api/v1/checks" and each.status == 201]
    assert len(checks) == len(fleet.receipts)
    # The median: once in a thousand pages SQLite moves its log into the database, which is nobody's check.
    assert photos * statistics.median(uploads) + statistics.median(checks) <= photos + 2
