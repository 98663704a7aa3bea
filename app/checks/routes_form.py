"""The plain-form door of a check: the same deed as the protocol's, for a page without scripts."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from app.checks.actions import Call, record_check
from app.checks.forms_plain import STEP_FIELD, PlainForm, body_of, kept_field
from app.checks.queries_page import page_for, window_for
from app.checks.queries_receipts import seen_before
from app.checks.routes_call import call_of_form
from app.checks.rules_meeting import DOERS
from app.checks.rules_page import OpenWindow
from app.db import atomically
from app.photos.actions import keep, keep_file
from app.photos.actions_pictures import nudge
from app.photos.rules import Upload
from app.refusals import Conflict, Invalid, Refusal, TooLarge, Unsupported
from app.web.classified import unclassified
from app.web.current import CurrentPerson, person
from app.web.guards import guarded, keeps_form

bp = Blueprint("checks_form", __name__)


@dataclass
class Filled:
    """The form as it came: what was typed, which photos are kept now, which files were refused."""

    typed: dict[str, str]
    kept: dict[str, list[str]]
    refused: dict[str, object] = field(default_factory=dict)


@bp.post("/p/<code>")
@bp.post("/P/<code>")
@guarded(*DOERS)
@keeps_form
def form_door(code: str) -> ResponseReturnValue:
    me, call = person(), call_of_form()
    typed = request.form.to_dict()
    chosen = window_for(code, me, call.received_at, call.zone, typed)
    filled = _filled(typed, me, call)
    body = body_of(PlainForm(filled.typed, filled.kept), me.id, code, call.received_at.isoformat(), _ordinary(chosen))
    body = dict(unclassified(body))
    refusal = _record(body, me, call, filled)
    if refusal is None or _sent_before(body, me):
        nudge()
        return redirect(url_for("checks.show", check_id=body["id"], new=1), 303)
    return _again(code, chosen, filled, refusal, me, call)


def _filled(typed: dict[str, str], me: CurrentPerson, call: Call) -> Filled:
    """Photos are kept first, so that a form that is refused does not lose them."""
    filled = Filled(typed, {})
    for name in request.form:
        if "kept_" in name:
            filled.kept[name.replace("kept_", "")] = request.form.getlist(name)
    for name, upload in request.files.items(multi=True):
        if upload.filename:
            _keep(name, upload, filled, me, call)
    return filled


def _keep(name: str, upload: FileStorage, filled: Filled, me: CurrentPerson, call: Call) -> None:
    settings = current_app.extensions["settings"]
    photo = Upload(id=str(uuid.uuid4()), body=upload.stream.read(), person_id=me.id)
    day = call.received_at.astimezone(call.zone).date()
    voice = name.endswith("files")
    most = settings.max_file_bytes if voice else settings.max_photo_bytes
    try:
        kept, _new = (keep_file if voice else keep)(call.store, photo, max_bytes=most, now=call.received_at, day=day)
    except (Invalid, TooLarge, Unsupported) as unfit:
        step = STEP_FIELD.fullmatch(name)
        filled.refused[step[1] if step else name] = unfit.sentence
    else:
        filled.kept.setdefault(name, []).append(kept.id)


def _record(body: dict[str, Any], me: CurrentPerson, call: Call, filled: Filled) -> Refusal | None:
    if filled.refused:
        first = next(iter(filled.refused.values()))
        return Invalid(first, fields=filled.refused)
    try:
        atomically(lambda: record_check(body, me, call))
    except (Invalid, Conflict) as refusal:
        return refusal
    return None


def _sent_before(body: dict[str, Any], me: CurrentPerson) -> bool:
    """The same form pressed twice: the first one counts."""
    seen = seen_before(str(body.get("id") or "").lower())
    return seen is not None and seen.person_id == me.id


def _ordinary(chosen: OpenWindow) -> list[str]:
    """The plain ticks that one button may confirm together (rules EV-4)."""
    if chosen.confirm != "together":
        return []
    return [each.id for each in chosen.steps if each.evidence == "none" and not each.key and not each.dual_sign]


def _again(
    code: str, chosen: OpenWindow, filled: Filled, refusal: Refusal, me: CurrentPerson, call: Call
) -> ResponseReturnValue:
    """The same page with everything that was typed, and a sentence at each step that lacks something."""
    page = page_for(code, me, call.received_at, call.zone)
    return render_template(
        "pages/work.html",
        page=page,
        chosen=chosen,
        check_id=filled.typed.get("id") or str(uuid.uuid4()),
        opened_at=filled.typed.get("opened_at", ""),
        via=filled.typed.get("via", "scan"),
        typed=filled.typed,
        kept={kept_field(name): ids for name, ids in filled.kept.items()},
        errors=refusal.fields,
        refusal=refusal.sentence,
    ), refusal.status
