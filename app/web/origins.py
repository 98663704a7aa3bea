"""Whose requests are taken: our own host names only, and changes only from pages of our own."""

from urllib.parse import urlsplit

from flask import Flask, Response
from werkzeug.exceptions import SecurityError

from app.refusals import Forbidden
from app.web.asked import asked, extension
from app.web.words import _, lazy

SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
OWN_MACHINE = ("localhost", "127.0.0.1")


def trusted_hosts(base_url: str) -> list[str] | None:
    """The host of the labels, which carry it in capitals, and this computer for its operator and probes.

    Ports do not matter. None, which takes every host, for a literal IPv6 address: Werkzeug cannot compare those.
    """
    host = urlsplit(base_url).hostname or ""
    return None if ":" in host else [host, host.upper(), *OWN_MACHINE]


def install(app: Flask) -> None:
    """Refuse foreign hosts and foreign origins; call before the CSRF check, which may answer with a fresh token."""
    app.before_request(_refuse_foreign_origin)
    app.register_error_handler(SecurityError, _foreign_host)


def _refuse_foreign_origin() -> None:
    """Browsers name the page a change comes from; programs and old browsers say nothing, the token guards those."""
    request = asked()
    if request.method in SAFE_METHODS or request.routing_exception is not None:
        return
    origin = request.environ.get("HTTP_ORIGIN")
    if origin is None:
        return
    own = (extension("settings").base_url, request.host_url.rstrip("/"))
    if origin.lower() not in (each.lower() for each in own):
        sentence = lazy("This was sent from another site. Open the page here and send it again.")
        raise Forbidden(sentence, problem="origin")


def _foreign_host(_error: SecurityError) -> Response:
    """Plain text: no address can be made for a host that is not ours."""
    address = extension("settings").base_url
    sentence = _("This address is not ours. Please open %(address)s.", address=address)
    return Response(sentence + "\n", 400, mimetype="text/plain")
