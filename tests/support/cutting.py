"""A bad network on loopback: a proxy that cuts uploads in the middle and answers on their way back."""

import http.client
import random
from collections import Counter
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread

WRITING = ("PUT", "POST")
UPLOAD, ANSWER, WHOLE = "upload", "answer", "whole"
OWN_TO_THE_LINE = ("connection", "keep-alive", "transfer-encoding", "content-length")


class Line:
    """The fate of each request: shares of uploads and of answers that are cut as long as the line is `bad`.

    `answered(method, path)` hears of each answer before it goes back. `renamed` (old, new) makes another version of the
    product out of the served one: its folder of scripts and sheets has another name.
    """

    def __init__(self, uploads=0.2, answers=0.2, seed=20261121):
        self.uploads, self.answers = uploads, answers
        self.chance, self.lock = random.Random(seed), Lock()
        self.bad = False
        self.answered = lambda _method, _path: None
        self.renamed = None
        self.fates = Counter()
        self.url = ""

    def fate(self, method):
        """What happens to this request; only writing ones have an upload worth cutting."""
        with self.lock:
            upload, answer = self.chance.random() < self.uploads, self.chance.random() < self.answers
            fate = UPLOAD if upload and method in WRITING else ANSWER if answer else WHOLE
            fate = fate if self.bad else WHOLE
            self.fates[method, fate] += 1
            return fate


@contextmanager
def cutting(port, line=None, proxy=None):
    """A line to the server on this port; gives the Line with its own address in `url`. `proxy`: another kind of it."""
    line = line or Line()
    handler = type("Handler", (proxy or Proxy,), {"port": port, "line": line})
    proxy = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    proxy.daemon_threads = True
    line.url = f"http://127.0.0.1:{proxy.server_port}"
    thread = Thread(target=proxy.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield line
    finally:
        proxy.shutdown()
        proxy.server_close()
        thread.join()


class Proxy(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_args):
        pass

    def handle_one_request(self):
        try:
            super().handle_one_request()
        except OSError:
            self.close_connection = True

    def __getattr__(self, name):
        if name.startswith("do_"):
            return self.carry
        raise AttributeError(name)

    def carry(self):
        fate = self.line.fate(self.command)
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length // 2 if fate is UPLOAD else length)
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            self.pass_on(link, body)
            if fate is UPLOAD:
                self.close_connection = True
            else:
                answer = link.getresponse()
                content = answer.read()
                self.line.answered(self.command, self.path)
                self.give_back(answer, self.versioned(content), whole=fate is WHOLE)
        except (OSError, http.client.HTTPException):
            self.close_connection = True
        finally:
            link.close()

    def versioned(self, content):
        old, new = self.line.renamed or ("", "")
        return content.replace(old.encode(), new.encode()) if old else content

    def pass_on(self, link, body):
        old, new = self.line.renamed or ("", "")
        path = self.path.replace(new, old) if old else self.path
        link.putrequest(self.command, path, skip_host=True, skip_accept_encoding=True)
        for name, text in self.headers.items():
            # What is renamed on its way must come whole and readable.
            if not old or name.lower() not in ("accept-encoding", "if-none-match"):
                link.putheader(name, text)
        link.endheaders(body or None)

    def give_back(self, answer, content, *, whole):
        """The server has done its part by now; of a cut answer half arrives, or nothing."""
        self.close_connection = not whole
        if not whole and self.line.chance.random() < 0.5:
            return
        self.send_response_only(answer.status)
        for name, text in answer.getheaders():
            if name.lower() not in OWN_TO_THE_LINE:
                self.send_header(name, text)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content if whole else content[: len(content) // 2])
