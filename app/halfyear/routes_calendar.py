"""The calendar of other rhythms: a year of it, and the mark that an item was done."""

from __future__ import annotations

import uuid

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.db import atomically
from app.halfyear.actions_calendar import mark
from app.halfyear.forms import mark_in
from app.halfyear.queries_calendar import marks_of
from app.halfyear.routes import zone_of_site
from app.halfyear.rules import OFFICE, READERS
from app.halfyear.rules_calendar import lines
from app.halfyear.rules_words import ITEM_STANDINGS, ITEMS
from app.web.current import person
from app.web.guards import guarded
from app.web.numbers import whole_number
from app.web.words import _

bp = Blueprint("halfyear_calendar", __name__, url_prefix="/reports/rhythms")
FIRST_YEAR = 2000


@bp.get("")
@guarded(*READERS)
def show() -> ResponseReturnValue:
    today = clock.today(zone_of_site())
    year = whole_number(request.args.get("year", "")) or today.year
    year = year if FIRST_YEAR <= year <= today.year else today.year
    return render_template(
        "halfyear/calendar.html", year=year, today=today, lines=lines(year, today, marks_of(year)), items=ITEMS,
        standings=ITEM_STANDINGS, may_mark=person().role in OFFICE, new_id=uuid.uuid4,
    )  # fmt: skip


@bp.post("/<item>/<period>")
@guarded(*OFFICE)
def keep(item: str, period: str) -> ResponseReturnValue:
    now, today = clock.now(), clock.today(zone_of_site())
    said = mark_in(request.form, today)
    atomically(lambda: mark(item, period, said, person(), now, today))
    flash(_("Kept."), "ok")
    return redirect(url_for(".show", year=period[:4]) + f"#{item}-{period}", 303)
