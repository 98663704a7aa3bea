"""Deeds at a bulletin: put it up for issue, issue it."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.db import atomically
from app.papers.actions import At, issue, put_up
from app.papers.forms import month_sent, words_in
from app.papers.queries_shown import shown
from app.papers.routes import DRAFTERS, ISSUERS, asked_unit, zone_of_site
from app.papers.rules_kept import as_json
from app.web.current import person
from app.web.guards import guarded
from app.web.made import made_id
from app.web.words import _

bp = Blueprint("paper_deeds", __name__, url_prefix="/reports/bulletin")


@bp.post("/drafts")
@guarded(*DRAFTERS)
def draft() -> ResponseReturnValue:
    draft_id, words = made_id(request.form), words_in(request.form)
    at = _at()
    atomically(lambda: put_up(at, draft_id, words))
    flash(_("The paper is put up. Somebody else issues it."), "ok")
    return _back(at)


@bp.post("/issued")
@guarded(*ISSUERS)
def issued() -> ResponseReturnValue:
    paper_id, seen = made_id(request.form), request.form.get("sha256", "")[:64]
    at = _at()
    atomically(lambda: issue(at, paper_id, seen))
    flash(_("The paper is issued. It stays as it is; what changes later is added below it."), "ok")
    return _back(at)


def _at() -> At:
    now, zone = clock.now(), zone_of_site()
    month = month_sent(request.form, now.astimezone(zone).date())
    found = shown(month, asked_unit(), person(), now, zone)
    return At(found.named, as_json(found.body), found.sha256, found.body.is_empty, person(), now, zone)


def _back(at: At) -> ResponseReturnValue:
    return redirect(url_for("papers.index", month=f"{at.named.first:%Y-%m}", unit=at.named.unit_id or None), 303)
