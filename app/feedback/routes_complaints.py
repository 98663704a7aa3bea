"""Pages of cases: the board with what is due first, one case, the figures, each opening its cases."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Blueprint, current_app, make_response, render_template, request
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from app import clock
from app.days import begins, month_span, next_month
from app.feedback import rules_complaint_words as words
from app.feedback.actions_complaints import is_downgrade_asked, standing_of
from app.feedback.queries_complaints import (
    Case,
    case_for,
    cases_named,
    closed_cases,
    contact_of,
    events_of,
    open_cases,
)
from app.feedback.queries_contest import last_doer
from app.feedback.queries_handled import figures, satisfied
from app.feedback.rules_complaints import State, Voice, lacking, may_handle, may_judge, may_read
from app.feedback.rules_handled import Figure, Tally, meets_goal
from app.feedback.rules_ratings import TOPIC_WORDS
from app.organisations.queries import scope_of, units
from app.refusals import Forbidden
from app.web.audited import note_view
from app.web.current import CurrentPerson, person
from app.web.guards import guarded
from app.web.words import lazy

bp = Blueprint("cases", __name__, url_prefix="/feedback")


@bp.record_once
def give_board(state: BlueprintSetupState) -> None:
    """What waits for an answer, for the page of voices."""
    state.app.jinja_env.globals["cases_board"] = _board


@bp.get("/cases")
@guarded()
def index() -> ResponseReturnValue:
    me = _reader()
    view = "closed" if request.args.get("view") == "closed" else ""
    cases = {"cases": closed_cases(me)} if view else {}
    return render_template("feedback/cases.html", view=view, **{**_board(), **cases})


@bp.get("/<uuid:case_id>")
@guarded()
def show(case_id: UUID) -> ResponseReturnValue:
    me, now = _reader(), clock.now()
    case = case_for(str(case_id), me)
    answer = make_response(render_template("feedback/case.html", **_shown(case, me, now)))
    # Contact data stays on this screen only.
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.get("/figures")
@guarded()
def counted() -> ResponseReturnValue:
    me, now, zone = _reader(), clock.now(), _zone()
    first = _month(request.args.get("month", ""), now.astimezone(zone).date())
    year = (begins(first.replace(month=1), zone), begins(first.replace(year=first.year + 1, month=1), zone))
    rated = satisfied(me, *year)
    return render_template(
        "feedback/figures.html",
        figures=_figures(me, first, now, zone),
        rated=rated,
        goal=meets_goal(rated.satisfied, rated.n, graded=rated.may_be_graded),
        first=first,
        before=first - timedelta(days=1),
        after=next_month(first) if next_month(first) <= now.astimezone(zone).date() else None,
        words=words,
    )


@bp.get("/figures/<figure>")
@guarded()
def behind(figure: str) -> ResponseReturnValue:
    """The cases behind a figure: those that count for it, or with `side=misses` those that do not."""
    me, now, zone = _reader(), clock.now(), _zone()
    first = _month(request.args.get("month", ""), now.astimezone(zone).date())
    tally = _figures(me, first, now, zone).get(figure, Tally())  # type: ignore[call-overload]
    missed = request.args.get("side") == "misses"
    return render_template(
        "feedback/behind.html",
        cases=cases_named(me, tally.misses if missed else tally.hits),
        figure=figure if figure in set(Figure) else Figure.HANDLED,
        tally=tally,
        missed=missed,
        first=first,
        now_is=now,
        words=words,
    )


def _board() -> dict[str, Any]:
    me = person()
    return {"cases": open_cases(me), "may_enter": may_handle(me), "now_is": clock.now(), "words": words}


def _reader() -> CurrentPerson:
    me = person()
    if not may_read(me):
        raise Forbidden(lazy("Your account does not reach this page. Your crew leader or supervisor can help."))
    return me


def _shown(case: Case, me: CurrentPerson, now: datetime) -> Mapping[str, Any]:
    events, handles = events_of(case.item_id), may_handle(me)
    contact = contact_of(case.item_id)
    if contact and handles and case.state != State.CLOSED:
        note_view("view.contact", case.item_id)
    doer = last_doer(case.point_id, case.received_at) if case.kind == Voice.PRAISE and case.point_id else None
    return {
        "case": case,
        "events": events,
        "contact": contact if handles and case.state != State.CLOSED else None,
        "wiped_at": contact.wiped_at if contact else None,
        "left": contact is not None,
        "handles": handles and case.state != State.CLOSED,
        "judges": may_judge(me, case.implementer_path or ""),
        "asked": is_downgrade_asked(case),
        "lacking": lacking(standing_of(case, events, _zone())),
        "units": [unit for unit in units() if unit.kind != "bureau"] if handles else [],
        "doer": doer,
        "sees_photo": scope_of(me).reaches(case.implementer_id, case.responsible_id),
        "key": str(uuid.uuid4()),
        "me": me,
        "now_is": now,
        "words": words,
        "topics": TOPIC_WORDS,
    }


def _figures(me: CurrentPerson, first: date, now: datetime, zone: ZoneInfo) -> dict[Figure, Tally]:
    return figures(me, *month_span(first, zone), now, zone)


def _month(text: str, today: date) -> date:
    """The first of the month asked for, of this one when none or nonsense is."""
    try:
        asked = date.fromisoformat(f"{text}-01") if len(text) == len("2026-11") else today
    except ValueError:
        asked = today
    return (asked if 2000 <= asked.year <= 2100 else today).replace(day=1)


def _zone() -> ZoneInfo:
    zone: ZoneInfo = current_app.extensions["settings"].zone
    return zone
