"""The request that is being answered, its session and its application, without Flask's proxies.

A proxy is asked for an attribute by way of an error that it raises and catches, which costs five times as much as the
way here. What every request passes through takes this one; a page that looks once may take the proxy.
"""

from collections.abc import Callable
from typing import Any

from flask import Flask, Request, current_app, request, session
from flask.ctx import RequestContext
from flask.globals import request_ctx
from flask.sessions import SessionMixin
from werkzeug.exceptions import ClientDisconnected

asked: Callable[[], Request] = request._get_current_object  # type: ignore[attr-defined]  # noqa: SLF001  documented
"""The request itself."""
opened: Callable[[], SessionMixin] = session._get_current_object  # type: ignore[attr-defined]  # noqa: SLF001
"""Its session."""
context: Callable[[], RequestContext] = request_ctx._get_current_object  # type: ignore[attr-defined]  # noqa: SLF001
"""All that Flask holds of it."""
_application: Callable[[], Flask] = current_app._get_current_object  # type: ignore[attr-defined]  # noqa: SLF001


def whole_body(of: Request, length: int) -> bytes:
    """The body in one read; Werkzeug's limited stream would copy it twice more. Raises ClientDisconnected."""
    try:
        body: bytes = of.environ["wsgi.input"].read(length)
    except OSError as gone:
        raise ClientDisconnected from gone
    if len(body) < length:
        raise ClientDisconnected
    return body


def extension(name: str) -> Any:
    """What was put on the application under this name."""
    return _application().extensions[name]
