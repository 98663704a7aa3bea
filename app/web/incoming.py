"""A request as this program needs it: what every request is asked for is read straight from its environment."""

from functools import lru_cache
from typing import Any
from weakref import ref

from flask import Request
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.http import parse_cookie
from werkzeug.utils import cached_property

# Where what stands around the application finds the request; Werkzeug's own name for it is also used by its client.
ASKED = "dabiao.asked"
KNOWN_HEADERS = 1024


class Cookies(ImmutableMultiDict[str, str]):
    """Cookies; the library raises and catches an error for each that is asked for and not there, which most are not."""

    def get(self, key: str, default: Any = None, type: Any = None) -> Any:  # type: ignore[override]  # noqa: A002  its name
        """As of the library's."""
        if key not in self:
            return default
        return super().get(key, default, type) if type else dict.__getitem__(self, key)[0]


@lru_cache(KNOWN_HEADERS)
def _cookies_in(header: str) -> Cookies:
    """A phone sends the same ones with each request, and nobody can change what was found in them."""
    return parse_cookie(header, cls=Cookies)  # type: ignore[return-value]


class Asked(Request):
    """A request; Werkzeug looks through all headers for further cookie headers, which WSGI has joined already."""

    def __init__(self, environ: dict[str, Any], *given: Any, **named: Any) -> None:
        super().__init__(environ, *given, **named)
        # Not the request itself: it holds the environment, and a circle would keep both until the collector comes by.
        environ[ASKED] = ref(self)

    @cached_property
    def cookies(self) -> ImmutableMultiDict[str, str]:
        """As of Werkzeug's."""
        return _cookies_in(self.environ.get("HTTP_COOKIE", ""))

    @cached_property
    def content_length(self) -> int | None:
        """As of Werkzeug's, which asks the headers twice and a pattern once for it."""
        told: str = self.environ.get("CONTENT_LENGTH", "")
        if "HTTP_TRANSFER_ENCODING" in self.environ or not (told.isascii() and told.isdigit()):
            return super().content_length
        return int(told)

    @property
    def mimetype(self) -> str:
        """As of Werkzeug's; only a type with parameters is taken apart."""
        told: str = self.environ.get("CONTENT_TYPE", "")
        return super().mimetype if ";" in told else told.strip().lower()

    def close(self) -> None:
        """As of Werkzeug's: files are there only if somebody has asked for them."""
        if "files" in vars(self):
            super().close()
