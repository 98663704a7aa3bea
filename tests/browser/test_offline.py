"""Without a network: the round on the phone, whose pages they are, a Wi-Fi's sign-in page, updates that wait."""

import re
import time
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.db import atomically
from app.photos.actions import keep
from app.photos.actions_pictures import drain
from app.photos.rules import Part, PhotoOwner, PhotoUse, Source, Upload
from app.photos.writes import rows_for_check
from qr.payload import check_character
from tests.browser.conftest import CHINA, FLAGS
from tests.support import builders as a
from tests.support.pictures import jpeg
from tests.support.servers import module_server
from tests.support.standards import step_document as step
from tests.support.strangers import between
from tests.support.waiting import until
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


server = module_server("round", load_round)


def wait_for(page, question, seconds=10):
    """Until the answer is true; a question that is a promise counts as true to Playwright itself."""
    for _ in range(seconds * 5):
        if page.evaluate(question):
            return
        page.wait_for_timeout(200)
    raise AssertionError(question)


def fill_pocket(page):
    wait_for(page, POCKET_FULL, 40)


@pytest.fixture
def pocketed(phone, sign_in):
    """A phone with wk-01's round on it."""
    sign_in(phone, "wk-01")
    phone.goto("/")
    fill_pocket(phone)
    return phone


@pytest.fixture
def first(pocketed):
    """The same phone at its first opening without a network."""
    pocketed.context.set_offline(True)
    return pocketed


def heading(page):
    return page.locator("h1").first.inner_text()


def is_work_page(page):
    page.wait_for_selector("#submit")
    return page.locator("#submit").is_visible()


def sign_out(page):
    page.goto("/me")
    page.click("form[action='/logout'] button")
    page.wait_for_url("**/login*")


def test_given_the_round_on_the_phone_when_opened_from_the_list_then_each_place_opens_without_a_network(first):
    first.goto("/")
    links = first.eval_on_selector_all("a.task[href*='window=']", "all => all.map((each) => each.getAttribute('href'))")
    names = []

    for href in links:
        first.goto(href)
        assert is_work_page(first)
        assert first.input_value("#check [name=via]") == "list"
        names.append(heading(first))

    assert len(links) == len(set(links)) == 24
    assert "晚些开放的卫生间" in names


def test_given_the_round_on_the_phone_when_a_code_is_typed_then_the_place_opens_without_a_network(first):
    first.goto(f"/p?code={ROOM.lower()[:5]}-{ROOM.lower()[5:]}")

    first.wait_for_url(f"**/p/{ROOM}?**window=**via=typed")
    assert is_work_page(first)
    assert first.input_value("#check [name=via]") == "typed"


def test_given_the_round_on_the_phone_when_a_label_is_scanned_then_its_one_window_opens_without_a_network(first):
    first.goto(f"/P/{ROOM}")

    first.wait_for_url(f"**/p/{ROOM}?**window=**")
    assert is_work_page(first)


def test_given_two_windows_at_a_place_when_its_label_is_scanned_then_both_are_there_to_choose(first):
    first.goto(f"/P/{TWICE}")

    first.wait_for_selector("#round a")
    links = first.eval_on_selector_all("#round a", "all => all.map((each) => each.getAttribute('href'))")
    first.goto(links[0])
    one = first.evaluate("JSON.parse(document.getElementById('task').textContent).window")
    first.goto(links[1])
    other = first.evaluate("JSON.parse(document.getElementById('task').textContent).window")

    assert len(links) == 2 and one != other


def test_given_a_window_that_is_not_open_yet_when_its_label_is_scanned_then_the_page_says_from_when(first):
    first.goto(f"/P/{LATER}")

    first.wait_for_selector("#round a")
    assert "现在没有到期" in first.inner_text("main")
    assert re.search(r"\d\d:\d\d 起", first.inner_text("#round"))


def test_given_a_place_that_was_never_seen_when_it_is_opened_then_the_offline_page_shows_the_round(first):
    first.goto(f"/P/{STRANGE}")

    first.wait_for_selector("#round a")
    assert "没有存在手机里" in first.inner_text("main")
    assert first.locator("#round a").count() == 24


def test_given_a_step_with_a_reference_picture_when_its_page_opens_without_a_network_then_the_picture_is_there(first):
    first.goto(f"/P/{PICTURED}")
    first.wait_for_url("**window=**")

    picture = first.locator(".ref img")
    picture.scroll_into_view_if_needed()
    wait_for(first, "() => document.querySelector('.ref img').naturalWidth > 0")
    assert first.evaluate(WIDTH, first.get_attribute(".ref", "href")) == 640


def test_given_a_page_seen_before_when_it_is_opened_without_a_network_then_it_is_there(pocketed):
    pocketed.goto(f"/p/{STRANGE}")
    seen = heading(pocketed)
    pocketed.context.set_offline(True)

    pocketed.goto(f"/P/{STRANGE}?via=typed")

    assert heading(pocketed) == seen == "别人的卫生间"


def test_given_a_page_kept_for_hours_when_it_is_opened_then_its_times_are_those_of_now(first):
    first.clock.set_fixed_time(datetime.now(UTC) + timedelta(minutes=62))
    first.goto(f"/P/{ROOM}")
    first.wait_for_url("**window=**")

    until(first, "document.getElementById('left').textContent.includes('超时')")
    assert first.locator("#late").is_visible()


def test_given_the_day_kept_for_hours_when_it_is_opened_then_what_is_due_and_what_waits_is_that_of_now(pocketed):
    window = pocketed.locator(f"a.task[href*='{ROOM}']").first.get_attribute("href")
    named = dict(re.findall(r"(standard|window)=([^&]+)", window))
    pocketed.evaluate(PUT, ["items", {**ITEM, "created": 1, "body": {"code": ROOM, **named}}])
    pocketed.context.set_offline(True)
    pocketed.clock.set_fixed_time(datetime.now(UTC) + timedelta(minutes=100))

    pocketed.goto("/")

    pocketed.wait_for_selector("[data-group=done] li")
    assert "已存在手机里" in pocketed.inner_text("[data-group=done]")
    assert "晚些开放的卫生间" in pocketed.inner_text("[data-group=now]")
    assert pocketed.locator("[data-group=over] li").count() == 22
    assert pocketed.text_content(".ring").strip() == "1/24"


def test_given_the_next_person_signed_in_when_the_network_goes_then_nothing_of_the_first_is_shown(pocketed, sign_in):
    sign_out(pocketed)
    sign_in(pocketed, "wk-02")
    pocketed.goto("/")
    pocketed.context.set_offline(True)

    pocketed.goto(f"/P/{ROOM}")

    assert pocketed.locator("#submit").count() == 0
    assert pocketed.locator("#round a").count() == 0
    assert "private-wk-01" not in pocketed.evaluate(PRIVATE)


def test_given_unsent_items_when_signing_out_then_pages_go_and_items_stay(pocketed):
    pocketed.evaluate(PUT, ["items", ITEM])

    sign_out(pocketed)

    assert pocketed.evaluate(PRIVATE) == []
    assert pocketed.evaluate(ITEMS) == ["one"]


def test_given_no_network_when_signing_out_then_pages_are_gone_and_the_session_ends_with_the_network(pocketed):
    page = pocketed
    page.evaluate(PUT, ["items", ITEM])
    page.context.set_offline(True)
    sign_out(page)
    page.goto(f"/P/{ROOM}")
    until(page, "document.querySelector('h1').textContent.includes('退出')")
    assert page.evaluate(PRIVATE) == []

    # The page itself goes on as soon as there is a network; this one is left before.
    page.goto("about:blank")
    page.context.set_offline(False)
    page.goto("/")

    assert "/login" in page.url
    assert page.evaluate("fetch('/api/v1/session').then((answer) => answer.status)") == 401
    assert page.evaluate(ITEMS) == ["one"]


def test_given_a_page_of_the_round_when_it_is_opened_again_then_little_is_fetched_in_one_request(pocketed):
    pocketed.goto(f"/P/{ROOM}")
    pocketed.wait_for_selector("#submit")
    seen = []
    pocketed.context.on("request", lambda request: seen.append(request) if request.service_worker else None)

    pocketed.goto(f"/P/{ROOM}")
    pocketed.wait_for_load_state("networkidle")

    sizes = [request.sizes() for request in seen]
    assert [request.url.partition("/P/")[2] for request in seen] == [ROOM]
    assert sum(size["responseHeadersSize"] + size["responseBodySize"] for size in sizes) <= 3072


def test_given_a_browser_that_was_ended_when_it_starts_without_a_network_then_the_round_opens(
    playwright, server, sign_in, tmp_path
):
    options = {"executable_path": "/usr/bin/chromium", "args": FLAGS, "locale": "zh-CN"}
    with between(int(server.url.rpartition(":")[2])) as line:
        browser = playwright.chromium.launch_persistent_context(tmp_path, base_url=line.url, **options)
        page = browser.new_page()
        sign_in(page, "wk-01")
        page.goto("/")
        fill_pocket(page)
        browser.close()

    # Nobody answers at this address any more.
    browser = playwright.chromium.launch_persistent_context(tmp_path, base_url=line.url, **options)
    page = browser.new_page()
    page.goto(f"/P/{ROOM}")
    page.wait_for_url(f"**/p/{ROOM}?**window=**")
    opened = is_work_page(page)
    browser.close()

    assert opened


@pytest.fixture
def line(server):
    """Something between the phone and the server."""
    with between(int(server.url.rpartition(":")[2])) as made:
        yield made


@pytest.fixture
def behind(opened, playwright, line, sign_in):
    """A phone on that line, with wk-01's round on it."""
    page = opened(**playwright.devices["Pixel 7"], **CHINA, base_url=line.url)
    sign_in(page, "wk-01")
    page.goto("/")
    fill_pocket(page)
    return page


def test_given_a_wifi_that_answers_everything_when_pages_are_opened_then_the_round_opens_and_nothing_is_kept(
    behind, line
):
    line.portal = True
    behind.goto(f"/P/{ROOM}")
    behind.wait_for_url(f"**/p/{ROOM}?**window=**")
    opens = is_work_page(behind)

    behind.goto(f"/P/{STRANGE}")
    behind.wait_for_selector("#round a")

    assert opens
    assert "无线网要先登录" in behind.content()
    assert not any("Free Wi-Fi" in text for text in behind.evaluate(KEPT_TEXTS))


@pytest.mark.parametrize(
    ("store", "begun", "ended", "key"),
    [("items", ITEM, {**ITEM, "state": "arrived", "arrived": 1}, None), ("drafts", DRAFT, {**DRAFT, "at": {}}, "d")],
)
def test_given_something_unsent_or_begun_when_a_new_version_is_there_then_it_waits_until_nothing_is(
    behind, line, store, begun, ended, key
):
    behind.evaluate(PUT, [store, begun, *([key] if key else [])])
    line.newer = True
    behind.evaluate(UPDATE)
    wait_for(behind, WAITING)
    behind.goto("/me")
    behind.wait_for_timeout(1500)
    waited = behind.evaluate(WAITING)

    behind.evaluate(PUT, [store, ended, *([key] if key else [])])
    behind.goto("/me")

    wait_for(behind, f"async () => !(await ({WAITING})())")
    assert waited
    assert behind.evaluate(ITEMS) == (["one"] if store == "items" else [])


def test_given_a_network_too_slow_to_wait_for_when_pages_are_opened_then_kept_ones_come_and_others_follow(behind, line):
    kept = behind.locator(f"a.task[href*='{ROOM}']").first.get_attribute("href")
    line.slow = 7

    began = time.monotonic()
    behind.goto(kept)
    took = time.monotonic() - began
    behind.goto(f"/P/{STRANGE}")
    behind.wait_for_selector("#round a")

    behind.wait_for_selector("h1:text-is('别人的卫生间')", timeout=20000)
    assert 3.5 < took < 6.5
