"""Flask as this program needs it: no coroutines, JSON by orjson, cookies straight from their header, hosts known."""

from collections.abc import Callable
from typing import Any
from weakref import ref

import orjson
from flask import Flask, Request, Response
from flask.json.provider import JSONProvider
from werkzeug.datastructures import Headers, ImmutableMultiDict
from werkzeug.http import parse_cookie
from werkzeug.routing import MapAdapter
from werkzeug.utils import cached_property

from app.web.late_rules import LateRule

# Where what stands around the application finds the request; Werkzeug's own name for it is also used by its client.
ASKED = "dabiao.asked"
MOST_HOSTS = 64
# What has a body, and the headers that the library completes.
_PLAIN = (200, 201)
_LEADING = ("location", "content-location")


class _Json(JSONProvider):
    """The same bytes as everywhere else in the program; instants as RFC 3339."""

    def dumps(self, obj: Any, **_options: Any) -> str:
        return orjson.dumps(obj).decode()

    def loads(self, s: str | bytes, **_options: Any) -> Any:
        return orjson.loads(s)

    def response(self, *args: Any, **kwargs: Any) -> Response:
        return Response(orjson.dumps(self._prepare_response_obj(args, kwargs)), mimetype="application/json")


class _Cookies(ImmutableMultiDict[str, str]):
    """Cookies; the library raises and catches an error for each that is asked for and not there, which most are not."""

    def get(self, key: str, default: Any = None, type: Any = None) -> Any:  # type: ignore[override]  # noqa: A002  its name
        return super().get(key, default, type) if key in self else default


class _Asked(Request):
    """A request; Werkzeug looks through all headers for further cookie headers, which WSGI has joined already."""

    def __init__(self, environ: dict[str, Any], *given: Any, **named: Any) -> None:
        super().__init__(environ, *given, **named)
        # Not the request itself: it holds the environment, and a circle would keep both until the collector comes by.
        environ[ASKED] = ref(self)

    @cached_property
    def cookies(self) -> ImmutableMultiDict[str, str]:
        return parse_cookie(self.environ.get("HTTP_COOKIE"), cls=_Cookies)  # type: ignore[return-value]


class Answer(Response):
    """An answer; one that leads nowhere and knows its length leaves with its headers as they are, not with a copy."""

    def get_wsgi_headers(self, environ: Any) -> Headers:
        named = {name.lower() for name, _ in self.headers}
        if self.status_code in _PLAIN and "content-length" in named and named.isdisjoint(_LEADING):
            return self.headers
        return super().get_wsgi_headers(environ)


class Application(Flask):
    """The application object."""

    json_provider_class = _Json
    request_class = _Asked
    response_class = Answer
    url_rule_class = LateRule

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._hosts: dict[tuple[str | None, ...], tuple[str, MapAdapter]] = {}

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """Whether a host is ours and how its name is written is found out once; a foreign one is refused each time."""
        if request is None or "HTTP_HOST" not in request.environ or "HTTP_UPGRADE" in request.environ:
            return super().create_url_adapter(request)
        given = request.environ
        asked = given["HTTP_HOST"], given["wsgi.url_scheme"], given.get("SCRIPT_NAME")
        known = self._hosts.get(asked)
        if known is None:
            made = super().create_url_adapter(request)
            if made is not None and len(self._hosts) < MOST_HOSTS:
                self._hosts[asked] = request.host, made
            return made
        request.host, first = known
        return MapAdapter(
            first.map, first.server_name, first.script_name, first.subdomain, first.url_scheme,
            request.path, request.method, request.query_string.decode(errors="replace"),
        )  # fmt: skip

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Nothing here is a coroutine, so nothing is asked whether it is one, some ten times a request."""
        return func
