"""What is done with a vehicle: out and back, fuel, service, seal, accident, override, corrections."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from flask import Blueprint, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.db import atomically
from app.photos.actions import keep, sync
from app.photos.actions_pictures import nudge
from app.photos.rules import KeptPhoto, Upload
from app.refusals import Conflict, Invalid
from app.vehicles import actions_notes, actions_odometer, actions_override, actions_trips, forms
from app.vehicles.actions_notes import Deed, may_head, refuse_unless
from app.vehicles.queries import vehicle_for
from app.vehicles.routes import vehicle_page
from app.vehicles.rules import Vehicle
from app.vehicles.rules_wishes import Noted
from app.web.current import HANDS, Role, person
from app.web.guards import guarded
from app.web.words import _, lazy

bp = Blueprint("vehicle_deeds", __name__, url_prefix="/vehicles")

DOERS = (*HANDS, Role.SUPERVISOR)
MOST_PHOTOS = 4
Work = Callable[[Vehicle, Deed], object]


@bp.post("/<vehicle_id>/depart")
@guarded(*DOERS)
def depart(vehicle_id: str) -> ResponseReturnValue:
    return _done(vehicle_id, "depart", _depart, _("Departed. Drive safely!"))


@bp.post("/<vehicle_id>/return")
@guarded(*DOERS)
def come_back(vehicle_id: str) -> ResponseReturnValue:
    return _done(vehicle_id, "return", _come_back, _("Returned. The check after the trip is due now."))


@bp.post("/<vehicle_id>/fuel")
@guarded(*DOERS)
def fuel(vehicle_id: str) -> ResponseReturnValue:
    return _done(
        vehicle_id, "fuel", lambda v, deed: actions_notes.fuel(v, forms.filling(request.form), deed), _("Kept.")
    )


@bp.post("/<vehicle_id>/service")
@guarded(*DOERS)
def service(vehicle_id: str) -> ResponseReturnValue:
    sentence = lazy("Say where and what was done, such as engine oil and filters.")
    return _done(vehicle_id, "service", lambda v, deed: actions_notes.service(v, _noted(sentence), deed),
                 _("Kept. The distance to the next service begins anew."))  # fmt: skip


@bp.post("/<vehicle_id>/seal")
@guarded(*DOERS)
def seal(vehicle_id: str) -> ResponseReturnValue:
    sentence = lazy("Type the number of the seal.")
    return _done(vehicle_id, "seal", lambda v, deed: actions_notes.seal(v, _noted(sentence), deed), _("Sealed."))


@bp.post("/<vehicle_id>/unseal")
@guarded(*DOERS)
def unseal(vehicle_id: str) -> ResponseReturnValue:
    refuse_unless(may_head(person()))
    sentence = lazy("Say in a few words why the seal comes off.")
    work: Work = lambda v, deed: actions_notes.unseal(v, forms.reason(request.form, sentence), deed)  # noqa: E731
    return _done(vehicle_id, "unseal", work, _("The seal is off."))


@bp.post("/<vehicle_id>/accident")
@guarded(*DOERS)
def accident(vehicle_id: str) -> ResponseReturnValue:
    sentence = lazy("Say where it happened and what was damaged.")
    return _done(vehicle_id, "accident", lambda v, deed: actions_notes.accident(v, _noted(sentence), deed), _("Kept."))


@bp.post("/<vehicle_id>/override")
@guarded(*DOERS)
def override(vehicle_id: str) -> ResponseReturnValue:
    refuse_unless(may_head(person()))
    sentence = lazy("Say in a sentence what the emergency is.")
    work: Work = lambda v, deed: actions_override.override(  # noqa: E731  one deed like the others
        v, forms.reason(request.form, sentence, least=6), deed
    )
    return _done(vehicle_id, "override", work, _("It may depart once. Write it up within 24 hours."))


@bp.post("/<vehicle_id>/backfill")
@guarded(*DOERS)
def back_fill(vehicle_id: str) -> ResponseReturnValue:
    refuse_unless(may_head(person()))
    sentence = lazy("Say who asked for it, what was done and how it ended.")
    work: Work = lambda v, deed: actions_override.back_fill(  # noqa: E731  one deed like the others
        v, forms.reason(request.form, sentence, least=6), deed
    )
    return _done(vehicle_id, "backfill", work, _("Written up."))


@bp.post("/<vehicle_id>/correct")
@guarded(*DOERS)
def correct(vehicle_id: str) -> ResponseReturnValue:
    return _done(vehicle_id, "correct", _propose, _("Proposed. It counts once a second person agrees."))


@bp.post("/<vehicle_id>/decide")
@guarded(*DOERS)
def decide(vehicle_id: str) -> ResponseReturnValue:
    agree = request.form.get("verdict") == "agree"
    sentence = lazy("Say in a few words why not.")
    work: Work = lambda v, deed: actions_odometer.decide(  # noqa: E731  one deed like the others
        v, forms.reason(request.form, sentence, least=0 if agree else 2), deed, agree=agree
    )
    return _done(vehicle_id, "decide", work, _("Agreed. The new value counts.") if agree else _("Refused."))


def _depart(vehicle: Vehicle, deed: Deed) -> object:
    return actions_trips.depart(vehicle, forms.departure(request.form), deed)


def _come_back(vehicle: Vehicle, deed: Deed) -> object:
    return actions_trips.come_back(vehicle, forms.coming_back(request.form), deed)


def _propose(vehicle: Vehicle, deed: Deed) -> object:
    return actions_odometer.propose(vehicle, forms.correction(request.form), deed)


def _noted(sentence: object) -> Noted:
    return forms.noted(request.form, sentence)


def _done(vehicle_id: str, form: str, work: Work, said: str) -> ResponseReturnValue:
    """Do it in one transaction; what does not hold comes back with the page, its form open and its words kept."""
    me, now, zone = person(), clock.now(), current_app.extensions["settings"].zone
    vehicle = vehicle_for(me, vehicle_id)
    try:
        photos = _photos(me.id)

        def in_one() -> None:
            work(vehicle, Deed(me, now, zone, photos))
            sync(current_app.extensions["photo_store"], photos)

        atomically(in_one)
    except (Invalid, Conflict) as why:
        return vehicle_page(vehicle_id, form, why.fields, why.sentence, why.status)
    nudge()
    flash(said, "ok")
    return redirect(url_for("vehicles.show", vehicle_id=vehicle_id), 303)


def _photos(person_id: str) -> list[KeptPhoto]:
    """What the form carries, on disk before any row names it."""
    settings, store, now = current_app.extensions["settings"], current_app.extensions["photo_store"], clock.now()
    day = now.astimezone(settings.zone).date()
    kept = []
    for sent in request.files.getlist("photos")[:MOST_PHOTOS]:
        body = sent.stream.read()
        if body:
            upload = Upload(id=str(uuid.uuid4()), body=body, person_id=person_id)
            kept.append(keep(store, upload, max_bytes=settings.max_photo_bytes, now=now, day=day)[0])
    return kept
