"""Every request has a number: in its answer, on a page that says what went wrong, and in each line of the log."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from contextvars import ContextVar
from random import getrandbits
from time import perf_counter
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, request
from werkzeug.wsgi import ClosingIterator

from app.web.current import maybe_person
from app.web.logs import Fields

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

HEADER = "X-Request-Id"
KEPT = "dabiao.request"
# What may stand in the log of an address: never what opens something, such as the secret of a badge or a status link.
PLAIN_ARGUMENTS = ("code", "number", "day", "month", "kind", "form", "sha256")
_NUMBER = re.compile(r"[0-9A-Za-z-]{8,64}")
_here: ContextVar[str] = ContextVar("request_number", default="")
_began: ContextVar[float] = ContextVar("request_began", default=0.0)

log = logging.getLogger("dabiao.requests")


def request_number() -> str:
    """The number of the request that is being answered, "" outside of one."""
    return _here.get()


def seconds_so_far() -> float:
    """Since the request came in."""
    return perf_counter() - _began.get()


def install(app: Flask) -> None:
    """Number all requests; with DABIAO_LOG=json a line for each."""
    settings = app.extensions["settings"]
    told = settings.log == "json"
    if told:
        app.after_request(_remember)
    app.wsgi_app = _numbered(app.wsgi_app, trusted=bool(settings.trusted_proxies), told=told)  # type: ignore[method-assign,assignment]


def _numbered(inner: WSGIApplication, *, trusted: bool, told: bool) -> WSGIApplication:
    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        number, began = _number_for(environ, trusted=trusted), perf_counter()
        _here.set(number)
        _began.set(began)
        said: dict[str, Any] = {}
        environ[KEPT] = said

        def start(status: str, headers: list[tuple[str, str]], *failure: Any) -> Any:
            said["status"] = int(status[:3])
            return start_response(status, [*headers, (HEADER, number)], *failure)

        body = inner(environ, start)
        return ClosingIterator(body, lambda: _tell(environ, said, number, began)) if told else body

    return answer


def _number_for(environ: WSGIEnvironment, *, trusted: bool) -> str:
    """What the web server in front has given it, where one is trusted; else a new one."""
    given = str(environ.get("HTTP_X_REQUEST_ID", "")) if trusted else ""
    # No secret, so nothing that the system would have to be asked for.
    return given if _NUMBER.fullmatch(given) else f"{getrandbits(64):016x}"


def _remember(response: Response) -> Response:
    """What only the request knows, for the line that is written once the answer has left."""
    person = maybe_person()
    request.environ[KEPT] |= {
        "rule": request.url_rule.rule if request.url_rule else None,
        "ids": {name: str(value) for name, value in (request.view_args or {}).items() if _plain(name)},
        "person": person.id if person else None,
        "from": request.remote_addr,
        "bytes": response.content_length,
    }
    return response


def _plain(name: str) -> bool:
    return name in PLAIN_ARGUMENTS or name.endswith("_id")


def _tell(environ: WSGIEnvironment, said: dict[str, Any], number: str, began: float) -> None:
    fields: Fields = {"method": environ.get("REQUEST_METHOD"), **said, "ms": round((perf_counter() - began) * 1000, 1)}
    # The context may be another one by the time a streamed answer ends.
    log.info("request", extra={"fields": {**fields, "request": number}})
