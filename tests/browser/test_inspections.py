"""One inspection from its plan to its announcement, on phones and at the desk; axe on every page of the room."""

from datetime import UTC, datetime

import pytest

from tests.browser.conftest import CHINA, DESK
from tests.browser.test_accessible import faults
from tests.support import inspecting as a
from tests.support.pictures import jpeg
from tests.support.servers import module_server

PHOTO = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": jpeg(800, 600)}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, **CHINA}
LOOKS = {
    "light": DESK,
    "dark": {**PHONE, "color_scheme": "dark"},
    "english": {**PHONE, "locale": "en-GB"},
}
MADE = {}


def load(_app):
    """People who inspect and are inspected, and one inspection in every state, on the real clock."""
    now = datetime.now(UTC)
    a.world()
    MADE["planned"] = a.planned(now=now, on=now.date(), unit_id="other")
    MADE["under_way"] = a.begun(now=now, on=now.date())
    MADE["to_sign"] = a.finished(now=now, on=now.date())
    MADE["closed"] = a.closed(now=now, on=now.date())
    MADE["announced"] = a.announced(now=now, on=now.date())


server = module_server("inspections", load)


def pages():
    shown = [f"/inspections/{made}" for made in MADE.values()]
    return {
        "ina": [
            "/inspections", "/inspections?view=behind", "/inspections?view=rhythm", "/inspections/new", *shown,
            f"/inspections/{MADE['under_way']}/items/1", f"/inspections/{MADE['closed']}/items/2",
            "/inspections/templates", "/inspections/templates/new", "/inspections/templates/shipped-002",
        ],
        "stan": [f"/inspections/{MADE['planned']}", f"/inspections/{MADE['planned']}/plan"],
        "sue": [f"/inspections/{MADE['to_sign']}"],
        "ann": ["/inspections/announcements", f"/inspections/announcements/{MADE['announced']}"],
    }  # fmt: skip


@pytest.mark.parametrize("look", LOOKS)
def test_given_every_page_of_inspections_when_inspected_then_nothing_is_found(look, server, opened, sign_in):
    found = []
    for person, addresses in pages().items():
        page = opened(**LOOKS[look])
        sign_in(page, person)
        found += [fault for address in addresses for fault in faults(page, address)]

    assert not found, "\n".join(found)


def test_given_an_inspection_when_planned_walked_signed_and_announced_then_a_worker_reads_it(opened, sign_in):
    desk, phone, unit, worker = (opened(**options) for options in (DESK, PHONE, PHONE, PHONE))
    for page, person in ((desk, "stan"), (phone, "ina"), (unit, "sue"), (worker, "ann")):
        sign_in(page, person)

    path = planned(desk)
    walked(phone, path)
    phone.get_by_role("button", name="检查人签名").click()
    phone.wait_for_selector("#signatures")
    unit.goto(path)
    unit.check("[name=objects]")
    unit.fill("#sign form:has([name=side][value=inspected]) [name=words]", "签到表在科室档案柜中")
    unit.get_by_role("button", name="代表单位签名").click()
    unit.wait_for_selector("#signatures li >> nth=1")
    desk.goto(path)
    desk.fill("[name=text]", "本次检查总体较好，一项不符合正在整改。")
    desk.get_by_role("button", name="公布", exact=True).click()
    worker.goto("/inspections/announcements")
    worker.locator(f"a[href='{path.replace('inspections/', 'inspections/announcements/')}']").click()

    text = worker.locator("main").inner_text()
    assert "本次检查总体较好，一项不符合正在整改。" in text
    assert "培训台账缺11月签到表" in text and "待整改" in text


def planned(desk):
    """At the desk: what for, which unit, which day, who; the address of the inspection."""
    desk.goto("/inspections/new")
    desk.select_option("[name=occasion]", "half_yearly")
    desk.select_option("[name=unit]", "care")
    desk.select_option("[name=template]", "shipped-000")
    desk.fill("[name=post]", "科长")
    desk.uncheck("[value=stan]")
    desk.check("[value=ina]")
    desk.get_by_role("button", name="保存计划").click()
    desk.wait_for_url("**/inspections/*-*")
    return "/inspections/" + desk.url.rpartition("/")[2]


def walked(phone, path):
    """On the phone: five items, one with a photo and a fact; each saves itself before the button is pressed."""
    phone.goto(path)
    phone.get_by_role("button", name="开始检查").click()
    for no in range(1, 6):
        phone.wait_for_url(f"**/items/{no}")
        phone.locator(f"label.{'no' if no == 2 else 'yes'}").click()
        if no == 2:
            phone.fill("[name=fact]", "培训台账缺11月签到表")
        phone.fill("[name=record]", "问了两名员工，查看三处。")
        phone.wait_for_selector("#saved:has-text('已保存')")
        if no == 2:
            phone.set_input_files("[name=photos]", PHOTO)
            phone.wait_for_selector("#evidence figure")
        phone.get_by_role("button", name="保存，下一项").click()
    phone.wait_for_url(f"**{path}")
    phone.check("[name=conclusion][value=mostly]")
    phone.get_by_role("button", name="完成，交双方签名").click()


def test_given_two_inspectors_on_one_item_when_both_type_then_the_second_chooses(server, opened, sign_in):
    path = f"/inspections/{MADE['under_way']}/items/3"
    first, second = opened(**PHONE), opened(**PHONE)
    for page, person in ((first, "ina"), (second, "ian")):
        sign_in(page, person)
        page.goto(path)

    first.fill("[name=record]", "先写的记录。")
    first.wait_for_selector("#saved:has-text('已保存')")
    second.fill("[name=record]", "后写的记录。")
    second.wait_for_selector("#choice")

    assert "先写的记录。" in second.locator("#choice").inner_text()
    assert second.input_value("[name=record]") == "后写的记录。"
    second.click("#choice button >> nth=0")
    second.wait_for_selector("#saved:has-text('已保存')")
    first.reload()
    assert first.input_value("[name=record]") == "后写的记录。"
