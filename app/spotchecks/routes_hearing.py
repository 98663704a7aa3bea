"""A second opinion on its page, and the deeds after a difference: account, decision, appeal."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.db import atomically
from app.spotchecks import rules_review
from app.spotchecks import rules_words as words
from app.spotchecks.actions_hearing import decided_by, do
from app.spotchecks.queries_reviews import EventRow, ReviewRow, events_of, review_by_id, steps_of
from app.spotchecks.rules_hearing import (
    DECISIONS,
    Deed,
    State,
    may_decide,
    may_speak,
    may_write_down,
    refusal,
)
from app.web.current import HANDS, Role, person
from app.web.guards import guarded
from app.web.words import _

bp = Blueprint("hearing", __name__, url_prefix="/spotchecks/reviews")
READERS = (
    *HANDS, Role.SUPERVISOR, Role.INSPECTOR, Role.STANDARDS, Role.LEADER, Role.AUDITOR, Role.MANAGER,
)  # fmt: skip
SPEAKERS = (*HANDS, Role.MANAGER, Role.SUPERVISOR, Role.INSPECTOR)


@bp.get("/<uuid:review_id>")
@guarded(*READERS)
def show(review_id: UUID) -> ResponseReturnValue:
    review = review_by_id(str(review_id), person())
    events = events_of(review.id)
    return render_template(
        "spotchecks/review_shown.html",
        review=review,
        steps=steps_of(review.id),
        events=events,
        deeds=_open_deeds(review, events),
        reasons=rules_review.REASONS[rules_review.Verdict.FAILS] | rules_review.REASONS[rules_review.Verdict.UNSEEN],
        words=words,
    )


@bp.post("/<uuid:review_id>/<any(hear,stands,untrue,withdraw,appeal):what>")
@guarded(*SPEAKERS)
def deed(review_id: UUID, what: str) -> ResponseReturnValue:
    who, now, zone = person(), clock.now(), current_app.extensions["settings"].zone
    said = request.form.get("words", "")
    atomically(lambda: do(Deed(what), str(review_id), said, who, now, zone))
    flash(_("Kept."), "ok")
    return redirect(url_for(".show", review_id=review_id), 303)


def _open_deeds(review: ReviewRow, events: list[EventRow]) -> list[Deed]:
    """What the person may do here now, in the order of the procedure."""
    if review.state is None:
        return []
    me, state = person(), State(review.state)
    speaks = may_speak(me, review.executed)
    may = {Deed.HEAR: speaks or may_write_down(me, review.executed), Deed.APPEAL: speaks}
    may |= dict.fromkeys(DECISIONS, may_decide(me, review.executed, decided_by(events), state))
    heard = any(each.kind == Deed.HEAR for each in events)
    now = clock.now()
    return [each for each in Deed if may[each] and not refusal(each, state, review.appeal_until, now, heard=heard)]
