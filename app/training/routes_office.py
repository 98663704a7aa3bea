"""The page of the office: readiness, funnel by standard and unit, who lacks what, and the settings."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.db import atomically
from app.training.actions_office import keep_settings
from app.training.forms import SettingsForm, parse_settings
from app.training.queries import TrainingSettings, training_settings
from app.training.queries_overview import overview
from app.training.queries_people import course
from app.web.current import BUREAU_WIDE, Role, person
from app.web.guards import guarded
from app.web.words import _

bp = Blueprint("training_office", __name__, url_prefix="/training")
READERS = (Role.SUPERVISOR, Role.MANAGER, *(role for role in BUREAU_WIDE if role is not Role.ADMIN))


@bp.get("/overview")
@guarded(*READERS)
def index() -> ResponseReturnValue:
    return _page(None)


@bp.get("/editions/<number>")
@guarded(*READERS)
def show(number: str) -> ResponseReturnValue:
    today = clock.today(current_app.extensions["settings"].zone)
    found = course(number, today)
    return render_template(
        "training/edition.html", course=found, lines=overview(person(), today, found.number), today=today
    )


@bp.post("/settings")
@guarded(Role.STANDARDS)
def settings() -> ResponseReturnValue:
    form, me, now = parse_settings(request.form), person(), clock.now()
    if form.errors:
        return _page(form), 422
    wish = TrainingSettings(form.newcomer_days, form.remind_days, form.enforced_from)
    atomically(lambda: keep_settings(wish, me, now))
    flash(_("Saved."), "ok")
    return redirect(url_for(".index"), 303)


def _page(form: SettingsForm | None) -> str:
    today = clock.today(current_app.extensions["settings"].zone)
    return render_template(
        "training/overview.html",
        lines=overview(person(), today),
        today=today,
        given=form or training_settings(),
        errors=form.errors if form else {},
        may_set=person().role is Role.STANDARDS,
    )
