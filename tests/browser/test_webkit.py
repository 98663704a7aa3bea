"""A second engine: the core flow in WebKitGTK, of Safari's family; a check that waits while the server is away."""

import os
import re
import sqlite3
import subprocess
import tempfile
import time
import warnings
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait
from selenium.webdriver.webkitgtk.service import Service

from tests.support import servers
from tests.support.pictures import jpeg
from tests.support.walk import ROOMS, load_walk

DRIVER = "/usr/bin/WebKitWebDriver"
NUMBER = re.compile(r"\d{6}-[0-9A-Z]{6}")
PATIENCE = 40
# Without the service worker the outbox stands alone: the page itself keeps and sends.
UNREGISTER = """const done = arguments[0];
navigator.serviceWorker.getRegistrations().then((all) => Promise.all(all.map((one) => one.unregister()))).then(done);"""
KEPT = """const done = arguments[0];
const asked = indexedDB.open("dabiao", 2);
asked.onerror = () => done([]);
asked.onsuccess = () => {
  const read = asked.result.transaction("items").objectStore("items").getAll();
  read.onsuccess = () => {
    asked.result.close();
    done(read.result.map((item) => item.state).filter((state) => state !== "arrived"));
  };
};"""


@contextmanager
def screen():
    """A display of its own, as WebKitGTK draws on none else; gives its name."""
    told, tells = os.pipe()
    command = ["Xvfb", "-displayfd", str(tells), "-screen", "0", "480x960x24", "-nolisten", "tcp"]
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, pass_fds=[tells], stdout=log, stderr=log)
        os.close(tells)
        with os.fdopen(told) as answer:
            number = answer.readline().strip()
        assert number, "Xvfb did not start"
        try:
            yield f":{number}"
        finally:
            process.terminate()
            process.wait(10)


@pytest.fixture(scope="module")
def webkit():
    options = webdriver.WebKitGTKOptions()
    (options.binary_location,) = map(str, Path("/usr/lib").glob("*/webkit2gtk-4.1/MiniBrowser"))
    options.add_argument("--automation")
    with screen() as display:
        drawn = {"DISPLAY": display, "WEBKIT_DISABLE_COMPOSITING_MODE": "1", "LANG": "C.UTF-8", "GDK_BACKEND": "x11"}
        with warnings.catch_warnings():
            # Selenium's own driver class still calls its connection the old way.
            warnings.simplefilter("ignore", DeprecationWarning)
            browser = webdriver.WebKitGTK(options=options, service=Service(DRIVER, env=os.environ | drawn))
        yield browser
        browser.quit()


@pytest.fixture
def served(templates, tmp_path):
    """The walk on a server that a test may stop and start again; gives how to start it, and its database."""
    with templates.copy("sqlite", "walk", load_walk, tmp_path / "served") as url:
        running = servers.start(url, tmp_path / "served")
        port = int(running.url.rpartition(":")[2])
        held = [running]

        def again():
            held.append(servers.start(url, tmp_path / "served", port=port))
            held[-1].wait()

        running.wait()
        yield running, again, url
        for each in held:
            each.stop()


def press(browser, selector):
    """As a finger does it, wherever the page has scrolled to."""
    element = until(browser, lambda: browser.find_elements(By.CSS_SELECTOR, selector))[0]
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'}); arguments[0].click()", element)


def until(browser, question, pause=0.2):
    """`pause` where a page is about to give way to the next: questions to the leaving page can hold it up."""
    time.sleep(pause)
    return WebDriverWait(browser, PATIENCE, pause).until(lambda _browser: question())


def sign_in(browser, url):
    browser.get(f"{url}/login")
    browser.find_element(By.NAME, "account").send_keys("wk-01")
    browser.find_element(By.NAME, "password").send_keys("dabiao-demo")
    press(browser, "form:has([name=password]) button")
    until(browser, lambda: "/login" not in browser.current_url)


def answer(browser, picture):
    """Everything that a restroom asks for, its photo too."""
    press(browser, "#S01 .opt")
    browser.find_element(By.CSS_SELECTOR, "#S04 .file").send_keys(str(picture))
    until(browser, lambda: browser.find_elements(By.CSS_SELECTOR, "#S04 .shot"))
    press(browser, "#S04 .opt.pass")
    press(browser, ".rest")


def count(url, table):
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as link:
        return link.execute(f"select count(*) from {table}").fetchone()[0]


def test_given_webkit_when_a_check_is_done_then_its_receipt_comes_and_one_done_without_a_server_follows(
    webkit, served, tmp_path
):
    server, start_again, database = served
    picture = tmp_path / "a.jpg"
    picture.write_bytes(jpeg(3000, 2000))
    sign_in(webkit, server.url)
    # This machine has no loudspeaker; WebKitGTK waits for one.
    webkit.execute_script("localStorage.setItem('dabiao:muted', '1')")

    webkit.get(f"{server.url}/P/{ROOMS[0]}")
    answer(webkit, picture)
    press(webkit, "#submit")
    until(webkit, lambda: count(database, "checks") == 1)
    until(webkit, lambda: "/checks/" in webkit.current_url and NUMBER.search(webkit.page_source), pause=2)

    webkit.execute_async_script(UNREGISTER)
    webkit.get(f"{server.url}/P/{ROOMS[1]}")
    until(webkit, lambda: webkit.find_elements(By.ID, "submit"))
    server.kill()
    picture.write_bytes(jpeg(2000, 3000, seed=2))
    answer(webkit, picture)
    press(webkit, "#submit")
    until(webkit, lambda: webkit.execute_async_script(KEPT) == ["kept"], pause=2)
    assert count(database, "checks") == 1
    start_again()

    until(webkit, lambda: count(database, "checks") == 2)
    assert (count(database, "photos"), count(database, "receipts")) == (2, 2)
