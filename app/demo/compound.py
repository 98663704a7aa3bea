"""The demo compound's content: JSON files beside this module, by noun."""

from functools import cache
from importlib.resources import files
from typing import Any

import orjson


@cache
def content(name: str) -> Any:
    """One file, such as `people`; treat it as read-only."""
    return orjson.loads(files("app.demo").joinpath("data", f"{name}.json").read_bytes())
