"""The outbox as people meet it: kept without a network, sent for its author only, refused and mended, by Wi-Fi."""

import re
import sqlite3
import uuid
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from tests.browser.test_accessible import LOOKS, faults
from tests.support.pictures import jpeg
from tests.support.servers import serving
from tests.support.waiting import until
from tests.support.walk import POST, ROOMS, load_walk

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
FILL = """async () => {
  const { put, remove } = await import('/static/js/store.js');
  const bytes = new Uint8Array(262144);
  let pieces = 0;
  try {
    for (; pieces < 40; pieces += 1) {
      for (let at = 0; at < bytes.length; at += 65536) crypto.getRandomValues(bytes.subarray(at, at + 65536));
      await put('photos', bytes.buffer, `ballast-${pieces}`);
    }
  } catch {
    await remove('photos', `ballast-${pieces - 1}`);
  }
}"""
PHOTOS_GONE = """async () => {
  const { keys } = await import('/static/js/store.js');
  return (await keys('photos')).every((key) => key.startsWith('ballast'));
}"""
# A phone that tells its network, and which one.
NETWORK = """Object.defineProperty(Navigator.prototype, "connection", { get: () => window.network });
window.network = Object.assign(new EventTarget(), { type: localStorage.getItem("network") || "cellular" });"""


@pytest.fixture(scope="module")
def instance(tmp_path_factory):
    return tmp_path_factory.mktemp("outbox")


@pytest.fixture(scope="module")
def server(templates, instance):
    with templates.copy("sqlite", "walk", load_walk, instance) as url, serving(url, instance) as running:
        yield running


@pytest.fixture
def signed_in(phone, sign_in):
    sign_in(phone, "wk-01")
    return phone


@pytest.fixture
def pocketed(signed_in):
    """A phone with the round of wk-01 on it."""
    signed_in.goto("/")
    until(signed_in, READY, 40)
    return signed_in


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


def test_given_no_network_when_a_check_with_a_photo_is_submitted_then_it_is_shown_as_kept_and_arrives_once(
    pocketed, room, instance
):
    pocketed.goto(f"/p/{room}?via=list")
    pocketed.wait_for_selector("#S04")
    pocketed.context.set_offline(True)
    answer_room(pocketed, sent=False)

    tap(pocketed, "#submit")

    pocketed.wait_for_url(re.compile("/outbox#"))
    check_id = pocketed.url.partition("#")[2]
    pocketed.locator("#fresh").wait_for()
    assert "已存在" in pocketed.inner_text("#fresh")
    assert pocketed.locator(f"#item-{check_id} [data-state=kept]").is_visible()
    pocketed.context.set_offline(False)
    pocketed.wait_for_url(RECEIPT)
    assert checks_of(instance, check_id) == [check_id]
    assert rows(instance, "select count(*) from photos where check_id = ?", check_id) == [(1,)]
    pocketed.goto("/outbox")
    number = rows(instance, "select number from receipts where check_id = ?", check_id)[0][0]
    pocketed.locator(f"#item-{check_id} .seen", has_text=number).wait_for()


def test_given_one_is_refused_when_all_are_sent_then_the_rest_goes_on_and_the_refused_one_can_be_mended(
    signed_in, room, instance
):
    page = signed_in
    page.goto(f"/p/{room}")
    answer_room(page)
    page.evaluate(QUEUE, [])
    page.context.set_offline(True)
    tap(page, "#submit")
    until(page, f"async () => Object.values(await ({STATES})()).includes('kept')")
    (spoilt,) = [one for one, state in page.evaluate(STATES).items() if state == "kept"]
    # The same record as an older page would have sent it: an answer is missing.
    page.evaluate(
        """async (id) => {
          const { update } = await import('/static/js/store.js');
          const lacking = (body) => ({ ...body, answers: body.answers.slice(1) });
          await update('items', id, (item) => ({ ...item, body: lacking(item.body) }));
        }""",
        spoilt,
    )
    page.evaluate("location.hash = 'main'")
    good = [report(room), report(room)]
    page.evaluate(QUEUE, good)
    page.evaluate("localStorage.removeItem(Object.keys(localStorage).find((key) => key.startsWith('dabiao:draft')))")
    page.context.set_offline(False)
    page.goto("/outbox")
    has_arrived(page, *(item["id"] for item in good))
    page.locator(f"#item-{spoilt} .mend").wait_for()
    assert "JGSW" not in page.inner_text(f"#item-{spoilt} .why") and page.inner_text(f"#item-{spoilt} .why")

    tap(page, f"#item-{spoilt} .mend")
    page.wait_for_selector("#S04 .shot")
    page.locator("#status.bad").wait_for()
    tap(page, "#submit")
    page.wait_for_url(RECEIPT)

    mended = page.url.split("/")[-1].partition("?")[0]
    assert mended != spoilt
    assert checks_of(instance, spoilt, mended) == [mended]
    assert spoilt not in page.evaluate(STATES)


def test_given_two_tabs_when_both_send_then_each_record_is_posted_once(signed_in, room, instance):
    page, posts = signed_in, []
    page.context.on("request", lambda sent: posts.append(sent.url) if sent.method == "POST" else None)
    other = page.context.new_page()
    for each in (page, other):
        each.goto("/me")
    items = [report(room) for _ in range(5)]
    page.evaluate(QUEUE, [])
    page.context.set_offline(True)
    page.evaluate(QUEUE, items)
    page.context.set_offline(False)

    page.evaluate(FLUSH, ["wk-01", 3])
    other.evaluate(FLUSH, ["wk-01", 3])
    has_arrived(page, *(item["id"] for item in items))

    assert len([url for url in posts if url.endswith("/checks")]) == 5
    assert len(checks_of(instance, *(item["id"] for item in items))) == 5


def test_given_somebody_else_signs_in_when_the_page_sends_then_the_record_waits_for_its_author(
    signed_in, room, sign_in, instance
):
    page, item = signed_in, report(room)
    page.goto("/me")
    page.evaluate(QUEUE, [])
    page.context.set_offline(True)
    page.evaluate(QUEUE, [item])
    page.context.set_offline(False)
    page.context.clear_cookies()
    sign_in(page, "wk-02")

    page.goto("/outbox")
    page.locator("#others").wait_for()

    assert page.evaluate(FLUSH, ["wk-01", 1]) == ["signin"]
    assert page.evaluate(STATES) == {item["id"]: "kept"}
    assert "1" in page.inner_text("#others") and "卫生间" not in page.inner_text("main")
    page.context.clear_cookies()
    sign_in(page, "wk-01")
    page.goto("/outbox")
    has_arrived(page, item["id"])
    assert checks_of(instance, item["id"]) == [item["id"]]


def test_given_the_session_ended_when_the_outbox_is_opened_then_it_asks_to_sign_in_and_goes_on(signed_in, room):
    page, item = signed_in, report(room)
    page.goto("/outbox")
    page.context.clear_cookies()
    page.evaluate(QUEUE, [item])
    tap(page, "#now")
    page.locator("#signin").wait_for()

    tap(page, "#signin a")
    page.fill("[name=account]", "wk-01")
    page.fill("[name=password]", "dabiao-demo")
    page.click("form:has([name=password]) button")

    page.wait_for_url("**/outbox")
    has_arrived(page, item["id"])


def test_given_a_wifi_that_answers_everything_with_200_when_sending_then_nothing_counts_as_sent(signed_in, room):
    page, item = signed_in, report(room)
    page.goto("/outbox")
    page.route("**/api/v1/**", lambda route: route.fulfill(status=200, content_type="text/html", body="<p>Wi-Fi"))
    page.evaluate(QUEUE, [item])

    tap(page, "#now")

    page.locator("#summary", has_text="连不上").wait_for()
    assert page.evaluate(STATES) == {item["id"]: "kept"}
    page.route("**/api/v1/checks", lambda route: route.fulfill(json={"receipt": {"id": "another"}}))
    page.unroute("**/api/v1/**")
    assert page.evaluate(FLUSH, ["wk-01", 1]) == ["later"]
    page.unroute("**/api/v1/checks")
    has_arrived(page, item["id"])


def test_given_photos_by_wifi_only_when_on_the_mobile_network_then_the_check_is_registered_and_photos_wait(
    opened, playwright, sign_in, room, instance
):
    page = opened(NETWORK, **playwright.devices["Pixel 7"], locale="zh-CN", timezone_id="Asia/Shanghai")
    sign_in(page, "wk-01")
    page.goto("/outbox")
    tap(page, "#wifi")
    page.goto(f"/p/{room}")
    answer_room(page, sent=False)
    tap(page, "#submit")
    until(page, "async () => Boolean((await (await import('/static/js/store.js')).all('items'))[0]?.registered)")
    (check_id,) = page.evaluate(STATES)

    page.goto("/outbox")

    page.locator(f"#item-{check_id} [data-state=registered]").wait_for()
    assert rows(instance, "select photos, person_id from arrivals where check_id = ?", check_id) == [(1, "wk-01")]
    assert checks_of(instance, check_id) == []
    page.evaluate(
        "localStorage.setItem('network', 'wifi'), network.type = 'wifi', network.dispatchEvent(new Event('change'))"
    )
    has_arrived(page, check_id)
    assert checks_of(instance, check_id) == [check_id]


def test_given_a_phone_that_does_not_tell_its_network_when_send_now_is_pressed_then_photos_go(
    signed_in, room, instance
):
    page = signed_in
    page.goto("/outbox")
    tap(page, "#wifi")
    page.locator("#untold").wait_for()
    page.goto(f"/p/{room}")
    answer_room(page, sent=False)
    tap(page, "#submit")
    until(page, "async () => Boolean((await (await import('/static/js/store.js')).all('items'))[0]?.registered)")
    (check_id,) = page.evaluate(STATES)
    page.goto("/outbox")

    tap(page, "#now")

    has_arrived(page, check_id)
    assert checks_of(instance, check_id) == [check_id]


def test_given_five_megabytes_of_room_when_nearly_full_then_it_is_told_before_the_camera_opens(signed_in, room, server):
    page = signed_in
    small(page, server)
    page.goto("/me")
    page.evaluate(FILL)
    page.goto(f"/p/{room}")
    page.locator("#status.bad", has_text="空间快满").wait_for(timeout=20000)
    choosers = []
    page.on("filechooser", lambda chooser: choosers.append(chooser))  # noqa: PLW0108 - Playwright wraps no built-in
    page.context.set_offline(True)

    tap(page, "#S04 .shoot")

    page.locator("#status.bad", has_text="没有网络时照片存不下").wait_for()
    assert choosers == []
    page.context.set_offline(False)


def test_given_what_arrived_when_room_runs_out_then_its_oldest_photos_go_and_its_receipt_stays(signed_in, room, server):
    page, item = signed_in, report(room)
    small(page, server)
    page.goto("/me")
    photo = {"id": str(uuid.uuid4()), "kind": "photo", "type": "image/jpeg", "taken": "", "sent": True}
    page.evaluate(QUEUE, [item | {"media": [photo]}])
    has_arrived(page, item["id"])
    page.evaluate(FILL)

    page.goto("/outbox")

    until(page, PHOTOS_GONE)
    assert page.locator(f"#item-{item['id']} .seen").is_visible()


def test_given_a_wiped_phone_when_the_person_comes_back_then_the_server_shows_what_it_has(signed_in, room):
    page, item = signed_in, report(room)
    page.goto("/me")
    page.evaluate(QUEUE, [item])
    page.evaluate(FLUSH, ["wk-01", 1])
    has_arrived(page, item["id"])
    page.evaluate("localStorage.clear()")
    page.context.new_cdp_session(page).send(
        "Storage.clearDataForOrigin",
        {"origin": page.url.partition("/me")[0], "storageTypes": "indexeddb,local_storage"},
    )

    page.goto("/outbox")

    page.locator("#empty").wait_for()
    page.goto(f"/checks/{item['id']}")
    assert "无法作业" in page.inner_text("main") or "停水停电" in page.inner_text("main")


def test_given_the_camera_ended_the_page_when_it_comes_back_then_all_is_there_and_it_says_why(signed_in, room):
    page = signed_in
    page.goto(f"/p/{room}")
    tap(page, "#S01 .opt >> nth=1")
    with page.expect_file_chooser():
        tap(page, "#S04 .shoot")
    until(page, "async () => (await (await import('/static/js/store.js')).all('drafts')).some((draft) => draft.camera)")
    # The phone ends the whole browser behind the camera: the page says no farewell, the newest of localStorage is lost.
    page.evaluate("localStorage.clear()")
    page = page.context.new_page()

    page.goto(f"/p/{room}")

    page.locator("#status", has_text="相机").wait_for()
    assert page.locator("#S01 .opt >> nth=1 >> input").is_checked()


def test_given_a_record_that_is_not_taken_when_given_away_then_a_file_carries_it_with_its_photo(signed_in, room):
    page, item = signed_in, report(room, unable_reason="nonsense", note="门口<b>积水</b>")
    photo = {"id": str(uuid.uuid4()), "kind": "photo", "type": "image/jpeg", "taken": "2026-11-21T08:00", "sent": True}
    page.goto("/outbox")
    page.evaluate(QUEUE, [item | {"media": [photo], "created": 1}])
    page.locator(f"#item-{item['id']} .hand").wait_for()
    assert page.locator("#day").is_visible()

    with page.expect_download() as download:
        tap(page, f"#item-{item['id']} .hand")

    text = download.value.path().read_text("utf-8")
    assert item["id"] in text and "data:image/jpeg;base64," in text
    assert "<b>" not in text
    tap(page, f"#item-{item['id']} .away")
    tap(page, f"#item-{item['id']} .away")
    page.locator("#empty").wait_for()
    assert page.evaluate("async () => (await (await import('/static/js/store.js')).keys('photos')).length") == 0


def test_given_a_clock_set_back_while_working_when_submitted_then_the_record_is_kept_and_marked(
    opened, playwright, sign_in, room, instance
):
    page = opened(**playwright.devices["Pixel 7"], locale="zh-CN", timezone_id="Asia/Shanghai")
    sign_in(page, "wk-01")
    page.clock.install()
    page.goto(f"/p/{room}")
    page.clock.fast_forward(timedelta(minutes=20).total_seconds() * 1000)
    answer_room(page)
    page.clock.set_system_time(datetime.now(UTC))

    tap(page, "#submit")

    page.wait_for_url(RECEIPT)
    check_id = page.url.split("/")[-1].partition("?")[0]
    assert "clock" in rows(instance, "select marks from checks where id = ?", check_id)[0][0]


def test_given_no_database_in_the_browser_when_submitted_then_the_page_itself_sends(opened, playwright, sign_in, room):
    page = opened(
        "delete window.indexedDB;", **playwright.devices["Pixel 7"], locale="zh-CN", timezone_id="Asia/Shanghai"
    )
    page.add_init_script("Object.defineProperty(window, 'indexedDB', { value: undefined })")
    sign_in(page, "wk-01")
    page.goto("/outbox")
    page.locator("#unable-here").wait_for()
    page.goto(f"/p/{room}")
    answer_room(page)

    page.context.set_offline(True)
    tap(page, "#submit")

    page.locator("#status", has_text="不要离开").wait_for()
    page.context.set_offline(False)
    page.wait_for_url(RECEIPT)


def test_given_a_photo_is_asked_for_again_when_taken_without_a_network_then_it_is_kept_and_arrives(
    signed_in, room, instance
):
    page = signed_in
    page.goto(f"/p/{room}")
    answer_room(page)
    tap(page, "#submit")
    page.wait_for_url(RECEIPT)
    check_id = page.url.split("/")[-1].partition("?")[0]
    with closing(sqlite3.connect(instance / "test.sqlite3")) as link, link:
        link.execute(
            "insert into check_states (check_id, unsigned_steps, retake_steps, verdicts) "
            "values (?, '[]', '[\"S04\"]', '{}')",
            (check_id,),
        )
    page.goto(f"/checks/{check_id}")
    page.set_input_files("#S04 .retake .file", PHOTO | {"buffer": jpeg(900, 700, seed=3)})
    page.context.set_offline(True)

    tap(page, "#S04 .retake button")

    page.locator("#S04 .retake", has_text="已存在").wait_for()
    page.context.set_offline(False)
    page.goto("/outbox")
    until(page, f"async () => Object.values(await ({STATES})()).every((state) => state === 'arrived')")
    assert rows(instance, "select count(*) from photos where check_id = ? and part = 'retake'", check_id) == [(1,)]


def test_given_old_drafts_and_arrivals_when_two_weeks_have_passed_then_they_go_and_younger_ones_stay(signed_in):
    page = signed_in
    page.goto("/me")
    page.evaluate(
        """async () => {
          const { put } = await import('/static/js/store.js');
          const days = (count) => Date.now() - count * 86400000;
          const item = { person: 'wk-01', state: 'arrived', created: 1, body: {}, receipt: { number: 'N' } };
          for (const age of [13, 15]) {
            const photo = `photo-${age}`;
            const draft = { id: `draft-${age}`, saved: days(age), photos: [{ id: `drafted-${age}` }] };
            for (const id of [photo, `drafted-${age}`]) await put('photos', new ArrayBuffer(9), id);
            await put('items', { ...item, id: `item-${age}`, arrived: days(age), media: [{ id: photo }] });
            await put('drafts', draft, `dabiao:draft:${age}`);
          }
        }"""
    )

    page.goto(f"/p/{POST}")

    until(page, "async () => !(await (await import('/static/js/store.js')).keys('items')).includes('item-15')")
    kept = "async (name) => (await import('/static/js/store.js')).keys(name)"
    assert page.evaluate(kept, "items") == ["item-13"]
    assert page.evaluate(kept, "photos") == ["drafted-13", "photo-13"]
    assert "dabiao:draft:13" in page.evaluate(kept, "drafts")
    assert "dabiao:draft:15" not in page.evaluate(kept, "drafts")


@pytest.mark.parametrize("look", LOOKS)
def test_given_records_in_every_state_when_the_page_is_inspected_then_nothing_is_found(
    look, opened, playwright, sign_in
):
    page = opened(**{**playwright.devices["Pixel 7"], "locale": "zh-CN", "timezone_id": "Asia/Shanghai", **LOOKS[look]})
    sign_in(page, "wk-01")
    page.goto("/me")
    page.route("**/api/v1/session", lambda route: route.fulfill(status=401, json={}))
    page.evaluate(QUEUE, [report(ROOMS[0]) | {"created": 1} for _ in range(4)] + [report(ROOMS[0], "wk-02")])
    page.evaluate(
        """async () => {
          const { all, put } = await import('/static/js/store.js');
          const [one, two, three] = await all('items');
          await put('items', { ...one, registered: 1 });
          await put('items', { ...two, state: 'aside', why: '有一项没填', fields: { S01: '请填写' } });
          await put('items', { ...three, state: 'arrived', arrived: Date.now(), receipt: { number: '261121-ABCDEF' } });
        }"""
    )

    assert faults(page, "/outbox") == []

    assert page.locator(".card[id^=item-]").count() == 4
