"""The outbox as people meet it: kept without a network, sent for its author only, refused and mended."""

import re
from datetime import UTC, datetime, timedelta

from tests.support.outbox import FLUSH, QUEUE, RECEIPT, STATES, answer_room, checks_of, has_arrived, report, rows, tap
from tests.support.waiting import until


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
