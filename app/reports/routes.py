"""Pages of the official forms: choose and print one or many, as PDF or as Word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, current_app, render_template, request
from flask.typing import ResponseReturnValue

from app import clock
from app.days import begins, next_month
from app.photos.actions_pictures import THUMB
from app.refusals import Conflict, Invalid, NotFound
from app.reports.queries_evaluated import evaluation_sheets
from app.reports.queries_graded import grade_sheets
from app.reports.queries_inspected import check_sheets, log_sheets
from app.reports.queries_lists import MOST, Month, documents
from app.reports.queries_papers import bulletin_sheets, bulletins_pdf, newest
from app.reports.queries_sheets import NOT_THERE, improvement_sheets, nc_sheets, recheck_forms
from app.reports.queries_surveyed import survey_sheets
from app.reports.queries_templates import template_body
from app.reports.rules_forms import LAYOUTS, Form, Sheet, form_named
from app.reports.sheets import sheets_pdf
from app.reports.sheets_word import sheet_word
from app.web.audited import exported
from app.web.current import Role, person
from app.web.guards import guarded
from app.web.languages import speaking
from app.web.words import lazy

bp = Blueprint("reports", __name__, url_prefix="/reports")

READERS = (Role.SUPERVISOR, Role.MANAGER, Role.INSPECTOR, Role.STANDARDS, Role.LEADER, Role.AUDITOR)
PDF_TYPE = "application/pdf"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MOST_AT_ONCE = 60
NOT_PLAIN = re.compile(r"[^A-Za-z0-9._-]+")
_OF_A_TIME = {Form.BULLETIN: bulletin_sheets, Form.EVALUATION: evaluation_sheets}
_OF_AN_ID = {
    Form.SURVEY: survey_sheets,
    Form.CHECK: check_sheets,
    Form.GRADE: grade_sheets,
    Form.IMPROVEMENT: improvement_sheets,
}


@bp.get("")
@guarded(*READERS)
def index() -> ResponseReturnValue:
    form = form_named(request.args.get("form", "")) or Form.NC
    month = _month(request.args.get("month", ""))
    return render_template(
        "reports/index.html",
        form=form,
        forms=LAYOUTS,
        month=month,
        previous=_before(month.first),
        following=month.after if month.after <= clock.today(_zone()) else None,
        documents=documents(form, person(), month),
        most=MOST,
        may_replace=person().role is Role.STANDARDS,
        bulletins=newest(person()),
        reads_bulletins=person().role is not Role.MANAGER,
    )


@bp.get("/<form>/<document_id>.<kind>")
@guarded(*READERS)
@exported("form", "daily")
def one(form: str, document_id: str, kind: str) -> ResponseReturnValue:
    chosen = form_named(form)
    if chosen is None or kind not in ("pdf", "docx"):
        raise NotFound(NOT_THERE)
    with _in_chinese():
        found = _sheets(chosen, document_id)
    name = f"{chosen}-{found[0].name}"
    if kind == "pdf":
        return _file(sheets_pdf(found, _printed_at(), _picture), PDF_TYPE, f"{name}.pdf")
    # Word has one sheet a file: of several rechecks the newest.
    return _file(sheet_word(found[-1], template_body(chosen), _printed_at()), WORD_TYPE, f"{name}.docx")


@bp.post("/print")
@guarded(*READERS)
@exported("forms", "daily")
def many() -> ResponseReturnValue:
    """Many forms as one file."""
    form = form_named(request.form.get("form", ""))
    ids = list(dict.fromkeys(request.form.getlist("id")))
    if form is None or not ids:
        sentence = lazy("Tick what you want to print.")
        raise Invalid(sentence, fields={"id": sentence})
    if len(ids) > MOST_AT_ONCE:
        sentence = lazy("Print at most %(n)d at once.", n=MOST_AT_ONCE)
        raise Invalid(sentence, fields={"id": sentence})
    if form is Form.BULLETIN:
        with _in_chinese():
            return _file(bulletins_pdf(ids, person(), clock.now(), _zone()), PDF_TYPE, f"{form}-{len(ids)}.pdf")
    with _in_chinese():
        found = [sheet for document_id in ids for sheet in _sheets(form, document_id)]
    return _file(sheets_pdf(found, _printed_at(), _picture), PDF_TYPE, f"{form}-{len(found)}.pdf")


def _sheets(form: Form, document_id: str) -> Sequence[Sheet]:
    """The sheets of one document; raises NotFound out of reach."""
    me, zone, now = person(), _zone(), clock.now()
    if form is Form.LOG:
        return log_sheets(_day(document_id), me, zone, now)
    if form in _OF_A_TIME:
        return _OF_A_TIME[form](document_id, me, now, zone)
    plain = _uuid(document_id)
    if form in _OF_AN_ID:
        return _OF_AN_ID[form](plain, me, zone)
    found = recheck_forms(plain, me, zone) if form is Form.RECHECK else nc_sheets(plain, me, zone)
    if not found:
        raise Conflict(NOT_THERE)
    return found


def _uuid(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError as wrong:
        raise NotFound(NOT_THERE) from wrong


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise NotFound(NOT_THERE) from wrong


def _month(text: str) -> Month:
    """The month asked for, else this one."""
    try:
        first = date.fromisoformat(f"{text}-01") if len(text) == 7 else clock.today(_zone()).replace(day=1)
    except ValueError:
        first = clock.today(_zone()).replace(day=1)
    if not 2000 <= first.year <= 2100:
        first = clock.today(_zone()).replace(day=1)
    after = next_month(first)
    return Month(first, after, *(begins(day, _zone()) for day in (first, after)))


def _before(first: date) -> date:
    return (first.replace(day=1) - date.resolution).replace(day=1)


@contextmanager
def _in_chinese() -> Iterator[None]:
    """The forms are papers of a Chinese office, whoever prints them."""
    with speaking("zh_Hans_CN"):
        yield


def _picture(sha256: str) -> bytes | None:
    """The thumbnail of a picture, when it is there."""
    stored = current_app.extensions["photo_store"].stream_made(sha256, THUMB)
    return b"".join(stored.chunks) if stored else None


def _printed_at() -> str:
    return clock.now().astimezone(_zone()).strftime("%Y-%m-%d %H:%M")


def _zone() -> ZoneInfo:
    zone: ZoneInfo = current_app.extensions["settings"].zone
    return zone


def _file(body: bytes, media_type: str, name: str) -> Response:
    response = Response(body, content_type=media_type)
    plain = NOT_PLAIN.sub("-", name)
    response.headers["Content-Disposition"] = f'attachment; filename="{plain}"'
    response.headers["Cache-Control"] = "no-store"
    return response
