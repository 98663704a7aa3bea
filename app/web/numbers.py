"""Numbers in addresses and forms: plain digits only, and none that a database column cannot hold."""

import re

from flask import Flask
from werkzeug.routing import IntegerConverter

MOST_DIGITS = 18
_PLAIN = re.compile(rf"[0-9]{{1,{MOST_DIGITS}}}")


class RowNumber(IntegerConverter):
    """`<int:…>` of an address; everything else is no page."""

    regex = _PLAIN.pattern


def whole_number(text: str, otherwise: int = 0) -> int:
    """The number that somebody sent, or `otherwise` when it is none."""
    return int(text) if _PLAIN.fullmatch(text) else otherwise


def page_number(text: str) -> int:
    """The page asked for, 1 at least and never further than a list can be long."""
    return min(max(whole_number(text, 1), 1), 1_000_000)


def install(app: Flask) -> None:
    """Let every blueprint's `<int:…>` be a RowNumber; call before they are registered."""
    app.url_map.converters["int"] = RowNumber
