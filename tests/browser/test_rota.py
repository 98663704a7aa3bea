"""The office plans: a rota that asks too much is refused and mended by the proposal; a workbook goes round."""

import io

import openpyxl

from tests.browser.conftest import CHINA
from tests.support.workbooks import changed, row_of

UNIT = "/rounds/rota/ctr-clean"
SOURCE, TARGET = "rd-clean-d1-7", "rd-clean-d1-5"
RESTROOMS = ("pt-010", "pt-011")


def edit(page, round_id, *, ticked):
    """Tick or untick the two restrooms of building 3 in a round of the draft."""
    page.goto(f"{UNIT}/rounds/{round_id}")
    for point in RESTROOMS:
        page.set_checked(f"[name=point][value={point}]", ticked)
    page.click("form.stack .btn.primary")
    page.wait_for_url(lambda url: url.endswith(UNIT))


def test_given_a_rota_that_asks_too_much_when_it_is_published_then_it_is_refused_and_published_after_the_proposal(
    opened, sign_in
):
    page = opened(**CHINA)
    # Publishing counts half a year and makes the rows ahead.
    page.set_default_timeout(40_000)
    sign_in(page, "wk-19")
    page.goto(UNIT)
    if page.locator("form[action$='/drop']").count():
        page.click("form[action$='/drop'] button")
    page.click("form[action$='/draft'] button")
    page.locator("form[action$='/publish']").wait_for()
    edit(page, SOURCE, ticked=False)
    edit(page, TARGET, ticked=True)

    page.click("form[action$='/publish'] button")
    page.locator("#hindrances").wait_for()
    refused = page.locator("#hindrances").inner_text()
    page.click("#proposal button")
    page.locator("#hindrances").wait_for(state="detached")
    page.click("form[action$='/publish'] button")
    page.locator("form[action$='/draft']").wait_for()

    assert "保洁一班-05，周" in refused
    assert "06:40–08:10 需要" in refused
    assert "在岗 1 人 90 分钟" in refused
    assert "人手排得开" in page.inner_text("main")


def test_given_a_workbook_of_points_when_it_is_changed_and_sent_in_then_it_is_looked_at_first_and_taken_over_whole(
    opened, sign_in, tmp_path
):
    page = opened(**CHINA)
    sign_in(page, "std-01")
    page.goto("/exchange")
    with page.expect_download() as told:
        page.click("a[href='/exchange/points.xlsx']")
    body = told.value.path().read_bytes()
    row = row_of(body, "点位", "code", "01-01-WC-01")
    wrong, right = tmp_path / "错.xlsx", tmp_path / "点位.xlsx"
    wrong.write_bytes(changed(body, "点位", row, risk=9))
    right.write_bytes(changed(body, "点位", row, name="1号楼1层男卫生间（东）"))

    send(page, wrong)
    assert f"点位!I{row + 3}" in page.inner_text("#faults")
    page.goto("/exchange")
    send(page, right)
    assert page.locator("ins").all_inner_texts() == ["1号楼1层男卫生间（东）"]
    page.click("form[action$='/apply'] button")
    page.locator("form[action$='/apply']").wait_for(state="detached")
    with page.expect_download() as again:
        page.goto("/exchange")
        page.click("a[href='/exchange/points.xlsx']")

    sheet = openpyxl.load_workbook(io.BytesIO(again.value.path().read_bytes()))["点位"]
    assert sheet.cell(row + 3, 2).value == "1号楼1层男卫生间（东）"


def send(page, path):
    form = "form:has([value=points])"
    page.set_input_files(f"{form} [type=file]", path)
    page.click(f"{form} button")
    page.wait_for_url(lambda url: "/exchange/imports/" in url)
