"""What the program is told of a plain request, and how its answer leaves: as by gunicorn, with less done anew."""

import io
from typing import Any

from gunicorn import util
from gunicorn.http.message import TOKEN_RE
from gunicorn.http.wsgi import HEADER_VALUE_RE, Response, WSGIErrorsWrapper, base_environ

from app import clock
from app.serving_heads import PlainRequest

Environ = dict[str, Any]
Address = tuple[Any, ...]


class _Errors(io.RawIOBase):
    """Where a program writes errors: gunicorn's log as it is then, for a log that is turned over is opened anew."""

    def __init__(self, settings: Any) -> None:
        self._settings = settings

    def write(self, data: Any) -> int:
        WSGIErrorsWrapper(self._settings).write(data)
        return len(data)


def surroundings(settings: Any) -> Environ:
    """What is the same for all requests of a worker with threads."""
    return base_environ(settings) | {"wsgi.errors": _Errors(settings), "wsgi.multithread": True, "SCRIPT_NAME": ""}


def environ_of(same: Environ, req: PlainRequest, sock: Any, client: Address, server: Address) -> Environ:
    """The environment of a plain request over TCP; gunicorn's, but for its offer of early hints."""
    environ = {
        **same,
        "wsgi.input": req.body,
        "wsgi.url_scheme": req.scheme,
        "gunicorn.socket": sock,
        "REQUEST_METHOD": req.method,
        "RAW_URI": req.uri,
        "PATH_INFO": util.unquote_to_wsgi_str(req.path) if "%" in req.path else req.path,
        "QUERY_STRING": req.query,
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": client[0],
        "REMOTE_PORT": str(client[1]),
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1]),
    }
    for name, value in req.headers:
        environ["HTTP_" + name.replace("-", "_")] = value
    for name in ("CONTENT_TYPE", "CONTENT_LENGTH"):
        if (key := f"HTTP_{name}") in environ:
            environ[name] = environ.pop(key)
    return environ


class Answer(Response):  # type: ignore[misc]
    """Gunicorn's answer. Fields that it would take as they are are not looked at one function after another."""

    response_length: int | None
    headers_sent: bool

    def process_headers(self, headers: list[tuple[str, str]]) -> None:
        """As of gunicorn's, with its refusals."""
        kept, length = [], self.response_length
        for name, value in headers:
            plain = isinstance(name, str) and isinstance(value, str)
            if not plain or not TOKEN_RE.fullmatch(name) or not HEADER_VALUE_RE.fullmatch(value):
                super().process_headers(headers)
                return
            if (key := name.lower()) in util.hop_headers:
                super().process_headers(headers)
                return
            if key == "content-length":
                length = int(value)
            kept.append((name, value.strip(" \t")))
        self.response_length = length
        self.headers += kept

    def send_headers(self) -> None:
        """As of gunicorn's."""
        if self.headers_sent:
            return
        connection = "upgrade" if self.upgrade else "close" if self.should_close() else "keep-alive"
        major, minor = self.req.version
        lines = [f"HTTP/{major}.{minor} {self.status}", f"Server: {self.version}", f"Date: {_date.now()}"]
        lines.append(f"Connection: {connection}")
        if self.chunked:
            lines.append("Transfer-Encoding: chunked")
        lines += [f"{name}: {value}" for name, value in self.headers]
        self.sock.sendall("\r\n".join([*lines, "\r\n"]).encode("latin-1"))
        self.headers_sent = True


class _Date:
    """The date of answers, worded once a second."""

    def __init__(self) -> None:
        self._known = 0, ""

    def now(self) -> str:
        second = int(clock.now().timestamp())
        known = self._known
        if known[0] != second:
            self._known = known = second, util.http_date(second)
        return known[1]


_date = _Date()
