"""Phones that make it hard: slow ones with large photos, plain http, a clock that is a year off, another zone."""

import datetime as dt
import re
import time
from zoneinfo import ZoneInfo

import pytest

from tests.browser.conftest import CHINA
from tests.support.pictures import jpeg
from tests.support.servers import module_server
from tests.support.walk import ROOMS, load_walk

RECEIPT = re.compile(r"/checks/[0-9a-f-]{36}\?new=1")
LARGE = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": jpeg(4032, 3024, quality=95)}
SMALL = {"name": "b.jpg", "mimeType": "image/jpeg", "buffer": jpeg(1600, 1200)}
# What a browser takes away where the address is not encrypted.
PLAIN_HTTP = """
Object.defineProperty(window, "isSecureContext", { get: () => false });
for (const [owner, names] of [
  [Navigator.prototype, ["serviceWorker", "mediaDevices", "locks", "storage"]],
  [window, ["caches"]],
  [Crypto.prototype, ["randomUUID", "subtle"]],
]) for (const name of names) { try { delete owner[name]; } catch (refused) {} }
"""


server = module_server("walk", load_walk)


def take(page, picture, patience):
    with page.expect_file_chooser() as chooser:
        page.locator("#S04 .shoot").first.tap()
    chooser.value.set_files(picture)
    page.wait_for_selector("#S04 .shot:not(.wait)", timeout=patience)


def check_room(page, picture=SMALL, patience=8000):
    """All that a restroom asks for, and its receipt."""
    page.locator("#S01 .opt").first.tap()
    take(page, picture, patience)
    page.locator("#S04 .opt.pass").tap()
    page.locator(".rest").tap()
    page.locator("#submit").tap()
    page.wait_for_url(RECEIPT, timeout=30_000)


def test_given_a_processor_six_times_slower_when_twelve_megapixels_are_taken_then_the_check_arrives(phone, sign_in):
    sign_in(phone, "wk-01")
    phone.goto(f"/P/{ROOMS[0]}")
    phone.context.new_cdp_session(phone).send("Emulation.setCPUThrottlingRate", {"rate": 6})
    started = time.monotonic()

    check_room(phone, LARGE, patience=30_000)

    assert time.monotonic() - started < 45


def test_given_plain_http_when_a_room_is_done_then_it_arrives_also_after_a_time_without_a_network(
    opened, playwright, sign_in
):
    page = opened(PLAIN_HTTP, **playwright.devices["Pixel 7"], **CHINA)
    sign_in(page, "wk-01")
    page.goto(f"/P/{ROOMS[1]}")
    page.locator("#S01 .opt").first.tap()
    take(page, SMALL, 8000)
    page.locator("#S04 .opt.pass").tap()
    page.locator(".rest").tap()
    page.context.set_offline(True)
    page.locator("#submit").tap()
    page.wait_for_selector("#status.bad", timeout=20_000)

    page.context.set_offline(False)

    page.wait_for_url(RECEIPT, timeout=30_000)


@pytest.mark.parametrize("days", [-365, 365])
def test_given_a_clock_a_year_off_when_a_room_is_done_then_it_is_received_and_marked(phone, sign_in, days):
    phone.clock.set_system_time(dt.datetime.now(dt.UTC) + dt.timedelta(days=days))
    sign_in(phone, "wk-01")
    phone.goto(f"/P/{ROOMS[2 if days > 0 else 3]}")

    check_room(phone)
    number = phone.url.split("/checks/")[1][:36]
    phone.goto(f"/checks/{number}")

    assert "手机时间不准" in phone.inner_text("main")


def test_given_a_phone_set_to_another_zone_when_the_round_is_read_then_its_times_are_those_of_the_site(
    opened, playwright, sign_in
):
    abroad = opened(**playwright.devices["Pixel 7"], locale="zh-CN", timezone_id="America/New_York")
    sign_in(abroad, "wk-01")
    abroad.goto("/")
    line = abroad.locator("[data-group=now] li[data-at]").first
    ends = dt.datetime.fromtimestamp(int(line.get_attribute("data-at").split()[2]), ZoneInfo(CHINA["timezone_id"]))

    # The script writes the chip anew; one that says another time than the server did is what is looked for.
    abroad.wait_for_function("document.querySelector('[data-group=now] .chip').classList.contains('due')")

    assert f"{ends:%H:%M}" in line.locator(".chip").inner_text()
    line.locator("a").tap()
    abroad.wait_for_selector("#due")
    assert (
        abroad.evaluate("async (at) => (await import('/static/js/due.js')).clock(at)", ends.timestamp() * 1000)
        == f"{ends:%H:%M}"
    )
