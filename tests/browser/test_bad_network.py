"""A line that cuts a fifth of uploads and of answers, servers that end: every check arrives once, photos and all."""

import base64
import hashlib
import os
import re
import signal
import sqlite3
from collections import Counter
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from tests.browser.conftest import CHINA, FLAGS
from tests.support import builders, pictures, servers
from tests.support.cutting import ANSWER, UPLOAD, cutting
from tests.support.phones import sha256_of_kept
from tests.support.waiting import until

CHECKS, SOAK_CHECKS = 100, 1000
ASSETS = re.compile(r"/static/v-[^/]+/js/")
# The page's own modules, as they are served.
MODULES = "const [outbox, draft] = await Promise.all(['outbox', 'draft'].map((name) => import(`${folder}${name}.js`)));"
FILL = f"""async ({{ folder, person, given }}) => {{
  {MODULES}
  for (const {{ body, photo, picture }} of given) {{
    const bytes = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0));
    await draft.remember(photo, bytes.buffer);
    const one = {{ id: photo, kind: "photo", type: "image/jpeg", taken: body.opened_at, source: "live", sent: false }};
    await outbox.enqueue({{ id: body.id, person, code: body.code, point: "卫生间", title: "", body, media: [one] }});
  }}
  return outbox.count(person);
}}"""
FLUSH = f"""async ({{ folder, person, seconds }}) => {{
  {MODULES}
  const until = Date.now() + seconds * 1000;
  for (; Date.now() < until && (await outbox.count(person)); ) {{
    await outbox.flush({{ person, eager: true, anyway: true }});
    await new Promise((done) => setTimeout(done, 20));
  }}
  return (await outbox.items(person)).map(({{ id, state, why, receipt }}) => ({{ id, state, why, receipt }}));
}}"""

ALL_ARRIVED = """() => new Promise((done) => {
  const asked = indexedDB.open("dabiao", 2);
  asked.onsuccess = () => {
    const read = asked.result.transaction("items").objectStore("items").getAll();
    read.onsuccess = () => {
      asked.result.close();
      done(read.result.length === 30 && read.result.every((item) => item.state === "arrived"));
    };
  };
})"""
WAITING = "async () => Boolean((await navigator.serviceWorker.getRegistration())?.waiting)"
FOLDERS = "async () => (await caches.keys()).filter((name) => name.startsWith('files-')).sort()"


def uuid(kind, number):
    return str(UUID(int=(0x20261121 << 96) | (0x4 << 76) | (0x8 << 60) | (kind << 32) | number))


def entry(number):
    """One check with one photo of its own, an extra visit to Ann's restroom."""
    now, photo = datetime.now(UTC), uuid(2, number)
    body = builders.submission(
        uuid(1, number),
        window=None,
        profile="full",
        opened_at=(now - timedelta(minutes=2)).isoformat(),
        submitted_at=now.isoformat(),
        answers=[builders.answer("S01", photos=[photo], answered_at=now.isoformat())],
    )
    return {"body": body, "photo": photo, "picture": pictures.jpeg(320, 240, seed=number)}


class Queue:
    """A page of Ann's phone, and what her outbox holds."""

    def __init__(self, page):
        self.page = page
        self.folder = ASSETS.search(page.content())[0]
        self.given = []
        # The modules are there before the network goes.
        self.page.evaluate(FILL, {"folder": self.folder, "person": "ann", "given": []})

    def fill(self, numbers):
        added = [entry(number) for number in numbers]
        for start in range(0, len(added), 50):
            given = [each | {"picture": base64.b64encode(each["picture"]).decode()} for each in added[start:][:50]]
            self.page.evaluate(FILL, {"folder": self.folder, "person": "ann", "given": given})
        self.given += added

    def flush(self, seconds=240):
        return self.page.evaluate(FLUSH, {"folder": self.folder, "person": "ann", "seconds": seconds})


def photo_world(app):
    """The small world; its one step may carry a photo."""
    with app.app_context():
        builders.small_world()


@pytest.fixture
def restroom(templates, tmp_path):
    """A database of Ann's restroom and its instance folder."""
    with templates.copy("sqlite", "restroom", photo_world, tmp_path / "instance") as url:
        yield url, tmp_path / "instance"


@pytest.fixture
def ann(chromium, playwright, sign_in):
    """`ann(url)` opens Ann's phone, signed in, at this address."""
    contexts = []

    def at(url):
        contexts.append(chromium.new_context(base_url=url, **playwright.devices["Pixel 7"], **CHINA))
        page = contexts[-1].new_page()
        sign_in(page, "ann")
        page.goto("/me")
        return page

    yield at
    for context in contexts:
        context.close()


def rows(url, statement):
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as link:
        return link.execute(statement).fetchall()


def assert_each_once(queue, told, restroom):
    """Every check is in the database once, its photo too, with the very bytes, and the phone has its receipt."""
    url, instance = restroom
    sent = {each["photo"]: hashlib.sha256(each["picture"]).hexdigest() for each in queue.given}
    owners = {each["photo"]: each["body"]["id"] for each in queue.given}
    kept = {path.name: path for path in (instance / "photos").rglob("*-*-*-*-*") if path.is_file()}
    assert {each["state"] for each in told} == {"arrived"}, [each for each in told if each["state"] != "arrived"][:3]
    assert sorted(each["id"] for each in told) == sorted(owners.values())
    assert sorted(rows(url, "select id from checks")) == sorted((each,) for each in owners.values())
    assert sorted(rows(url, "select id, check_id from photos")) == sorted(owners.items())
    assert {each["id"]: each["receipt"]["number"] for each in told} == dict(
        rows(url, "select check_id, number from receipts")
    )
    assert {photo: sha256_of_kept(kept[photo]) for photo in sent} == sent
    assert len(set(sent.values())) == len(sent)


def port_of(server):
    return int(server.url.rpartition(":")[2])


@pytest.mark.slow
def test_given_a_line_that_cuts_every_fifth_upload_and_answer_when_all_is_sent_then_each_check_is_there_once(
    restroom, ann, soak
):
    count = SOAK_CHECKS if soak else CHECKS
    with servers.serving(*restroom) as server, cutting(port_of(server)) as line:
        queue = Queue(ann(line.url))
        queue.fill(range(count))
        line.bad = True

        told = queue.flush(seconds=count * 2)

        writing = sum(number for (method, _), number in line.fates.items() if method != "GET")
        cut_up = line.fates["PUT", UPLOAD] + line.fates["POST", UPLOAD]
        cut_down = line.fates["PUT", ANSWER] + line.fates["POST", ANSWER]
        assert cut_up > 0.12 * writing and cut_down > 0.08 * writing, line.fates
    assert_each_once(queue, told, restroom)


def test_given_a_server_that_is_killed_after_a_commit_when_it_is_back_then_the_rest_arrives_and_nothing_twice(
    restroom, ann
):
    server = servers.start(*restroom)
    posts = []

    def kill_at_the_third(method, path):
        if (method, path) == ("POST", "/api/v1/checks"):
            posts.append(path)
            if len(posts) == 3:
                server.kill()
                raise ConnectionAbortedError

    with cutting(port_of(server)) as line:
        server.wait()
        queue = Queue(ann(line.url))
        queue.fill(range(8))
        line.answered = kill_at_the_third

        told = queue.flush(seconds=2)

        assert Counter(each["state"] for each in told) == {"arrived": 2, "kept": 6}
        assert rows(restroom[0], "select count(*) from checks") == [(3,)]
        server = servers.start(*restroom, port=port_of(server))
        try:
            server.wait()
            told = queue.flush()
        finally:
            server.stop()
    assert_each_once(queue, told, restroom)


def test_given_thirty_photos_of_a_day_offline_when_the_killed_browser_starts_again_then_all_goes_by_itself(
    restroom, playwright, sign_in, tmp_path
):
    profile, options = tmp_path / "profile", {"executable_path": "/usr/bin/chromium", "args": FLAGS}
    with servers.serving(*restroom) as server:
        options["base_url"] = server.url
        browser = playwright.chromium.launch_persistent_context(profile, **options)
        page = browser.new_page()
        sign_in(page, "ann")
        page.goto("/me")
        queue = Queue(page)
        browser.set_offline(True)
        queue.fill(range(30))
        assert {each["state"] for each in queue.flush(seconds=1)} == {"kept"}

        kill_browser_of(profile)
        with suppress(Exception):
            browser.close()

        browser = playwright.chromium.launch_persistent_context(profile, **options)
        page = browser.new_page()
        page.goto("/me")
        if "/login" in page.url:  # a cookie younger than half a minute is not on disk yet
            sign_in(page, "ann")
        until(page, ALL_ARRIVED, seconds=60)
        told = page.evaluate(FLUSH, {"folder": queue.folder, "person": "ann", "seconds": 1})
        browser.close()
    assert_each_once(queue, told, restroom)


def kill_browser_of(profile):
    """SIGKILL to the browser that was started on this profile, as a phone out of memory does it."""
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            words = (entry / "cmdline").read_bytes().decode(errors="replace").split("\0")
            if f"--user-data-dir={profile}" in words and not any(word.startswith("--type=") for word in words):
                os.kill(int(entry.name), signal.SIGKILL)


@pytest.mark.slow
def test_given_a_hundred_waiting_when_a_new_version_comes_then_it_waits_for_them_and_they_arrive_once(restroom, ann):
    with servers.serving(*restroom) as server, cutting(port_of(server)) as line:
        page = ann(line.url)
        until(page, "() => navigator.serviceWorker.controller !== null")
        queue = Queue(page)
        page.context.set_offline(True)
        queue.fill(range(100))
        version = queue.folder.split("/")[2]
        line.renamed = (version, "v-000000000001")
        page.context.set_offline(False)
        line.uploads, line.answers, line.bad = 1, 0, True
        page.goto("/me")
        assert "v-000000000001" in page.content()
        until(page, WAITING)
        assert page.evaluate(FOLDERS) == sorted([f"files-/static/{version}", "files-/static/v-000000000001"])

        line.bad = False
        told = queue.flush()
        page.goto("/me")
        until(page, f"async () => !(await ({WAITING})())")

    assert_each_once(queue, told, restroom)
