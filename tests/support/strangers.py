"""What may stand between a phone and the server: a Wi-Fi that answers everything itself, and a newer version."""

import time
from contextlib import contextmanager

from tests.support import cutting

PORTAL = b"<!doctype html><title>Free Wi-Fi</title><h1>Sign in to this Wi-Fi</h1>"


class Between(cutting.Line):
    """`portal`: the Wi-Fi's own page with 200 for everything. `newer`: the service worker is a later one.

    `slow`: seconds that each answer takes.
    """

    portal = newer = False
    slow = 0


@contextmanager
def between(port):
    """A line to the server on this port; gives the Between with its own address in `url`."""
    with cutting.cutting(port, Between(), _Stranger) as line:
        yield line


class _Stranger(cutting.Proxy):
    def carry(self):
        time.sleep(self.line.slow)
        if not self.line.portal:
            super().carry()
            return
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.send_response_only(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(PORTAL)))
        self.end_headers()
        self.wfile.write(PORTAL)

    def pass_on(self, link, body):
        if self.path == "/sw.js":
            del self.headers["Accept-Encoding"], self.headers["If-None-Match"]
        super().pass_on(link, body)

    def give_back(self, answer, content, *, whole):
        later = b"\n// a later version\n" if self.line.newer and self.path == "/sw.js" else b""
        super().give_back(answer, content + later, whole=whole)
