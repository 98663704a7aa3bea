"""A phone with an outbox: what its page is asked, records to put into it, and the checks that arrived."""

import re
import sqlite3
import uuid
from contextlib import closing
from datetime import UTC, datetime

from tests.support.pictures import jpeg
from tests.support.waiting import until

RECEIPT = re.compile(r"/checks/[0-9a-f-]{36}\?new=1")

PHOTO = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": jpeg(1200, 900)}

READY = """async () => {
  const { all } = await import('/static/js/store.js');
  return Boolean(navigator.serviceWorker.controller) && (await all('meta')).some((each) => each?.whole);
}"""

QUEUE = """async (items) => {
  const { enqueue } = await import('/static/js/outbox.js');
  const { remember } = await import('/static/js/draft.js');
  for (const item of items) {
    for (const one of item.media) await remember(one.id, new TextEncoder().encode("bytes of " + one.id).buffer);
    await enqueue(item);
  }
}"""

STATES = """async () => {
  const { all } = await import('/static/js/store.js');
  return Object.fromEntries((await all('items')).map(({ id, state }) => [id, state]));
}"""

FLUSH = """async ([person, times]) => {
  const { flush } = await import('/static/js/outbox.js');
  const all = await Promise.all(Array.from({ length: times }, () => flush({ person, eager: true })));
  return all.map(({ kind }) => kind);
}"""

# Until half a megabyte is left; random, for the browser packs what it can.
# The browser counts a byte twice until its log is written out: full is what stays full.
FILL = """async () => {
  const { put, remove } = await import('/static/js/store.js');
  const bytes = new Uint8Array(262144);
  let pieces = 0;
  for (let refused = 0; refused < 4 && pieces < 60; ) {
    for (let at = 0; at < bytes.length; at += 65536) crypto.getRandomValues(bytes.subarray(at, at + 65536));
    try {
      await put('photos', bytes.buffer, `ballast-${pieces}`);
      pieces += 1;
      refused = 0;
    } catch {
      refused += 1;
      await new Promise((done) => setTimeout(done, 500));
    }
  }
  await remove('photos', `ballast-${pieces - 1}`);
}"""

PHOTOS_GONE = """async () => {
  const { keys } = await import('/static/js/store.js');
  return (await keys('photos')).every((key) => key.startsWith('ballast'));
}"""

# A phone that tells its network, and which one.
NETWORK = """Object.defineProperty(Navigator.prototype, "connection", { get: () => window.network });
window.network = Object.assign(new EventTarget(), { type: localStorage.getItem("network") || "cellular" });"""


def has_arrived(page, *ids):
    until(
        page, f"async () => {{ const s = await ({STATES})(); return {list(ids)}.every((id) => s[id] === 'arrived'); }}"
    )


def rows(instance, statement, *values):
    with closing(sqlite3.connect(instance / "test.sqlite3")) as link:
        return link.execute(statement, values).fetchall()


def checks_of(instance, *ids):
    marks = ",".join("?" * len(ids))
    return sorted(row[0] for row in rows(instance, f"select id from checks where id in ({marks})", *ids))


def small(page, server):
    """A phone with five megabytes left for the service."""
    quota = {"origin": server.url, "quotaSize": 5_000_000}
    page.context.new_cdp_session(page).send("Storage.overrideQuotaForOrigin", quota)


def tap(page, selector):
    page.locator(selector).first.tap()


def take_photo(page, step, *, sent=True):
    with page.expect_file_chooser() as chooser:
        tap(page, f"#{step} .shoot")
    chooser.value.set_files(PHOTO)
    page.wait_for_selector(f"#{step} .shot" + (":not(.wait)" if sent else ""))


def answer_room(page, *, sent=True):
    tap(page, "#S01 .opt >> nth=0")
    take_photo(page, "S04", sent=sent)
    tap(page, "#S04 .opt.pass")
    tap(page, ".rest")


def report(room, person="wk-01", **changed):
    """An item that needs nothing: the place could not be done."""
    now = datetime.now(UTC)
    body = {
        "id": str(uuid.uuid4()), "person": person, "code": room, "standard": "JGSW05003.01-2026", "window": None,
        "profile": "full", "outcome": "unable", "unable_reason": "outage", "opened_at": now.isoformat(),
        "submitted_at": now.isoformat(), "via": "scan", "answers": [],
    }  # fmt: skip
    body |= changed
    return {
        "id": body["id"],
        "person": person,
        "code": room,
        "point": "卫生间",
        "title": "保洁",
        "body": body,
        "media": [],
    }
