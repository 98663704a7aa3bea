"""The scanner before a fake camera: own labels open, foreign codes do not; without a network; patrols; step photos."""

import io
import json
import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from qr.payload import check_character, display
from tests.browser.conftest import CHINA, FLAGS
from tests.browser.test_accessible import AXE, RUN
from tests.browser.test_offline import fill_pocket
from tests.support import builders as a
from tests.support.cameras import clip, frame
from tests.support.house import ROOT
from tests.support.pictures import jpeg
from tests.support.servers import module_server
from tests.support.standards import step_document as step
from tests.support.waiting import until
from tests.support.walk import POST, ROOM, ROOMS, load_walk

VECTORS = json.loads((ROOT / "tests/vectors/labels.json").read_text("utf-8"))
BEATS = tuple(nine + check_character(nine) for nine in ("PATR00001", "PATR00002", "PATR00003"))
LONELY = "PATR00004" + check_character("PATR00004")
NO_WASM = "delete window.WebAssembly"
NO_CAMERA = "delete Navigator.prototype.mediaDevices"
# A phone with a lamp, a lens that zooms, and two cameras; what is asked of the track is noted.
EQUIPPED = """
window.asked = [];
MediaStreamTrack.prototype.getCapabilities = () => ({ torch: true, zoom: { min: 1, max: 5, step: 0.5 } });
MediaStreamTrack.prototype.applyConstraints = async (wanted) => void window.asked.push(wanted.advanced[0]);
const all = MediaDevices.prototype.enumerateDevices;
MediaDevices.prototype.enumerateDevices = async function () {
  const found = (await all.call(this)).filter((device) => device.kind === "videoinput");
  return [{ kind: "videoinput", deviceId: "front" }, ...found.slice(0, 1)];
};
window.cameras = [];
const open = MediaDevices.prototype.getUserMedia;
MediaDevices.prototype.getUserMedia = function ({ video }) {
  window.cameras.push(video.deviceId?.exact || video.facingMode.ideal);
  return open.call(this, { video: true });
};
"""
OPENED = re.compile(r"/p/[0-9A-Z]{10}\?via=scan$")


def load_beat(app):
    """The walk, and four places of a patrol whose steps are plain ticks."""
    load_walk(app)
    ticks = [step("S01", title="门窗关好"), step("S02", title="通道畅通")]
    a.standard(*ticks, code="JGSW05006.01", confirm="together")
    for number, code in enumerate((*BEATS, LONELY), 1):
        a.point(f"beat{number}", code, name=f"巡查点{number}")
        a.works_at(f"beat{number}", "JGSW05006.01")
        common = {"standard_code": "JGSW05006.01", "edition": "JGSW05006.01-2026", "assignee_id": "wk-01"}
        a.occurrence(f"beat{number}", **common, **_due_now(), label="夜间巡查")


def _due_now():
    now = datetime.now(UTC)
    return {"start": now - timedelta(minutes=10), "business_on": now.astimezone(ZoneInfo("Asia/Shanghai")).date()}


server = module_server("beat", load_beat)


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    """The file that the fake camera plays; it is read anew whenever a page opens the camera."""
    path = tmp_path_factory.mktemp("film") / "camera.mjpeg"
    clip(path, None)
    return path


@pytest.fixture(scope="module")
def chromium(playwright, film):
    flags = [*FLAGS, "--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={film}"]
    browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=flags)
    yield browser
    browser.close()


@pytest.fixture
def scanner(phone, sign_in):
    """A signed-in worker's phone that may use its camera."""
    phone.context.grant_permissions(["camera"])
    sign_in(phone, "wk-01")
    return phone


@pytest.fixture
def rows(server):
    """Rows of a query in the server's database."""

    def ask(query):
        with closing(sqlite3.connect(server.log.parent / "test.sqlite3")) as link:
            return link.execute(query).fetchall()

    return ask


def label(server, code):
    return f"{server.url}/P/{code}".upper()


def hostile(server):
    """Thirty of the shared cases, turned against this very host, each with the words that are to be shown."""
    own = server.url.removeprefix("http://")
    cases = [case for case in VECTORS["scans"] if case.get("refused") not in (None, "empty", "code", "too_long")]
    texts = [re.sub("dabiao.example.gov.cn", own, case["text"], flags=re.IGNORECASE) for case in cases]
    printable = [text for text in texts if "\x00" not in text]
    return printable[:: max(1, len(printable) // 30)][:30]


def test_given_an_own_label_when_it_is_seen_then_its_work_page_opens(scanner, server, film):
    clip(film, None, label(server, ROOM), each=12)

    scanner.goto("/p")

    scanner.wait_for_url(OPENED)
    scanner.wait_for_selector("#submit")


def test_given_thirty_hostile_codes_when_they_are_seen_then_none_is_opened_and_each_is_shown_in_plain_text(
    scanner, server, film
):
    texts, asked, shown = hostile(server), [], []
    scanner.on("request", lambda sent: asked.append(sent.url))
    scanner.on("dialog", lambda dialog: shown.append(f"dialog {dialog.message}"))

    for text in texts:
        scanner.goto("about:blank")
        clip(film, text)
        scanner.goto("/p")
        scanner.wait_for_selector("#foreign.open")
        shown.append(scanner.inner_text("#foreign-host"))
        assert scanner.url == f"{server.url}/p", text

    assert len(texts) == len(shown) == 30
    assert all(each and each.replace("□", "").isascii() for each in shown)
    assert all(url.startswith((server.url, "blob:", "data:")) for url in asked)


def test_given_a_hostile_code_when_it_is_reported_then_the_server_has_it_and_scanning_goes_on(
    scanner, server, film, rows
):
    clip(film, "https://evil.example/P/7K3QX9M2TA")
    scanner.goto("/p")
    scanner.wait_for_selector("#foreign.open")
    scanner.fill("#foreign-place", "东门岗亭")

    scanner.tap("#foreign-report")

    scanner.locator("#foreign-told", has_text="已报告").wait_for()
    assert rows("SELECT text, place, by_id FROM sticker_reports") == [
        ("https://evil.example/P/7K3QX9M2TA", "东门岗亭", "wk-01")
    ]
    scanner.tap("#foreign-close")
    assert not scanner.locator("#foreign").is_visible()


def test_given_no_network_when_a_hostile_code_is_reported_then_it_is_kept_and_goes_later(scanner, film, rows):
    clip(film, "https://later.example/P/7K3QX9M2TA")
    scanner.goto("/p")
    scanner.wait_for_selector("#foreign.open")
    scanner.context.set_offline(True)
    scanner.tap("#foreign-report")
    scanner.locator("#foreign-told", has_text="存在").wait_for()

    with scanner.expect_response("**/api/v1/stickers") as answer:
        scanner.context.set_offline(False)

    assert answer.value.status == 201
    assert ("https://later.example/P/7K3QX9M2TA",) in rows("SELECT text FROM sticker_reports")


def test_given_the_round_on_the_phone_and_no_network_when_a_label_is_seen_then_its_task_opens(scanner, server, film):
    clip(film, label(server, ROOM))
    fill_pocket(scanner)
    scanner.context.set_offline(True)

    scanner.goto("/p")

    scanner.wait_for_url(OPENED)
    scanner.get_by_text("1号楼0层男卫生间").first.wait_for()


def test_given_a_code_typed_by_hand_when_it_is_right_then_its_page_opens_and_else_it_is_said(scanner, film):
    clip(film, None)
    scanner.goto("/p")
    scanner.fill("#code", display(ROOM).lower()[:-1] + "Z")
    scanner.press("#code", "Enter")
    assert scanner.locator(".note.bad").is_visible()

    scanner.fill("#code", f" {display(ROOM).lower()} ")
    scanner.press("#code", "Enter")

    scanner.wait_for_url(f"**/p/{ROOM}?via=typed")


def photo(text=None):
    out = io.BytesIO()
    frame(text, side=700, size=(3000, 2200)).save(out, "JPEG", quality=90)
    return {"name": "code.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def test_given_a_browser_like_wechats_when_the_code_is_photographed_then_its_page_opens(wechat, sign_in, server):
    sign_in(wechat, "wk-01")
    wechat.goto("/p")
    assert "打不开相机" in wechat.inner_text("#scan-say")

    wechat.set_input_files("#scan-photo", photo())
    wechat.locator("#scan-say", has_text="没找到").wait_for()
    wechat.set_input_files("#scan-photo", photo(label(server, ROOM)))

    wechat.wait_for_url(OPENED)


def test_given_a_lamp_a_zoom_and_two_cameras_when_they_are_used_then_each_is_asked_for_and_the_camera_remembered(
    opened, playwright, film
):
    clip(film, None)
    phone = opened(EQUIPPED, **playwright.devices["Pixel 7"], **CHINA)
    phone.context.grant_permissions(["camera"])
    phone.goto("/p")
    phone.wait_for_selector("#scanner[data-state=live]")

    phone.tap("#scan-light")
    phone.locator("#scan-light[aria-pressed=true]").wait_for()
    phone.fill("#scan-zoom", "3")
    asked = phone.evaluate("window.asked")
    phone.tap("#scan-turn")
    until(phone, "window.cameras.length === 2")
    cameras = phone.evaluate("window.cameras")
    phone.goto("/p")
    until(phone, "window.cameras.length === 1")

    assert asked == [{"torch": True}, {"zoom": 3}]
    assert [*cameras, *phone.evaluate("window.cameras")] == ["environment", "front", "front"]


def test_given_a_camera_that_is_gone_when_it_was_remembered_then_another_opens(scanner, film):
    clip(film, None)
    scanner.evaluate("localStorage['dabiao:camera'] = 'gone'")

    scanner.goto("/p")

    scanner.wait_for_selector("#scanner[data-state=live]")
    assert scanner.evaluate("localStorage['dabiao:camera']") == ""


def test_given_panels_over_the_camera_when_inspected_then_nothing_is_found(scanner, server, film):
    found = []
    clip(film, "https://evil.example/P/7K3QX9M2TA")
    scanner.goto("/p")
    scanner.wait_for_selector("#foreign.open")
    found += violations(scanner)
    scanner.goto("about:blank")
    clip(film, label(server, POST))
    scanner.goto("/p?patrol=1")
    scanner.wait_for_selector("#patrol-card.open")
    found += violations(scanner)
    scanner.goto(f"/p/{ROOMS[4]}")
    scanner.tap("#S04 .shoot")
    scanner.wait_for_selector(".camera .shutter:enabled")
    found += violations(scanner)

    assert found == []


def violations(page):
    page.evaluate(AXE)
    return [(page.url, each["id"]) for each in page.evaluate(RUN)["violations"]]


def test_given_the_camera_is_denied_when_it_is_opened_then_the_page_says_what_to_do_and_offers_the_other_ways(
    phone, sign_in
):
    sign_in(phone, "wk-01")
    phone.goto("/p")

    phone.tap("#scan-open")

    phone.wait_for_selector("#scanner[data-state=denied]")
    assert "设置" in phone.inner_text("#scan-say")
    assert phone.locator("#scan-open").is_visible()
    assert phone.locator("#code").is_enabled()


def test_given_no_camera_at_all_when_the_page_opens_then_it_says_so_and_asks_for_none(opened, playwright, server):
    phone = opened(NO_CAMERA, **playwright.devices["Pixel 7"], **CHINA)

    phone.goto("/p")

    assert phone.get_attribute("#scanner", "data-state") == "old"
    assert not phone.locator("#scan-open").is_visible()


def test_given_a_browser_without_webassembly_when_a_label_is_seen_then_the_other_reader_opens_it(
    opened, playwright, sign_in, server, film
):
    clip(film, label(server, ROOM))
    phone = opened(NO_WASM, **playwright.devices["Pixel 7"], **CHINA)
    phone.context.grant_permissions(["camera"])
    sign_in(phone, "wk-01")

    with phone.expect_request("**/vendor/jsQR*"):
        phone.goto("/p")

    phone.wait_for_url(OPENED)


def test_given_a_patrol_when_three_places_are_scanned_then_one_tap_each_confirms_them_without_leaving_the_camera(
    scanner, server, film, rows
):
    clip(film, *(text for code in BEATS for text in (label(server, code), None)), each=30)
    scanner.goto("/p?patrol=1")

    for number in range(3):
        while not scanner.locator("#patrol-fine").is_visible():
            scanner.wait_for_selector("#patrol-card.open")
            if scanner.locator("#patrol-fine").is_visible():
                break
            scanner.tap("#patrol-skip")
        scanner.tap("#patrol-fine")
        scanner.locator("#patrol-count", has_text=str(number + 1)).wait_for()

    scanner.locator("#patrol-list li", has_text="已送达").nth(2).wait_for()
    checks = rows(
        "SELECT point_id, via, outcome, steps_pass FROM checks WHERE point_id BETWEEN 'beat1' AND 'beat3' ORDER BY 1"
    )
    assert checks == [(f"beat{number}", "scan", "done", 2) for number in (1, 2, 3)]


def test_given_no_network_when_a_place_of_a_patrol_is_confirmed_then_it_is_kept_and_goes_later(
    scanner, server, film, rows
):
    clip(film, label(server, LONELY))
    fill_pocket(scanner)
    scanner.context.set_offline(True)
    scanner.goto("/p?patrol=1")
    scanner.tap("#patrol-fine")
    scanner.locator("#patrol-list li", has_text="已存在手机里").wait_for()
    assert rows("SELECT 1 FROM checks WHERE point_id = 'beat4'") == []

    with scanner.expect_response("**/api/v1/checks") as answer:
        scanner.context.set_offline(False)

    assert answer.value.status == 201
    assert rows("SELECT via FROM checks WHERE point_id = 'beat4'") == [("scan",)]


def test_given_a_patrol_when_a_place_asks_for_more_than_ticks_then_its_page_is_offered_and_nothing_is_sent(
    scanner, server, film, rows
):
    before = rows("SELECT count(*) FROM checks")
    clip(film, label(server, POST))
    scanner.goto("/p?patrol=1")
    scanner.wait_for_selector("#patrol-card.open")
    assert "公务用车" in scanner.inner_text("#patrol-name")
    assert not scanner.locator("#patrol-fine").is_visible()

    scanner.tap("#patrol-open")

    scanner.wait_for_url(f"**/p/{POST}?via=scan")
    assert rows("SELECT count(*) FROM checks") == before


def submitted(page):
    page.tap("#S01 .opt >> nth=0")
    page.tap("#S04 .opt.pass")
    page.tap(".rest")
    page.tap("#submit")
    page.wait_for_url("**/checks/*new=1")


def test_given_the_camera_in_the_page_when_a_step_photo_is_taken_then_it_arrives_as_live(scanner, film, rows):
    clip(film, None)
    scanner.goto(f"/p/{ROOMS[1]}")

    scanner.tap("#S04 .shoot")
    scanner.tap(".camera .shutter:enabled")

    scanner.wait_for_selector("#S04 .shot:not(.wait)")
    submitted(scanner)
    assert rows("SELECT source FROM photos ORDER BY rowid DESC LIMIT 1") == [("live",)]


def test_given_the_camera_in_the_page_when_a_photo_is_no_good_then_it_is_taken_again_or_with_the_phones_own(
    scanner, film, rows
):
    clip(film, None)
    scanner.goto(f"/p/{ROOMS[2]}")
    scanner.tap("#S04 .shoot")
    assert scanner.locator(".shutter").bounding_box()["width"] >= 64
    scanner.tap(".camera .shutter:enabled")
    scanner.get_by_role("button", name="重拍").tap()
    with scanner.expect_file_chooser() as chooser:
        scanner.get_by_role("button", name="手机相机").tap()

    chooser.value.set_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": jpeg(1200, 900, seed=11)})

    scanner.wait_for_selector("#S04 .shot:not(.wait)")
    assert scanner.locator("#S04 .shot").count() == 1
    submitted(scanner)
    assert rows("SELECT source FROM photos ORDER BY rowid DESC LIMIT 1") == [("file",)]


def test_given_no_network_when_a_step_photo_is_taken_then_the_camera_in_the_page_opens_all_the_same(scanner, film):
    clip(film, None)
    fill_pocket(scanner)
    scanner.context.set_offline(True)
    scanner.goto("/")
    scanner.locator(f"a[href*='{ROOMS[5]}']").tap()
    scanner.wait_for_selector("#submit")

    scanner.tap("#S04 .shoot")
    scanner.tap(".camera .shutter:enabled")

    scanner.wait_for_selector("#S04 .shot.wait")


def test_given_a_slow_phone_when_a_photo_of_twelve_megapixels_is_made_small_then_the_page_does_not_freeze(
    wechat, sign_in
):
    sign_in(wechat, "wk-01")
    wechat.goto(f"/p/{ROOMS[3]}")
    wechat.context.new_cdp_session(wechat).send("Emulation.setCPUThrottlingRate", {"rate": 6})
    wechat.evaluate("""() => {
      window.gaps = [];
      let last = performance.now();
      setInterval(() => { window.gaps.push(performance.now() - last); last = performance.now(); }, 20);
    }""")
    sizes = []
    wechat.on("request", lambda sent: sizes.append(len(sent.post_data_buffer)) if "/photos/" in sent.url else None)

    with wechat.expect_file_chooser() as chooser:
        wechat.tap("#S04 .shoot")
    picture = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": jpeg(4032, 3024, quality=95)}
    chooser.value.set_files(picture)
    wechat.wait_for_selector("#S04 .shot:not(.wait)", timeout=30_000)

    longest = wechat.evaluate("Math.max(...window.gaps)")
    assert len(wechat.workers) == 1
    assert longest < 1500
    assert 0 < sizes[0] <= 250_000
