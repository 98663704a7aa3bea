"""Without a network: the round on the phone, from the list, the label and the typed code, with the times of now."""

import re
from datetime import UTC, datetime, timedelta

from tests.browser.conftest import FLAGS
from tests.support.pocket import (
    ITEM,
    LATER,
    PICTURED,
    PUT,
    ROOM,
    STRANGE,
    TWICE,
    WIDTH,
    fill_pocket,
    heading,
    is_work_page,
    wait_for,
)
from tests.support.strangers import between
from tests.support.waiting import until


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
