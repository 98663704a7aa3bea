"""Standards travel: a pack goes home and comes back with one more; a filled workbook becomes a project with a draft."""

import json

from app.exchange.rules_pack import digest_of, to_bytes
from tests.browser.conftest import CHINA
from tests.browser.test_accessible import faults
from tests.exchange.test_routes_standards import HEAD, filled

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
NEW = "JGSW06001.01"


def with_one_more(body):
    """One standard of the pack under a number of its own."""
    pack = json.loads(body)
    standard = next(each for each in pack["standards"] if each["code"] == "JGSW05009.01")
    edition = standard["editions"][0]
    number = f"{NEW}-{edition['year']}"
    edition["document"] |= {"number": number, "code": NEW, "title": "文印服务（外来）"}
    other = {**standard, "code": NEW, "title": "文印服务（外来）", "editions": [{**edition, "number": number}]}
    pack["standards"] = [other]
    named = {step.get("reference_photo") for step in edition["document"]["steps"]}
    named |= {(edition["text"] or {}).get("file")}
    pack["files"] = {name: each for name, each in pack["files"].items() if name in named}
    return to_bytes({**pack, "digest": digest_of(pack)})


def send(page, path):
    page.goto("/exchange/packs")
    page.set_input_files("#file", path)
    page.click("form[method=post] .btn.primary")
    page.wait_for_url(lambda url: url.rpartition("/")[0].endswith("/exchange/packs"))


def test_given_the_pack_of_the_site_when_it_comes_back_with_a_new_standard_then_the_register_has_it(
    opened, sign_in, tmp_path
):
    page = opened(**CHINA)
    sign_in(page, "std-01")
    page.goto("/exchange")
    page.click("a[href='/exchange/packs']")
    with page.expect_download() as told:
        page.click("form[method=get] .btn.primary")
    body = told.value.path().read_bytes()
    whole, more = tmp_path / "标准.json", tmp_path / "外来标准.json"
    whole.write_bytes(body)
    more.write_bytes(with_one_more(body))

    send(page, whole)
    same = page.locator("form[action$='/apply']").count()
    send(page, more)
    looked, address = page.inner_text("main"), page.url
    found = [*faults(page, "/exchange/packs"), *faults(page, address)]
    page.goto(address)
    page.click("form[action$='/apply'] button")
    page.locator("form[action$='/apply']").wait_for(state="detached")
    page.goto("/standards")

    assert same == 0
    assert "文印服务（外来）" in looked
    assert not found, "\n".join(found)
    assert page.locator(f"[id='{NEW}']").count() == 1


def test_given_a_filled_workbook_of_standards_when_taken_over_then_its_draft_can_be_read(opened, sign_in, tmp_path):
    page = opened(**CHINA, **PHONE, color_scheme="dark")
    sign_in(page, "std-01")
    page.goto("/exchange")
    with page.expect_download() as told:
        page.click("a[href^='/exchange/standards.xlsx']")
    wrong, right = tmp_path / "错.xlsx", tmp_path / "新标准.xlsx"
    head = HEAD | {"unit": "dept-wuye", "leader": "std-01", "due_on": "2099-03-31"}
    body = told.value.path().read_bytes()
    wrong.write_bytes(filled(body, head | {"minutes": 0}))
    right.write_bytes(filled(body, head))

    for path in (wrong, right):
        page.goto("/exchange")
        form = "form:has([value=standards])"
        page.set_input_files(f"{form} [type=file]", path)
        page.click(f"{form} button")
        page.wait_for_url(lambda url: "/exchange/imports/" in url)
        if path is wrong:
            assert "标准!H4" in page.inner_text("#faults")
    address = page.url
    found = [*faults(page, "/exchange"), *faults(page, address)]
    page.goto(address)
    page.click("form[action$='/apply'] button")
    page.locator("form[action$='/apply']").wait_for(state="detached")
    page.click("main a[href='/standards/projects']")
    page.click("td:has-text('母婴室日常保洁') a")
    page.click("a[href$='/draft']")

    assert not found, "\n".join(found)
    assert "台面" in page.inner_text("main")
