"""A look on site: what can be checked now, the steps of one record, and keeping what was seen."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.db import atomically
from app.photos.actions import keep
from app.photos.actions_pictures import nudge
from app.photos.rules import KeptPhoto, Upload
from app.refusals import Invalid, NotFound, Refusal
from app.spotchecks import rules_review
from app.spotchecks.actions_onsite import keep_onsite
from app.spotchecks.forms_onsite import made_id, parse_onsite
from app.spotchecks.queries_onsite import OnSite, holding, onsite
from app.spotchecks.queries_reviews import NO_REVIEW
from app.spotchecks.rules_agreement import Outcome
from app.spotchecks.rules_opinions import NewReview, Way
from app.web.current import Role, person
from app.web.guards import guarded
from app.web.words import _, lazy

bp = Blueprint("onsite", __name__, url_prefix="/spotchecks/onsite")
LOOKERS = (Role.SUPERVISOR, Role.INSPECTOR)
MOST_PHOTOS = 3


@bp.get("")
@guarded(*LOOKERS)
def index() -> ResponseReturnValue:
    now = clock.now()
    return render_template("spotchecks/onsite.html", holding=holding(person(), now), now_is=now)


@bp.get("/<uuid:check_id>")
@guarded(*LOOKERS)
def look(check_id: UUID) -> ResponseReturnValue:
    return _page(_record(check_id), {}, str(uuid.uuid4()))


@bp.post("/<uuid:check_id>")
@guarded(*LOOKERS)
def keep_look(check_id: UUID) -> ResponseReturnValue:
    page, who, now = _record(check_id), person(), clock.now()
    said = parse_onsite(request.form, [step for step, _said, _step in page.steps])
    look_id = made_id(request.form)
    if look_id is None:
        raise Invalid(lazy("The page is incomplete. Load it again."))
    new = NewReview(look_id, Way.ONSITE, str(check_id), said, page.item_id, request.form.get("note", ""))
    extensions = current_app.extensions
    try:
        photos = _photos(page)
        kept = atomically(
            lambda: keep_onsite(new, photos, who, now, extensions["settings"].zone, extensions["photo_store"])
        )
    except Invalid as refused:
        return _page(page, {each.step_id: each for each in said}, look_id, refused), 422
    nudge()
    flash(_told(kept.outcome), "ok" if kept.outcome is Outcome.AGREES else "due")
    return redirect(url_for("hearing.show", review_id=kept.id), 303)


def _record(check_id: UUID) -> OnSite:
    page = onsite(str(check_id), person())
    if page is None:
        raise NotFound(NO_REVIEW)
    return page


def _photos(page: OnSite) -> dict[str, list[KeptPhoto]]:
    """The pictures of each step, kept before any row names them; too many or unreadable ones raise Invalid."""
    settings, store = current_app.extensions["settings"], current_app.extensions["photo_store"]
    now, kept = clock.now(), {}  # type: ignore[var-annotated]
    for step, _said, _step in page.steps:
        files = [each for each in request.files.getlist(f"{step}.photos") if each.filename]
        if len(files) > MOST_PHOTOS:
            raise Invalid(lazy("Some steps still need your answer."), fields={step: lazy("At most 3 photos a step.")})
        for each in files:
            upload = Upload(id=str(uuid.uuid4()), body=each.stream.read(), person_id=person().id)
            day = now.astimezone(settings.zone).date()
            try:
                photo, _new = keep(store, upload, max_bytes=settings.max_photo_bytes, now=now, day=day)
            except Refusal as unfit:
                raise Invalid(unfit.sentence, fields={step: unfit.sentence}) from unfit
            kept.setdefault(step, []).append(photo)
    return kept


def _told(outcome: Outcome) -> str:
    words = {
        Outcome.AGREES: _("Kept: the look on site agrees with the record."),
        Outcome.DIFFERS: _("Kept: it differs from the record. The person is heard before anything is decided."),
        Outcome.POINT: _("Kept: the record had run out, so this says something of the place only."),
    }
    return words[outcome]


def _page(page: OnSite, said: Mapping[str, Any], look_id: str, refused: Invalid | None = None) -> str:
    return render_template(
        "spotchecks/look.html", page=page, said=said, look_id=look_id, refused=refused, now_is=clock.now(),
        faults=dict(refused.fields) if refused else {}, reasons=rules_review.REASONS[rules_review.Verdict.FAILS],
    )  # fmt: skip
