"""Flags in a real browser: found by the job, explained on the phone in one tap, judged at the desk; pages inspected."""

from datetime import UTC, datetime, timedelta

import pytest

from app.timer_jobs import JOBS
from tests.browser.conftest import CHINA, DESK
from tests.browser.test_accessible import faults
from tests.support import builders as make
from tests.support.flagging import SCENE, shot, used_again
from tests.support.readers import readers
from tests.support.servers import module_server
from tests.support.world import check_row

PHONE = {**CHINA, "viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
LOOKS = {"dark": {**PHONE, "color_scheme": "dark"}, "english": {**DESK, "locale": "en-GB"}}
SAME, ALIKE = "同一张照片再次使用", "照片与以前的很像"


def load_flags(app):
    """One picture at two points and one much like it at a third, looked at by the job of the timer."""
    now = datetime.now(UTC)
    make.small_world()
    readers()
    used_again(now=now)
    for number, (code, minutes) in enumerate((("0000000001", 24), ("ABCDEFGHJE", 22)), 3):
        make.point(f"p{number}", code, name=f"{number}层男卫生间")
        make.works_at(f"p{number}")
        third = check_row(f"p{number}", now - timedelta(minutes=minutes), None)
        bits = SCENE ^ (0b1000000001 << number)
        shot(third, name="bcd"[number - 3], bits=bits, at=now - timedelta(minutes=4), point=f"p{number}")
    looked = next(job for job in JOBS if job.name == "flags").work(app)
    assert looked == 4


server = module_server("flags", load_flags)


def test_given_flags_of_the_job_when_explained_and_judged_then_both_sides_read_it_and_the_limit_moves(opened, sign_in):
    worker, desk = opened(**PHONE), opened(**DESK)
    sign_in(worker, "ann")
    worker.goto("/me")
    worker.click("main a[href='/flags/mine']")
    flag = worker.locator("article.flag", has_text=SAME)
    assert "同一个文件" in flag.inner_text()
    flag.get_by_role("button", name="现场看上去就是这样").tap()
    worker.wait_for_url("**/checks/*#flag-*")
    assert "已说明" in worker.locator("article.flag", has_text=SAME).inner_text()

    sign_in(desk, "sue")
    limit = limit_of(desk)
    desk.goto("/flags?state=explained")
    desk.locator("a.whole").first.click()
    judge(desk, SAME, "两处请各拍一张。", "成立")
    desk.goto("/flags?state=open&kind=picture_alike")
    desk.locator("a.whole").first.click()
    judge(desk, ALIKE, "两间的洁具确实一样。", "不成立：有正当原因")
    assert limit == "2 位"
    assert limit_of(desk) == "1.905 位"
    assert "2 → 1.905" in desk.locator("main").inner_text()

    worker.reload()
    text = worker.locator("#flags").inner_text()
    assert "两处请各拍一张。" in text
    assert not [word for word in ("作弊", "失实", "造假") if word in text]


def judge(desk, kind, words, verdict):
    flag = desk.locator("article.flag", has_text=kind)
    flag.locator("textarea").fill(words)
    flag.get_by_role("button", name=verdict, exact=True).click()
    desk.wait_for_url("**/checks/*#flag-*")


def limit_of(desk):
    """What stands in force for pictures that are like earlier ones."""
    desk.goto("/flags/limits")
    return desk.locator("tr", has_text=ALIKE).locator("td.num").first.inner_text()


def test_given_the_day_s_log_when_read_then_a_record_asked_about_is_marked_and_the_page_of_questions_is_one_tap_away(
    opened, sign_in
):
    desk = opened(**DESK)
    sign_in(desk, "sue")
    desk.goto("/log")
    desk.get_by_role("link", name="当天待说明的记录").click()

    desk.wait_for_url("**/flags?day=*")
    assert "待说明" in desk.inner_text("h1")


@pytest.mark.parametrize("look", LOOKS)
def test_given_own_flags_when_inspected_then_nothing_is_found(look, opened, sign_in):
    page = opened(**LOOKS[look])
    sign_in(page, "ann")

    assert not faults(page, "/flags/mine")
