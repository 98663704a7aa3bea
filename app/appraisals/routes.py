"""Appraisals from outside: the list, one with its paper, and the deeds of the standards section."""

from __future__ import annotations

import uuid
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.appraisals.actions import Wish, paper_of, register, withdraw
from app.appraisals.forms import Typed, parse, reason_in
from app.appraisals.queries import appraisal, appraisals, body_of
from app.appraisals.rules import PARTIES, WAYS
from app.db import atomically
from app.inspections.queries_lists import units_to_inspect
from app.refusals import Invalid, NotFound, TooLarge, Unsupported
from app.standards.rules_papers import MOST_BYTES, TAKEN
from app.web.audited import exported
from app.web.current import Role, person
from app.web.foreign_files import sent_file, taken_home
from app.web.guards import guarded
from app.web.made import made_id
from app.web.numbers import page_number
from app.web.words import _, lazy

bp = Blueprint("appraisals", __name__, url_prefix="/reports/appraisals")
READERS = (Role.SUPERVISOR, Role.MANAGER, Role.INSPECTOR, Role.STANDARDS, Role.LEADER, Role.AUDITOR)
A_PAGE = 50


@bp.get("")
@guarded(*READERS)
def index() -> ResponseReturnValue:
    return _list({})


@bp.post("")
@guarded(Role.STANDARDS)
def add() -> ResponseReturnValue:
    me, now, today, typed = person(), clock.now(), clock.today(_zone()), parse(request.form)
    if typed.errors:
        return _list(typed.errors), 422
    try:
        wish = _wish(typed)
        atomically(lambda: register(wish, me, now, today))
    except (Invalid, TooLarge, Unsupported) as refused:
        return _list(dict(refused.fields)), refused.status
    flash(_("The appraisal is registered and stands in the evaluation report."), "ok")
    return redirect(url_for(".show", appraisal_id=wish.id), 303)


@bp.get("/<uuid:appraisal_id>")
@guarded(*READERS)
def show(appraisal_id: UUID) -> ResponseReturnValue:
    found = appraisal(str(appraisal_id), person())
    return render_template("appraisals/show.html", one=found, ways=WAYS, parties=PARTIES, may_withdraw=_keeps())


@bp.get("/<uuid:appraisal_id>/paper")
@guarded(*READERS)
@exported("paper of an appraisal", "daily", stamped=False)
def paper(appraisal_id: UUID) -> ResponseReturnValue:
    found = appraisal(str(appraisal_id), person())
    body = body_of(found.id)
    if body is None:
        raise NotFound(lazy("No paper was kept with it."))
    return taken_home(body, found.media_type, f"appraisal-{found.held_on}.{TAKEN.get(found.media_type, 'bin')}")


@bp.post("/<uuid:appraisal_id>/withdraw")
@guarded(Role.STANDARDS)
def take_back(appraisal_id: UUID) -> ResponseReturnValue:
    me, now, reason = person(), clock.now(), reason_in(request.form)
    atomically(lambda: withdraw(str(appraisal_id), reason, me, now))
    flash(_("It no longer counts; it stays in the list with your reason."), "ok")
    return redirect(url_for(".show", appraisal_id=appraisal_id), 303)


def _wish(typed: Typed) -> Wish:
    name, body = sent_file(MOST_BYTES)
    if typed.way is None or typed.party is None or typed.held_on is None:
        raise Invalid(lazy("Choose one."))
    return Wish(
        id=made_id(request.form), way=typed.way, party=typed.party, held_on=typed.held_on, result=typed.result,
        paper=paper_of(name, body), **typed.words,
    )  # fmt: skip


def _list(errors: dict[str, object]) -> str:
    page = page_number(request.args.get("page", ""))
    found = appraisals(person(), A_PAGE + 1, (page - 1) * A_PAGE)
    return render_template(
        "appraisals/index.html", found=found[:A_PAGE], more=len(found) > A_PAGE, page=page, errors=errors,
        typed=request.form, ways=WAYS, parties=PARTIES, units=units_to_inspect(), today=clock.today(_zone()),
        new_id=uuid.uuid4(), may_add=_keeps(),
    )  # fmt: skip


def _keeps() -> bool:
    return person().role is Role.STANDARDS


def _zone() -> ZoneInfo:
    zone: ZoneInfo = current_app.extensions["settings"].zone
    return zone
