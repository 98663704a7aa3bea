"""The papers of the system of standards: register, statistics, structure chart, notes, plans; to take home."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from flask import Blueprint, Response, current_app, render_template, request
from flask.typing import ResponseReturnValue

from app import clock
from app.organisations.queries import units
from app.refusals import NotFound
from app.standards.queries import RegisterLine, register
from app.standards.queries_opinions import opinions_of, recipients_of
from app.standards.queries_projects import NOT_THERE, events_of, plan_of, project_for, projects_for
from app.standards.routes import readable_codes
from app.standards.routes_projects import READERS, year_asked, zone
from app.standards.rules_exports import (
    note_parts,
    opinions_sheet,
    plan_sheet,
    register_sheet,
    statistics_sheet,
    system_parts,
    year_sheet,
)
from app.standards.rules_files import Sheet, word, workbook
from app.standards.rules_phases import Deed
from app.standards.rules_system import Member, chart, counts
from app.web.audited import exported
from app.web.current import person
from app.web.guards import guarded
from app.web.languages import speaking
from app.web.words import _

bp = Blueprint("standards_register", __name__, url_prefix="/standards")
EXCEL_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DATED = (Deed.BEGIN, Deed.AGREE, Deed.CONSULT, Deed.CONCLUDE, Deed.PASS, Deed.APPROVE, Deed.RECORD, Deed.PUBLISH)


@bp.get("/register.xlsx")
@guarded()
@exported("register of standards", "daily")
def register_file() -> ResponseReturnValue:
    with _in_chinese():
        return _excel(register_sheet(_lines()), "register.xlsx")


@bp.get("/statistics.xlsx")
@guarded(*READERS)
@exported("statistics of standards", "daily")
def statistics_file() -> ResponseReturnValue:
    with _in_chinese():
        return _excel(statistics_sheet(counts(_members())), "statistics.xlsx")


@bp.get("/system")
@guarded(*READERS)
def system() -> ResponseReturnValue:
    members = _members()
    return render_template("standards/system.html", chart=chart(_root(), members), counts=counts(members))


@bp.get("/structure.svg")
@guarded(*READERS)
def structure() -> ResponseReturnValue:
    with _in_chinese():
        picture = render_template("standards/_structure.html", chart=chart(_root(), _members()), alone=True)
    return _file(picture.encode(), "image/svg+xml", "structure.svg")


@bp.get("/system.docx")
@guarded(*READERS)
@exported("note on the system", "daily")
def system_note() -> ResponseReturnValue:
    today, prefix = clock.today(zone()), current_app.extensions["settings"].standard_prefix
    with _in_chinese():
        sheet = register_sheet(_lines())
        parts = system_parts(prefix, counts(_members()), sheet.head, sheet.rows, today)
        return _file(
            word(_("Compilation note of the system of standards"), parts, clock.now()), WORD_TYPE, "system.docx"
        )


@bp.get("/projects/plan.xlsx")
@guarded(*READERS)
@exported("plan of the year", "daily")
def year_file() -> ResponseReturnValue:
    year = year_asked(request.args.get("year", ""), clock.today(zone()).year)
    with _in_chinese():
        found = [each for each in projects_for(person()) if each.due_on.year == year]
        return _excel(year_sheet(year, found), f"plan-{year}.xlsx")


@bp.get("/projects/<uuid:project_id>/plan.xlsx")
@guarded(*READERS)
@exported("plan of a project", "daily")
def plan_file(project_id: UUID) -> ResponseReturnValue:
    found = project_for(str(project_id), person())
    with _in_chinese():
        return _excel(plan_sheet(found, plan_of(found.id)), f"implementation-{found.code}.xlsx")


@bp.get("/projects/<uuid:project_id>/opinions.xlsx")
@guarded(*READERS)
@exported("opinions on a draft", "daily")
def opinions_file(project_id: UUID) -> ResponseReturnValue:
    found = project_for(str(project_id), person())
    with _in_chinese():
        sheet = opinions_sheet(found, recipients_of(found.id), opinions_of(found.id))
        return _excel(sheet, f"opinions-{found.code}.xlsx")


@bp.get("/projects/<uuid:project_id>/note.docx")
@guarded(*READERS)
@exported("note on a standard", "daily")
def note_file(project_id: UUID) -> ResponseReturnValue:
    found = project_for(str(project_id), person())
    if not found.note:
        raise NotFound(NOT_THERE)
    dates = {each.kind: each.at.astimezone(zone()) for each in events_of(found.id) if each.kind in DATED}
    with _in_chinese():
        parts = note_parts(found, dates, recipients_of(found.id), opinions_of(found.id))
        title = _("Compilation note: %(title)s", title=found.title)
        return _file(word(title, parts, clock.now()), WORD_TYPE, f"note-{found.code}.docx")


def _lines() -> list[RegisterLine]:
    return register(readable_codes(person()), clock.today(zone()))


def _members() -> list[Member]:
    return [Member(line.standard.code, line.edition.status) for line in register(None, clock.today(zone()))]


def _root() -> str:
    """The bureau at the top of the tree."""
    return units()[0].name if units() else ""


@contextmanager
def _in_chinese() -> Iterator[None]:
    """Papers of a Chinese office, whoever takes them home."""
    with speaking("zh_Hans_CN"):
        yield


def _excel(sheet: Sheet, name: str) -> Response:
    return _file(workbook([sheet], clock.now()), EXCEL_TYPE, name)


def _file(body: bytes, media_type: str, name: str) -> Response:
    response = Response(body, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response
