"""An answer as it leaves the application."""

from collections.abc import Iterable
from typing import Any

from flask import Response
from werkzeug.datastructures import Headers

# What has a body, and the headers that the library completes.
_PLAIN = (200, 201)
_LEADING = ("location", "content-location")


class Answer(Response):
    """An answer; one that leads nowhere and knows its length leaves with its headers as they are, not with a copy."""

    def get_wsgi_headers(self, environ: Any) -> Headers:
        """As of Werkzeug's."""
        return self.headers if self._is_whole() else super().get_wsgi_headers(environ)

    def __call__(self, environ: Any, start_response: Any) -> Iterable[bytes]:
        """As of Werkzeug's: a body in one piece that nobody has to close leaves as it is."""
        body = self.response
        in_one = isinstance(body, list) and len(body) == 1 and type(body[0]) is bytes and not self._on_close
        if not in_one or environ["REQUEST_METHOD"] == "HEAD" or not self._is_whole():
            return super().__call__(environ, start_response)
        start_response(self.status, list(self.headers))
        return body  # type: ignore[return-value]

    def _is_whole(self) -> bool:
        if self.status_code not in _PLAIN:
            return False
        named = {name.lower() for name, _ in self.headers}
        return "content-length" in named and named.isdisjoint(_LEADING)
