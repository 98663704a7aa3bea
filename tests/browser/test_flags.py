"""Flags in a real browser: found by the job, explained on the phone in one tap, judged at the desk; pages inspected."""

from datetime import UTC, datetime

import pytest

from app.flags.actions_looking import look_at_new
from tests.browser.conftest import CHINA, DESK
from tests.browser.test_accessible import faults
from tests.support import builders as make
from tests.support.flagging import put_flag, used_again
from tests.support.readers import readers
from tests.support.servers import module_server

PHONE = {**CHINA, "viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
LOOKS = {"dark": {**PHONE, "color_scheme": "dark"}, "english": {**DESK, "locale": "en-GB"}}


def load_flags(_app):
    """One picture at two points, looked at by the real job; a burst beside it, whose limit can move."""
    now = datetime.now(UTC)
    make.small_world()
    readers()
    first, second = used_again(now=now)
    look_at_new(now)
    put_flag(first, "burst", at=now)
    put_flag(second, "burst", at=now)


server = module_server("flags", load_flags)


def test_given_a_picture_used_again_when_explained_and_judged_then_both_sides_read_it_and_a_limit_moves(
    opened, sign_in
):
    worker, desk = opened(**PHONE), opened(**DESK)
    sign_in(worker, "ann")
    worker.goto("/me")
    worker.click("main a[href='/flags/mine']")
    flag = worker.locator("article.flag", has_text="同一张照片再次使用")
    assert "同一个文件" in flag.inner_text()
    flag.get_by_role("button", name="现场看上去就是这样").click()
    worker.wait_for_url("**/checks/*#flag-*")
    assert "已说明" in worker.locator("article.flag", has_text="同一张照片再次使用").inner_text()

    sign_in(desk, "sue")
    desk.goto("/flags?state=explained")
    desk.locator("a.whole").first.click()
    judged = desk.locator("article.flag", has_text="同一张照片再次使用")
    judged.locator("textarea").fill("两处请各拍一张。")
    judged.get_by_role("button", name="成立", exact=True).click()
    desk.wait_for_url("**/checks/*#flag-*")
    burst = desk.locator("article.flag", has_text="几分钟内连做多点")
    burst.locator("textarea").fill("相邻隔间，一起擦的。")
    burst.get_by_role("button", name="不成立：有正当原因").click()
    desk.goto("/flags/limits")
    assert "→" in desk.locator("main").inner_text()

    worker.reload()
    text = worker.locator("#flags").inner_text()
    assert "两处请各拍一张。" in text
    assert not [word for word in ("作弊", "失实", "造假") if word in text]


@pytest.mark.parametrize("look", LOOKS)
def test_given_own_flags_when_inspected_then_nothing_is_found(look, opened, sign_in):
    page = opened(**LOOKS[look])
    sign_in(page, "ann")

    assert not faults(page, "/flags/mine")
