"""A half-year report in real browsers: two people edit, one signs, the PDF is read back; axe on every page."""

import io
from datetime import UTC, datetime, timedelta

import pypdf
import pytest

from app.db import atomically
from app.halfyear.rules import half_of
from tests.browser.conftest import CHINA, DESK
from tests.browser.test_accessible import faults
from tests.support import reporting
from tests.support.reporting import ZONE
from tests.support.servers import module_server

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, **CHINA}
SMALL = {"viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True, **CHINA}
LOOKS = {"light": DESK, "small": SMALL, "dark": {**PHONE, "color_scheme": "dark"},
         "english": {**PHONE, "locale": "en-GB"}}  # fmt: skip
NOW = datetime.now(UTC)
THIS = half_of(NOW.astimezone(ZONE).date())
HERE, LAST = f"/reports/halfyear/{THIS.key}/clean", f"/reports/halfyear/{THIS.before.key}/clean"
EFFECT, PROBLEMS = "准时率稳定。", "交接班时段人手不足。"


def load(_app):
    """Windows of the last half-year, frozen and signed; one of this half-year, on the real clock."""
    reporting.site()
    # Six hours before the freeze of the last half-year: inside it, whatever the day of the test.
    past = datetime.combine(THIS.first, datetime.min.time(), ZONE) - timedelta(hours=6)
    for n in range(3):
        reporting.window(n + 70, "in_window", past)
    reporting.window(90, "in_window", NOW - timedelta(hours=3))
    reporting.freeze(NOW)
    atomically(lambda: reporting.signed(half=THIS.before, now=NOW))


server = module_server("halfyear", load)


def written(page, part, text):
    """Type into a part and wait until the page says that it is kept."""
    with page.expect_response(lambda answer: answer.url.endswith("/text")) as kept:
        page.fill(f"#text-{part}", text)
    return kept.value


@pytest.mark.parametrize("look", LOOKS)
def test_given_every_page_of_the_room_when_inspected_then_nothing_is_found(look, server, opened, sign_in):
    addresses = [
        "/reports/halfyear", f"/reports/halfyear?half={THIS.before.key}", HERE, LAST, f"{LAST}/records?figure=due",
        f"{LAST}/records?figure=scope_points", f"{LAST}/records?figure=gaps", "/reports/rhythms",
    ]  # fmt: skip
    page = opened(**LOOKS[look])
    sign_in(page, "sue")

    found = [fault for address in addresses for fault in faults(page, address)]

    page.goto(HERE)
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    assert not found and not wide, "\n".join(found)


def test_given_two_editors_when_one_signs_then_the_texts_are_fixed_and_the_pdf_says_them(server, opened, sign_in):
    desk, phone = opened(**DESK), opened(**PHONE)
    sign_in(desk, "max")
    sign_in(phone, "sue")
    desk.goto(HERE)
    phone.goto(HERE)

    assert written(desk, "effect", EFFECT).status == 200
    assert written(phone, "effect", "另写一份").status == 409
    phone.wait_for_selector(f".choice >> text={EFFECT}")
    phone.click("text=采用对方的文字")
    assert phone.input_value("#text-effect") == EFFECT
    assert written(phone, "problems", PROBLEMS).status == 200

    # The first one has not seen what the second wrote: the signature is refused until the page is read again.
    desk.click("#sign .btn.primary")
    desk.wait_for_load_state()
    assert "请刷新页面" in desk.inner_text("body")
    desk.goto(HERE)
    desk.fill("#text-actions", "增加一名轮班人员。")
    with desk.expect_navigation():
        desk.click("#sign .btn.primary")

    desk.wait_for_selector("#signed")
    assert desk.locator("textarea").count() == 0 and PROBLEMS in desk.inner_text("#problems")
    body = desk.request.get(f"{server.url}{HERE}.pdf").body()
    text = "".join(each.extract_text() for each in pypdf.PdfReader(io.BytesIO(body)).pages)
    for told in (
        "标准落地实施情况报告",
        EFFECT,
        PROBLEMS,
        "增加一名轮班人员。",
        "数据未冻结",
        "签字人：人员max",
        "1/1",
    ):
        assert told in text, told
