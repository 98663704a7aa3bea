"""A visitor's call to its end, in two browsers: one tap, accepted, there, seen to with the label in hand."""

import time

import pytest

from app.demo.compound import content
from tests.browser.conftest import CHINA

ROOM = next(point["label"] for point in content("places")["points"] if point["kind"] == "restroom")


@pytest.mark.parametrize("scripts", [True, False])
def test_sa_7b_given_no_paper_when_a_visitor_taps_once_then_somebody_comes_and_both_pages_say_so(
    opened, playwright, sign_in, scripts
):
    pixel = {**playwright.devices["Pixel 7"], **CHINA}
    visitor = opened(**pixel, java_script_enabled=scripts)
    leader = opened(**pixel)
    sign_in(leader, "wk-28")
    need = "paper" if scripts else "smell"

    began = time.monotonic()
    visitor.goto(f"/p/{ROOM}")
    visitor.locator(f"button[value={need}]").tap()
    visitor.wait_for_url("**/said/**")
    assert time.monotonic() - began < 10
    assert visitor.locator("#said h1").inner_text() == "已通知，约15分钟"

    leader.goto("/")
    leader.goto("/feedback")
    leader.get_by_role("button", name="接单，马上去").first.tap()
    leader.get_by_role("button", name="我到了").wait_for()
    assert said(visitor) == "已通知，约15分钟"
    assert "past" in visitor.locator(".course li").nth(1).get_attribute("class")
    leader.get_by_role("button", name="我到了").tap()
    leader.get_by_role("button", name="我到了").wait_for(state="detached")
    assert said(visitor) == "已到场，正在处理"

    leader.goto(f"/p/{ROOM}")
    leader.get_by_role("button", name="已处理").tap()
    leader.locator("section[id^=call-]").wait_for(state="detached")
    assert said(visitor) == "已处理"
    visitor.get_by_role("link", name="返回点位页面").tap()
    assert "已处理" in visitor.locator(f"button[value={need}]").inner_text()


def test_sa_7a_given_a_visitor_when_a_face_is_tapped_and_sent_then_thanked_and_a_low_one_waits_at_the_desk(
    opened, playwright, sign_in
):
    visitor = opened(**playwright.devices["Pixel 7"], **CHINA, java_script_enabled=False)
    desk = opened(viewport={"width": 1360, "height": 860}, **CHINA)
    visitor.goto(f"/p/{ROOM}")
    visitor.locator(".face").nth(4).tap()
    visitor.locator(".topic").first.tap()
    visitor.fill("#said", "洗手液没有了")
    time.sleep(2)  # Nobody fills a form in less than two seconds; programs do.
    visitor.get_by_role("button", name="提交评价").tap()
    visitor.wait_for_url("**/said/**")

    sign_in(desk, "wk-19")
    desk.goto("/feedback")
    lead = desk.locator("article", has_text="洗手液没有了")
    lead.get_by_role("button", name="已当场整改").click()
    lead.wait_for(state="detached")

    assert visitor.locator("h1").inner_text() == "谢谢您"
    assert desk.locator("#leads details").count() == 1


def said(visitor):
    """What the visitor reads when the page is asked anew."""
    visitor.goto(visitor.get_by_role("link", name="刷新进度").get_attribute("href"))
    return visitor.locator("#said h1").inner_text()
