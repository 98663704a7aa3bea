"""The items of an inspection, on the phone while walking: conclusion, record, photos, links, findings."""

import hashlib
from uuid import UUID, uuid5

from flask import Blueprint, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from app import clock
from app.db import atomically
from app.inspections.actions_items import (
    at_work,
    day_of,
    keep_evidence,
    link_record,
    register_now,
    save_item,
)
from app.inspections.forms import parse_said
from app.inspections.queries import head_for, items_of
from app.inspections.routes_shown import item_page, zone
from app.inspections.rules import PLANNERS, READERS
from app.inspections.rules_items import Clash, Saved
from app.photos.actions import keep, keep_file
from app.photos.actions_pictures import nudge
from app.photos.rules import KeptPhoto, Upload
from app.refusals import Invalid
from app.web.current import person
from app.web.guards import guarded
from app.web.numbers import whole_number
from app.web.words import _, lazy

bp = Blueprint("inspection_items", __name__, url_prefix="/inspections/<uuid:inspection_id>/items/<int:item_no>")
MOST_FILES = 9


@bp.get("")
@guarded(*READERS, external=True)
def show(inspection_id: UUID, item_no: int) -> ResponseReturnValue:
    return item_page(inspection_id, item_no)


@bp.post("")
@guarded(*PLANNERS, external=True)
def save(inspection_id: UUID, item_no: int) -> ResponseReturnValue:
    who, now, said = person(), clock.now(), parse_said(request.form, request.form.getlist("ways"))
    revision = whole_number(request.form.get("revision", ""))

    def work() -> Saved | Clash:
        return save_item(head_for(str(inspection_id), who), item_no, revision, said, who, now)

    try:
        done = atomically(work)
    except Invalid as refusal:
        return item_page(inspection_id, item_no, refusal.fields, said), 422
    if isinstance(done, Clash):
        return item_page(inspection_id, item_no, typed=said, clash=done), 409
    flash(_("Kept."), "ok")
    last = len(items_of(str(inspection_id)))
    if request.form.get("then") == "next" and item_no < last:
        return redirect(url_for(".show", inspection_id=inspection_id, item_no=item_no + 1), 303)
    return redirect(url_for("inspections.show", inspection_id=inspection_id), 303)


@bp.post("/evidence")
@guarded(*PLANNERS, external=True)
def add_evidence(inspection_id: UUID, item_no: int) -> ResponseReturnValue:
    who, now = person(), clock.now()
    head = head_for(str(inspection_id), who)
    atomically(lambda: at_work(head, who))
    uploads = [each for each in request.files.getlist("photos") if each.filename][:MOST_FILES]
    if not uploads:
        raise Invalid(lazy("Take at least one photo."))
    store = current_app.extensions["photo_store"]
    for kept in [_kept(each, inspection_id, item_no) for each in uploads]:
        atomically(lambda kept=kept: keep_evidence(head, item_no, kept, who, store, now))  # type: ignore[misc]
    nudge()
    return _back(inspection_id, item_no)


@bp.post("/links")
@guarded(*PLANNERS, external=True)
def link(inspection_id: UUID, item_no: int) -> ResponseReturnValue:
    who, now, number = person(), clock.now(), request.form.get("number", "").strip().upper()[:40]
    atomically(lambda: link_record(head_for(str(inspection_id), who), item_no, number, who, now))
    return _back(inspection_id, item_no)


@bp.post("/finding")
@guarded(*PLANNERS, external=True)
def register(inspection_id: UUID, item_no: int) -> ResponseReturnValue:
    who, now = person(), clock.now()
    atomically(lambda: register_now(head_for(str(inspection_id), who), item_no, who, now, zone()))
    return _back(inspection_id, item_no)


def _kept(upload: FileStorage, inspection_id: UUID, item_no: int) -> KeptPhoto:
    """The bytes in the store, under an id that the same bytes have again when a form is sent twice."""
    settings, body = current_app.extensions["settings"], upload.stream.read()
    name = f"{item_no}:{person().id}:{hashlib.sha256(body).hexdigest()}"
    sound = upload.mimetype.startswith(("audio/", "video/"))
    keeper, most = (keep_file, settings.max_file_bytes) if sound else (keep, settings.max_photo_bytes)
    given = Upload(str(uuid5(inspection_id, name)), body, person().id, upload.mimetype)
    store, now = current_app.extensions["photo_store"], clock.now()
    return keeper(store, given, max_bytes=most, now=now, day=day_of(now, zone()))[0]


def _back(inspection_id: UUID, item_no: int) -> ResponseReturnValue:
    flash(_("Kept."), "ok")
    return redirect(url_for(".show", inspection_id=inspection_id, item_no=item_no), 303)
