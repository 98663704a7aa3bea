"""Two phones with one account: what both do is stored once, and the second learns it in words."""

import pytest

from tests.browser.conftest import CHINA
from tests.support.outbox import QUEUE, RECEIPT, answer_room, checks_of, has_arrived, report, rows, tap
from tests.support.waiting import until


@pytest.fixture
def phones(opened, playwright, sign_in):
    """Two phones of wk-01."""
    pair = [opened(**playwright.devices["Pixel 7"], **CHINA) for _ in range(2)]
    for page in pair:
        sign_in(page, "wk-01")
    return pair


def test_given_a_room_open_on_two_phones_when_both_submit_then_one_fills_the_window_and_the_other_is_told(
    phones, room, instance
):
    for page in phones:
        page.goto(f"/p/{room}")
        answer_room(page)

    for page in phones:
        tap(page, "#submit")
        page.wait_for_url(RECEIPT)

    first, second = (page.url.split("/")[-1].partition("?")[0] for page in phones)
    marks = dict(rows(instance, "select id, marks from checks where id in (?, ?)", first, second))
    filled = rows(instance, "select check_id from occurrences where check_id in (?, ?)", first, second)
    assert "already_done" in marks[second] and "already_done" not in marks[first]
    assert filled == [(first,)]
    assert "此前已完成" in phones[1].inner_text("main")
    assert "此前已完成" not in phones[0].inner_text("main")


def test_given_one_record_on_two_phones_when_both_send_it_at_once_then_it_is_stored_once_with_one_receipt(
    phones, room, instance
):
    item, numbers = report(room), set()
    for page in phones:
        page.goto("/me")
        page.evaluate(QUEUE, [item])

    for page in phones:
        page.goto("/outbox")
    for page in phones:
        has_arrived(page, item["id"])
        until(page, f"Boolean(document.querySelector('#item-{item['id']} .seen:not([hidden])'))")
        numbers.add(page.text_content(f"#item-{item['id']} .seen span"))

    assert checks_of(instance, item["id"]) == [item["id"]]
    assert len(numbers) == 1
