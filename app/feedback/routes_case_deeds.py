"""What is done about a case from its page; every form carries a key, so that it counts once."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Blueprint, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.db import atomically
from app.feedback import actions_complaints as deeds
from app.feedback.actions_complaints import Hand
from app.feedback.actions_judging import classify, rule_on_record
from app.feedback.rules_complaints import Deed
from app.web.current import person
from app.web.guards import guarded
from app.web.words import _

bp = Blueprint("case_deeds", __name__, url_prefix="/feedback/<uuid:case_id>")


@bp.post("/reply")
@guarded()
def reply(case_id: UUID) -> ResponseReturnValue:
    hand, text = _hand(case_id), _field("text")
    return _done(case_id, lambda: deeds.reply(hand, text))


@bp.post("/unit")
@guarded()
def assign(case_id: UUID) -> ResponseReturnValue:
    hand, unit, about, zone = _hand(case_id), _field("unit"), _field("about"), _zone()
    return _done(case_id, lambda: deeds.assign(hand, unit, about, zone))


@bp.post("/note")
@guarded()
def note(case_id: UUID) -> ResponseReturnValue:
    hand, text = _hand(case_id), _field("text")
    return _done(case_id, lambda: deeds.note(hand, text))


@bp.post("/answer")
@guarded()
def answer(case_id: UUID) -> ResponseReturnValue:
    hand, text = _hand(case_id), _field("text")
    return _done(case_id, lambda: deeds.answer(hand, text))


@bp.post("/call-back")
@guarded()
def call_back(case_id: UUID) -> ResponseReturnValue:
    hand, result, text = _hand(case_id), _field("result"), _field("text")
    return _done(case_id, lambda: deeds.call_back(hand, result, text))


@bp.post("/close")
@guarded()
def close(case_id: UUID) -> ResponseReturnValue:
    hand, zone = _hand(case_id), _zone()
    return _done(case_id, lambda: deeds.close(hand, zone))


@bp.post("/pass-on")
@guarded()
def pass_on(case_id: UUID) -> ResponseReturnValue:
    hand, whom = _hand(case_id), _field("person")[:40]
    return _done(case_id, lambda: deeds.pass_on(hand, whom))


@bp.post("/class")
@guarded()
def decide(case_id: UUID) -> ResponseReturnValue:
    hand, wanted, reason, zone = _hand(case_id), _field("wanted"), _field("reason"), _zone()
    said = {
        Deed.ASKED: _("Asked for: a second person decides on the downgrade."),
        Deed.PROPOSED: _("Proposed: somebody outside the unit complained of decides."),
        Deed.UPGRADED: _("It is a valid complaint now."),
    }
    deed = atomically(lambda: classify(hand, wanted, reason, zone))
    flash(said.get(deed, _("Kept.")), "ok")
    return redirect(url_for("cases.show", case_id=case_id), 303)


@bp.post("/record")
@guarded()
def settle(case_id: UUID) -> ResponseReturnValue:
    hand, verdict, text = _hand(case_id), _field("verdict"), _field("text")
    return _done(case_id, lambda: rule_on_record(hand, verdict, text))


def _hand(case_id: UUID) -> Hand:
    return Hand(str(case_id), person(), clock.now(), _field("key")[:40])


def _done(case_id: UUID, work: Callable[[], object]) -> ResponseReturnValue:
    atomically(work)
    flash(_("Kept."), "ok")
    return redirect(url_for("cases.show", case_id=case_id), 303)


def _field(name: str) -> str:
    return request.form.get(name, "").strip()


def _zone() -> ZoneInfo:
    zone: ZoneInfo = current_app.extensions["settings"].zone
    return zone
