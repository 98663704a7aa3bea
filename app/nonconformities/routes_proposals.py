"""Proposals to revise a standard, for the standards section, with the records behind them."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.db import atomically
from app.nonconformities.actions_proposals import decide
from app.nonconformities.queries_proposals import proposals, records_behind
from app.nonconformities.rules_wish import MAX_TEXT
from app.web.current import Role, person
from app.web.guards import guarded
from app.web.words import _

bp = Blueprint("proposals", __name__, url_prefix="/nonconformities/proposals")


@bp.get("")
@guarded(Role.STANDARDS, Role.INSPECTOR, Role.LEADER, Role.AUDITOR)
def index() -> ResponseReturnValue:
    found = proposals()
    may_decide = person().role is Role.STANDARDS
    behind = records_behind(found)
    return render_template("nonconformities/proposals.html", proposals=found, behind=behind, may_decide=may_decide)


@bp.post("/<uuid:proposal_id>")
@guarded(Role.STANDARDS)
def answer(proposal_id: UUID) -> ResponseReturnValue:
    said, text, who = request.form.get("answer", ""), request.form.get("text", "").strip()[:MAX_TEXT], person()
    now = clock.now()
    atomically(lambda: decide(str(proposal_id), said, text, who, now))
    flash(_("Kept."), "ok")
    return redirect(url_for(".index"), 303)
