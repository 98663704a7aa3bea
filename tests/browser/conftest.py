"""A real Chromium against a real server with the demo compound; every page that throws or is blocked fails its test."""

import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import sync_playwright

from tests.support.compound import load_demo
from tests.support.servers import module_server
from tests.support.walk import ROOMS

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]  # fmt: skip
CHINA = {"locale": "zh-CN", "timezone_id": "Asia/Shanghai"}
DESK = {"viewport": {"width": 1360, "height": 860}, **CHINA}
# What WeChat's own web view lacks, taken away before any script of the page runs.
LIKE_WECHAT = """
for (const [owner, names] of [
  [Navigator.prototype, ["serviceWorker", "mediaDevices"]],
  [window, ["SpeechRecognition", "webkitSpeechRecognition", "speechSynthesis", "BarcodeDetector", "SyncManager"]],
  [window, ["PushManager", "Notification"]],
]) for (const name of names) { try { delete owner[name]; } catch (refused) {} }
"""
WECHAT = (
    "Mozilla/5.0 (Linux; Android 13; V2232A) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/116.0.0.0 "
    "Mobile Safari/537.36 XWEB/1160117 MMWEBSDK/20240404 MicroMessenger/8.0.49 NetType/4G Language/zh_CN"
)
# The browser itself says these; they are no fault of the page.
HARMLESS = (
    "Failed to load resource: the server responded with a status of 4",
    "net::ERR_INTERNET_DISCONNECTED",
    # The browser looks for a newer service worker and has no network.
    "An unknown error occurred when fetching the script",
)


def pytest_collection_modifyitems(items):
    for item in items:
        if "/browser/" in str(item.path):
            item.add_marker(pytest.mark.browser)
            # A busy machine can starve a browser of its seconds; a fault fails twice, and the summary counts reruns.
            item.add_marker(pytest.mark.flaky(reruns=1))
            # Now and then a browser never answers; the worker of the tests is then ended and takes the test up again.
            item.add_marker(pytest.mark.timeout(300))


@pytest.fixture(scope="session")
def playwright():
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(playwright):
    browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
    yield browser
    browser.close()


# One server a test module; modules with another world name it themselves.
server = module_server("demo", load_demo)


@pytest.fixture(scope="module")
def rooms():
    """The restrooms of the walk; each test of a module takes the next."""
    return iter(ROOMS)


@pytest.fixture
def room(rooms):
    """A restroom that no other test does: a window is done once only."""
    return next(rooms)


@pytest.fixture
def opened(chromium, server):
    """Opens contexts: `opened(**options)` gives a page; faults that a page tells of fail the test at its end."""
    contexts, faults = [], []

    def new(*scripts, **options):
        context = chromium.new_context(**{"base_url": server.url, **options})
        for script in scripts:
            context.add_init_script(script)
        context.set_default_timeout(8000)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
        page.on("console", lambda line: _note(faults, page, line))
        contexts.append(context)
        return page

    yield new
    for context in contexts:
        context.close()
    # What the server wrote last tells why a page could not be made.
    assert not faults, "\n".join([*faults, server.log.read_text("utf-8")[-6000:]])


def _note(faults, page, line):
    if line.type == "error" and not any(word in line.text for word in HARMLESS):
        faults.append(f"{page.url}: {line.text}")


@pytest.fixture
def phone(opened, playwright):
    """A page on a phone."""
    return opened(**playwright.devices["Pixel 7"], **CHINA)


@pytest.fixture
def wechat(opened, playwright):
    """A phone like WeChat's web view: no service worker, no speech, no camera stream; files only."""
    return opened(LIKE_WECHAT, **{**playwright.devices["Pixel 7"], "user_agent": WECHAT}, **CHINA)


@pytest.fixture
def plain_phone(opened, playwright):
    """A phone with JavaScript off."""
    return opened(**playwright.devices["Pixel 7"], **CHINA, java_script_enabled=False)


@pytest.fixture
def desk(opened):
    """A desk screen."""
    return opened(**DESK)


@pytest.fixture
def sign_in():
    """`sign_in(page, "wk-01")` through the real page."""

    def through(page, person, password="dabiao-demo"):
        page.goto("/login")
        page.fill("[name=account]", person)
        page.fill("[name=password]", password)
        page.click("form[action='/login'] button, form:has([name=password]) button")
        page.wait_for_url(lambda url: "/login" not in url)

    return through


@pytest.fixture
def rows(server):
    """Rows of a query in the server's database."""

    def ask(query):
        with closing(sqlite3.connect(server.log.parent / "test.sqlite3")) as link:
            return link.execute(query).fetchall()

    return ask
