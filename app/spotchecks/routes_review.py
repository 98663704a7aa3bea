"""The desk review: the list with its progress, one record at a time, the sheet, taking back, handing in."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from uuid import UUID

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.checks import rules_words as record_words
from app.db import atomically
from app.spotchecks import rules_review, rules_words
from app.spotchecks.actions_review import hand_in as hand_in_sheets
from app.spotchecks.actions_review import keep_sheet, undo_sheet
from app.spotchecks.forms_review import parse_sheet
from app.spotchecks.queries_review_page import ReviewPage, judged, review_list, review_page
from app.spotchecks.rules_review import Opinion, faults_of
from app.web.current import Role, person
from app.web.guards import guarded, keeps_form
from app.web.words import _, ngettext

bp = Blueprint("reviews", __name__, url_prefix="/spotchecks")
REVIEWERS = (Role.INSPECTOR, Role.SUPERVISOR, Role.CREW_LEADER)


@bp.get("/draws/<uuid:draw_id>/review")
@guarded(*REVIEWERS)
def listed(draw_id: UUID) -> ResponseReturnValue:
    found = review_list(str(draw_id), person())
    return render_template("spotchecks/review_list.html", list=found, words=rules_words, rules=rules_review)


@bp.get("/items/<uuid:item_id>")
@guarded(*REVIEWERS)
def item(item_id: UUID) -> ResponseReturnValue:
    page = review_page(str(item_id), person())
    return _page(page, page.said, {})


@bp.post("/items/<uuid:item_id>/sheet")
@guarded(*REVIEWERS)
@keeps_form
def sheet(item_id: UUID) -> ResponseReturnValue:
    who, now = person(), clock.now()
    page = review_page(str(item_id), who)
    asked = [each.answer.step_id for each in judged(page.record)]
    form = parse_sheet(request.form, asked)
    faults = faults_of(asked, form.opinions)
    if faults:
        return _page(page, {each.step_id: each for each in form.opinions}, faults), 422
    kept = atomically(lambda: keep_sheet(page, asked, form, who, now))
    if kept.next_id:
        return redirect(url_for("reviews.item", item_id=kept.next_id), 303)
    return redirect(url_for("reviews.listed", draw_id=page.here.drawn.draw_id), 303)


@bp.post("/sheets/<uuid:sheet_id>/undo")
@guarded(*REVIEWERS)
def undo(sheet_id: UUID) -> ResponseReturnValue:
    who, now = person(), clock.now()
    item_id = atomically(lambda: undo_sheet(str(sheet_id), who, now))
    flash(_("Taken back. Look at this record again."), "ok")
    return redirect(url_for("reviews.item", item_id=item_id), 303)


@bp.post("/draws/<uuid:draw_id>/hand-in")
@guarded(*REVIEWERS)
def hand_in(draw_id: UUID) -> ResponseReturnValue:
    who, now, zone = person(), clock.now(), current_app.extensions["settings"].zone
    count = atomically(lambda: hand_in_sheets(str(draw_id), who, now, zone))
    if count:
        flash(ngettext("%(num)d record handed in.", "%(num)d records handed in.", count), "ok")
    else:
        flash(_("Nothing was left to hand in."), "info")
    return redirect(url_for("reviews.listed", draw_id=draw_id), 303)


def _page(page: ReviewPage, said: Mapping[str, Opinion], faults: Mapping[str, object]) -> str:
    before, after = page.whole.beside(page.here.drawn.id)
    return render_template(
        "spotchecks/review.html",
        page=page,
        said=said,
        faults=faults,
        before=before,
        after=after,
        why=rules_words.why_sentences(page.here.drawn.why),
        sheet_id=str(uuid.uuid4()),
        now_is=clock.now(),
        words=rules_words,
        rules=rules_review,
        record_words=record_words,
    )
