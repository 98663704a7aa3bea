"""Flask as this program needs it: no coroutines, JSON by orjson, hosts known, requests and answers of our own."""

from collections.abc import Callable
from typing import Any

import orjson
from flask import Request, Response
from flask.json.provider import JSONProvider
from werkzeug.routing import MapAdapter

from app.web.incoming import Asked
from app.web.late_rules import LateRule
from app.web.outgoing import Answer
from app.web.passing import Passing

MOST_HOSTS = 64


class _Json(JSONProvider):
    """The same bytes as everywhere else in the program; instants as RFC 3339."""

    def dumps(self, obj: Any, **_options: Any) -> str:
        return orjson.dumps(obj).decode()

    def loads(self, s: str | bytes, **_options: Any) -> Any:
        return orjson.loads(s)

    def response(self, *args: Any, **kwargs: Any) -> Response:
        return Answer(orjson.dumps(self._prepare_response_obj(args, kwargs)), mimetype="application/json")


class Application(Passing):
    """The application object."""

    json_provider_class = _Json
    request_class = Asked
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

    def make_response(self, rv: Any) -> Response:
        """What a view has made by Flask's own class becomes ours, without a question for each thing it might be."""
        if type(rv) is Response:
            rv.__class__ = Answer
            return rv
        return super().make_response(rv)

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Nothing here is a coroutine, so nothing is asked whether it is one, some ten times a request."""
        return func
