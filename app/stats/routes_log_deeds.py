"""What a reviewer decides from the log: photos, reports of 无法作业, 不适用, and findings opened at the desk."""

from flask import Blueprint, current_app, flash, redirect, request
from flask.typing import ResponseReturnValue

from app import clock
from app.checks import actions_review
from app.checks.rules_review import REVIEWERS
from app.db import atomically
from app.web.current import person
from app.web.guards import guarded
from app.web.paths import own_path
from app.web.words import _

bp = Blueprint("log_deeds", __name__, url_prefix="/log")


@bp.post("/verdicts")
@guarded(*REVIEWERS)
def verdict() -> ResponseReturnValue:
    said, reason = _field("verdict"), _field("reason")
    now, who, check, step = clock.now(), person(), _field("check"), _field("step")
    atomically(lambda: actions_review.verdict(check, step, said, reason, who, now))
    flash(_("Marked as good.") if said == "ok" else _("Another photo has been asked for."), "ok")
    return _back()


@bp.post("/unables")
@guarded(*REVIEWERS)
def unable() -> ResponseReturnValue:
    said, reason = _field("verdict"), _field("reason")
    now, who, check = clock.now(), person(), _field("check")
    atomically(lambda: actions_review.judge_unable(check, said, reason, who, now))
    flash(_("Accepted: it leaves the figures.") if said == "accepted" else _("Refused: it counts as missed."), "ok")
    return _back()


@bp.post("/not-applicables")
@guarded(*REVIEWERS)
def not_applicable() -> ResponseReturnValue:
    accepted = _field("verdict") == "accepted"
    now, who, check, step, reason = clock.now(), person(), _field("check"), _field("step"), _field("reason")
    zone = current_app.extensions["settings"].zone
    atomically(lambda: actions_review.judge_not_applicable(check, step, accepted, reason, who, now, zone=zone))
    flash(_("It stands as not applicable.") if accepted else _("The step counts as not up to standard."), "ok")
    return _back()


@bp.post("/findings")
@guarded(*REVIEWERS)
def finding() -> ResponseReturnValue:
    now, who, check, step = clock.now(), person(), _field("check"), _field("step")
    text, severity = _field("text"), _field("severity") or "minor"
    zone = current_app.extensions["settings"].zone
    atomically(lambda: actions_review.open_finding(check, step, text, severity, who, now, zone=zone))
    flash(_("The finding is open. It stands under “To be put right”."), "ok")
    return _back()


def _field(name: str) -> str:
    return request.form.get(name, "").strip()


def _back() -> ResponseReturnValue:
    return redirect(own_path(_field("next"), "/log"), 303)
