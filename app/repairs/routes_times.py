"""Response times by trade and half-year, each figure with the orders behind it."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from flask import Blueprint, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.repairs import rules_words
from app.repairs.queries import trades
from app.repairs.queries_times import courses, orders_opened
from app.repairs.rules import OrderState
from app.repairs.rules_times import PHASES, HalfYear, by_trade
from app.web.current import Role, person
from app.web.guards import guarded

bp = Blueprint("repair_times", __name__, url_prefix="/repairs/times")
FIGURES = (Role.SUPERVISOR, Role.MANAGER, Role.INSPECTOR, Role.STANDARDS, Role.LEADER, Role.AUDITOR, Role.CREW_LEADER)


@bp.get("")
@guarded(*FIGURES)
def show() -> ResponseReturnValue:
    zone = _zone()
    half = HalfYear.read(request.args.get("half", "")) or HalfYear.of(clock.today(zone))
    times = by_trade(courses(person(), *half.bounds(zone)))
    return render_template(
        "repairs/times.html",
        half=half,
        now_half=HalfYear.of(clock.today(zone)),
        trades=[trade for trade in trades() if trade.id in times],
        times=times,
        phases=PHASES,
        words=rules_words,
        opened=lambda **wanted: url_for(".behind", half=half.key, **wanted),
    )


@bp.get("/orders")
@guarded(*FIGURES)
def behind() -> ResponseReturnValue:
    zone = _zone()
    half = HalfYear.read(request.args.get("half", "")) or HalfYear.of(clock.today(zone))
    trade_id, phase = request.args.get("trade", ""), request.args.get("phase", "")
    return render_template(
        "repairs/behind.html",
        half=half,
        trade=next((trade for trade in trades() if trade.id == trade_id), None),
        phase=phase if phase in PHASES else "",
        orders=orders_opened(person(), *half.bounds(zone), trade_id, phase),
        words=rules_words,
        State=OrderState,
        now_is=clock.now(),
    )


def _zone() -> ZoneInfo:
    zone: ZoneInfo = current_app.extensions["settings"].zone
    return zone
