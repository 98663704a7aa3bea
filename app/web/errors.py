"""A Refusal becomes a page, a fragment or a JSON problem, each with a sentence that a cleaner understands."""

from http import HTTPStatus
from typing import Any

import orjson
from flask import Flask, Response, current_app, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.wrappers import Response as AnyResponse

from app.refusals import Forbidden, Invalid, NotFound, Refusal, SignInNeeded, TooLarge, TooMany, Unavailable
from app.web.current import forget_person, maybe_person
from app.web.htmx import is_fragment_request
from app.web.reopening import reopening_path
from app.web.requests import request_number
from app.web.words import _, lazy

# The database itself, or a connection to it: more ask at once than the pool holds.
AWAY = (OperationalError, NoConnection)
# Under this key a room above that knows more of what is not here names a function: of the path a Gone, or None.
KNOWS_OF_GONE = "knows_of_gone"
PAGES = {401, 403, 404, 409, 410, 413, 415, 422, 429, 500, 503, 507}


def install(app: Flask) -> None:
    """One handler each for refusals, HTTP errors, CSRF, the database away, and the unexpected."""
    app.register_error_handler(Refusal, answer)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(HTTPException, _http)
    for away in AWAY:
        app.register_error_handler(away, _database_away)
    app.register_error_handler(DataError, _not_storable)
    app.register_error_handler(Exception, _unexpected)


def answer(refusal: Refusal) -> AnyResponse:
    """The refusal in the form the caller reads."""
    if wants_json():
        return problem(refusal)
    refusal = _gone(refusal) or refusal
    if isinstance(refusal, SignInNeeded) and _holds_a_form():
        return _again()
    if isinstance(refusal, SignInNeeded) and not is_fragment_request():
        back = request.full_path.rstrip("?") if request.method == "GET" else None
        return redirect(url_for("accounts.sign_in", next=back), 303)
    try:
        body = _page(refusal)
    except AWAY:
        forget_person()
        body = _page(refusal)
    return _with_retry(Response(body, refusal.status, mimetype="text/html"))


def _gone(refusal: Refusal) -> Refusal | None:
    """What was here once, told to whoever is signed in."""
    asked = current_app.extensions.get(KNOWS_OF_GONE)
    if asked is None or not isinstance(refusal, NotFound) or request.method != "GET":
        return None
    try:
        found: Refusal | None = asked(request.path) if maybe_person() else None
    except AWAY:
        return None
    return found


def _page(refusal: Refusal) -> str:
    page = f"errors/{refusal.status if refusal.status in PAGES else 400}.html"
    again = reopening_path(form_was_read=refusal.status != TooLarge.status)
    return render_template(page, refusal=refusal, again=again, number=request_number())


def wants_json() -> bool:
    """The API speaks JSON only."""
    return request.path.startswith("/api/")


def problem(refusal: Refusal) -> Response:
    """RFC 9457 problem document."""
    document: dict[str, Any] = {
        "type": f"/problems/{refusal.problem}",
        "title": HTTPStatus(refusal.status).phrase,
        "status": refusal.status,
        "detail": str(refusal.sentence),
    }
    if refusal.fields:
        document["fields"] = {name: str(sentence) for name, sentence in refusal.fields.items()}
    document.update(refusal.extra)
    return _with_retry(Response(orjson.dumps(document), refusal.status, mimetype="application/problem+json"))


def _with_retry(response: Response) -> Response:
    if response.status_code in (429, 503):
        response.headers["Retry-After"] = "5"
    return response


def _holds_a_form() -> bool:
    """A check typed without scripts: the only copy of it is in this request."""
    view = current_app.view_functions.get(request.endpoint or "")
    return request.method == "POST" and getattr(view, "keeps_form", False)


def _again() -> Response:
    """The form comes back in hidden fields with a fresh token, to be sent once more after signing in."""
    fields = [(name, text) for name, text in request.form.items(multi=True) if name != "csrf_token"]
    body = render_template("errors/again.html", fields=fields, files=any(request.files.values()))
    return Response(body, 401, mimetype="text/html")


def _csrf(_error: CSRFError) -> AnyResponse:
    if _holds_a_form():
        return _again()
    return answer(
        Forbidden(lazy("This page has waited too long. Open it again; what you typed is kept."), problem="csrf"),
    )


def _http(error: HTTPException) -> AnyResponse:
    code = error.code or 500
    if isinstance(error, RequestEntityTooLarge):
        return answer(TooLarge(lazy("That is too large to send. Send fewer or smaller photos.")))
    if code == HTTPStatus.NOT_FOUND:
        return answer(NotFound(lazy("There is no such page. Check the address or type the code of the label.")))
    if code == HTTPStatus.TOO_MANY_REQUESTS:
        return answer(TooMany(lazy("Too many tries in a short time. Please wait a minute.")))
    if code < HTTPStatus.BAD_REQUEST:
        return error.get_response()
    refusal = Refusal(_("This does not work that way. Go back and try again."))
    refusal.status = code
    response = answer(refusal)
    if code == HTTPStatus.METHOD_NOT_ALLOWED and getattr(error, "valid_methods", None):
        response.headers["Allow"] = ", ".join(error.valid_methods or ())  # type: ignore[attr-defined]
    return response


def _database_away(error: OperationalError | NoConnection) -> AnyResponse:
    current_app.logger.warning("database away: %s", getattr(error, "orig", error))
    return answer(Unavailable(lazy("The server is busy. Nothing is lost: please try again in a moment.")))


def _not_storable(_error: DataError) -> AnyResponse:
    """PostgreSQL takes no NUL in text and no number beyond its columns; nobody types these by accident."""
    return answer(Invalid(lazy("This contains characters or numbers that cannot be kept.")))


def _unexpected(error: Exception) -> AnyResponse:
    current_app.logger.exception("unexpected, request %s", request_number(), exc_info=error)
    if current_app.testing:
        raise error
    sentence = _("Something went wrong on our side. Nothing of yours is lost: please try again.")
    refusal = Refusal(sentence, problem="server")
    refusal.status = 500
    return answer(refusal)
