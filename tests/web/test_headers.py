"""The content security policy: WebAssembly only where the scanner opens."""

import gzip
from pathlib import Path

import pytest

from app.web.headers import FIXED
from tests.support import builders as make


@pytest.fixture
def world(app):
    with app.app_context():
        make.small_world()


@pytest.mark.parametrize(
    ("address", "compiles"), [("/p", True), ("/P", True), ("/login", False), (f"/p/{make.CODE}", False)]
)
def test_given_a_page_when_it_is_answered_then_only_the_scanner_may_compile(client, world, address, compiles):
    policy = client.get(address).headers["Content-Security-Policy"]

    assert ("'wasm-unsafe-eval'" in policy) is compiles
    assert "'unsafe-eval'" not in policy
    assert "'unsafe-inline'" not in policy


def test_given_the_reader_when_it_is_fetched_then_it_is_webassembly_and_compressed_for_the_way(client):
    asset = client.application.extensions["assets"]["prefix"]

    answer = client.get(f"/{asset}/vendor/zxing_reader-3.1.4.wasm", headers={"Accept-Encoding": "br"})

    assert answer.mimetype == "application/wasm"
    assert answer.headers["Content-Encoding"] == "br"
    assert len(answer.data) < 350_000
    answer.close()


def test_given_the_icons_when_fetched_over_plain_http_then_they_come_compressed_and_are_the_same(client):
    asset = client.application.extensions["assets"]["prefix"]
    written = (Path(client.application.static_folder) / "icons.svg").read_bytes()

    answer = client.get(f"/{asset}/icons.svg", headers={"Accept-Encoding": "gzip"})

    # After a change of the icons: gzip -9nk app/static/icons.svg
    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.data) == written
    answer.close()


@pytest.mark.parametrize("address", ["/login", "/nowhere", "/healthz", "/api/v1/session", "/manifest.webmanifest"])
def test_given_any_answer_when_it_leaves_then_each_fixed_header_stands_once(client, address):
    answer = client.get(address)

    for name, value in FIXED.items():
        assert answer.headers.getlist(name) == [value]
