"""Deeds at a half-year report: save the text of a part, sign."""

from __future__ import annotations

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.db import atomically
from app.halfyear.actions import save_text, sign
from app.halfyear.forms import text_in
from app.halfyear.routes import at_of, shown
from app.halfyear.rules import WRITERS
from app.web.guards import guarded, keeps_form
from app.web.made import made_id
from app.web.words import _

bp = Blueprint("halfyear_deeds", __name__, url_prefix="/reports/halfyear")


@bp.post("/<half>/<unit_id>/text")
@guarded(*WRITERS)
@keeps_form
def save(half: str, unit_id: str) -> ResponseReturnValue:
    """A script asks for JSON and is told the new revision; a form without one goes back to the page."""
    at, (part, text, revision) = at_of(half, unit_id), text_in(request.form)
    stands, is_mine = atomically(lambda: save_text(at, part, text, revision))
    by_script = request.accept_mimetypes.best == "application/json"
    if is_mine and by_script:
        told = clock.now().astimezone(at.zone).strftime("%H:%M:%S")
        return jsonify(revision=stands.revision, at=told)
    if is_mine:
        flash(_("Kept."), "ok")
        return redirect(url_for("halfyear.show", half=half, unit_id=unit_id) + f"#{part}", 303)
    detail = _("%(person)s has written here meanwhile. Choose which text goes on.", person=stands.by_name)
    if by_script:
        return jsonify(detail=detail, now={"text": stands.text, "revision": stands.revision}), 409
    clash = {"part": part, "mine": text, "detail": detail, "revision": stands.revision}
    return render_template("halfyear/show.html", **shown(at, clash=clash)), 409


@bp.post("/<half>/<unit_id>/signature")
@guarded(*WRITERS)
def signature(half: str, unit_id: str) -> ResponseReturnValue:
    at, paper_id = at_of(half, unit_id), made_id(request.form)
    seen = request.form.get("seen", "")[:300]
    atomically(lambda: sign(at, paper_id, seen))
    flash(_("The report is signed. It stands in the list of the office now."), "ok")
    return redirect(url_for("halfyear.show", half=half, unit_id=unit_id), 303)
