"""Service worker, manifest, the page without a network, and the mark of own answers."""

import json
import re

import pytest

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
    decoders = json.loads(re.search(r"^const DECODERS = (.*);$", text, re.MULTILINE)[1])

    statuses = {}
    for path in (*files, *decoders):
        with client.get(path) as answer:
            statuses[path] = answer.status_code
    wrong = {path: status for path, status in statuses.items() if status != 200}

    assert len(files) > 20 and len(decoders) >= 2
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
