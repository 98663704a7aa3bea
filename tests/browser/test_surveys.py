"""A survey from its draft to its report: made at the desk, answered on phones by a link, ended, read and taken home."""

from datetime import UTC, datetime, timedelta

from tests.browser.conftest import CHINA, DESK
from tests.browser.test_accessible import faults
from tests.support import surveying
from tests.support.servers import module_server

server = module_server("surveys", lambda _app: surveying.world())
PATIENT_MS = 30_000
SMALL = {"viewport": {"width": 320, "height": 640}, "is_mobile": True, "has_touch": True, **CHINA}


def test_sa_2_given_a_survey_when_made_opened_answered_and_ended_then_its_report_shows_the_rates(opened, sign_in, rows):
    desk = opened(**DESK)
    desk.context.set_default_timeout(PATIENT_MS)
    sign_in(desk, "stan")
    # A second try of this test finds the survey of the first; each has a year of its own.
    (before,), (kept,) = rows("SELECT count(*) FROM surveys")[0:1], rows("SELECT count(*) FROM survey_answers")[0:1]
    prepared(desk, datetime.now(UTC).year + before[0])
    link = desk.locator(".slip", has_text="办公室").locator(".address").get_attribute("href")
    path = link[link.upper().index("/S/") :]
    assert not faults(opened(**SMALL, color_scheme="dark"), path)

    for number in range(6):
        # Every second phone has no scripts; all are as narrow as phones get.
        answer(opened(**SMALL, java_script_enabled=number % 2 == 0), path, "满意" if number else "不满意")

    assert rows("SELECT count(*) FROM survey_answers") == [(kept[0] + 6,)]
    desk.go_back()
    desk.reload()
    assert "6/20" in desk.inner_text("main")
    desk.get_by_text("提前结束").click()
    desk.get_by_role("button", name="现在结束").click()
    desk.get_by_role("link", name="报告").first.click()
    report = desk.url
    read(desk)
    survey = report.removesuffix("/report")
    pages = ("/surveys", survey, f"{survey}/links", report, f"{survey}/answers")
    assert not [fault for address in pages for fault in faults(desk, address)]
    visitor = opened(**SMALL)
    visitor.goto(path)
    assert "不再接收答卷" in visitor.inner_text("main")


def prepared(desk, year):
    """A draft with the template's questions and two departments, released; ends on the page of links."""
    desk.goto("/surveys")
    desk.fill("[name=year]", str(year))
    desk.fill("[name=closes_on]", (datetime.now(UTC) + timedelta(days=9)).date().isoformat())
    desk.get_by_role("button", name="建草稿").click()
    assert "您对食堂的饭菜质量" in desk.locator("[name=text]").nth(2).input_value()
    desk.fill("[name=departments]", "办公室 20\n财务处 10")
    desk.get_by_role("button", name="保存部门").click()
    desk.get_by_role("button", name="发布").click()
    assert "填写中" in desk.inner_text("main")
    desk.get_by_role("link", name="链接和二维码").click()


def answer(phone, path, face):
    phone.context.set_default_timeout(PATIENT_MS)
    phone.goto(path)
    wide = phone.evaluate("document.documentElement.scrollWidth")
    assert wide <= 320, f"the page is {wide} px wide"
    for card in phone.locator("fieldset.bare").all():
        card.get_by_role("radio", name=face, exact=True).check()
    phone.fill("[name=words]", "希望食堂换换花样，联系13812345678")
    phone.get_by_role("button", name="提交").click()
    phone.get_by_text("谢谢，已提交").wait_for()


def read(desk):
    """The figures, the rows behind one, the office's words, and the files."""
    assert "6 / 30" in desk.inner_text("main")
    assert "40 / 48" in desk.inner_text("main")
    assert "希望食堂换换花样，联系〔已隐去〕" in desk.inner_text("main")
    assert "财务处" not in desk.locator("#departments").inner_text()
    desk.fill("[name=measures]", "餐饮科每周换菜单")
    desk.locator("#conclusion").get_by_role("button", name="保存").click()
    assert desk.locator("[name=measures]").input_value() == "餐饮科每周换菜单"
    desk.locator("#topics a").first.click()
    assert desk.locator("tbody tr").count() == 6
    desk.go_back()
    for name, begins in (("Excel", b"PK"), ("PDF", b"%PDF"), ("Word", b"PK")):
        with desk.expect_download() as taken:
            desk.get_by_role("link", name=name, exact=True).click()
        assert taken.value.path().read_bytes().startswith(begins)
