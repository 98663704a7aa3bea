"""The loop of a finding whole: failed, put right, failed its recheck, put right again, closed, printed, read back."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from pypdf import PdfReader

from tests.browser.conftest import CHINA, DESK
from tests.browser.test_accessible import faults
from tests.support import builders as make
from tests.support.findings import found
from tests.support.pictures import jpeg
from tests.support.servers import module_server
from tests.support.walk import ROOM, load_walk

RECEIPT = re.compile(r"/checks/[0-9a-f-]{36}\?new=1")
FOUND = "台面有水渍"
WIDTH = "async (link) => (await createImageBitmap(await (await fetch(link.href)).blob())).width"


def photo(seed, width=1200):
    return {"name": f"{seed}.jpg", "mimeType": "image/jpeg", "buffer": jpeg(width, width * 3 // 4, seed=seed)}


def load_findings(app):
    load_walk(app)
    make.person("sue", "supervisor", "care", name="物业主管")
    make.person("stan", "standards", "bureau", name="标准化科")
    for number, severity in enumerate(("minor", "major", "critical"), 1):
        found(severity=severity, point_id=f"p{number + 9}", found_by_id="wk-02", at=datetime.now(UTC))


server = module_server("findings", load_findings, DABIAO_TIMER="1")


def fail_a_step(page):
    """As the worker does it: all fine but one step, with its cause and a few words."""
    page.goto(f"/P/{ROOM}")
    page.locator("#S01 .opt").first.tap()
    page.locator("#S03 .opt.fail").tap()
    page.locator("#S03 .cause").first.tap()
    page.fill("#S03 textarea", FOUND)
    with page.expect_file_chooser() as chooser:
        page.locator("#S04 .shoot").first.tap()
    chooser.value.set_files(photo(1))
    page.wait_for_selector("#S04 .shot:not(.wait)")
    page.locator("#S04 .opt.pass").tap()
    page.locator(".rest").first.tap()
    page.locator("#submit").tap()
    page.wait_for_url(RECEIPT)


def put_right(page, words, seed):
    """From the start page by one line to the finding, and on to its recheck."""
    page.goto("/")
    page.locator("a[href='/nonconformities']").first.tap()
    page.locator(".finding", has_text=FOUND).first.tap()
    page.fill("#next [name=correction]", words)
    page.set_input_files("#next [name=photos]", photo(seed, width=2400))
    page.locator("#next .btn.primary").tap()
    page.locator("h1 + .row", has_text="待复查").wait_for()


def recheck(page, words, button):
    page.goto("/nonconformities?state=to_recheck")
    page.locator(".finding", has_text=FOUND).first.click()
    page.locator("#next label", has_text="现场复查").click()
    page.fill("#next [name=text]", words)
    page.click(f"#next button:has-text('{button}')")
    page.wait_for_load_state()


def printed(page, address, into):
    """The pages of a form as texts without spaces: asked for by its link, kept by the browser, read from the file."""
    with page.expect_download() as waiting:
        page.locator(f"a[href='{address}']").click()
    waiting.value.save_as(into)
    return ["".join(each.extract_text().split()) for each in PdfReader(into).pages]


def assert_report(sheet, number, day):
    """不符合项报告表: the seed's field first, then every field with what was done and said in the browser."""
    told = (
        "标准实施不符合项报告表", "不符合项擦拭台面", f"编号{number}", "来源记录作业核查",
        "点位1号楼0层男卫生间", "JGSW05003.01—2026", "S03擦拭台面", f"不符合事实{FOUND}",
        "证据整改后照片2张", "严重程度轻微", "期限", "原因分析", "纠正边角也擦干",
        "责任人保洁一班-01", "报告人保洁一班-01", f"日期{day}", "整改后1", "整改后2",
    )  # fmt: skip
    places = [sheet.find(word) for word in told]
    assert -1 not in places, [word for word, place in zip(told, places, strict=True) if place == -1] + [sheet]
    assert places[1] < places[2] < places[7] < places[8] < places[12] < places[13]  # the seed's field first


def test_nc_4_given_a_fail_when_it_goes_through_the_loop_then_each_hand_sees_its_one_next_deed(
    phone, desk, sign_in, tmp_path
):
    sign_in(phone, "wk-01")
    sign_in(desk, "sue")
    fail_a_step(phone)

    put_right(phone, "已擦干", 2)
    assert phone.locator("text=复查合格，关闭").count() == 0
    recheck(desk, "边角还有水", "复查不合格")
    assert "整改中" in desk.inner_text("h1 + .row")
    put_right(phone, "边角也擦干", 3)
    recheck(desk, "干净", "复查合格，关闭")

    assert "已关闭" in desk.inner_text("h1 + .row")
    history = desk.inner_text("section:has(#history)")
    told = [history.index(word) for word in ("已登记", "已整改", "边角还有水", "边角也擦干", "复查合格，已关闭")]
    assert told == sorted(told)
    after = desk.locator(".pairs > div").nth(1)
    assert after.locator("figure, .strip > p").count() == 2
    for _ in range(40):
        if after.locator("figure").count() == 2:  # Both decoded: they stand on the form.
            break
        desk.wait_for_timeout(250)
        desk.reload()
    # Twenty-four hundred pixels were chosen, sixteen hundred left the phone.
    assert after.locator("figure a").nth(0).evaluate(WIDTH) == 1600

    finding, day = desk.url.rsplit("/", 1)[1], datetime.now(ZoneInfo("Asia/Shanghai")).date().isoformat()
    number = re.search(r"BF\d{6}-[0-9A-Z]+", desk.inner_text("main"))[0]
    [report] = printed(desk, f"/reports/nc/{finding}.pdf", tmp_path / "nc.pdf")
    assert_report(report, number, day)
    desk.goto("/reports?form=recheck")
    first, second = printed(desk, f"/reports/recheck/{finding}.pdf", tmp_path / "recheck.pdf")
    verdict = "结论（合格/不合格/让步接收）"
    for sheet, told in (
        (first, (number, "边角还有水", f"{verdict}不合格次数第1次")),
        (second, (number, "干净", f"{verdict}合格次数第2次")),
    ):
        assert all(word in sheet for word in (*told, "复查人物业主管", f"复查日期{day}", "复查方式现场")), sheet


def test_given_a_closed_finding_when_its_reporter_looks_then_it_says_closed_and_nothing_is_left_to_do(phone, sign_in):
    sign_in(phone, "wk-01")

    phone.goto("/nonconformities")

    assert "已关闭" in phone.inner_text("main")
    assert FOUND not in phone.inner_text("section:has(#todo)")
    assert FOUND in phone.inner_text("section:has(#reported)")


@pytest.mark.parametrize("person", ["wk-01", "sue", "stan"])
@pytest.mark.parametrize(
    "look", [DESK, {**CHINA, "color_scheme": "dark", "viewport": {"width": 320, "height": 720}}], ids=["desk", "dark"]
)
def test_given_the_pages_of_findings_when_inspected_then_nothing_is_found(look, person, opened, sign_in):
    page = opened(**look)
    sign_in(page, person)
    page.goto("/nonconformities")
    first = page.locator(".finding").first.get_attribute("href") if page.locator(".finding").count() else "/"
    addresses = ["/nonconformities", first, *(["/nonconformities/proposals"] if person == "stan" else [])]

    wrong = [fault for address in addresses for fault in faults(page, address)]

    assert not wrong, "\n".join(wrong)
