"""Spot checks by role: the lists, what is promised, plans, the list of a day, and the audit page of a draw."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.db import atomically
from app.refusals import Invalid
from app.spotchecks import rules_words as words
from app.spotchecks.actions_plans import draw_day, owner_of
from app.spotchecks.queries_draws import draw_by_id, draws_of, items_of, progress_of, published
from app.spotchecks.queries_onsite import holding
from app.spotchecks.queries_opinions import opinions
from app.spotchecks.queries_plans import plans_of
from app.spotchecks.queries_reviews import latest_reviews, unsettled_reviews
from app.spotchecks.rules import Kind, may_look
from app.spotchecks.rules_agreement import PASS_TARGET, agreement
from app.spotchecks.rules_draws import order_of, replay
from app.web.audited import exported
from app.web.current import Role, person
from app.web.guards import guarded
from app.web.words import _, lazy

bp = Blueprint("spotchecks", __name__, url_prefix="/spotchecks")
READERS = (
    Role.SUPERVISOR, Role.INSPECTOR, Role.STANDARDS, Role.LEADER, Role.AUDITOR, Role.MANAGER, Role.CREW_LEADER,
)  # fmt: skip
LOOKERS = (Role.SUPERVISOR, Role.INSPECTOR)
FIGURES_DAYS = 90
CSV_TYPE = "text/csv; charset=utf-8"


@bp.get("")
@guarded(*READERS)
def index() -> ResponseReturnValue:
    me, now = person(), clock.now()
    drawn = draws_of(me, drawn=True)
    return render_template(
        "spotchecks/index.html",
        drawn=drawn,
        progress=progress_of([each.id for each in drawn]),
        mine={each.id for each in drawn if may_look(me, each.owner_path, Kind(each.kind), each.crew_id)},
        promised=draws_of(me, drawn=False),
        plans=[each for each in plans_of(me) if each.to_on is None or each.to_on >= now.astimezone(_zone()).date()],
        disputes=unsettled_reviews(me),
        latest=latest_reviews(me),
        holding=len(holding(me, now)) if me.role in LOOKERS else 0,
        **_figures(now),
    )


@bp.post("/daily")
@guarded(Role.SUPERVISOR)
def today() -> ResponseReturnValue:
    me, now = person(), clock.now()
    day = _day(request.form.get("day", ""), now.astimezone(_zone()).date())
    draw_id = atomically(lambda: draw_day(day, me, now, _zone()))
    flash(_("The list is drawn and fixed. It can be verified by anybody."), "ok")
    return redirect(url_for("reviews.listed", draw_id=draw_id), 303)


@bp.get("/draws/<uuid:draw_id>/audit")
@guarded(*READERS)
def audit(draw_id: UUID) -> ResponseReturnValue:
    row = draw_by_id(str(draw_id), person())
    if row.drawn_at is None:
        return render_template("spotchecks/promised.html", draw=row, words=words)
    result = published(row)
    return render_template(
        "spotchecks/audit.html",
        draw=row,
        result=result,
        told=replay(result),
        order=order_of(result),
        items={str(each.occurrence_id): each for each in items_of(row.id)},
        words=words,
    )


@bp.get("/draws/<uuid:draw_id>/list.csv")
@guarded(*READERS)
@exported("population of a draw", "inspection", stamped=False)
def population(draw_id: UUID) -> ResponseReturnValue:
    row = draw_by_id(str(draw_id), person())
    response = Response(published(row).body, content_type=CSV_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="draw-{row.id}.csv"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _figures(now: datetime) -> dict[str, Any]:
    me = person()
    return {
        "figures": agreement(opinions(me, now - timedelta(days=FIGURES_DAYS), now + timedelta(seconds=1))),
        "target": PASS_TARGET,
        "owner": owner_of(me)[0] if me.role in LOOKERS else None,
        "may_plan": me.role in LOOKERS,
        "may_draw": me.role is Role.SUPERVISOR,
        "today": now.astimezone(_zone()).date(),
        "words": words,
    }


def _day(text: str, today: date) -> date:
    try:
        day = date.fromisoformat(text[:10]) if text else today
    except ValueError:
        day = date.max
    if not today - timedelta(days=366) <= day <= today:
        sentence = lazy("Choose today or an earlier day.")
        raise Invalid(sentence, fields={"day": sentence})
    return day


def _zone() -> ZoneInfo:
    zone: ZoneInfo = current_app.extensions["settings"].zone
    return zone
