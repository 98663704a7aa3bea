"""The API for other programs: a page of rows with a key; its OpenAPI document without one."""

from __future__ import annotations

import hashlib
from zoneinfo import ZoneInfo

import orjson
from flask import Blueprint, Response, current_app, request, url_for

from app import clock
from app.data.actions import Call, answer
from app.data.actions_keys import admitted
from app.data.forms import MONTHLY, MOST_A_PAGE, PARAMETERS, Asked, asked
from app.data.rules_keys import bearer
from app.data.rules_openapi import PATH, document
from app.data.rules_sets import SETS
from app.data.rules_wanted import MOST_DAYS
from app.refusals import NotFound
from app.web.guards import public
from app.web.words import lazy

bp = Blueprint("data_api", __name__, url_prefix=PATH)


@bp.get("/openapi.json")
@public
def openapi() -> Response:
    """It says nothing of this site; programs read it before they have a key."""
    return _json(orjson.dumps(document(PARAMETERS, MOST_A_PAGE, MOST_DAYS)))


@bp.get("/<name>")
@public
def rows(name: str) -> Response:
    """The key is asked for first: who has none learns nothing, not even which parameters hold."""
    now, zone = clock.now(), _zone()
    today = now.astimezone(zone).date()
    key = admitted(bearer(request.headers.get("Authorization", "")), request.remote_addr or "", name, now, today)
    if name not in SETS:
        raise NotFound(lazy("There is no such kind of rows. The OpenAPI document lists them."))
    question = asked(name, request.args, today, zone)
    secrets = current_app.extensions["settings"].signing_keys(now)
    found = answer(name, question, key, Call(now, zone, secrets))
    body = {"set": name, "rows": found.rows, "cursor": found.cursor, "next": _next(name, question, found.cursor)}
    return _json(orjson.dumps(body))


@bp.after_request
def _tell_how(response: Response) -> Response:
    if response.status_code == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="dabiao"'
    response.headers["Cache-Control"] = "private, no-cache" if response.status_code == 200 else "no-store"
    response.headers["Vary"] = "Authorization, Accept-Language"
    return response


def _next(name: str, question: Asked, cursor: str | None) -> str | None:
    """With the days as they were understood: tomorrow the usual ones are others."""
    if cursor is None:
        return None
    wanted = question.wanted
    given = {each: text for each, text in request.args.items() if each != "cursor"}
    if "from" in PARAMETERS[name]:
        given |= {"from": wanted.first.isoformat(), "to": wanted.last.isoformat()}
    if name in MONTHLY:
        given["month"] = f"{wanted.first:%Y-%m}"
    return url_for("data_api.rows", name=name, **given, cursor=cursor)  # type: ignore[arg-type]


def _json(body: bytes) -> Response:
    response = Response(body, mimetype="application/json")
    response.set_etag(hashlib.sha256(body).hexdigest()[:32])
    response.make_conditional(request)
    return response


def _zone() -> ZoneInfo:
    zone: ZoneInfo = current_app.extensions["settings"].zone
    return zone
