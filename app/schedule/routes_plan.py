"""Pages of the rota's exceptions: points closed for a time, and the list of days off."""

from collections.abc import Callable
from datetime import date
from zoneinfo import ZoneInfo

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.db import atomically
from app.refusals import Invalid
from app.schedule.actions_calendar import list_day, unlist_day
from app.schedule.actions_closings import Closing, close_point, reopen_point
from app.schedule.actions_rows import make_rows
from app.schedule.forms import ClosingForm, DayForm, parse_closing, parse_day, parse_listed
from app.schedule.queries_closings import closable_points, closed_points
from app.schedule.queries_plan import listed_days
from app.schedule.rules_days import Listed
from app.schedule.rules_words import CLOSING_REASONS, LISTED_WORDS
from app.web.current import Role, person
from app.web.guards import guarded
from app.web.numbers import whole_number
from app.web.words import _, lazy, ngettext

bp = Blueprint("plan", __name__, url_prefix="/rounds")


@bp.get("/closings")
@guarded(Role.SUPERVISOR, Role.STANDARDS)
def closings() -> ResponseReturnValue:
    return _closings_page(ClosingForm(request.args.get("point", "")[:40], None, None, "", ""))


@bp.post("/closings")
@guarded(Role.SUPERVISOR, Role.STANDARDS)
def close() -> ResponseReturnValue:
    now, who = clock.now(), person()
    form = parse_closing(request.form, _zone(), now)
    if form.errors or form.from_at is None or form.to_at is None:
        return _closings_page(form), 422
    closing = Closing(form.point_id, (), form.from_at, form.to_at, form.reason, form.note)
    count = atomically(lambda: close_point(who, closing, now))
    flash(ngettext("Closed; %(num)d task is exempt.", "Closed; %(num)d tasks are exempt.", count), "ok")
    return redirect(url_for("plan.closings"), 303)


@bp.post("/closings/end")
@guarded(Role.SUPERVISOR, Role.STANDARDS)
def reopen() -> ResponseReturnValue:
    number, now, who = whole_number(request.form.get("closing", "")), clock.now(), person()
    atomically(lambda: reopen_point(who, number, _zone(), now))
    flash(_("Open again: what starts from now on is due."), "ok")
    return redirect(url_for("plan.closings"), 303)


@bp.get("/days")
@guarded(Role.SUPERVISOR, Role.STANDARDS)
def days() -> ResponseReturnValue:
    year = whole_number(request.args.get("year", ""))
    if not 2000 <= year <= 2100:
        year = clock.today(_zone()).year
    return _days_page(DayForm(None, "", "", ""), year)


@bp.post("/days")
@guarded(Role.STANDARDS)
def keep_day() -> ResponseReturnValue:
    form = parse_listed(request.form)
    if form.errors or form.on is None:
        return _days_page(form, clock.today(_zone()).year), 422
    on = form.on
    _change(lambda: list_day(on, Listed(form.kind), form.name, form.source))
    return _days_kept(on)


@bp.post("/days/remove")
@guarded(Role.STANDARDS)
def drop_day() -> ResponseReturnValue:
    on = parse_day(request.form.get("on", ""))
    if on is None:
        raise Invalid(lazy("Choose a day."), fields={"on": lazy("Choose a day.")})
    _change(lambda: unlist_day(on))
    return _days_kept(on)


def _change(deed: Callable[[], None]) -> None:
    """The rows ahead follow in the same transaction: nobody sees the one without the other."""
    now, zone = clock.now(), _zone()

    def work() -> None:
        deed()
        make_rows(zone, now)

    atomically(work)


def _days_kept(on: date) -> ResponseReturnValue:
    flash(_("Saved. The tasks ahead follow the new list."), "ok")
    return redirect(url_for("plan.days", year=on.year), 303)


def _closings_page(form: ClosingForm) -> str:
    now, who = clock.now(), person()
    return render_template(
        "schedule/closings.html",
        form=form,
        errors=form.errors,
        points=closable_points(who).values(),
        closings=closed_points(who, now),
        reasons=CLOSING_REASONS,
        typed=request.form,
    )


def _days_page(form: DayForm, year: int) -> str:
    return render_template(
        "schedule/days.html",
        form=form,
        errors=form.errors,
        year=year,
        days=listed_days(year),
        words=LISTED_WORDS,
        may_change=person().role is Role.STANDARDS,
        typed=request.form,
    )


def _zone() -> ZoneInfo:
    zone: ZoneInfo = current_app.extensions["settings"].zone
    return zone
