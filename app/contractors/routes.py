"""Contractors: the list, one with its file, contract and month, and the deeds at them (rules 12)."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.contractors import rules_words as words
from app.contractors.actions import DisputeWish, keep_contract, keep_file, raise_dispute, rule
from app.contractors.forms import ContractForm, month, parse_contract, parse_file, parse_reason
from app.contractors.queries import Standing, contractor, contractors, contracts_of, file_of, ruling, shown
from app.contractors.queries_closed import closed_page
from app.contractors.queries_view import absent, flags, levels, open_items
from app.contractors.rules import WEIGHTS, closes_on, is_open, missing_fields, uncorrected, weights_in_force
from app.days import ONE_DAY, next_month
from app.db import atomically
from app.refusals import Invalid
from app.standards.queries import standards
from app.stats.rules_asked import page_in
from app.stats.rules_beside import BY_KEY
from app.web.current import BUREAU_WIDE, Role, person
from app.web.guards import guarded
from app.web.made import made_id
from app.web.words import _, lazy

bp = Blueprint("contractors", __name__, url_prefix="/contractors")
CLOSED = BY_KEY["findings_in_time"]
KEEPERS = (Role.SUPERVISOR, Role.STANDARDS)
READERS = (Role.SUPERVISOR, Role.MANAGER, *(role for role in BUREAU_WIDE if role is not Role.ADMIN))


@bp.get("")
@guarded(*READERS)
def index() -> ResponseReturnValue:
    mine, today = contractors(person()), clock.today(_zone())
    if person().role is Role.MANAGER and len(mine) == 1:
        return redirect(url_for(".show", org_id=mine[0].id), 303)
    lines = [(each, shown(contracts_of(each.id), today, today), missing_fields(file_of(each.id))) for each in mine]
    return render_template("contractors/index.html", lines=lines, today=today)


@bp.get("/<org_id>")
@guarded(*READERS)
def show(org_id: str) -> ResponseReturnValue:
    return _page(org_id, None, {})


@bp.get("/<org_id>/closed")
@guarded(*READERS)
def closed(org_id: str) -> ResponseReturnValue:
    """The findings behind MT-20 of the contractor's month."""
    now, zone, number = clock.now(), _zone(), page_in(request.args)
    unit, first = contractor(org_id, person()), _month(clock.today(zone))
    page = closed_page(org_id, first, number, now, zone)
    address: dict[str, Any] = {"org_id": org_id, "month": f"{first:%Y-%m}"}
    return render_template(
        "contractors/closed.html", unit=unit, month=first, page=page, figure=CLOSED,
        link=lambda wanted: url_for(".closed", **address, page=wanted), home=url_for(".show", **address),
    )  # fmt: skip


@bp.post("/<org_id>/file")
@guarded(*KEEPERS)
def file(org_id: str) -> ResponseReturnValue:
    me, now = person(), clock.now()
    entries, errors = parse_file(request.form)
    if errors:
        return _page(org_id, None, errors), 422
    atomically(lambda: keep_file(org_id, entries, me, now))
    return _kept(org_id)


@bp.post("/<org_id>/contract")
@guarded(*KEEPERS)
def contract(org_id: str) -> ResponseReturnValue:
    me, now = person(), clock.now()
    form = parse_contract(request.form, request.form.getlist("standards"))
    if form.errors or form.from_on is None or form.to_on is None:
        return _page(org_id, form, dict(form.errors)), 422
    wish = Standing(
        form.number, form.from_on, form.to_on, form.standards, form.scope, form.levels, form.repairs, form.weights
    )
    atomically(lambda: keep_contract(org_id, wish, me, now))
    return _kept(org_id)


@bp.post("/<org_id>/disputes")
@guarded(Role.MANAGER)
def object_to(org_id: str) -> ResponseReturnValue:
    me, now, form = person(), clock.now(), request.form
    first, (reason, errors) = month(form.get("month", "")), parse_reason(form)
    if errors or first is None:
        raise Invalid(lazy("Say why the flag should not count."), fields=errors)
    wish = DisputeWish(made_id(form), org_id, first, form.get("kind", "")[:10], form.get("target", "")[:36], reason)
    atomically(lambda: raise_dispute(wish, me, now, _zone()))
    flash(_("Your objection is kept. The responsible section decides."), "ok")
    return redirect(url_for(".show", org_id=org_id, month=f"{first:%Y-%m}", _anchor="flags"), 303)


@bp.post("/disputes/<uuid:dispute_id>")
@guarded(*KEEPERS)
def decide(dispute_id: UUID) -> ResponseReturnValue:
    me, now, said = person(), clock.now(), request.form.get("decision", "")
    reason, errors = parse_reason(request.form)
    if errors or said not in ("upheld", "refused"):
        raise Invalid(lazy("Decide, and say why."), fields=errors)
    org_id = atomically(lambda: rule(str(dispute_id), reason, me, now, upheld=said == "upheld"))
    return _kept(org_id)


def _kept(org_id: str) -> ResponseReturnValue:
    flash(_("Kept."), "ok")
    return redirect(url_for(".show", org_id=org_id), 303)


def _zone() -> ZoneInfo:
    zone: ZoneInfo = current_app.extensions["settings"].zone
    return zone


def _month(today: date) -> date:
    asked = month(request.args.get("month", ""))
    return asked if asked and asked <= today else today.replace(day=1)


def _page(org_id: str, typed: ContractForm | None, errors: dict[str, object]) -> str:
    me, now, zone = person(), clock.now(), _zone()
    unit, today = contractor(org_id, me), clock.today(zone)
    first, contracts = _month(today), contracts_of(org_id)
    held = shown(contracts, first, next_month(first) - ONE_DAY)
    return render_template(
        "contractors/show.html",
        unit=unit, held=held, typed=typed, errors=errors, words=words, today=today, now=now, month=first,
        entries=file_of(org_id), missing=missing_fields(file_of(org_id)), absent=absent(org_id, today, now),
        items=open_items(org_id, contracts, now, zone), closes=closes_on(first), open=is_open(first, today),
        next_month=next_month(first), may_keep=me.role in KEEPERS, may_object=me.role is Role.MANAGER,
        standards=standards(), new_id=uuid.uuid4, usual=WEIGHTS,
        weights=weights_in_force(held.weights if held else {}), wanted=_wanted(contracts) or held,
        others=[each for each in uncorrected(contracts) if each != held], closing=CLOSED,
        **_of_month(org_id, ruling(contracts, first), first, now, zone),
    )  # fmt: skip


def _wanted(contracts: Sequence[Standing]) -> Standing | None:
    """The contract that the address asks to change; one that goes on under its number has another first day."""
    number, since = request.args.get("contract"), request.args.get("since", "")
    named = (each for each in uncorrected(contracts) if each.number == number)
    return next((each for each in named if since in ("", each.from_on.isoformat())), None)


def _of_month(org_id: str, held: Standing | None, first: date, now: datetime, zone: ZoneInfo) -> dict[str, object]:
    if held is None:
        return {"flags": [], "levels": []}
    return {"flags": flags(org_id, held, first, now, zone), "levels": levels(org_id, held, first, now, zone)}
