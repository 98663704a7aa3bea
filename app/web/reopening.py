"""Where the page of a refused request can be opened again: its own address, never what the Referer says."""

from urllib.parse import quote

from flask import current_app, request

from app.web.paths import own_path


def reopening_path(*, form_was_read: bool = True) -> str:
    """The request's own path and query; of a sent form the page it named as `next`, else the nearest one above it.

    `form_was_read` is False where the body was refused, for reading it would refuse again.
    """
    if request.method in ("GET", "HEAD"):
        query = request.query_string.decode("ascii", "replace")
        return own_path(quote(request.path) + (f"?{query}" if query else ""))
    named = own_path(request.form.get("next"), "") if form_was_read else ""
    return named or _page_above(own_path(quote(request.path)))


def _page_above(path: str) -> str:
    """The path itself or the nearest above it that answers GET: /checks/17/verdicts leads to /checks/17."""
    addresses = current_app.create_url_adapter(request)
    while path != "/" and addresses and not addresses.test(path, "GET"):
        path = path.rpartition("/")[0] or "/"
    return path
