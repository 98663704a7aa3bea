"""What people decide on the page of a record: verdicts, signatures, photos taken again."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from operator import attrgetter
from uuid import UUID

from flask import Blueprint, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.checks.actions_clocks import accept_clock, release_held
from app.checks.actions_retake import RetakeWish, retake
from app.checks.actions_review import judge_not_applicable, judge_unable, verdict
from app.checks.actions_signing import SignatureWish, sign_as_self
from app.checks.forms import MOST_PHOTOS
from app.checks.queries import check_by_id
from app.checks.routes_call import call_of_form
from app.checks.rules_meeting import DOERS
from app.checks.rules_review import CLOCK_JUDGES, REVIEWERS
from app.db import atomically
from app.photos.actions import keep
from app.photos.actions_pictures import nudge
from app.photos.rules import Upload
from app.refusals import Invalid
from app.web.current import person
from app.web.guards import guarded
from app.web.words import _, lazy

bp = Blueprint("checks_deeds", __name__, url_prefix="/checks/<uuid:check_id>")


@bp.post("/verdicts")
@guarded(*REVIEWERS)
def judge_photos(check_id: UUID) -> ResponseReturnValue:
    me, call, form = person(), call_of_form(), request.form
    said = (form.get("step", ""), form.get("verdict", ""), form.get("reason", ""))
    return _done(check_id, lambda: verdict(str(check_id), *said, me, call.received_at))


@bp.post("/unable")
@guarded(*REVIEWERS)
def judge_report(check_id: UUID) -> ResponseReturnValue:
    me, call, form = person(), call_of_form(), request.form
    said = (form.get("verdict", ""), form.get("reason", ""))
    return _done(check_id, lambda: judge_unable(str(check_id), *said, me, call.received_at))


@bp.post("/not-applicable")
@guarded(*REVIEWERS)
def judge_step(check_id: UUID) -> ResponseReturnValue:
    me, call, form = person(), call_of_form(), request.form
    said = (form.get("step", ""), form.get("verdict") == "accepted", form.get("reason", ""))
    return _done(check_id, lambda: judge_not_applicable(str(check_id), *said, me, call.received_at, zone=call.zone))


@bp.post("/clock")
@guarded(*CLOCK_JUDGES)
def believe_clock(check_id: UUID) -> ResponseReturnValue:
    me, call = person(), call_of_form()
    return _done(check_id, lambda: accept_clock(str(check_id), me, call.received_at))


@bp.post("/release")
@guarded(*CLOCK_JUDGES)
def let_in(check_id: UUID) -> ResponseReturnValue:
    me, call = person(), call_of_form()
    return _done(check_id, lambda: release_held(str(check_id), me, call.received_at))


@bp.post("/sign")
@guarded()
def sign(check_id: UUID) -> ResponseReturnValue:
    me, call = person(), call_of_form()

    def work() -> object:
        check = check_by_id(str(check_id), me)
        wish = SignatureWish(str(uuid.uuid4()), check.id, check.state.unsigned_steps, me.id)
        return sign_as_self(check, wish, me, call.received_at)

    return _done(check_id, work, url_for("checks.unsigned"))


@bp.post("/retake")
@guarded(*DOERS)
def take_again(check_id: UUID) -> ResponseReturnValue:
    me, call, settings = person(), call_of_form(), current_app.extensions["settings"]
    day = call.received_at.astimezone(call.zone).date()
    photos, uploads = [], list(filter(attrgetter("filename"), request.files.getlist("photos")))
    if len(uploads) > MOST_PHOTOS:
        sentence = lazy("These files cannot be read. At most %(n)d can be sent at once.", n=MOST_PHOTOS)
        raise Invalid(sentence, fields={"photos": sentence})
    for upload in uploads:
        photo = Upload(id=str(uuid.uuid4()), body=upload.stream.read(), person_id=me.id)
        keep(call.store, photo, max_bytes=settings.max_photo_bytes, now=call.received_at, day=day)
        photos.append(photo.id)
    wish = RetakeWish(str(uuid.uuid4()), request.form.get("step", ""), tuple(photos))
    done = _done(check_id, lambda: retake(check_by_id(str(check_id), me), wish, me, call))
    nudge()
    return done


def _done(check_id: UUID, work: Callable[[], object], back: str | None = None) -> ResponseReturnValue:
    atomically(work)
    flash(_("Kept."), "ok")
    return redirect(back or url_for("checks.show", check_id=check_id), 303)
