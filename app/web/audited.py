"""Views that leave a line in the audit log: looks at personal data, and files that leave the house with a watermark.

The log itself lies in `app.audit`; the application hands it in as `extensions["audit"]`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from flask import Response, current_app, make_response, render_template, request

from app.db import atomically
from app.refusals import Unavailable
from app.web.current import person
from app.web.words import lazy

P = ParamSpec("P")
R = TypeVar("R")
OWN_WORDS = 120
PURPOSES = {
    "daily": lazy("Daily work"),
    "handover": lazy("Handover or filing"),
    "inspection": lazy("Inspection or review"),
    "training": lazy("Training and qualification"),
    "planning": lazy("Planning of people and rounds"),
    "other": lazy("Something else"),
}


@dataclass(frozen=True)
class Export:
    """What a view gives away as a file.

    Without a usual `purpose` it asks for one; `stamped` is False where no byte may change.
    """

    what: str
    purpose: str = ""
    stamped: bool = True


def viewed(kind: str, about: str = "") -> Callable[[Callable[P, R]], Callable[P, R]]:
    """A page of personal data: who opened it is noted; `about` names the part of the address that says whose."""

    def decorate(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def watched(*args: P.args, **kwargs: P.kwargs) -> R:
            answer = view(*args, **kwargs)
            note_view(kind, str(kwargs.get(about, "")) if about else "")
            return answer

        watched.viewed = kind  # type: ignore[attr-defined]
        return watched

    return decorate


def note_view(kind: str, about: str = "", **data: object) -> None:
    """A look at personal data, in a transaction of its own; reading goes on when nothing can be written."""
    if request.method == "HEAD":
        return
    try:
        _note(kind, about, data)
    except Unavailable:
        current_app.logger.warning("a look was not noted: %s %s", kind, about)


def exported(what: str, purpose: str = "", *, stamped: bool = True) -> Callable[[Callable[P, R]], Callable[P, Any]]:
    """A file that leaves: its purpose is asked for or the usual one taken, it is noted, and it carries the number.

    No line in the log, no file.
    """
    export = Export(what, purpose, stamped)

    def decorate(view: Callable[P, R]) -> Callable[P, Any]:
        @wraps(view)
        def watched(*args: P.args, **kwargs: P.kwargs) -> Any:
            given = _purpose(export)
            if not given:
                # Who may not have it is told so before being asked what for.
                view(*args, **kwargs)
                return render_template("audit/purpose.html", purposes=PURPOSES, asked=_asked())
            answer = make_response(view(*args, **kwargs))
            return _let_out(answer, export, given) if answer.status_code == 200 and _is_file(answer) else answer

        watched.exported = export  # type: ignore[attr-defined]
        return watched

    return decorate


def given_purpose() -> str:
    """What the form said the file is for: a key of PURPOSES or words of one's own; "" when it said nothing."""
    return _purpose(Export(""))


def _purpose(export: Export) -> str:
    named = request.values.get("purpose", "")
    if named == "other":
        return request.values.get("purpose_words", "").strip()[:OWN_WORDS]
    return named if named in PURPOSES else export.purpose


def _asked() -> list[tuple[str, str]]:
    """What the address or the form said already."""
    said = ((name, text) for given in (request.args, request.form) for name, text in given.items(multi=True))
    return [(name, text) for name, text in said if name not in ("purpose", "purpose_words", "csrf_token")]


def _is_file(answer: Response) -> bool:
    return answer.headers.get("Content-Disposition", "").startswith("attachment")


def _let_out(answer: Response, export: Export, purpose: str) -> Response:
    data = {"what": export.what, "purpose": purpose, "path": request.full_path.rstrip("?")[:300]}
    number = _note("export.file", export.what, data)
    answer.headers["X-Export-Number"] = str(number)
    if export.stamped:
        me, settings = person(), current_app.extensions["settings"]
        audit = current_app.extensions["audit"]
        mark = audit.mark(number, me.name, me.id, str(PURPOSES.get(purpose, purpose)), settings.zone)
        # A file that would have gone past the program is read: it changes.
        answer.direct_passthrough = False
        answer.set_data(audit.stamped(answer.get_data(), answer.mimetype, mark))
    return answer


def _note(kind: str, about: str, data: dict[str, Any]) -> int:
    note, me, address = current_app.extensions["audit"].note, person(), request.remote_addr or ""
    number: int = atomically(lambda: note(kind, by_id=me.id, about=about, address=address, data=data or None))
    return number
