"""The page of crew leaders and supervisors: who lacks what, sign-off in one tap, newcomers and certificates."""

from __future__ import annotations

import uuid
from datetime import timedelta

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.db import atomically
from app.refusals import Invalid
from app.training.actions_leading import guide, sign_off
from app.training.actions_office import CertificateWish, add_certificate, withdraw_certificate
from app.training.forms import NO_DAY, CertificateForm, day, parse_certificate
from app.training.queries import training_settings
from app.training.queries_overview import own_people
from app.training.queries_people import course
from app.web.audited import viewed
from app.web.current import Role, person
from app.web.guards import guarded
from app.web.made import made_id
from app.web.words import _

bp = Blueprint("training_crew", __name__, url_prefix="/training/crew")
LEADERS = (Role.CREW_LEADER, Role.SUPERVISOR)
KEEPERS = (*LEADERS, Role.STANDARDS)


@bp.get("")
@guarded(*KEEPERS, Role.MANAGER)
@viewed("view.training")
def index() -> ResponseReturnValue:
    return _page(None)


@bp.post("/sign-off")
@guarded(*LEADERS)
def seen() -> ResponseReturnValue:
    me, now, zone = person(), clock.now(), current_app.extensions["settings"].zone
    who, number = request.form.get("person", "")[:40], request.form.get("number", "")[:26]
    today = now.astimezone(zone).date()
    atomically(lambda: sign_off(me, who, course(number, today), now, zone))
    flash(_("Signed off."), "ok")
    return _back(who)


@bp.post("/newcomers")
@guarded(*LEADERS)
def beside() -> ResponseReturnValue:
    me, now, zone = person(), clock.now(), current_app.extensions["settings"].zone
    who, mentor, first = (
        request.form.get("person", ""),
        request.form.get("mentor", ""),
        day(request.form.get("from", "")),
    )
    if first is None:
        raise Invalid(NO_DAY, fields={"from": NO_DAY})
    atomically(lambda: guide(me, who[:40], mentor[:40], first, now, zone))
    flash(_("Kept."), "ok")
    return _back(who)


@bp.post("/certificates")
@guarded(*KEEPERS)
def add() -> ResponseReturnValue:
    form, me, now = parse_certificate(request.form), person(), clock.now()
    if form.errors:
        return _page(form), 422
    wish = CertificateWish(
        form.id, form.person[:40], form.name, form.number, form.issuer, form.valid_from, form.valid_to
    )
    atomically(lambda: add_certificate(wish, me, now))
    flash(_("Kept."), "ok")
    return _back(form.person)


@bp.post("/certificates/withdraw")
@guarded(*KEEPERS)
def withdraw() -> ResponseReturnValue:
    me, now, who = person(), clock.now(), request.form.get("person", "")[:40]
    entry, new = made_id(request.form, "entry"), made_id(request.form)
    atomically(lambda: withdraw_certificate(entry, who, new, me, now))
    flash(_("It counts no longer."), "ok")
    return _back(who)


def _back(person_id: str) -> ResponseReturnValue:
    return redirect(url_for(".index", _anchor=person_id), 303)


def _page(form: CertificateForm | None) -> str:
    today, settings = clock.today(current_app.extensions["settings"].zone), training_settings()
    return render_template(
        "training/crew.html",
        people=own_people(person(), today),
        today=today,
        soon=today + timedelta(days=settings.remind_days),
        settings=settings,
        form=form,
        errors=form.errors if form else {},
        new_id=uuid.uuid4,
        may_lead=person().role in LEADERS,
        may_keep=person().role in KEEPERS,
    )
