"""A visitor's complaint to its end: said with a contact, class decided from outside, answered, called back, wiped."""

import re

import pytest

from app.db import db
from app.demo.compound import content
from app.feedback.models import FeedbackContact
from app.timer import run_due
from app.timer_jobs import JOBS
from tests.browser.conftest import CHINA, DESK
from tests.support.compound import load_demo
from tests.support.databases import make_app
from tests.support.servers import module_server
from tests.support.stored import rows_of

POINT = next(point for point in content("places")["points"] if point["kind"] == "restroom")
CONTACT = "13900007788"
QUICKEST_MS = 2500


server = module_server("demo", load_demo)


@pytest.mark.parametrize("scripts", [True, False])
def test_sa_8_given_a_complaint_when_handled_to_the_end_then_the_status_page_says_so_and_the_contact_is_gone(
    opened, playwright, sign_in, server, scripts
):
    visitor = opened(**playwright.devices["Pixel 7"], **CHINA, java_script_enabled=scripts)
    status = complain(visitor, "洗手台上全是水，没人收拾")
    assert "待首次答复" in visitor.inner_text("main")
    desk, judge = opened(**DESK), opened(**DESK)
    sign_in(desk, "wk-69")
    sign_in(judge, "wk-22")

    case = open_case(desk, "洗手台上全是水")
    assert CONTACT in desk.inner_text("main")
    desk.locator("#class").get_by_role("button", name="有效投诉").click()
    judge.goto(case)
    assert CONTACT not in judge.inner_text("main")
    judge.locator("#class").get_by_role("button", name="有效投诉", exact=True).click()
    desk.goto(case)
    say(desk, "已通知保洁班长到场", "答复")
    visitor.goto(status)
    assert "已通知保洁班长到场" in visitor.inner_text("main")

    say(desk, "已擦干台面并加派一次巡回", "答复")
    assert desk.get_by_role("button", name="办结").is_disabled()
    desk.get_by_role("button", name="已接通，满意").click()
    desk.get_by_role("button", name="办结").click()
    desk.wait_for_load_state()
    assert CONTACT not in desk.inner_text("main")
    tick(server)

    desk.goto(case)
    assert "联系方式已清除" in desk.inner_text("main")
    visitor.goto(status)
    assert "已办结" in visitor.inner_text("main")
    assert "已擦干台面并加派一次巡回" in visitor.inner_text("main")
    visitor.get_by_role("button", name="满意", exact=True).click()
    visitor.wait_for_load_state()
    assert "您的评价：满意" in visitor.inner_text("main")


def test_sa_7b_given_a_caller_on_the_telephone_when_the_desk_types_then_the_place_is_found_by_a_few_letters(
    desk, sign_in
):
    sign_in(desk, "wk-69")
    desk.goto("/feedback/desk")
    desk.get_by_label("咨询").check()
    assert desk.get_by_label("建议分类").is_hidden()

    desk.fill("[name=point]", POINT["code"].lower())
    desk.fill("[name=words]", "这层的茶水间几点关门")
    desk.fill("[name=said]", "晚上九点")
    desk.get_by_role("button", name="保存").click()

    number = desk.locator(".note.ok strong").first.inner_text()
    assert number.startswith("ZX")
    link = desk.locator("a.token").get_attribute("href")
    desk.goto(link)
    assert "晚上九点" in desk.inner_text("main")


def complain(visitor, words):
    """Through the public page of the place; gives the address of the status page."""
    visitor.goto(f"/p/{POINT['label']}")
    visitor.locator("summary", has_text=re.compile("投诉")).tap()
    visitor.locator("form:has([name=words][required]) label", has_text="投诉").tap()
    visitor.fill("#words", words)
    visitor.fill("[name=contact]", CONTACT)
    visitor.wait_for_timeout(QUICKEST_MS)
    visitor.locator("form:has(#words) button").last.tap()
    visitor.wait_for_url("**/f/**")
    return visitor.url


def open_case(desk, words):
    desk.goto("/feedback/cases")
    desk.locator(".cases a.whole", has_text=words).first.click()
    desk.wait_for_url(re.compile("/feedback/[0-9a-f-]{36}"))
    return desk.url


def tick(server):
    """What the timer of the server does by itself within a minute."""
    app = make_app(server.database, server.instance)
    ran = run_due(app, (job for job in JOBS if job.name == "cases"), at_once=True)
    assert [each.count for each in ran] == [1]
    with app.app_context():
        assert CONTACT not in repr(rows_of(FeedbackContact))
        db.session.remove()
        db.engine.dispose()


def say(desk, words, button):
    desk.fill("#deeds textarea[name=text] >> nth=0", words)
    desk.locator("#deeds").get_by_role("button", name=button, exact=True).click()
    desk.wait_for_load_state()
