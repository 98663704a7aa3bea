"""The pick list of shortages (缺货), and ticking what was delivered."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.db import atomically
from app.repairs.actions_shortages import deliver
from app.repairs.queries_shortages import delivered_since, shortages_within
from app.repairs.routes import READERS, WORKERS
from app.web.current import person
from app.web.guards import guarded
from app.web.words import ngettext

bp = Blueprint("shortages", __name__, url_prefix="/repairs/shortages")
SHOWN_FOR = timedelta(days=2)


@bp.get("")
@guarded(*READERS)
def index() -> ResponseReturnValue:
    me = person()
    return render_template(
        "repairs/shortages.html",
        missing=shortages_within(me),
        delivered=delivered_since(me, clock.now() - SHOWN_FOR),
        may_tick=me.role in WORKERS,
    )


@bp.post("")
@guarded(*WORKERS)
def tick() -> ResponseReturnValue:
    me, now, chosen = person(), clock.now(), request.form.getlist("delivered")
    count = atomically(lambda: deliver(me, chosen, now))
    flash(ngettext("%(num)d delivery ticked.", "%(num)d deliveries ticked.", count), "ok")
    return redirect(url_for(".index"), 303)
