"""Messages in a real browser: bell and list, the duty room's screen, a channel that fails and is tried again."""

import re
from contextlib import ExitStack
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from app.db import atomically
from app.messages.actions import tell
from app.messages.rules_words import Kind
from tests.support import builders as make
from tests.support import messages
from tests.support.databases import make_app
from tests.support.servers import serving
from tests.support.stubs import stub

WAIT_MS = 15_000
CHANNEL_FORM = {"name": "物业群", "secret": "SEC0123456789abcdef"}


@pytest.fixture(scope="module")
def house():
    """Somebody else's chat server."""
    with stub() as made:
        yield made


def load(_app):
    make.small_world()
    make.person("adm", "admin", "bureau")
    make.person("dot", "crew_leader", "clean", crew_id="c1")
    make.grant("dot", "duty")
    # His unit has no windows: whatever the hour is, the timer tells him nothing more.
    make.person("sam", "supervisor", "other")
    messages.message("sam", "m1", params={"point": "1号楼1层", "topic": "paper"}, link="/points")


@pytest.fixture(scope="module")
def server(templates, tmp_path_factory, house):
    """With the timer: what is told goes out by itself."""
    instance = tmp_path_factory.mktemp("told")
    with ExitStack() as stack:
        url = stack.enter_context(templates.copy("sqlite", "told", load, instance))
        served = serving(url, instance, DABIAO_TIMER="1", DABIAO_MESSAGE_HOSTS=house.name)
        running = stack.enter_context(served)
        running.app = make_app(url, instance)
        yield running


def told(server, key, **keys):
    with server.app.app_context():
        params = {"point": "1号楼1层男卫生间", "topic": "paper"}
        at = datetime.now(UTC)
        atomically(lambda: tell(Kind.CALL_WAITS, ["lea"], params, "/log", at=at, key=key, **keys))


def test_given_a_message_when_the_bell_is_followed_then_it_is_read_and_leads_to_its_place(desk, sign_in):
    sign_in(desk, "sam")
    bell = desk.locator("a.bell")
    expect(bell).to_contain_text("1")

    bell.click()
    desk.get_by_role("button", name="1号楼1层").click()

    desk.wait_for_url("**/points")
    expect(desk.locator("[data-unread]")).to_be_hidden()
    expect(desk.locator("a.bell")).to_contain_text("消息")


def test_given_the_duty_room_when_something_urgent_comes_then_it_sounds_until_it_is_taken(opened, server, sign_in):
    wall = opened(viewport={"width": 1360, "height": 860}, locale="zh-CN", timezone_id="Asia/Shanghai")
    sign_in(wall, "dot")
    wall.goto("/messages/duty")
    expect(wall.locator(".calm")).to_be_visible()
    expect(wall.locator("[data-hush]")).to_be_visible()

    wall.get_by_role("button", name="开声音").click()
    expect(wall.locator("[data-hush]")).to_be_hidden()
    told(server, "urgent-1", urgent=True, unit_id="care")

    expect(wall.locator(".alarm")).to_have_count(1, timeout=WAIT_MS)
    expect(wall.locator("body")).to_have_attribute("data-rang", re.compile(r"^([2-9]|\d\d+)$"), timeout=WAIT_MS)
    expect(wall).to_have_title("(1) 值班室 · 码上达标")
    wall.get_by_role("button", name="接手").click()
    expect(wall.locator(".alarm")).to_have_count(0, timeout=WAIT_MS)
    expect(wall.locator(".taken")).to_contain_text("人员dot")
    assert wall.url.endswith("/messages/duty")
    assert wall.evaluate("document.querySelector('[data-sound]').getAttribute('aria-pressed')") == "true"


def test_given_the_duty_room_when_the_network_goes_then_the_screen_says_so_and_comes_back_by_itself(opened, sign_in):
    wall = opened(viewport={"width": 1360, "height": 860}, locale="zh-CN", timezone_id="Asia/Shanghai")
    sign_in(wall, "sue")
    wall.goto("/messages/duty")

    wall.context.set_offline(True)
    expect(wall.locator("[data-lost]")).to_be_visible(timeout=WAIT_MS)
    expect(wall.locator("[data-lost]")).to_contain_text("连接中断")
    wall.context.set_offline(False)

    expect(wall.locator("[data-lost]")).to_be_hidden(timeout=WAIT_MS)


def test_given_a_channel_that_refuses_when_tried_then_its_failure_is_seen_here_and_in_the_duty_room(
    opened, server, sign_in, house, desk
):
    house.answer = lambda _asked: (200, {"errcode": 93000, "errmsg": "invalid webhook url"})
    sign_in(desk, "adm")
    desk.goto("/messages/channels")
    desk.get_by_role("link", name="钉钉群机器人").click()
    desk.fill("[name=name]", CHANNEL_FORM["name"])
    desk.fill("[name=address]", f"{house.url}/robot/send?access_token=hidden-token")
    desk.fill("[name=secret]", CHANNEL_FORM["secret"])
    desk.get_by_role("button", name="保存").click()
    expect(desk.get_by_role("heading", name="物业群")).to_be_visible()

    desk.get_by_role("button", name="发测试").click()
    expect(desk.locator("#main")).to_contain_text("测试已发出")
    failed(desk)
    assert "hidden-token" not in desk.content() and CHANNEL_FORM["secret"] not in desk.content()
    wall = opened(viewport={"width": 1360, "height": 860}, locale="zh-CN", timezone_id="Asia/Shanghai")
    sign_in(wall, "dot")
    wall.goto("/messages/duty")
    expect(wall.locator("#alarms")).to_contain_text("渠道“物业群”发不出去")

    house.answer = lambda _asked: (200, {"errcode": 0, "errmsg": "ok"})
    desk.get_by_role("button", name="全部重试").click()
    until(desk, lambda: desk.locator("#failed").count() == 0)
    assert "sign=" in house.posts()[-1].path and house.posts()[-1].json["at"]["isAtAll"] is False


def failed(page):
    until(page, lambda: page.locator("#failed").count() == 1)
    expect(page.locator("#failed")).to_contain_text("对方拒收 (93000 invalid webhook url)")


def until(page, holds):
    """The timer carries within seconds; the page is asked again until it shows that."""
    for _ in range(30):
        if holds():
            return
        page.wait_for_timeout(500)
        page.reload()
    raise AssertionError(page.locator("#main").inner_text())
