"""The submission protocol for phones (docs/protocol.md): what a phone asks for and what it sends."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from datetime import datetime
from uuid import UUID

import orjson
from flask import Blueprint, current_app, request
from flask.typing import ResponseReturnValue

from app import clock
from app.checks.actions import read_submission, record_check
from app.checks.actions_ahead import look_ahead
from app.checks.actions_claims import claim, read_claim, release
from app.checks.actions_retake import read_retake, retake
from app.checks.actions_signing import (
    begin_pin_try,
    check_pin,
    keep_pin_signature,
    read_wish,
    sign_as_self,
    signature_made,
    signer_of,
)
from app.checks.queries import check_by_id, retakes_for
from app.checks.queries_page import page_for, pages_of_day
from app.checks.routes_call import answer, body_of_request, call_now, csrf_token, nonces, version
from app.checks.rules_meeting import DOERS
from app.checks.rules_openapi import document
from app.checks.rules_receipt import Receipt
from app.db import atomically
from app.photos.actions_pictures import nudge
from app.refusals import Unavailable
from app.schedule.actions import phone_called, phone_fetched
from app.web.current import person
from app.web.guards import guarded

bp = Blueprint("checks_api", __name__, url_prefix="/api/v1")


@bp.get("/session")
@guarded()
def session() -> ResponseReturnValue:
    me = person()
    return answer(
        {
            "person": {"id": me.id, "name": me.name, "role": str(me.role), "unit": me.org_id},
            "csrf_token": csrf_token(),
            "server_time": clock.now().isoformat(timespec="milliseconds"),
            "version": version(),
            "nonces": nonces(me.id),
        }
    )


@bp.get("/points/<code>")
@guarded()
def point(code: str) -> ResponseReturnValue:
    me, now = person(), clock.now()
    asked = {name: request.args.get(name) for name in ("standard", "profile")}
    page = page_for(code, me, now, current_app.extensions["settings"].zone, **asked)
    fetched = [each.occurrence_id for each in page.open if each.occurrence_id and each.may_submit]
    if fetched:
        _note_fetched(fetched, me.id, now)
    return answer(page.as_json())


@bp.get("/today")
@guarded()
def today() -> ResponseReturnValue:
    me, now = person(), clock.now()
    pages = pages_of_day(me, now, current_app.extensions["settings"].zone)
    content = {
        "points": [page.as_json() for page in pages],
        "retakes": [each.as_json() for each in retakes_for(me.id, now)],
    }
    fetched = [each.occurrence_id for page in pages for each in page.open if each.occurrence_id]
    if me.is_hands:
        _note_fetched(fetched, me.id, now)
    response = answer(content)
    response.set_etag(hashlib.sha256(orjson.dumps(content)).hexdigest()[:32])
    response.headers["Cache-Control"] = "private, no-cache"
    return response.make_conditional(request)


@bp.post("/claims")
@guarded(*DOERS)
def make_claim() -> ResponseReturnValue:
    me, call, wish = person(), call_now(), read_claim(body_of_request())
    is_new = atomically(lambda: claim(wish, me, call))
    return answer({"claim": {"id": wish.id, "window": wish.window, "person": me.id}}, 201 if is_new else 200)


@bp.delete("/claims/<uuid:claim_id>")
@guarded(*DOERS)
def end_claim(claim_id: UUID) -> ResponseReturnValue:
    me, call = person(), call_now()
    atomically(lambda: release(str(claim_id), me, call))
    return answer({"released": str(claim_id)})


@bp.post("/checks")
@guarded(*DOERS)
def submit() -> ResponseReturnValue:
    me, body = person(), body_of_request()
    told = read_submission(body, me)
    call = look_ahead(told, me, call_now())

    def work() -> Receipt:
        phone_called(me.id, call.received_at)
        return record_check(body, me, call, told)

    receipt = atomically(work, shared=True)
    if receipt.photos:
        nudge()
    return answer({"receipt": receipt.as_json()}, 200 if receipt.repeated else 201)


@bp.post("/signatures")
@guarded(*DOERS)
def sign_by_pin() -> ResponseReturnValue:
    me, body, now = person(), body_of_request(), clock.now()
    wish = read_wish(body, person=signer_of(body))
    is_new = atomically(lambda: begin_pin_try(wish, me, now))
    if is_new:
        check_pin(wish, body.get("pin"))
        is_new = atomically(lambda: keep_pin_signature(wish, me, now))
    return answer({"signature": signature_made(wish)}, 201 if is_new else 200)


@bp.post("/checks/<uuid:check_id>/signatures")
@guarded()
def sign_own_phone(check_id: UUID) -> ResponseReturnValue:
    me, now = person(), clock.now()
    wish = read_wish(body_of_request(), check=str(check_id), person=me.id)
    receipt, is_new = atomically(lambda: sign_as_self(check_by_id(wish.check, me), wish, me, now))
    content = {"signature": {"id": wish.id, "steps": wish.steps}, "receipt": receipt.as_json()}
    return answer(content, 201 if is_new else 200)


@bp.post("/checks/<uuid:check_id>/photos")
@guarded(*DOERS)
def take_again(check_id: UUID) -> ResponseReturnValue:
    me, call = person(), call_now()
    wish = read_retake(body_of_request())
    receipt, is_new = atomically(lambda: retake(check_by_id(str(check_id), me), wish, me, call))
    nudge()
    return answer({"receipt": receipt.as_json()}, 201 if is_new else 200)


@bp.get("/openapi.json")
@guarded()
def openapi() -> ResponseReturnValue:
    return answer(document())


def _note_fetched(occurrence_ids: list[int], person_id: str, now: datetime) -> None:
    """Reading goes on when nothing can be written, on a full disk for instance."""
    with suppress(Unavailable):
        atomically(lambda: phone_fetched(occurrence_ids, person_id, now))
