"""A room booked on the phone and moved; the tasks stand on the worker's round each time."""

import time
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.browser.conftest import CHINA

ROOM = "接待室"
SITE = ZoneInfo("Asia/Shanghai")


def windows(leader):
    """The hours at the room on the round of tomorrow, as the crew leader sees them."""
    # Asked each time: a long run of tests may begin before midnight and come here after it.
    tomorrow = (datetime.now(SITE) + timedelta(days=1)).date()
    leader.goto(f"/rounds?day={tomorrow}")
    lines = leader.locator(".duties li", has_text=ROOM).all_text_contents()
    return sorted(line.split()[0] for line in lines)


def test_given_a_phone_when_a_room_is_booked_moved_and_cancelled_then_the_round_follows_each_time(
    opened, playwright, sign_in
):
    phone = opened(**{**playwright.devices["Pixel 7"], **CHINA})
    leader = opened(viewport={"width": 1360, "height": 860}, **CHINA)
    sign_in(phone, "wk-20")
    sign_in(leader, "wk-69")
    # On a Monday the room is looked at even without a meeting, until it is booked.
    assert not {"08:30–09:30", "11:00–11:40"} & set(windows(leader))

    began = time.monotonic()
    phone.goto("/meetings/new")
    phone.locator(".pick label", has_text=ROOM).tap()
    phone.locator(".pick label", has_text="明天").tap()
    phone.fill("#start", "10:00")
    phone.get_by_role("button", name="预订", exact=True).tap()
    phone.wait_for_url("**/meetings/*-*")
    assert time.monotonic() - began < 20
    assert windows(leader) == ["08:30–09:30", "09:40–11:00", "11:00–11:40"]

    phone.locator("summary", has_text="改期").tap()
    phone.fill("form[action$='/move'] #start", "14:00")
    phone.locator("form[action$='/move'] button").tap()
    phone.get_by_text("已改期，任务随之调整").wait_for()
    assert windows(leader) == ["12:30–13:30", "13:40–15:00", "15:00–15:40"]

    phone.get_by_role("button", name="延时 +30 分钟").tap()
    phone.get_by_text("已延时 30 分钟，至 15:30").wait_for()
    assert windows(leader) == ["12:30–13:30", "13:40–15:30", "15:30–16:10"]

    phone.get_by_role("button", name="取消预订").tap()
    phone.get_by_text("已取消，尚未开始的任务").wait_for()
    assert not {"12:30–13:30", "13:40–15:30", "15:30–16:10"} & set(windows(leader))
