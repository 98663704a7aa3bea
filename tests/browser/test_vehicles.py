"""A vehicle's day: checked, out, fuelled, back, checked again; an odometer that falls; let go by the head."""

import re

from tests.support import builders as make
from tests.support import vehicles as cars
from tests.support.servers import module_server

RECEIPT = re.compile(r"/checks/[0-9a-f-]{36}\?new=1")
CAR = "/vehicles/v1"


def load_fleet(_app):
    make.small_world()
    cars.fleet()


server = module_server("fleet", load_fleet)


def check(page, km, step, good=False):
    """From the label to the receipt; the odometer on the page's own keypad where it does not begin there."""
    if good:
        page.locator("#S01 .opt").first.tap()
    if page.input_value(f"[name='{step}.value']") == km:
        page.locator(f"#{step} button", has_text="就是这个数").tap()
    else:
        page.locator(f"[name='{step}.value']").tap()
        for key in km:
            page.locator(f"[data-key='{key}']").tap()
        page.locator("[data-key=done]").tap()
    page.locator("#submit").tap()
    page.wait_for_url(RECEIPT)


def test_given_a_vehicles_day_when_driven_then_each_step_follows_and_what_keeps_it_in_needs_the_head(
    phone, desk, sign_in
):
    sign_in(phone, "dan")
    phone.goto(f"/p/{cars.CAR_CODE}")
    phone.locator("a.btn", has_text="出车、收车、加油").tap()
    phone.locator(".note.bad", has_text="出车前检查未做").wait_for()
    phone.locator("a.btn.primary", has_text="先做出车前检查").tap()
    phone.locator("a.btn", has_text="全项").first.tap()
    check(phone, "68240", "S12", good=True)

    phone.goto(CAR)
    assert phone.input_value("#depart-km") == "68240"
    phone.fill("#depart-purpose", "市内公务")
    phone.locator("#trip .btn.primary", has_text="出车").tap()
    phone.locator(".note", has_text="出车中").wait_for()

    phone.locator("summary", has_text="加油").tap()
    phone.fill("#fuel-km", "68262")
    phone.fill("#fuel-quantity", "41.5")
    phone.locator("details[open] .btn.primary", has_text="保存").tap()
    phone.locator("#lines li", has_text="41.5 L").wait_for()

    phone.fill("#return-km", "68261")
    phone.locator("#trip .btn.primary", has_text="收车").tap()
    phone.locator("#return-km-error", has_text="68262").wait_for()
    phone.fill("#return-km", "68300")
    phone.locator("#trip .btn.primary", has_text="收车").tap()
    phone.locator(".note.ok", has_text="已收车").first.wait_for()

    phone.goto(f"/p/{cars.CAR_CODE}")
    check(phone, "68300", "S02")

    phone.goto(CAR)
    assert not phone.locator("#depart-km").count()
    sign_in(desk, "sue")
    desk.goto(CAR)
    desk.locator("summary", has_text="应急放行").click()
    desk.fill("#override-text", "夜间突发疾病人员送医")
    desk.locator("details[open] .btn.danger").click()
    desk.locator("#head", has_text="待补手续").wait_for()
    phone.goto(CAR)
    phone.fill("#depart-purpose", "应急送医")
    phone.locator("#trip .btn.primary", has_text="出车").tap()
    phone.locator(".note", has_text="应急送医").wait_for()
    desk.goto("/vehicles")
    desk.locator("li", has_text="示A·T0001").locator(".chip", has_text="出车中").wait_for()
