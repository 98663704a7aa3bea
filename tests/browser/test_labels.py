"""The page of labels in a real browser: whoever ticks a point prints that one, not all."""

from playwright.sync_api import expect

from tests.support import builders as make
from tests.support.servers import module_server


def load(_app):
    make.small_world()
    make.point("p2", "0000000001", name="一层女卫生间")
    make.works_at("p2")


server = module_server("labels", load)


def test_given_all_points_when_one_is_ticked_or_an_area_picked_then_only_those_are_meant(desk, sign_in):
    sign_in(desk, "sue")
    desk.goto("/labels")
    expect(desk.locator("[name=scope][value=all]")).to_be_checked()

    desk.get_by_label("一层女卫生间").check()
    expect(desk.locator("[name=scope][value=chosen]")).to_be_checked()
    desk.locator("select[name=area]").select_option("a1")
    expect(desk.locator("[name=scope][value=area]")).to_be_checked()
    desk.get_by_label("一层女卫生间").uncheck()
    desk.get_by_label("一层女卫生间").check()
    desk.get_by_role("button", name="预览").click()

    expect(desk.locator("main")).to_contain_text("共 1 张标签")
    expect(desk.locator("img.sheet")).to_be_visible()
