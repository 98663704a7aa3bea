"""Grades of the month: the list, one with its working, the records behind each line, who is recognised."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.days import next_month
from app.grades import rules, rules_contract, rules_score
from app.grades import rules_words as words
from app.grades.forms import kind_in, month_in
from app.grades.queries import Month, Sheet, frozen, month_of, sheet, sheets, signed_by
from app.grades.queries_appeals import appeals_of
from app.grades.queries_recognition import recognised
from app.grades.queries_records import behind, unit_windows
from app.grades.rules import Key, Kind
from app.grades.rules_evidence import What
from app.grades.rules_figures import scales_of
from app.grades.rules_time import Phase
from app.refusals import NotFound
from app.stats import rules_outcomes
from app.stats import rules_words as stats_words
from app.stats.queries_monthpage import RECORDS_A_PAGE
from app.stats.rules_asked import page_in
from app.web.audited import note_view
from app.web.current import HANDS, Role, person
from app.web.guards import guarded
from app.web.words import _, lazy

bp = Blueprint("grades", __name__, url_prefix="/grades")

READERS = (Role.SUPERVISOR, Role.MANAGER, Role.INSPECTOR, Role.STANDARDS, Role.LEADER, Role.AUDITOR)
DECIDERS = (Role.STANDARDS, Role.LEADER)
SIGNERS = (Role.MANAGER, Role.STANDARDS, Role.LEADER)
MEASURE_LINKS = {Key.ON_TIME: "on_time", Key.COMPLETION: "completion", Key.KEY: "key", Key.PHOTO: "photo"}
POOLED = (("holiday", lazy("Holidays")), ("handover", lazy("Handovers")))
WINDOW_WORDS = {**{name: words.KEYS[key] for key, name in MEASURE_LINKS.items()}, **dict(POOLED)}


@bp.get("")
@guarded(*READERS, *HANDS)
def index() -> ResponseReturnValue:
    me, now, zone, month = person(), clock.now(), zone_of_site(), asked_month()
    if me.role in HANDS:
        return redirect(url_for(".show", by=Kind.PERSON, subject_id=me.id, month=f"{month.first:%Y-%m}"), 303)
    kind = kind_in(request.args.get("by", ""))
    found = sheets(kind, month.first, me, now, zone)
    if kind is Kind.PERSON:
        note_view("view.grades")
    return render_template(
        "grades/index.html", sheets=found, kind=kind, kinds=words.KINDS, faces=words.grades_of(kind),
        signed=signed_by(each.id for each in found if each.id), scales=scales_of(kind), keys=words.keys_of(kind),
        **around(month),
    )  # fmt: skip


@bp.get("/<any(unit,point,standard,person):by>/<subject_id>")
@guarded(*READERS, *HANDS)
def show(by: str, subject_id: str) -> ResponseReturnValue:
    me, now, zone, month = person(), clock.now(), zone_of_site(), asked_month()
    if me.role in HANDS and (by != Kind.PERSON or subject_id != me.id):
        raise NotFound(_("There is no such grade within your reach."))
    if by == Kind.PERSON and me.id == subject_id:
        return render_template("grades/show.html", **_context(_own(subject_id, month), month))
    found = sheet(Kind(by), subject_id, month.first, me, now, zone)
    if found.kind is Kind.PERSON:
        note_view("view.grades", subject_id)
    return render_template("grades/show.html", **_context(found, month))


@bp.get("/<any(unit,point,standard,person):by>/<subject_id>/records")
@guarded(*READERS, *HANDS)
def records(by: str, subject_id: str) -> ResponseReturnValue:
    what = request.args.get("what", "")
    if what not in set(What):
        raise NotFound(_("There is no such figure."))
    now, zone, month = clock.now(), zone_of_site(), asked_month()
    found = sheet(Kind(by), subject_id, month.first, person(), now, zone)
    if found.kind is Kind.PERSON and subject_id != person().id:
        note_view("view.grades", subject_id)
    page = behind(found, What(what), now, zone, page_in(request.args))
    address: dict[str, Any] = {"by": by, "subject_id": subject_id, "month": f"{month.first:%Y-%m}", "what": what}
    return render_template(
        "grades/records.html", graded=found, page=page, what=what, words=words, events=words.EVENTS,
        keys=words.keys_of(found.kind), definition=words.definitions_of(found.kind).get(what),
        link=lambda wanted: url_for(".records", **address, page=wanted), **around(month),
    )  # fmt: skip


@bp.get("/unit/<subject_id>/windows")
@guarded(*READERS)
def windows(subject_id: str) -> ResponseReturnValue:
    """The windows that a contractor's figure counts."""
    measure, number, month = request.args.get("measure", ""), page_in(request.args), asked_month()
    if measure not in WINDOW_WORDS:
        raise NotFound(_("There is no such figure."))
    me, now, zone = person(), clock.now(), zone_of_site()
    found = sheet(Kind.UNIT, subject_id, month.first, me, now, zone)
    page = unit_windows([found], measure, number, me, now, zone)
    address: dict[str, Any] = {"subject_id": subject_id, "month": f"{month.first:%Y-%m}", "measure": measure}
    return render_template(
        "grades/windows.html", graded=found, page=page, query={}, number=number,
        pages=max(1, -(-page.whole // RECORDS_A_PAGE)), link=lambda wanted: url_for(".windows", **address, page=wanted),
        outcomes=rules_outcomes, words=stats_words, what=WINDOW_WORDS[measure], ym=f"{month.first:%Y-%m}",
    )  # fmt: skip


@bp.get("/recognition")
@guarded(*READERS)
def recognition() -> ResponseReturnValue:
    month = asked_month()
    found = recognised(month.first, person(), clock.now(), zone_of_site())
    note_view("view.grades")
    return render_template("grades/recognition.html", lines=found, whys=words.WHYS, **around(month))


def zone_of_site() -> ZoneInfo:
    zone: ZoneInfo = current_app.extensions["settings"].zone
    return zone


def asked_month() -> Month:
    """The month of the address or form, else this one."""
    today = clock.today(zone_of_site())
    return month_of(month_in(request.values.get("month", ""), today), today)


def around(month: Month) -> dict[str, Any]:
    """What every page shows of its month."""
    after = next_month(month.first)
    return {
        "month": month,
        "ym": f"{month.first:%Y-%m}",
        "before": f"{_before(month.first):%Y-%m}",
        "after": f"{after:%Y-%m}" if after <= clock.today(zone_of_site()) else "",
        "phase": words.PHASES[month.phase],
        "shown": rules_score.shown,
    }


def _before(first: date) -> date:
    return (first - date.resolution).replace(day=1)


def _own(subject_id: str, month: Month) -> Sheet:
    """The own grade; a month without own windows is an empty sheet, not an error."""
    try:
        return sheet(Kind.PERSON, subject_id, month.first, person(), clock.now(), zone_of_site())
    except NotFound:
        return Sheet.empty(Kind.PERSON, subject_id, person().name, month.first)


def links_of(found: Sheet, key: Key) -> list[tuple[object, str]]:
    """Where the records behind a measure stand: (word, address)."""
    month = f"{found.month:%Y-%m}"
    if key in MEASURE_LINKS:
        return [(_("Records"), _windows_of(found, month, MEASURE_LINKS[key]))]
    if key is Key.COVERAGE:
        return [(word, _windows_of(found, month, name)) for name, word in POOLED]
    address = url_for(".records", by=found.kind, subject_id=found.subject_id, month=month, what=key)
    return [(_("Records"), address)]


def _windows_of(found: Sheet, month: str, measure: str) -> str:
    """A contractor's figure leaves windows out that stand among the figures of the month (CT-8)."""
    if found.kind is Kind.UNIT and found.figures.contract:
        return url_for(".windows", subject_id=found.subject_id, month=month, measure=measure)
    if person().is_hands:
        return url_for("board_records.behind", month=month, alone=1, measure=measure)
    whose: dict[str, Any] = {str(found.kind): found.subject_id}
    return url_for("month.behind", month=month, measure=measure, **whose)


def _context(found: Sheet, month: Month) -> dict[str, Any]:
    me = person()
    before = next(iter(frozen(found.kind, _before(month.first), found.subject_id)), None)
    is_head = me.role in (Role.MANAGER, Role.SUPERVISOR) and me.org_id in found.implementers
    own = me.id == found.subject_id if found.kind is Kind.PERSON else is_head
    appeals = appeals_of(found, month, zone_of_site(), clock.today(zone_of_site()))
    return {
        "graded": found, "proposal": found.proposal, "faces": words.grades_of(found.kind), "words": words,
        "keys": words.keys_of(found.kind), "definitions": words.definitions_of(found.kind),
        "grades": list(rules.Grade), "links_of": links_of, "last": before, "new_id": uuid.uuid4,
        "own_weights": rules_contract.own_weights(found.figures.scales) if found.figures.contract else False,
        "payment": rules_contract.ct7_payment(found.grade) if found.figures.contract else None,
        "may_decide": me.role in DECIDERS and month.phase is not Phase.PROVISIONAL and not own,
        "may_appeal": own and appeals.open, "appeals": appeals,
        "may_answer": me.role in DECIDERS and found.appeal is not None and found.ruling is None,
        "may_register": me.role in DECIDERS and found.kind is Kind.UNIT and not found.id,
        "may_sign": me.role in SIGNERS and bool(found.id and found.figures.contract), "may_open": me.role in READERS,
        "side": "contractor" if me.role is Role.MANAGER else "office", **around(month),
    }  # fmt: skip
