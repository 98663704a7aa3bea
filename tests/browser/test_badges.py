"""Badges on real phones: printed, scanned, activated; a team phone changes hands; a colleague signs by badge."""

import subprocess
from io import BytesIO

import pytest
from PIL import Image

from tests.browser.conftest import CHINA
from tests.browser.test_accessible import LOOKS, QUIET, faults
from tests.browser.test_work_page import answer_room, tap
from tests.support import builders
from tests.support.badges import printed
from tests.support.servers import module_server
from tests.support.waiting import until
from tests.support.walk import POST, ROOMS, load_walk

PIN = "9081"
ITEMS = """() => new Promise((resolve) => {
  const opening = indexedDB.open("dabiao");
  opening.onsuccess = () => {
    const asked = opening.result.transaction("items").objectStore("items").getAll();
    asked.onsuccess = () => resolve(asked.result.map(({ person, state }) => [person, state]));
  };
})"""


def load_crew(app):
    load_walk(app)
    builders.person("lea", "crew_leader", "clean", name="保洁一班班长", crew_id="c1")


server = module_server("crew", load_crew)


@pytest.fixture
def badges(desk, sign_in, tmp_path):
    """`badges("wk-01")`: the crew leader prints at the desk; what a scanner reads, and the code on the slip."""
    sign_in(desk, "lea")

    def print_for(*people):
        desk.goto("/badges")
        for person in people:
            desk.check(f"[name=person][value={person}]")
        with desk.expect_download() as download:
            desk.click("[form=print].primary")
        pdf = tmp_path / "badges.pdf"
        download.value.save_as(pdf)
        return list(zip(*printed(pdf.read_bytes(), tmp_path), strict=True))

    return print_for


@pytest.fixture
def team(phone, sign_in):
    """A phone that the crew leader has made the team's."""
    sign_in(phone, "lea")
    phone.goto("/badges")
    phone.fill("#name", "一班 1号机")
    tap(phone, "#team-phone button")
    phone.wait_for_url("**/login")
    return phone


def activate(page, symbol, code):
    page.goto(symbol)
    page.fill("#code", code)
    page.fill("#pin", PIN)
    page.fill("#again", PIN)
    tap(page, ".primary")
    page.wait_for_url(lambda url: "/b/" not in url.lower())


SEEN_LONG_AGO = """async () => {
  const seen = { person: "wk-01", at: Date.now() - 1801000 };
  await (await caches.open("dabiao-state")).put("/__seen", new Response(JSON.stringify(seen)));
  return (await caches.keys()).filter((name) => name.startsWith("private-"));
}"""


def enter(page, symbol):
    page.goto(symbol)
    page.fill("#pin", PIN)
    tap(page, ".primary")
    page.wait_for_url(lambda url: "/b/" not in url.lower())


def hand_over(page):
    tap(page, "#team button")
    page.wait_for_url("**/login")


def test_given_a_team_phone_with_a_page_open_when_nobody_touches_it_then_it_is_handed_over_by_itself(badges, team):
    [(symbol, code)] = badges("wk-01")
    activate(team, symbol, code)
    team.clock.install()
    team.goto("/me")
    team.wait_for_selector("#team strong >> text=保洁一班-01")
    team.wait_for_load_state("networkidle")

    team.clock.fast_forward("31:00")

    team.wait_for_url("**/login**")
    assert team.evaluate("fetch('/api/v1/session').then((answer) => answer.status)") == 401


def test_given_a_team_phone_left_without_a_network_when_taken_up_again_then_it_shows_nothing_of_the_last_person(
    badges, team
):
    [(symbol, code)] = badges("wk-01")
    activate(team, symbol, code)
    team.goto("/")
    until(team, "async () => (await caches.keys()).includes('private-wk-01')", 40)
    until(team, "() => navigator.serviceWorker.controller !== null", 40)
    team.context.set_offline(True)
    assert team.evaluate(SEEN_LONG_AGO) == ["private-wk-01"]

    team.goto("/")

    until(team, "document.querySelector('h1').textContent.includes('退出')")
    assert "保洁一班-01" not in team.content()
    assert team.evaluate("async () => (await caches.keys()).filter((name) => name.startsWith('private-'))") == []


def test_given_two_badges_when_a_team_phone_changes_hands_then_each_works_in_the_own_name_and_nothing_is_lost(
    badges, team
):
    (first, code_1), (second, code_2) = badges("wk-01", "wk-02")

    assert team.locator("a.tap", has_text="刷卡").is_visible()
    activate(team, first, code_1)
    team.wait_for_selector("#team strong >> text=保洁一班-01")
    team.goto(f"/p/{ROOMS[0]}")
    assert team.locator("#team strong").inner_text() == "保洁一班-01"
    answer_room(team)
    team.context.set_offline(True)
    tap(team, "#submit")
    until(team, f"async () => (await ({ITEMS})()).length === 1")
    team.route("**/api/v1/checks", lambda route: route.abort("internetdisconnected"))
    team.context.set_offline(False)
    team.goto("/me")
    hand_over(team)

    activate(team, second, code_2)
    team.wait_for_selector("#team strong >> text=保洁一班-02")
    team.unroute("**/api/v1/checks")
    team.goto("/me")
    team.wait_for_timeout(1500)
    kept = team.evaluate(ITEMS)
    hand_over(team)
    enter(team, first)
    team.goto("/me")
    until(team, f"async () => (await ({ITEMS})()).every(([, state]) => state === 'arrived')")

    assert [(person, state == "arrived") for person, state in kept] == [("wk-01", False)]


def test_given_two_needed_when_the_colleagues_badge_is_photographed_then_name_and_signature_stand(
    badges, phone, opened, playwright, tmp_path
):
    ((colleague, code_2),) = badges("wk-02")
    picture = card_picture(tmp_path)
    ((own, code_1),) = badges("wk-01")
    other = opened(**playwright.devices["Pixel 7"])
    activate(other, colleague, code_2)
    activate(phone, own, code_1)
    phone.goto(f"/p/{POST}")
    for selector in ("S01.value", "S02.value", "S05.inputs.ia", "S05.inputs.ib"):
        tap(phone, f"[name='{selector}']")
        tap(phone, "[data-key='0']")
        tap(phone, "[data-key=done]")
    tap(phone, "#S06 .opt")

    phone.set_input_files("#sign-badge", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture})
    phone.locator("#signed", has_text="已读到工牌").wait_for()
    phone.fill("#pin", PIN)
    tap(phone, "#sign-now")

    phone.locator("#signed", has_text="保洁一班-02").wait_for()
    assert PIN not in phone.evaluate("JSON.stringify(localStorage)")


def test_given_a_picture_without_a_badge_when_signing_then_the_name_can_be_chosen_instead(phone, sign_in):
    sign_in(phone, "wk-01")
    phone.goto(f"/p/{POST}")
    blank = BytesIO()
    Image.new("RGB", (300, 300), "white").save(blank, "JPEG")

    phone.set_input_files("#sign-badge", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": blank.getvalue()})

    phone.locator("#signed", has_text="没有找到工牌").wait_for()
    assert phone.locator("#signer").is_visible()


@pytest.mark.parametrize("kind", ["plain_phone", "wechat"])
def test_given_no_scripts_or_wechat_when_a_badge_is_scanned_then_activation_and_pin_work(kind, badges, request):
    ((symbol, code),) = badges("wk-02")
    page = request.getfixturevalue(kind)

    activate(page, symbol, code)

    assert page.goto("/me").status == 200
    assert "保洁一班-02" in page.inner_text("h1")


def test_given_a_team_phone_when_the_badge_is_photographed_in_the_scanner_then_the_pin_signs_in(
    badges, team, opened, playwright, tmp_path
):
    ((symbol, code),) = badges("wk-02")
    activate(opened(**playwright.devices["Pixel 7"]), symbol, code)

    tap(team, "a.tap")
    team.wait_for_url("**/p")
    picture = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": card_picture(tmp_path)}
    team.set_input_files("#scan-photo", picture)
    team.wait_for_selector("#pin")
    team.fill("#pin", PIN)
    tap(team, ".primary")

    team.wait_for_selector("#team strong >> text=保洁一班-02")


@pytest.mark.parametrize("look", LOOKS)
def test_given_the_pages_of_badges_when_inspected_then_nothing_is_found(
    look, badges, opened, playwright, sign_in, tmp_path
):
    (first, code), (second, _code) = badges("wk-01", "wk-02")
    page = opened(**{**playwright.devices["Pixel 7"], **CHINA, **LOOKS[look]})
    asked = [fault for address in (first, "/b", "/b?number=x") for fault in faults(page, address, QUIET)]
    sign_in(page, "lea")
    found = faults(page, "/badges", QUIET)
    tap(page, "#team-phone button")
    page.wait_for_url("**/login")
    found += faults(page, "/login", QUIET)
    activate(page, first, code)
    found += [fault for address in ("/", f"/p/{POST}", "/me/secrets", second) for fault in faults(page, address, QUIET)]

    assert not asked + found


def card_picture(folder) -> bytes:
    """The printed card as a phone's camera gives it."""
    page = subprocess.run(
        ["pdftoppm", "-r", "120", "-jpeg", "-l", "1", "badges.pdf"], cwd=folder, check=True, capture_output=True
    )
    return page.stdout
