"""A line that cuts a fifth of uploads and of answers, servers that end: every check arrives once, photos and all."""

import base64
import hashlib
import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from tests.browser.conftest import CHINA
from tests.support import builders, pictures, servers
from tests.support.cutting import ANSWER, UPLOAD, cutting
from tests.support.phones import sha256_of_kept

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


@pytest.mark.slow
def test_given_a_line_that_cuts_every_fifth_upload_and_answer_when_all_is_sent_then_each_check_is_there_once(
    restroom, ann, soak
):
    count = SOAK_CHECKS if soak else CHECKS
    with servers.serving(*restroom) as server, cutting(int(server.url.rpartition(":")[2])) as line:
        queue = Queue(ann(line.url))
        queue.fill(range(count))
        line.bad = True

        told = queue.flush(seconds=count * 2)

        writing = sum(number for (method, _), number in line.fates.items() if method != "GET")
        cut_up = line.fates["PUT", UPLOAD] + line.fates["POST", UPLOAD]
        cut_down = line.fates["PUT", ANSWER] + line.fates["POST", ANSWER]
        assert cut_up > 0.12 * writing and cut_down > 0.08 * writing, line.fates
    assert_each_once(queue, told, restroom)
