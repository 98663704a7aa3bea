"""The office page of trades on duty."""

from __future__ import annotations

from dataclasses import fields

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.db import atomically
from app.organisations.queries import units
from app.places.queries import kinds_in_use
from app.places.rules import with_kinds_in_use
from app.repairs.actions_trades import TradeWish, keep_trade
from app.repairs.forms import TradeForm, parse_trade
from app.repairs.queries import trades
from app.repairs.queries_trades import crews, doers
from app.repairs.rules_words import POINT_KINDS
from app.web.current import Role, person
from app.web.guards import guarded
from app.web.words import _

bp = Blueprint("trades", __name__, url_prefix="/repairs/trades")
OFFICE = (Role.SUPERVISOR, Role.STANDARDS, Role.ADMIN)


@bp.get("")
@guarded(*OFFICE)
def index() -> ResponseReturnValue:
    return _page(None)


@bp.post("")
@guarded(Role.STANDARDS, Role.ADMIN)
def keep() -> ResponseReturnValue:
    form = parse_trade(request.form, request.form.getlist("point_kinds"), _kinds())
    if form.errors:
        return _page(form), 422
    wish = TradeWish(**{each.name: getattr(form, each.name) for each in fields(TradeWish)})
    me = person()
    new = atomically(lambda: keep_trade(wish, me))
    flash(_("The trade is on duty.") if new else _("Saved."), "ok")
    return redirect(url_for(".index"), 303)


def _page(form: TradeForm | None) -> str:
    return render_template(
        "repairs/trades.html",
        form=form,
        errors=form.errors if form else {},
        trades=trades(),
        units=units(),
        crews=crews(),
        doers=doers(),
        kinds=_kinds(),
    )


def _kinds() -> dict[str, object]:
    return with_kinds_in_use(POINT_KINDS, kinds_in_use())
