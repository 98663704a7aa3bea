"""Security headers of every answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, request

from app.web.assets import inline_style_hashes
from app.web.scanning import SCANNING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

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


def _with_fixed(inner: WSGIApplication) -> WSGIApplication:
    """The headers that never differ, put on as the answer leaves: Werkzeug would look at each of them three times."""
    fixed = list(FIXED.items())

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        def start(status: str, headers: list[tuple[str, str]], *failure: Any) -> Any:
            own = {name.lower() for name, _ in headers}
            return start_response(status, headers + [each for each in fixed if each[0].lower() not in own], *failure)

        return inner(environ, start)

    return answer


def install(app: Flask) -> None:
    """Add the headers to every answer; private pages are not kept by shared caches."""
    csp, scanning_csp = policy(app), policy(app, " 'wasm-unsafe-eval'")
    # A trial's certificate is thrown away some day; a browser must not insist on https for it for a year.
    production = app.extensions["settings"].production

    app.wsgi_app = _with_fixed(app.wsgi_app)  # type: ignore[method-assign,assignment]

    @app.after_request
    def add(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", scanning_csp if request.endpoint in SCANNING else csp)
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store" if request.method != "GET" else "private, no-cache"
        if request.is_secure and production:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
        return response
