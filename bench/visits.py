"""G15 and G16: bytes that a phone fetches for the work page, at the first visit and when it comes again.

Every byte from the server is counted on its way, whoever asks for it: the page, its service worker, the browser. What
the service worker lays in for days without a network is told apart: nobody waits for it. The largest paint comes from
`make audit`, which writes it into docs/performance.md.
"""

import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from bench.world import PAGE_STEPS, App, running
from tests.support import builders

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
CHROMIUM = "/usr/bin/chromium"
REPORT = Path(__file__).parent.parent / "docs" / "performance.md"
QUIET_S = 3.0


class Counter:
    """A wire to the server that counts what comes back."""

    def __init__(self, port: int) -> None:
        self.target, self.bytes = port, 0
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self.listener.accept()
            except OSError:
                return
            far = socket.create_connection(("127.0.0.1", self.target))
            for one, other, counted in ((near, far, False), (far, near, True)):
                threading.Thread(target=self._carry, args=(one, other, counted), daemon=True).start()

    def _carry(self, source: socket.socket, sink: socket.socket, counted: bool) -> None:
        try:
            while piece := source.recv(65_536):
                self.bytes += len(piece) if counted else 0
                sink.sendall(piece)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            sink.close()

    def settled(self) -> int:
        """The count once nothing has come for a while."""
        seen = -1
        while seen != self.bytes:
            seen = self.bytes
            time.sleep(QUIET_S)
        return seen


def visits(_reps: int) -> dict[str, dict[str, float]]:
    """A worker scans a label: the first time, and again."""
    with running(steps=PAGE_STEPS, windows=1) as app, _counting(app) as wire, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        (first,) = _loads(browser, app, wire, "block", 1)
        whole, again = _loads(browser, app, wire, "allow", 2)
        browser.close()
    return {
        "G15": {"value": first / 1000, "laid_in_for_offline_kb": (whole - first) / 1000},
        "G16": {"value": 100 * again / whole, "first_kb": whole / 1000, "again_kb": again / 1000},
    } | paints(REPORT.read_text("utf-8"))


@contextmanager
def _counting(app: App) -> Iterator[Counter]:
    counter = Counter(app.port)
    try:
        yield counter
    finally:
        counter.listener.close()


def _loads(browser: Browser, app: App, wire: Counter, workers: str, times: int) -> list[int]:
    """Bytes of each of so many visits in one browser that knew nothing before."""
    address = f"http://127.0.0.1:{wire.port}"
    context = browser.new_context(service_workers=workers, locale="zh-CN", viewport={"width": 390, "height": 844})
    (cookie,) = SimpleCookie(app.headers["Cookie"]).values()
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": address}])
    found = []
    for _ in range(times):
        before = wire.bytes
        page = context.new_page()
        page.goto(f"{address}/p/{builders.CODE}")
        if workers == "allow":
            page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        found.append(wire.settled() - before)
        page.close()
    context.close()
    return found


def paints(report: str) -> dict[str, dict[str, float]]:
    """The worst of the pages' largest paints over that of the floor, as `make audit` found it last; none without it."""
    rows = re.findall(r"^\| (\w+) \| \d+ / \d+ / \d+ \| \d+ \| \d+ \| ([\d.]+) \|", report, re.MULTILINE)
    if not rows:
        return {}
    return {"G15a": {"value": max(float(times) for _page, times in rows), **{page: float(n) for page, n in rows}}}
