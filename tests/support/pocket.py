"""The round in the pocket: its world, and what a page is asked about what the phone keeps."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.db import atomically
from app.photos.actions import keep
from app.photos.actions_pictures import drain
from app.photos.rules import Part, PhotoOwner, PhotoUse, Source, Upload
from app.photos.writes import rows_for_check
from qr.payload import check_character
from tests.support import builders as a
from tests.support.pictures import jpeg
from tests.support.standards import step_document as step
from tests.support.walk import ROOMS, load_walk

ROOM, TWICE = ROOMS[0], ROOMS[2]

LATER, STRANGE, PICTURED = (nine + check_character(nine) for nine in ("ZZZZZZZZZ", "YYYYYYYYY", "XXXXXXXXX"))

# The phone's own database, by the script of the pages.
STORE = "const { all, keys, put } = await import('/static/js/store.js');"

POCKET_FULL = f"""async () => {{
  if (!navigator.serviceWorker.controller) return false;
  {STORE}
  return (await all("meta")).some((each) => each?.whole);
}}"""

PUT = f"""async ([name, value, key]) => {{
  {STORE}
  await put(name, value, key);
}}"""

ITEMS = f"async () => {{ {STORE} return keys('items'); }}"

ITEM = {"id": "one", "person": "wk-01", "state": "kept", "kind": "check", "media": [], "body": {}, "next": 9e15}

WIDTH = """(address) => new Promise((done) => {
  const image = new Image();
  image.onload = image.onerror = () => done(image.naturalWidth);
  image.src = address;
})"""

DRAFT = {"id": "d", "at": {"S01": "2026-11-21T09:00:00+08:00"}, "photos": [], "signatures": [], "saved": 1}

PRIVATE = "async () => (await caches.keys()).filter((name) => name.startsWith('private-')).sort()"

KEPT_TEXTS = """async () => {
  const found = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const answer = await cache.match(request, { ignoreVary: true });
      if (/html/.test(answer.headers.get("Content-Type"))) found.push(await answer.text());
    }
  }
  return found;
}"""

UPDATE = """async () => {
  await fetch("/sw.js", { cache: "reload" });
  await (await navigator.serviceWorker.ready).update();
}"""

WAITING = "async () => Boolean((await navigator.serviceWorker.getRegistration()).waiting)"


def load_round(app):
    """The walk, one place whose window opens in three hours, one with two windows at once, one of somebody else."""
    load_walk(app)
    now = datetime.now(UTC)
    today = now.astimezone(ZoneInfo("Asia/Shanghai")).date()
    common = {"business_on": today, "label": "下午巡回", "assignee_id": "wk-01"}
    a.point("later", LATER, name="晚些开放的卫生间")
    a.works_at("later", "JGSW05003.01")
    a.occurrence("later", start=now + timedelta(minutes=90), window="A9", **common)
    a.occurrence("p2", start=now - timedelta(minutes=5), window="A8", **common)
    a.point("other", STRANGE, name="别人的卫生间")
    a.works_at("other", "JGSW05003.01")
    a.standard(step("S01", reference_photo=reference(app, now)), code="JGSW05003.07", confirm="together")
    a.point("pictured", PICTURED, name="有样板图的卫生间")
    a.works_at("pictured", "JGSW05003.07")
    named = {"standard_code": "JGSW05003.07", "edition": "JGSW05003.07-2026"}
    a.occurrence("pictured", start=now - timedelta(minutes=5), **named, **common)


def reference(app, now):
    """The hash of a picture that shows how it should look."""
    store = app.extensions["photo_store"]
    upload = Upload("00000000-0000-4000-8000-000000000077", jpeg(640, 480), "wk-02", "image/jpeg", now, Source.FILE)
    kept, _new = keep(store, upload, max_bytes=1_000_000, now=now, day=now.date())
    owner = PhotoOwner("reference", "wk-02", "", "JGSW05003.07", "clean", "care")
    atomically(lambda: rows_for_check([PhotoUse(kept, Part.REFERENCE, "S01")], owner, at=now))
    drain(store, now=now, on_failed=lambda failed: pytest.fail(f"the picture {failed} could not be made"))
    return kept.sha256


def wait_for(page, question, seconds=10):
    """Until the answer is true; a question that is a promise counts as true to Playwright itself.

    A promise that is never kept, such as one of a database that another page holds, is asked for again.
    """
    asked = f"() => Promise.race([({question})(), new Promise((no) => setTimeout(() => no(false), 5000))])"
    for _ in range(seconds * 5):
        if page.evaluate(asked):
            return
        page.wait_for_timeout(200)
    raise AssertionError(question)


def fill_pocket(page):
    wait_for(page, POCKET_FULL, 40)


def heading(page):
    return page.locator("h1").first.inner_text()


def is_work_page(page):
    page.wait_for_selector("#submit")
    return page.locator("#submit").is_visible()


def sign_out(page):
    page.goto("/me")
    page.click("form[action='/logout'] button")
    page.wait_for_url("**/login*")
