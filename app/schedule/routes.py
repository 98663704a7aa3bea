"""The page of rounds: the crew's day, who has which round, cover in one tap."""

from datetime import date

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from app import clock
from app.days import ONE_DAY
from app.db import atomically
from app.refusals import Invalid
from app.schedule.actions_cover import Covered, Moment, cover_person, cover_round, uncover_round
from app.schedule.actions_rows import make_rows
from app.schedule.forms import CoverForm, parse_cover, parse_day
from app.schedule.queries_board import crew_day
from app.schedule.queries_days import overload
from app.schedule.queries_feasible import faults_of_edition
from app.schedule.queries_gaps import design_gaps
from app.schedule.rules_crew import crew_today
from app.schedule.rules_words import STANDING_WORDS
from app.web.current import BUREAU_WIDE, Role, person
from app.web.guards import guarded
from app.web.words import _, lazy, ngettext

bp = Blueprint("rounds", __name__, url_prefix="/rounds")
READERS = (Role.CREW_LEADER, Role.SUPERVISOR, Role.MANAGER, *(role for role in BUREAU_WIDE if role is not Role.ADMIN))


@bp.record_once
def give_words(state: BlueprintSetupState) -> None:
    """Words of duties for templates; the rota is asked before an edition is published."""
    state.app.jinja_env.globals["standing_words"] = STANDING_WORDS
    state.app.extensions.setdefault("edition_checks", []).append(faults_of_edition)
    state.app.extensions.setdefault("edition_published", []).append(make_rows)


@bp.get("")
@guarded(*READERS)
def index() -> ResponseReturnValue:
    at, me = _moment(), person()
    day = parse_day(request.args.get("day", "")) or at.today
    shown = crew_day(me, day, at.now)
    gaps = None if me.role in (Role.CREW_LEADER, Role.MANAGER) else design_gaps(day)
    may_cover = me.role is Role.CREW_LEADER and day >= at.today - ONE_DAY
    return render_template(
        "schedule/rounds.html", shown=shown, at=at, gaps=gaps, may_cover=may_cover, one_day=ONE_DAY, me=me
    )


@bp.post("/cover")
@guarded(Role.CREW_LEADER)
def cover() -> ResponseReturnValue:
    form, at, leader = parse_cover(request.form), _moment(), person()
    on = _day(form)

    def deed() -> Covered:
        if form.round_id:
            covered = cover_round(leader, form.round_id, on, to_id=form.to_id, was=form.was, at=at)
        else:
            covered = cover_person(leader, on, to_id=form.to_id, was=form.was, at=at)
        # Training lies above: whoever stands in has to be qualified for what is left to do (rules TR-4).
        current_app.extensions["fit_for_rounds"](form.to_id, [each.id for each in covered.rounds], on)
        return covered

    covered = atomically(deed)
    twice = overload(covered.person.org_id, covered.person.id, on, current_app.extensions["settings"].zone, at.now)
    if twice:
        flash(_("On two rounds at once: %(what)s", what=twice), "due")
    return _back(covered, on)


@bp.post("/uncover")
@guarded(Role.CREW_LEADER)
def uncover() -> ResponseReturnValue:
    on, at, leader = parse_day(request.form.get("day", "")), _moment(), person()
    if on is None:
        raise Invalid(lazy("Choose a day."), fields={"day": lazy("Choose a day.")})
    return _back(atomically(lambda: uncover_round(leader, request.form.get("round", ""), on, at)), on)


def _moment() -> Moment:
    now = clock.now()
    return Moment(now, crew_today(now, current_app.extensions["settings"].zone))


def _day(form: CoverForm) -> date:
    if form.errors or form.on is None:
        raise Invalid(lazy("Choose the day, the round and who stands in."), fields=form.errors)
    return form.on


def _back(covered: Covered, on: date) -> ResponseReturnValue:
    words = ngettext(
        "%(name)s has the round now; %(num)d task went along.",
        "%(name)s has the round now; %(num)d tasks went along.",
        covered.windows,
        name=covered.person.name,
    )
    flash(words, "ok")
    return redirect(url_for("rounds.index", day=on.isoformat()), 303)
