"""What visitors say at a point: one door for calls, ratings and words, and the page that answers them."""

import uuid
from datetime import datetime

from flask import Blueprint, current_app, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from app import clock
from app.db import atomically
from app.feedback.actions_public import PUBLIC, Kept, keep_said
from app.feedback.actions_walls import look
from app.feedback.queries_calls import call_by_id
from app.feedback.queries_items import item_by_id
from app.feedback.rules_calls import NEED_WORDS, STATE_WORDS, minutes_left
from app.feedback.rules_public import Kind, NewItem, Said, Visitor, photo_welcome
from app.feedback.rules_walls import FORM_LASTS, too_soon
from app.pages.forms import parse_said
from app.pages.queries import responsible_unit
from app.pages.routes_public import public_page, scanned_point
from app.photos.actions import keep, sync
from app.photos.actions_pictures import nudge
from app.photos.rules import KeptPhoto, Upload
from app.places.actions_guesses import asker_of
from app.places.queries import ScannedPoint
from app.refusals import Conflict, Invalid, NotFound, Refusal, TooLarge, Unsupported
from app.web.current import maybe_person
from app.web.devices import staff_device
from app.web.guards import public
from app.web.visitors import hashed, opened_form, remember_visitor, visitor_device
from app.web.words import lazy

bp = Blueprint("voice", __name__)
# The same form sent twice is one thing; its number follows from the form's own name.
NUMBERS = uuid.UUID("6f1d0a8e-2f0b-4d5c-9a55-0b8f1f6d2c11")


@bp.post("/p/<code>/feedback")
@bp.post("/P/<code>/feedback")
@public
def say(code: str) -> ResponseReturnValue:
    now, device = clock.now(), visitor_device()
    scanned = scanned_point(code, now)
    said = parse_said(request.form, scanned.point.kind, scanned.point.risk)
    try:
        new = _new(scanned, said, device, now)
        kept = _keep(new, scanned, now)
    except (Invalid, Conflict, TooLarge, Unsupported) as refusal:
        return _again(scanned, refusal, now)
    answer = make_response(redirect(kept.status_path or f"/p/{scanned.label}/said/{kept.item_id}", 303))
    remember_visitor(answer, device)
    return answer


@bp.get("/p/<code>/said/<uuid:said_id>")
@bp.get("/P/<code>/said/<uuid:said_id>")
@public
def said(code: str, said_id: uuid.UUID) -> ResponseReturnValue:
    now = clock.now()
    scanned, item = scanned_point(code, now), item_by_id(str(said_id))
    call = call_by_id(item.call_id or "") if item else call_by_id(str(said_id))
    if (item or call) is None or scanned.point.id not in (item and item.point_id, call and call.point_id):
        raise NotFound(lazy("There is no such page. Check the address or type the code of the label."))
    settings = current_app.extensions["settings"]
    return render_template(
        "pages/said.html",
        point=scanned.point,
        label=scanned.label,
        item=item,
        call=call,
        left=minutes_left(call.due_at, now) if call else 0,
        need_words=NEED_WORDS,
        state_words=STATE_WORDS,
        telephone=settings.service_telephone or responsible_unit(scanned.point.id)[1],
    )


def _new(scanned: ScannedPoint, said: Said, device: str, now: datetime) -> NewItem:
    """Raises Invalid for what does not hold, for a form of another place, too old, or filled in no time."""
    opened = opened_form(request.form.get("form", ""), scanned.label)
    if said.errors or said.kind is None:
        raise Invalid(next(iter(said.errors.values())), fields=said.errors)
    if now - opened.at > FORM_LASTS:
        raise Invalid(lazy("This page was open for too long. Open it again and send it once more."))
    if too_soon(opened.at, now, said.kind):
        raise Invalid(lazy("That was quicker than anybody can type. Please send it once more."))
    me, address = maybe_person(), hashed(asker_of(None, request.remote_addr or ""))
    visitor = Visitor(hashed(device), address, me.org_path if me else None, me.id if me else None, staff_device())
    item_id = str(uuid.uuid5(NUMBERS, f"{opened.name}/{said.kind}/{said.need or ''}"))
    return NewItem(item_id, scanned.point.id, said, visitor, now)


def _keep(new: NewItem, scanned: ScannedPoint, now: datetime) -> Kept:
    zone = current_app.extensions["settings"].zone
    photo = None
    if new.said.kind is not Kind.CALL and item_by_id(new.id) is None:
        look(str(new.said.kind), new.point_id, new.visitor, now)
        photo = _photo(scanned, new, now)

    def deed() -> Kept:
        kept = keep_said(new, zone, photo, secret=str(current_app.secret_key))
        if photo:
            sync(current_app.extensions["photo_store"], [photo])
        return kept

    kept = atomically(deed)
    if photo:
        nudge()
    # A tap that joined and was not counted has no row of its own: the page of its answer is that of the call.
    return kept if kept.call_id is None or item_by_id(new.id) else Kept(kept.call_id, kept.call_id)


def _photo(scanned: ScannedPoint, new: NewItem, now: datetime) -> KeptPhoto | None:
    """The photo of the form; raises Invalid where no photo may be taken (rules SA-9: faces are refused there)."""
    upload: FileStorage | None = request.files.get("photo")
    if upload is None or not upload.filename:
        return None
    point, settings = scanned.point, current_app.extensions["settings"]
    if new.said.kind is Kind.CALL or not photo_welcome(point.kind, photo_allowed=point.photo_allowed):
        sentence = lazy("No photo is taken at this place. Say it in words, please.")
        raise Invalid(sentence, fields={"photo": sentence})
    body = upload.stream.read(settings.max_photo_bytes + 1)
    given = Upload(id=str(uuid.uuid5(uuid.UUID(new.id), "photo")), body=body, person_id=PUBLIC)
    store, day = current_app.extensions["photo_store"], now.astimezone(settings.zone).date()
    kept, _is_new = keep(store, given, max_bytes=settings.max_photo_bytes, now=now, day=day)
    return kept


def _again(scanned: ScannedPoint, refusal: Refusal, now: datetime) -> ResponseReturnValue:
    """The page again with what was typed and the sentence at its field."""
    errors = dict(refusal.fields) or {"form": refusal.sentence}
    return public_page(scanned, now, errors=errors), refusal.status
