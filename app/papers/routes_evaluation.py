"""The evaluation report of a unit: choose a unit and a time, read it; PDF and Word are official forms."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.appraisals.rules import PARTIES, WAYS
from app.grades import rules_words as grade_words
from app.grades.queries import sheets
from app.grades.rules import Kind
from app.grades.rules_score import shown
from app.inspections.rules_words import OCCASION_WORDS, OVERALL_WORDS
from app.papers import rules_texts as texts
from app.papers import rules_words as words
from app.papers.forms import month_asked, months_in, page_in
from app.papers.queries_evaluation import Wanted, evaluation, records_of
from app.papers.routes import zone_of_site
from app.papers.rules import before_of
from app.refusals import NotFound
from app.stats import rules_outcomes
from app.stats import rules_words as stats_words
from app.stats.queries_monthpage import RECORDS_A_PAGE, Records
from app.web.current import Role, person
from app.web.guards import guarded
from app.web.words import _

bp = Blueprint("evaluations", __name__, url_prefix="/reports/evaluation")

READERS = (Role.SUPERVISOR, Role.MANAGER, Role.INSPECTOR, Role.STANDARDS, Role.LEADER, Role.AUDITOR)


@bp.get("")
@guarded(*READERS)
def index() -> ResponseReturnValue:
    """The units graded in the month."""
    zone, now = zone_of_site(), clock.now()
    month = month_asked(request.args.get("month", ""), clock.today(zone))
    return render_template(
        "papers/evaluations.html", graded=sheets(Kind.UNIT, month, person(), now, zone), month=month, shown=shown,
        faces=grade_words.UNIT_GRADES, ym=f"{month:%Y-%m}", half=f"{before_of(month, 5):%Y-%m}",
    )  # fmt: skip


@bp.get("/unit/<subject_id>")
@guarded(*READERS)
def show(subject_id: str) -> ResponseReturnValue:
    zone, now = zone_of_site(), clock.now()
    first, months = month_asked(request.args.get("month", ""), clock.today(zone)), months_in(request.args)
    found = evaluation(subject_id, first, months, person(), now, zone)
    return render_template(
        "papers/evaluation.html", found=found, texts=texts, words=words, keys=grade_words.KEYS, shown=shown,
        faces=grade_words.UNIT_GRADES, ym=f"{first:%Y-%m}", last=f"{before_of(first, 1 - months):%Y-%m}",
        document_id=f"{first:%Y-%m}~{months}~{subject_id}", ways=WAYS, parties=PARTIES, occasions=OCCASION_WORDS,
        overall=OVERALL_WORDS, before=f"{before_of(first, months):%Y-%m}", record_words=words.RECORD_WORDS,
        parts=words.PARTS,
    )  # fmt: skip


@bp.get("/unit/<subject_id>/records")
@guarded(*READERS)
def records(subject_id: str) -> ResponseReturnValue:
    """The records behind a measure of a report."""
    zone, now, args = zone_of_site(), clock.now(), request.args
    first, months = month_asked(args.get("month", ""), clock.today(zone)), months_in(args)
    wanted = Wanted(args.get("measure", ""), page_in(args))
    if wanted.measure not in words.RECORD_WORDS:
        raise NotFound(_("There is no such figure."))
    page = records_of(subject_id, first, months, wanted, person(), now, zone)
    address: dict[str, Any] = {"subject_id": subject_id, "month": f"{first:%Y-%m}", "months": months}
    pages = max(1, -(-page.whole // RECORDS_A_PAGE)) if isinstance(page, Records) else page.pages
    return render_template(
        "papers/evaluation_records.html", page=page, wanted=wanted, pages=pages, query={}, ym=f"{first:%Y-%m}",
        last=f"{before_of(first, 1 - months):%Y-%m}", what=words.RECORD_WORDS[wanted.measure], words=stats_words,
        home=url_for(".show", **address), outcomes=rules_outcomes,
        definition=grade_words.definitions_of(Kind.UNIT).get(wanted.measure),
        link=lambda number: url_for(".records", **address, measure=wanted.measure, page=number),
    )  # fmt: skip
