"""A new standard from its draft to a worker's phone, and a revision that reaches it on its date; axe on the way."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from tests.browser.conftest import CHINA, DESK
from tests.browser.test_accessible import faults
from tests.support import builders
from tests.support import projects as the
from tests.support.later import DAYS
from tests.support.servers import module_server, start
from tests.support.standards import step_document

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, **CHINA}
DARK = {**PHONE, "color_scheme": "dark"}
SECOND, THIRD = "000000000H", "000000001F"
ALL_DAY = {
    "id": "A", "label_zh": "每日", "kind": "calendar", "rrule": "FREQ=DAILY", "dtstart": "20260101",
    "day_types": ["workday", "restday", "holiday"], "roll": "none", "applies_when": None,
    "windows": [{"id": "A1", "start": "00:00", "end": "23:59", "end_day_offset": 0, "grace_before_min": 0,
                 "grace_after_min": 0, "profile": "full", "kind": "regular", "label_zh": "全天"}],
}  # fmt: skip


def day(days):
    """A local date as a form takes it, counted from today."""
    return (datetime.now(UTC) + timedelta(hours=8, days=days)).date().isoformat()


def load(app):
    """The office; a standard of two years ago whose revision is approved and waits for its day; a second point."""
    the.office_world()
    builders.point("p2", SECOND, name="2号楼卫生间")
    builders.point("p3", THIRD, name="3号楼开水间")
    builders.standard(step_document(title="旧的一步"), code="JGSW05003.05", year=2024, schedules=[ALL_DAY])
    builders.works_at("p2", "JGSW05003.05")
    # In a thread of its own: here a context is open already, and requests of several people would share it.
    with ThreadPoolExecutor(1) as apart:
        apart.submit(approved, app).result()


def approved(app):
    stan, sue, lou = (the.entered(app, each) for each in ("stan", "sue", "lou"))
    wanted = the.NEW | {"kind": "revise", "from_edition": "JGSW05003.05-2024", "due_on": day(60)}
    stan.send("/standards/projects", wanted, page="/me")
    the.send(stan, "begin")
    the.write_steps(app, step_document(title="新的一步"))
    the.send(sue, "write", {"note": "说明"})
    the.send(stan, "consult", the.ASKED | {"comment_to": day(20)})
    the.answered(app, stan)
    for who, deed, data in ((stan, "conclude", {}), (stan, "review", the.MINUTES | {"held_on": day(0)}),
                            (lou, "approve", {}), (stan, "plan", plan())):  # fmt: skip
        assert the.send(who, deed, data).status_code == 303, deed


def plan():
    return the.LINE | {"from_on": day(0), "to_on": day(1)}


server = module_server("life-cycle", load)


@pytest.fixture(scope="module")
def tomorrow(server):
    """The same house a day later; the timer has looked."""
    running = start(server.database, server.instance, application="tests.support.later", **{DAYS: "1"})
    try:
        running.wait(60)
        yield running
    finally:
        running.stop()


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def test_given_a_new_standard_when_written_consulted_approved_and_published_then_the_phone_has_it_on_its_day(
    opened, sign_in, tomorrow
):
    desk, leader = opened(**DESK), opened(**DARK)
    sign_in(desk, "stan")
    sign_in(leader, "lou")

    path = begun(desk)
    written(desk, path)
    consulted(desk, path)
    reviewed(desk)
    leader.goto(path)
    press(leader, "批准")
    published(desk, path)
    phone = opened(**{**PHONE, "base_url": tomorrow.url})
    sign_in(phone, "ann")
    phone.goto(f"/p/{THIRD}")

    shown = phone.locator("main").inner_text()
    assert "开水间清洁" in shown and "擦拭台面" in shown


def begun(desk):
    desk.goto("/standards/projects/new")
    desk.fill("[name=title]", "开水间清洁")
    desk.select_option("[name=place]", "05003")
    desk.fill("[name=due_on]", day(90))
    press(desk, "建立项目")
    desk.wait_for_url("**/projects/*-*")
    path = "/standards/projects/" + desk.url.split("#")[0].rpartition("/")[2]
    press(desk, "开始起草")
    return path


def written(desk, path):
    """Two rows of a table become steps; a schedule takes the whole day."""
    desk.get_by_role("link", name="编写草案").click()
    desk.fill("#paste", "步骤\t要求\n擦拭台面\t无水渍\n检查水温\t95度以上")
    desk.click("#paste-form button")
    desk.locator(".draft-steps").get_by_text("检查水温").wait_for()
    desk.click("[formaction$='/schedules']")
    desk.wait_for_url("**schedule=A*")
    for kind in ("restday", "holiday"):
        desk.check(f"[name=day_types][value={kind}]")
    desk.fill("[name=w_start] >> nth=0", "00:00")
    desk.fill("[name=w_end] >> nth=0", "23:59")
    desk.fill("[name=w_before] >> nth=0", "0")
    press(desk, "保存")
    desk.goto(path)
    desk.fill("[name=note]", "按现场测试编写")
    desk.click("#application button")


def consulted(desk, path):
    desk.check("[name=executing][value=clean]")
    desk.check("[name=supervising][value=care]")
    desk.fill("[name=customers]", "大院机关办公室")
    desk.fill("[name=comment_to]", day(20))
    press(desk, "发出征求意见")
    for number in range(3):
        desk.select_option("[name=recipient]", index=number)
        desk.fill("#opinions [name=text]", "水温要写明" if number == 2 else "")
        if number != 2:
            desk.check("[name=agrees]")
        press(desk, "提交回复")
        desk.locator("#opinions .lines > li").nth(number).wait_for()
    desk.select_option("[name=outcome]", "adopted")
    press(desk, "处理")
    assert not faults(desk, path)
    press(desk, "形成送审稿")


def reviewed(desk):
    for question in the.FIVE:
        desk.check(f"[name={question}][value=yes]")
    desk.fill("[name=present]", "科长\n班组长")
    desk.fill("[name=conclusion]", "通过")
    press(desk, "通过，形成报批稿")
    desk.locator("#record").wait_for()


def published(desk, path):
    desk.goto(path)
    desk.locator("#plan summary").click() if not desk.locator("[name=way] >> nth=0").is_visible() else None
    for name, words in plan().items():
        desk.fill(f"[name={name}] >> nth=0", words)
    press(desk, "保存计划")
    desk.fill("[name=effective_on]", day(1))
    desk.check("[name=points][value=p3]")
    desk.select_option("[name=implementer]", "clean")
    press(desk, "发布")
    desk.get_by_text("已发布。当时已开的任务").wait_for()


def test_given_a_revision_when_its_day_comes_then_the_phone_changes_over(opened, sign_in, tomorrow):
    desk, today, then = opened(**DESK), opened(**PHONE), opened(**{**PHONE, "base_url": tomorrow.url})
    sign_in(desk, "stan")
    desk.goto(the.address())
    desk.fill("[name=effective_on]", day(1))
    press(desk, "发布")
    desk.get_by_text("已发布。当时已开的任务").wait_for()

    sign_in(today, "ann")
    today.goto(f"/p/{SECOND}?standard=JGSW05003.05-2024&profile=full")
    sign_in(then, "ann")
    then.goto(f"/p/{SECOND}?standard=JGSW05003.05-{day(0)[:4]}&profile=full")

    assert "旧的一步" in today.locator("main").inner_text()
    assert "新的一步" in then.locator("main").inner_text()


@pytest.mark.parametrize("look", ["light", "dark"])
def test_given_every_page_of_the_life_cycle_when_inspected_then_nothing_is_found(look, opened, sign_in):
    page = opened(**(DESK if look == "light" else DARK))
    sign_in(page, "stan")

    found = [
        fault
        for address in (
            "/standards", "/standards/JGSW05003.01-2026", "/standards/projects", "/standards/projects?view=plan",
            "/standards/projects/new", "/standards/system", the.address(),
        )
        for fault in faults(page, address)
    ]  # fmt: skip

    assert not found, "\n".join(found)
