"""Two servers, each with a disk of its own, on one PostgreSQL and one bucket: one site for phones, timer and chain."""

import json
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest

from app.timer import run_due
from app.timer_jobs import Job
from tests.support.calls import photo_step
from tests.support.databases import let_go, make_app
from tests.support.killing import PHOTOS, rows
from tests.support.objects import settings, way_to
from tests.support.phones import Fleet, Phone, cookie_and_token, sha256_of_kept, submission
from tests.support.servers import start

pytestmark = pytest.mark.slow

WITHIN_S = 40


class Site:
    """Both machines as a phone of one person sees them; `way` leads to their bucket."""

    def __init__(self, url, way, folders, given):
        self.url, self.way, self.folders, self.given = url, way, folders, given
        self.held = []
        self.app = make_app(url, folders[0], **given)
        self.servers = [start(url, folder, **given, DABIAO_TIMER="1") for folder in folders]

    def phones(self):
        """One a server, both with the same session."""
        session = cookie_and_token(self.app, "ann")
        made = [Phone(Fleet(int(server.url.rpartition(":")[2]), *session), 1) for server in self.servers]
        self.held += made
        return made

    def hang_up(self):
        for phone in self.held:
            phone.hang_up()
        self.held.clear()

    def waiting(self):
        """Files that wait on the disks of both."""
        found = (path for each in self.folders for path in (each / "spool/waiting").rglob("*-*-*"))
        return [path.name for path in found if path.is_file()]

    def carried(self):
        until = time.monotonic() + WITHIN_S
        while left := self.waiting():
            assert time.monotonic() < until, left
            time.sleep(0.05)

    def checks(self, check_id):
        return rows(self.url, f"select count(*) from checks where id = '{check_id}'")[0][0]

    def stop(self):
        for server in self.servers:
            server.stop()
        let_go(self.app)


@pytest.fixture(scope="module")
def site(objects, templates, tmp_path_factory):
    folders = [tmp_path_factory.mktemp(name) for name in ("a", "b")]
    with way_to(objects) as way, templates.copy("postgresql", "photo_step", photo_step, folders[0]) as url:
        made = Site(url, way, folders, settings(way.endpoint, objects.bucket()))
        try:
            for server in made.servers:
                server.wait()
            yield made
        finally:
            made.stop()


@pytest.fixture(autouse=True)
def hung_up(site):
    yield
    site.hang_up()


def put(phone, photo_id):
    return phone.call("PUT", f"/api/v1/photos/{photo_id}", phone.album[0], "image/jpeg")[0]


def post(phone, check):
    return phone.call("POST", "/api/v1/checks", json.dumps(check).encode(), "application/json")


def accepted(phone, check):
    """As a phone does it: asked to come again, or for a photo that a busy bucket did not give in time, it does."""
    until = time.monotonic() + WITHIN_S
    while (told := post(phone, check))[0] not in (200, 201) and time.monotonic() < until:
        missing = told[1].get("missing_photos", [])
        assert missing or told[0] in (0, 429, 503), told
        for photo in missing:
            put(phone, photo)
        time.sleep(0.1)
    return told


def opened(phone, path):
    until = time.monotonic() + WITHIN_S
    while (status := phone.call("GET", path, b"", "text/plain")[0]) != 200 and time.monotonic() < until:
        time.sleep(0.1)
    return status


def test_given_a_photo_sent_to_one_when_the_check_goes_to_the_other_then_both_give_one_receipt_and_show_it(site):
    a, b = site.phones()
    photo, check_id = str(uuid4()), str(uuid4())
    check = submission(check_id, [photo], "ann")
    assert put(a, photo) == 201
    site.carried()

    first, again, once_more = post(b, check), post(a, check), post(b, check)

    assert [status for status, _ in (first, again, once_more)] == [201, 200, 200]
    assert first[1]["receipt"] == again[1]["receipt"] == once_more[1]["receipt"]
    assert site.checks(check_id) == 1
    (sha256,) = [each["sha256"] for each in first[1]["receipt"]["photos"]]
    paths = (f"/checks/{check_id}", f"/photos/{sha256}", f"/photos/{sha256}/thumb")
    assert [opened(phone, path) for phone in (a, b) for path in paths] == [200] * 6


def test_given_the_bucket_away_when_the_check_goes_to_the_other_then_the_phone_sends_the_photo_there_too(site):
    a, b = site.phones()
    photo, check = str(uuid4()), str(uuid4())
    site.way.state = "shut"
    try:
        sent = put(a, photo)
        missing = post(b, submission(check, [photo], "ann"))
        again = put(b, photo)
        status, answer = post(b, submission(check, [photo], "ann"))
    finally:
        site.way.state = "open"

    assert (sent, missing[0], missing[1]["missing_photos"], again, status) == (201, 409, [photo], 201, 201)
    site.carried()
    place = next(place for _id, of, _sha, place in rows(site.url, PHOTOS) if of == check)
    kept = [each / "spool/recent" / place for each in site.folders]
    assert {sha256_of_kept(path) for path in kept} == {answer["receipt"]["photos"][0]["sha256"]}


def test_given_one_check_sent_to_both_at_once_when_answered_then_it_is_there_once(site):
    photo, check_id = str(uuid4()), str(uuid4())
    pairs = [phone for _ in range(4) for phone in site.phones()]
    assert put(pairs[0], photo) == 201
    site.carried()
    check = submission(check_id, [photo], "ann")

    with ThreadPoolExecutor(len(pairs)) as pool:
        answers = list(pool.map(lambda phone: accepted(phone, check), pairs))

    assert sorted(status for status, _ in answers) == [200] * 7 + [201]
    assert len({answer["receipt"]["number"] for _status, answer in answers}) == 1
    assert site.checks(check_id) == 1


def test_given_the_timers_of_both_when_a_job_is_due_then_one_does_it(site):
    apps = [make_app(site.url, folder, **site.given) for folder in site.folders]
    done, turns = [], 12

    def work(_host):
        done.append(1)
        return 1

    def look(app, turn):
        return len(run_due(app, [Job(f"pair-{turn}", timedelta(hours=1), timedelta(minutes=1), work)]))

    with ThreadPoolExecutor(2) as pool:
        ran = [list(pool.map(lambda app, of=turn: look(app, of), apps)) for turn in range(turns)]

    for app in apps:
        let_go(app)
    assert [sorted(each) for each in ran] == [[0, 1]] * turns
    assert len(done) == turns
