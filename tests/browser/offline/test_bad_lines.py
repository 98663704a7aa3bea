"""A Wi-Fi's sign-in page, updates that wait, a network too slow to wait for."""

import time

import pytest

from tests.support.pocket import (
    DRAFT,
    ITEM,
    ITEMS,
    KEPT_TEXTS,
    PUT,
    ROOM,
    STRANGE,
    UPDATE,
    WAITING,
    is_work_page,
    wait_for,
)


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
