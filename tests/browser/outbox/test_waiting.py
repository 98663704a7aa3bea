"""What waits on a phone: photos for a Wi-Fi, photos taken again, and the page that shows and hands over."""

import sqlite3
import uuid
from contextlib import closing

import pytest

from app.checks.forms_handed import read_handed
from tests.browser.test_accessible import LOOKS, QUIET, faults
from tests.support.outbox import (
    NETWORK,
    PHOTO,
    QUEUE,
    RECEIPT,
    STATES,
    answer_room,
    checks_of,
    has_arrived,
    report,
    rows,
    tap,
)
from tests.support.pictures import jpeg
from tests.support.waiting import until
from tests.support.walk import ROOMS


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


def test_given_a_record_that_is_not_taken_when_given_away_then_a_file_carries_it_with_its_photo(signed_in, room):
    page, item = signed_in, report(room, unable_reason="nonsense", note="门口<b>积水</b>")
    photo = {"id": str(uuid.uuid4()), "kind": "photo", "type": "image/jpeg", "taken": "2026-11-21T08:00", "sent": True}
    page.goto("/outbox")
    page.evaluate(QUEUE, [item | {"media": [photo], "created": 1}])
    page.locator(f"#item-{item['id']} .hand").wait_for()
    assert page.locator("#day").is_visible()
    for other in ("/", "/me"):
        page.goto(other)
        page.locator("#nag").wait_for()
    page.goto("/outbox")

    with page.expect_download() as download:
        tap(page, f"#item-{item['id']} .hand")

    text = download.value.path().read_text("utf-8")
    handed = read_handed(text.encode())
    assert [each["id"] for each in handed.records] == [item["id"]]
    assert handed.media[photo["id"]].body == f"bytes of {photo['id']}".encode()
    assert item["id"] in text and "data:image/jpeg;base64," in text
    assert "<b>" not in text
    tap(page, f"#item-{item['id']} .away")
    tap(page, f"#item-{item['id']} .away")
    page.locator("#empty").wait_for()
    assert page.evaluate("async () => (await (await import('/static/js/store.js')).keys('photos')).length") == 0


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

    assert faults(page, "/outbox", QUIET) == []

    assert page.locator(".card[id^=item-]").count() == 4
