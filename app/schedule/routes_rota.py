"""Pages of rotas: a unit's rounds in a draft, the check, and publishing what people can do."""

from collections.abc import Sequence
from datetime import date
from uuid import uuid4

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.db import atomically
from app.refusals import Conflict, Invalid, NotFound
from app.schedule.actions_rota import Call, adopt, begin, drop, publish, put_round, set_walking, take_round
from app.schedule.forms_rota import is_uuid, parse_round, parse_walking
from app.schedule.queries_choices import choices_of
from app.schedule.queries_gaps import design_gaps
from app.schedule.queries_rota import draft_of, drafts_open, published_rounds, unit_in_reach, units_in_reach, walking
from app.schedule.queries_rota_page import rota_page
from app.schedule.routes_fit import Unfit, assert_fit
from app.schedule.rules_rota import RoundPlan
from app.schedule.rules_rota_words import CHANGES, DAY_TYPES
from app.web.current import Role, person
from app.web.guards import guarded
from app.web.numbers import whole_number
from app.web.words import _, lazy, ngettext

bp = Blueprint("rota", __name__, url_prefix="/rounds/rota")
OFFICE = (Role.SUPERVISOR, Role.STANDARDS)
READERS = (*OFFICE, Role.MANAGER, Role.INSPECTOR, Role.LEADER, Role.AUDITOR)
ID_LENGTH = 40
REVISIONS = 1_000_000


@bp.get("")
@guarded(*READERS)
def index() -> ResponseReturnValue:
    return _index({})


@bp.post("/walking")
@guarded(Role.STANDARDS)
def keep_walking() -> ResponseReturnValue:
    minutes, errors = parse_walking(request.form)
    if minutes is None:
        return _index(errors), 422
    who, call = person(), _call()
    atomically(lambda: set_walking(who, minutes, call))
    flash(_("Saved. The next check counts with it."), "ok")
    return redirect(url_for("rota.index"), 303)


@bp.get("/<org_id>")
@guarded(*READERS)
def show(org_id: str) -> ResponseReturnValue:
    return _page(org_id)


@bp.post("/<org_id>/draft")
@guarded(*OFFICE)
def start(org_id: str) -> ResponseReturnValue:
    who, call, rota_id = person(), _call(), request.form.get("id", "")
    if not is_uuid(rota_id):
        raise Invalid(lazy("Load the page again."), fields={"id": lazy("Load the page again.")})
    atomically(lambda: begin(who, org_id, rota_id, call))
    return _back(org_id)


@bp.post("/<org_id>/publish")
@guarded(*OFFICE)
def make_public(org_id: str) -> ResponseReturnValue:
    who, call, rota_id, revision = person(), _call(), request.form.get("id", "")[:36], _revision()
    unit_in_reach(who, org_id)

    def deed() -> None:
        draft = draft_of(org_id)
        assert_fit(draft.rounds if draft else (), _today(call))
        publish(who, org_id, rota_id, revision, call)

    try:
        atomically(deed)
    except Unfit as refusal:
        return _page(org_id, unfit=refusal.refusals), 422
    except Conflict as refusal:
        return _page(org_id, str(refusal.sentence)), 409
    flash(_("Published. The tasks ahead follow this rota."), "ok")
    return _back(org_id)


@bp.post("/<org_id>/adopt")
@guarded(*OFFICE)
def take_proposal(org_id: str) -> ResponseReturnValue:
    who, call, revision = person(), _call(), _revision()
    count = len(atomically(lambda: adopt(who, org_id, revision, call)))
    if count:
        flash(ngettext("%(num)d point handed over.", "%(num)d points handed over.", count), "ok")
    return _back(org_id)


@bp.post("/<org_id>/drop")
@guarded(*OFFICE)
def throw_away(org_id: str) -> ResponseReturnValue:
    who, call, rota_id, revision = person(), _call(), request.form.get("id", "")[:36], _revision()
    atomically(lambda: drop(who, org_id, rota_id, revision, call))
    flash(_("The draft is gone; what is published stays."), "ok")
    return _back(org_id)


@bp.get("/<org_id>/rounds/<round_id>")
@guarded(*OFFICE)
def edit(org_id: str, round_id: str) -> ResponseReturnValue:
    return _form(org_id, round_id, None, {})


@bp.post("/<org_id>/rounds/<round_id>")
@guarded(*OFFICE)
def keep(org_id: str, round_id: str) -> ResponseReturnValue:
    who, call, revision = person(), _call(), _revision()
    _checked_id(round_id)
    unit_in_reach(who, org_id)
    new = parse_round(request.form, dict(request.form.lists()), org_id, round_id)

    def deed() -> None:
        put_round(who, revision, new, call)
        assert_fit((new,), _today(call))

    try:
        atomically(deed)
    except Unfit as refusal:
        return _form(org_id, round_id, new, {}, refusal.refusals), 422
    except Invalid as refusal:
        return _form(org_id, round_id, new, dict(refusal.fields)), 422
    flash(_("Kept in the draft. It counts once the rota is published."), "ok")
    return _back(org_id)


@bp.post("/<org_id>/rounds/<round_id>/remove")
@guarded(*OFFICE)
def remove(org_id: str, round_id: str) -> ResponseReturnValue:
    who, call, revision = person(), _call(), _revision()
    atomically(lambda: take_round(who, org_id, revision, round_id, call))
    flash(_("Taken out of the draft."), "ok")
    return _back(org_id)


def _index(errors: dict[str, object]) -> str:
    who = person()
    units = units_in_reach(who)
    return render_template(
        "schedule/rotas.html",
        units=units,
        rounds=published_rounds([each.id for each in units]),
        drafts=drafts_open(),
        gaps=design_gaps(_today(_call())),
        walking=walking(),
        errors=errors,
        typed=request.form,
        me=who,
        may_set=who.role is Role.STANDARDS,
    )


def _page(org_id: str, refused: str = "", unfit: Sequence[Invalid] = ()) -> str:
    call, who = _call(), person()
    page = rota_page(who, org_id, _today(call), call.zone)
    return render_template(
        "schedule/rota.html",
        page=page,
        gaps=page.checked.gaps,
        refused=refused,
        unfit=unfit,
        day_types=DAY_TYPES,
        changes=CHANGES,
        may_change=who.role in OFFICE,
        new_rota=str(uuid4()),
        new_round=f"rd-{uuid4().hex[:12]}",
    )


def _form(
    org_id: str, round_id: str, typed: RoundPlan | None, errors: dict[str, object], unfit: Sequence[Invalid] = ()
) -> str:
    call, unit = _call(), unit_in_reach(person(), org_id)
    _checked_id(round_id)
    draft = draft_of(org_id)
    if draft is None:
        raise NotFound(lazy("Nobody is working on this rota. Begin a draft first."))
    old = next((each for each in draft.rounds if each.id == round_id), None)
    shown = typed or old or RoundPlan(round_id, "", org_id, "", "", "", (), ())
    choices = choices_of(org_id, _today(call))
    return render_template(
        "schedule/rota_round.html",
        unit=unit,
        draft=draft,
        round=shown,
        known=old,
        choices=choices,
        errors=errors,
        unfit=unfit,
    )


def _checked_id(round_id: str) -> None:
    if len(round_id) > ID_LENGTH or not round_id.replace("-", "").isalnum():
        raise NotFound(lazy("There is no such round in this unit."))


def _revision() -> int:
    return min(whole_number(request.form.get("revision", "")), REVISIONS)


def _back(org_id: str) -> ResponseReturnValue:
    return redirect(url_for("rota.show", org_id=org_id), 303)


def _today(call: Call) -> date:
    return call.at.astimezone(call.zone).date()


def _call() -> Call:
    return Call(clock.now(), current_app.extensions["settings"].zone)
