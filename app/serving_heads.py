"""Heads of requests: plainly written ones are read by one expression, every other by gunicorn itself.

Gunicorn looks at each line of a head for each thing that could be wrong with it. What a browser or a web server in
front writes is nothing of that, and one expression tells so; wherever it does not match, or a field means more than
it says, the bytes are given back and gunicorn reads them from the start. So nothing is taken that gunicorn refuses,
and nothing is read otherwise (`tests/test_serving_heads.py` compares the two on heads of all kinds).
"""

import re
from typing import Any

from gunicorn.http.body import LengthReader
from gunicorn.http.message import Request
from gunicorn.http.parser import RequestParser

# A target with a path of its own and no fragment; names without underscores, values of printable ASCII.
_PLAIN = re.compile(
    rb"(GET|HEAD|POST|PUT) (/[!-\"$-~]*+) HTTP/1\.1\r\n"
    rb"((?:[A-Za-z0-9-]++:[\t -~]*+\r\n)++)\r\n",
)
# Short enough for every limit of a line or a field, whatever it is made of.
LONGEST_BYTES = 4000
# What these say changes how the rest is read.
_GUNICORNS = frozenset(("EXPECT", "TRANSFER-ENCODING", "UPGRADE", "TE", "TRAILER"))


class PlainRequest(Request):  # type: ignore[misc]
    """A request as gunicorn has it. `is_plain` where it was read here: no field comes twice, none has an underscore."""

    is_plain = False
    _closes = False

    def parse(self, unreader: Any) -> bytes:
        """As of gunicorn's: what came beyond the head."""
        data: bytes = unreader.read()
        if not data:
            raise StopIteration
        found = _PLAIN.match(data)
        if found is not None and found.end() <= self._longest() and self._take(*found.groups()):
            return data[found.end() :]
        unreader.unread(data)
        return bytes(super().parse(unreader))

    def should_close(self) -> bool:
        """As of gunicorn's, which looks for the field each of three times."""
        return self.must_close or self._closes if self.is_plain else bool(super().should_close())

    def _longest(self) -> int:
        return min(self.limit_request_line or LONGEST_BYTES, self.limit_request_field_size, LONGEST_BYTES)

    def _take(self, method: bytes, target: bytes, lines: bytes) -> bool:
        pairs = [line.partition(":") for line in lines.decode("ascii").split("\r\n")[:-1]]
        fields = {name.upper(): value.strip(" \t") for name, _, value in pairs}
        if len(fields) < len(pairs) or len(pairs) > self.limit_request_fields or not _GUNICORNS.isdisjoint(fields):
            return False
        schemes = fields.keys() & self.cfg.secure_scheme_headers.keys()
        if len(schemes) > 1:
            return False
        if schemes and self._peer_is_trusted_proxy():
            secure = self.cfg.secure_scheme_headers
            self.scheme = "https" if all(fields[name] == secure[name] for name in schemes) else "http"
        self.method, self.uri = method.decode("ascii"), target.decode("ascii")
        self.path, _, self.query = self.uri.partition("?")
        self.fragment, self.version, self.headers = "", (1, 1), list(fields.items())
        self._closes, self.is_plain = fields.get("CONNECTION", "").lower() == "close", True
        return True


class PlainParser(RequestParser):  # type: ignore[misc]
    """Gunicorn's parser of a connection, with requests as above."""

    mesg_class = PlainRequest

    def finish_body(self, deadline: float | None = None, max_bytes: int | None = None) -> bool:
        """As of gunicorn's, which asks a body that has been read to its end once more, twice a request."""
        body: Any = self.mesg and self.mesg.body
        if body and type(body.reader) is LengthReader and not (body.reader.length or body.failed or body.buf.tell()):
            return True
        return bool(super().finish_body(deadline, max_bytes))
