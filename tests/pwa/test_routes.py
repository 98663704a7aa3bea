"""Service worker, manifest, the page without a network, and the mark of own answers."""

import json
import re
from datetime import timedelta

import pytest

from app import clock
from tests.support import builders


@pytest.fixture
def client(inside):
    builders.orgs()
    builders.person("ann", name="安妮")
    return inside.test_client()


def test_given_the_worker_when_asked_for_then_it_serves_the_whole_site_and_is_asked_again_within_an_hour(client):
    answer = client.get("/sw.js")

    assert answer.mimetype == "text/javascript"
    assert answer.headers["Service-Worker-Allowed"] == "/"
    assert answer.headers["Cache-Control"] == "max-age=3600"


def test_given_the_worker_when_its_files_are_asked_for_then_each_is_there(client):
    text = client.get("/sw.js").get_data(as_text=True)
    files = json.loads(re.search(r"^const FILES = (.*);$", text, re.MULTILINE)[1])

    statuses = {}
    for path in files:
        with client.get(path) as answer:
            statuses[path] = answer.status_code
    wrong = {path: status for path, status in statuses.items() if status != 200}

    assert {path.rsplit("/", 1)[1] for path in files} >= {"offline.joined.js", "pocket.js", "store.js", "icons.svg"}
    assert wrong == {}


def test_given_the_worker_when_read_then_nothing_in_it_needs_a_module_loader(client):
    text = client.get("/sw.js").get_data(as_text=True)

    assert not re.search(r"^\s*(import|export)\b", text, re.MULTILINE)


@pytest.mark.parametrize(
    ("language", "name", "scan"), [("zh-CN", "码上达标", "扫一扫"), ("en", "Dabiao", "Scan a label")]
)
def test_given_the_manifest_when_asked_for_then_it_speaks_the_language_and_has_both_shortcuts(
    client, language, name, scan
):
    answer = client.get("/manifest.webmanifest", headers={"Accept-Language": language})

    manifest = answer.get_json(force=True)
    assert answer.mimetype == "application/manifest+json"
    assert (manifest["name"], manifest["lang"], manifest["display"]) == (name, language, "standalone")
    assert [(each["name"] == scan, each["url"]) for each in manifest["shortcuts"]] == [(True, "/p"), (False, "/")]


def test_given_the_manifest_when_its_icons_are_asked_for_then_each_is_a_png_and_maskable_ones_are_among_them(client):
    icons = client.get("/manifest.webmanifest").get_json(force=True)["icons"]

    starts = []
    for each in icons:
        with client.get(each["src"]) as answer:
            starts.append(answer.data[:4])

    assert {(each["sizes"], each["purpose"]) for each in icons} == {
        ("192x192", "any"), ("512x512", "any"), ("192x192", "maskable"), ("512x512", "maskable"),
    }  # fmt: skip
    assert starts == [b"\x89PNG"] * 4


def test_given_the_page_without_a_network_when_asked_for_by_somebody_then_it_says_nothing_of_them(client):
    client.sign_in("ann")

    page = client.get("/offline").get_data(as_text=True)

    assert 'data-person=""' in page
    assert "安妮" not in page and "csrf" not in page


def test_given_own_answers_when_read_then_each_says_whose_it_is(client):

    before = client.get("/login").headers["X-Dabiao"]
    client.sign_in("ann")

    assert before == "-"
    assert client.get("/me").headers["X-Dabiao"] == "ann"
    assert client.get("/nowhere").headers["X-Dabiao"] == "ann"


def test_given_a_phone_has_a_page_when_it_asks_again_then_only_what_changed_is_sent(client):
    client.sign_in("ann")
    tag = client.get("/me", headers={"X-Pocket": "1"}).headers["ETag"]

    same = client.get("/me", headers={"X-Pocket": "1", "If-None-Match": tag})
    other = client.get("/p", headers={"X-Pocket": "1", "If-None-Match": tag})

    assert (same.status_code, same.data) == (304, b"")
    assert other.status_code == 200


def test_given_a_browser_of_its_own_when_it_asks_then_it_gets_no_tag_for_a_form_has_one_number_only(client):
    client.sign_in("ann")

    assert "ETag" not in client.get("/me").headers


@pytest.fixture
def ahead(app):
    """The small world, where Ann's afternoon window opens in two hours."""
    with app.app_context():
        builders.small_world()
        builders.occurrence(window="A3", start=builders.NOW + timedelta(hours=3), assignee_id="ann")
    with clock.at(builders.NOW):
        yield f"/p/{builders.CODE}?standard=JGSW05003.01-2026&window=2026-11-23/A/A3"


def test_given_a_window_that_opens_later_when_a_phone_takes_the_round_along_then_it_gets_the_work_page(app, ahead):
    client = app.test_client()
    client.sign_in("ann")

    page = client.get(ahead, headers={"X-Pocket": "ahead"})

    assert 'id="submit"' in page.get_data(as_text=True)


def test_given_a_window_that_opens_later_when_it_is_opened_then_no_phone_keeps_the_answer_for_it(app, ahead):
    client = app.test_client()
    client.sign_in("ann")

    page = client.get(ahead)

    assert 'id="submit"' not in page.get_data(as_text=True)
    assert page.headers["Cache-Control"] == "no-store"


def test_given_somebody_of_another_unit_when_a_later_window_is_asked_for_then_there_is_no_work_page(app, ahead):
    with app.app_context():
        builders.person("eve", org_id="other")
    client = app.test_client()
    client.sign_in("eve")

    page = client.get(ahead, headers={"X-Pocket": "ahead"})

    assert 'id="submit"' not in page.get_data(as_text=True)
