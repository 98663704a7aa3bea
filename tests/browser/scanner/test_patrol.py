"""Patrols: scan, one tap, next; also without a network."""

from datetime import datetime
from zoneinfo import ZoneInfo

from app.places.rules_proof import day_word
from tests.support.cameras import clip
from tests.support.pocket import fill_pocket
from tests.support.scanning import BEATS, LONELY, PROOF_SECRET, TAGGED, WORDED, label
from tests.support.walk import POST


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


def test_given_a_place_that_asks_for_its_word_when_patrolled_then_it_is_typed_on_the_card_and_goes_along(
    scanner, server, film, rows
):
    clip(film, label(server, WORDED))
    scanner.goto("/p?patrol=1")
    scanner.fill("#patrol-word", day_word(PROOF_SECRET, datetime.now(ZoneInfo("Asia/Shanghai")).date()))
    scanner.tap("#patrol-fine")

    scanner.locator("#patrol-list li", has_text="已送达").first.wait_for()
    assert rows("SELECT marks LIKE '%no_secret%' FROM checks WHERE point_id = 'beat5'") == [(0,)]


def test_given_a_place_that_asks_for_its_tag_when_its_label_is_scanned_then_the_card_says_so_and_sends_nothing(
    scanner, server, film, rows
):
    clip(film, label(server, TAGGED))
    scanner.goto("/p?patrol=1")
    scanner.wait_for_selector("#patrol-card.open")

    assert "NFC" in scanner.inner_text("#patrol-how")
    assert not scanner.locator("#patrol-fine, #patrol-word").locator("visible=true").count()
    assert rows("SELECT 1 FROM checks WHERE point_id = 'beat6'") == []
