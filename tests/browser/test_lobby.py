"""A board in a lobby in a real browser: opened by the office, turning by itself, honest about a lost network."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect
from sqlalchemy import update

from app.db import atomically, run
from app.lobby.rules import LINES_A_TURN, TURN_S
from app.standards.models import Standard
from tests.browser.conftest import CHINA, DESK
from tests.browser.test_accessible import faults
from tests.support import builders as make
from tests.support.servers import module_server

WALL = {**CHINA, "viewport": {"width": 1920, "height": 1080}}
LOOKS = {
    "wall": WALL,
    "phone": {**CHINA, "viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True},
    "english": {**WALL, "locale": "en-GB"},
}
# A little more, so that what is due in a turn's time has come.
A_TURN_MS = TURN_S * 1000 + 500
# Held for so long at most (static/js/lobby.js).
HOLD_MS = 300_000


def load(_app):
    now = datetime.now(UTC)
    make.small_world()
    make.person("adm", "admin", "bureau")
    for number in range(LINES_A_TURN):
        make.point(f"q{number:02}", f"00000000{number:02}", name=f"茶水间{number:02}")
        make.works_at(f"q{number:02}")
    make.occurrence("p1", "D1", now, done_at=now, state="in_window")
    atomically(lambda: run(update(Standard).values(public=True)))


server = module_server("lobby", load)


@pytest.fixture
def address(desk, sign_in):
    """The board as the office opens it; one that stands is found."""
    sign_in(desk, "adm")
    desk.goto("/points")
    desk.get_by_role("link", name="大厅公示屏").click()
    button = desk.get_by_role("button", name="开启公示屏")
    if button.count():
        button.click()
    return desk.locator("main a[href*='/lobby/']").get_attribute("href")


@pytest.mark.parametrize("look", LOOKS)
def test_given_a_board_when_inspected_then_nothing_is_found(look, address, opened):
    assert faults(opened(**LOOKS[look]), address) == []


def test_given_the_office_when_its_page_is_inspected_then_nothing_is_found(address, opened, sign_in):
    page = opened(**DESK)
    sign_in(page, "adm")

    assert faults(page, "/lobby") == []


def test_given_a_wall_when_time_passes_then_the_board_turns_until_it_is_held(address, opened):
    wall = opened(**WALL)
    wall.clock.install()
    wall.goto(address)
    turn = wall.locator(".lobby-turn")
    expect(turn).to_have_text("1/2")
    expect(wall.locator(".lobby-line")).to_have_count(LINES_A_TURN)

    wall.clock.run_for(A_TURN_MS)
    expect(turn).to_have_text("2/2")
    wall.get_by_role("button", name="停住不动").click()
    wall.clock.run_for(3 * A_TURN_MS)
    expect(turn).to_have_text("2/2")
    expect(wall.get_by_role("button", name="继续")).to_be_visible()
    wall.get_by_role("button", name="继续").click()
    wall.clock.run_for(A_TURN_MS)
    expect(turn).to_have_text("1/2")

    wall.get_by_role("button", name="停住不动").click()
    wall.clock.fast_forward(HOLD_MS + A_TURN_MS)
    expect(wall.get_by_role("button", name="停住不动")).to_be_visible()
    expect(turn).to_have_text("2/2")


def test_given_a_network_that_goes_when_the_board_turns_then_it_says_since_when_and_comes_back(address, opened):
    wall = opened(**WALL)
    wall.clock.install()
    wall.goto(address)
    seen = wall.locator("[data-clock]").inner_text()

    wall.context.set_offline(True)
    wall.clock.run_for(A_TURN_MS)
    expect(wall.locator("[data-lost]")).to_contain_text(f"连接中断，最后更新 {seen}")
    expect(wall.locator(".lobby-line")).to_have_count(LINES_A_TURN)
    wall.context.set_offline(False)
    wall.clock.run_for(A_TURN_MS)

    expect(wall.locator("[data-lost]")).to_be_hidden()
    expect(wall.locator(".lobby-turn")).to_have_text("2/2")


def test_given_a_screen_without_scripts_when_opened_then_it_is_sent_on_to_the_next_turn(address, opened):
    wall = opened(**WALL, java_script_enabled=False)
    wall.goto(address)

    sent = wall.locator("meta[http-equiv=refresh]").get_attribute("content")
    assert sent.startswith(f"{TURN_S};url=/lobby/")
    assert sent.endswith("?turn=2")


def test_given_a_board_that_is_closed_when_its_screen_turns_then_the_screen_says_so(address, desk, opened):
    wall = opened(**WALL)
    wall.clock.install()
    wall.goto(address)

    desk.get_by_role("button", name="关闭公示屏").click()
    expect(desk.locator("main")).to_contain_text("原网址不再有效")
    wall.clock.run_for(A_TURN_MS)

    expect(wall.locator("body")).to_contain_text("这块公示屏已关闭")
