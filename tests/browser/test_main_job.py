"""The main job whole: a printed label is read, its address opened on a phone, the check done, seen in log and figures.

In three browsers: a phone, one with JavaScript off, and one like WeChat's. Each does a lift of its own, whose window
has just ended: done now it is 超时补做, which log and figures show at once.
"""

import io
import re
import subprocess
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
import zxingcpp
from flask import Flask
from PIL import Image
from sqlalchemy import insert

from app import clock
from app.db import atomically, run
from app.schedule.models import Occurrence
from app.stats.rules_log import log_day
from tests.support.compound import load_demo
from tests.support.pictures import jpeg
from tests.support.servers import module_server

RECEIPT = re.compile(r"/checks/([0-9a-f-]{36})\?new=1")
NUMBER = re.compile(r"\d{6}-[0-9A-Z]{6}")
LIFTS = {"phone": "pt-017", "plain_phone": "pt-018", "wechat": "pt-019"}
PHOTO = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": jpeg(3000, 2000)}


def load_lifts(app: Flask) -> None:
    """The demo compound, and at three lifts a window that ended ten minutes ago."""
    load_demo(app)
    now = clock.now()
    day = now.astimezone(app.extensions["settings"].zone).date()
    window = {
        "standard_code": "JGSW05003.04", "edition": "JGSW05003.04-2026", "window_key": f"{day}/A/A9",
        "business_on": day, "day_type": "workday", "profile": "full", "kind": "regular", "label": "试验",
        "open_at": now - timedelta(minutes=70), "start_at": now - timedelta(minutes=60),
        "end_at": now - timedelta(minutes=10), "grace_end_at": now - timedelta(minutes=5),
        "expire_at": now + timedelta(hours=6), "expected_minutes": 8, "implementer_id": "ctr-clean",
        "responsible_id": "dept-wuye", "assignee_id": "wk-01", "key_due": 2, "photos_due": 1,
    }  # fmt: skip
    atomically(lambda: run(insert(Occurrence), [window | {"point_id": point} for point in LIFTS.values()]))


server = module_server("lifts", load_lifts, DABIAO_TIMER="1")


def day_of_the_window() -> date:
    """The day in whose log the lifts' window stands: before the log's day begins, that is yesterday."""
    return log_day(clock.now() - timedelta(minutes=60), ZoneInfo("Asia/Shanghai"))


def printed_address(desk, point: str) -> str:
    """What the printed label of the point says: the PDF of the label page, rasterised and read by a scanner."""
    desk.goto(f"/labels?stock=door&scope=chosen&point={point}")
    with desk.expect_download() as download:
        desk.click("button.primary")
    page = subprocess.run(
        ["pdftoppm", "-r", "150", "-gray", "-f", "1", "-l", "1", download.value.path()],
        capture_output=True,
        check=True,
    )
    (found,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(page.stdout)))
    return found.text


def opened_after_sign_in(page, address: str, sign_in) -> None:
    """As a cleaner comes: scan, the public page, sign in, the work page of this lift's window."""
    page.goto(address)
    assert "工作人员登录" in page.inner_text("body")
    sign_in(page, "wk-01")
    page.goto(address)
    task = page.locator("a[href*='A9']")
    if task.count():
        task.first.click()
    page.wait_for_selector("#submit")


def answer(page, *, scripts: bool) -> None:
    """The lift's steps: a photo of the car, nothing unusual told, the rest done as the standard says."""
    if scripts:
        with page.expect_file_chooser() as chooser:
            page.locator("#S03 .shoot").first.tap()
        chooser.value.set_files(PHOTO)
        page.wait_for_selector("#S03 .shot:not(.wait)")
    else:
        page.locator("#S03 .file").first.set_input_files(PHOTO)
    page.locator("#S03 .opt.pass").first.tap()
    page.locator("#S05 .opt").first.tap()
    page.locator(".rest").first.tap()


def shown(desk, selector: str) -> bool:
    """Pictures are decoded in the background: look again for a while."""
    for _ in range(40):
        if desk.locator(selector).count():
            return True
        desk.wait_for_timeout(250)
        desk.reload()
    return False


@pytest.mark.parametrize("kind", list(LIFTS))
def test_given_a_printed_label_when_the_check_is_done_then_log_and_figures_show_it(kind, request, desk, sign_in):
    page = request.getfixturevalue(kind)
    sign_in(desk, "wk-19")
    address = printed_address(desk, LIFTS[kind])
    assert re.fullmatch(r"HTTP://127\.0\.0\.1:\d+/P/[0-9A-Z]{10}", address)

    opened_after_sign_in(page, address, sign_in)
    answer(page, scripts=kind != "plain_phone")
    page.locator("#submit").tap()
    page.wait_for_url(RECEIPT)

    record = RECEIPT.search(page.url)[1]
    assert NUMBER.search(page.inner_text("main"))
    desk.goto(f"/log?view=list&day={day_of_the_window()}")
    row = desk.locator(f"a[href*='{record}']").first
    row.scroll_into_view_if_needed()  # below the screen a line is not laid out
    assert row.is_visible()
    row.click()
    assert shown(desk, "img[src*='/photos/']")
    desk.goto("/stats")
    assert desk.locator("text=超时补做").first.is_visible()
    desk.goto("/stats/records?outcome=late")
    assert record in desk.content()
