"""Room on the phone: nearly full, full, wiped, a page ended behind the camera, and what is tidied away."""

import uuid

from tests.support.outbox import FILL, FLUSH, PHOTOS_GONE, QUEUE, has_arrived, report, small, tap
from tests.support.waiting import until
from tests.support.walk import POST


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
