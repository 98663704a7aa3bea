"""Security headers of every answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product
from typing import TYPE_CHECKING, Any

from flask import Flask, Request

from app.web.assets import inline_style_hashes
from app.web.incoming import ASKED
from app.web.scanning import SCANNING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

Header = tuple[str, str]
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(self), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


def policy(app: Flask, compiles: str = "") -> str:
    """The content security policy: own scripts only, own sheets and the inlined ones by their hash.

    `compiles` is what a page may do besides, such as compiling WebAssembly.
    """
    styles = " ".join(f"'{digest}'" for digest in inline_style_hashes(app))
    return (
        f"default-src 'self'; script-src 'self'{compiles}; "
        f"style-src 'self' {styles}; "
        "img-src 'self' blob: data:; media-src 'self' blob:; connect-src 'self'; font-src 'self'; object-src 'none'; "
        "frame-ancestors 'none'; base-uri 'none'; form-action 'self'; manifest-src 'self'; worker-src 'self'"
    )


def install(app: Flask) -> None:
    """Add the headers to every answer; private pages are not kept by shared caches."""
    app.wsgi_app = _completed(app.wsgi_app, _kinds(app))  # type: ignore[method-assign,assignment]


def _kinds(app: Flask) -> Mapping[tuple[bool, bool, bool], Mapping[str, Header]]:
    """What an answer of the program carries: whether it may scan, only reads, came over https."""
    policies = {False: policy(app), True: policy(app, " 'wasm-unsafe-eval'")}
    caching = {False: "no-store", True: "private, no-cache"}
    # A trial's certificate is thrown away some day; a browser must not insist on https for it for a year.
    lasting = [("Strict-Transport-Security", "max-age=31536000")] if app.extensions["settings"].production else []
    return {
        (scans, reads, secure): _named(
            *FIXED.items(),
            ("Content-Security-Policy", policies[scans]),
            ("Cache-Control", caching[reads]),
            *(lasting if secure else []),
        )
        for scans, reads, secure in product((False, True), repeat=3)
    }


def _named(*headers: Header) -> Mapping[str, Header]:
    return {header[0].lower(): header for header in headers}


def _completed(
    inner: WSGIApplication, kinds: Mapping[tuple[bool, bool, bool], Mapping[str, Header]]
) -> WSGIApplication:
    """Put on as the answer leaves: Werkzeug would look at each of them three times."""
    of_files = _named(*FIXED.items())

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, headers: list[Header], *failure: Any) -> Any:
            # What WhiteNoise gives never was a request of Flask's.
            asked: Request | None = environ[ASKED]() if ASKED in environ else None
            due = kinds[asked.endpoint in SCANNING, asked.method == "GET", asked.is_secure] if asked else of_files
            own = {name.lower() for name, _ in headers}
            more = due.values() if own.isdisjoint(due) else [each for name, each in due.items() if name not in own]
            return start_response(status, [*headers, *more], *failure)

        return inner(environ, start)

    return answer
