"""Dashboards in a real browser: each role's page inspected, a figure opened, a view saved and begun with, paper."""

from datetime import UTC, datetime

import pytest

from tests.browser.conftest import CHINA, DESK
from tests.browser.test_accessible import faults
from tests.support.boards import two_months
from tests.support.servers import module_server

PHONE = {**CHINA, "viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
LOOKS = {
    "light": DESK,
    "dark": {**PHONE, "color_scheme": "dark"},
    "large": {**PHONE, "viewport": {"width": 320, "height": 640}},
    "english": {**DESK, "locale": "en-GB"},
}
CUT = """[...document.querySelectorAll('.dash .card table')].filter((each) => each.offsetParent
    && each.getBoundingClientRect().right > each.closest('.card').getBoundingClientRect().right + 1).length"""
MONTH = f"{datetime.now(UTC):%Y-%m}"
DESKS = (
    "/figures/board", "/figures/board?print=1", "/figures/board?month=2025-01", "/figures/views?path=/stats",
    f"/figures/said?month={MONTH}&topic=clean", f"/figures/found?month={MONTH}&standard=JGSW05003.01&step=S01",
    f"/figures/records?month={MONTH}&outcome=missed",
)  # fmt: skip
HANDS = ("/figures/board", "/figures/views", f"/figures/records?month={MONTH}&outcome=missed")
PAGES = {"leo": DESKS, "sue": DESKS[:1], "meg": DESKS[:1], "lea": HANDS, "ann": HANDS}


server = module_server("boards", lambda _app: two_months(datetime.now(UTC)))


@pytest.mark.parametrize("look", LOOKS)
def test_given_each_roles_dashboard_when_inspected_then_nothing_is_found(look, opened, sign_in):
    wrong = []
    for person, pages in PAGES.items():
        page = opened(**LOOKS[look])
        sign_in(page, person)
        if look == "large":
            page.goto("/me")
            page.locator("[name=large_text][value='1']").click()
        wrong += [f"{person} {fault}" for address in pages for fault in faults(page, address)]

    assert not wrong, "\n".join(wrong)


def test_given_the_leader_when_a_figure_is_opened_then_as_many_records_stand_there(opened, sign_in):
    page = opened(**DESK)
    sign_in(page, "leo")
    page.goto("/figures/board")

    assert page.locator(".delta.up").count() > 0
    cell = page.locator(".heat a").first
    times = cell.inner_text()
    cell.click()

    assert f"{times} 个时段" in page.inner_text("main")
    assert page.locator(".log-list > li").count() == int(times)


def test_given_a_unit_chosen_when_saved_and_made_the_start_then_figures_begin_with_it(opened, sign_in):
    page = opened(**DESK)
    sign_in(page, "leo")
    page.goto("/figures/board")
    page.get_by_text("月份与单位").click()
    page.select_option("#unit", "clean")
    page.get_by_role("button", name="查看").click()
    page.get_by_role("link", name="保存此视图").click()
    page.fill("#name", "保洁公司")
    page.get_by_role("button", name="保存").click()

    page.get_by_role("button", name="设为首页").click()
    page.get_by_role("link", name="统计").first.click()

    assert "/figures/board?" in page.url
    assert "unit=clean" in page.url
    assert page.locator("#unit").input_value() == "clean"


def test_given_paper_when_printed_then_every_table_is_open_and_nothing_is_cut_off(opened, sign_in):
    page = opened(**{**DESK, "viewport": {"width": 718, "height": 1040}})
    sign_in(page, "leo")
    page.goto("/figures/board?print=1")

    page.emulate_media(media="print")

    assert page.locator(".behind table").first.is_visible()
    cut = page.evaluate(CUT)
    assert cut == 0


def test_given_a_worker_when_the_own_figures_are_opened_from_the_own_page_then_a_record_opens(opened, sign_in):
    page = opened(**PHONE)
    sign_in(page, "ann")
    page.goto("/me")
    page.get_by_role("link", name="我的数字").click()

    page.locator(".tile strong a").first.click()

    assert page.locator(".log-list > li").count() > 0
