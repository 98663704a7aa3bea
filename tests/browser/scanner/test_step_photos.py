"""Step photos taken inside the page."""

from tests.support.cameras import clip
from tests.support.pictures import jpeg
from tests.support.pocket import fill_pocket
from tests.support.scanning import submitted
from tests.support.walk import ROOMS


def test_given_the_camera_in_the_page_when_a_step_photo_is_taken_then_it_arrives_as_live(scanner, film, rows):
    clip(film, None)
    scanner.goto(f"/p/{ROOMS[1]}")

    scanner.tap("#S04 .shoot")
    scanner.tap(".camera .shutter:enabled")

    scanner.wait_for_selector("#S04 .shot:not(.wait)")
    submitted(scanner)
    assert "现场拍摄" in scanner.inner_text(".receipt")
    assert rows("SELECT source, nonce IS NULL FROM photos ORDER BY rowid DESC LIMIT 1") == [("live", 0)]
    scanner.click("a[href^='/checks/']:not([href*='?'])")
    scanner.wait_for_selector("dl.kv")
    assert "现场拍摄" in scanner.inner_text("body")


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
    assert "未核实" in scanner.inner_text(".receipt")
    assert rows("SELECT source, nonce IS NULL FROM photos ORDER BY rowid DESC LIMIT 1") == [("file", 1)]


def test_given_no_network_when_a_step_photo_is_taken_then_it_is_taken_on_the_spot_by_the_batch_of_the_shift(
    scanner, film, rows
):
    # Another wall than before: the same bytes again would be nothing new.
    clip(film, "https://other.example/")
    fill_pocket(scanner)
    scanner.context.set_offline(True)
    scanner.goto("/")
    scanner.locator(f"a[href*='{ROOMS[5]}']").tap()
    scanner.wait_for_selector("#submit")

    scanner.tap("#S04 .shoot")
    scanner.tap(".camera .shutter:enabled")

    scanner.wait_for_selector("#S04 .shot.wait")
    submitted(scanner, "**/outbox*")
    scanner.context.set_offline(False)
    arrived = f"SELECT photos_live, photos_asked FROM checks WHERE label_code = '{ROOMS[5]}'"
    for _ in range(150):
        if rows(arrived):
            break
        scanner.wait_for_timeout(200)
    assert rows(arrived) == [(1, 1)]


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
