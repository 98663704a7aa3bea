"""The only place that knows the header names of htmx."""

from flask import request


def is_fragment_request() -> bool:
    """Whether htmx asks for a piece of a page."""
    return request.headers.get("HX-Request") == "true"
