"""The report of a survey: page, what stands behind each figure, what the office concludes, and the workbook."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.db import atomically
from app.feedback.rules_ratings import FACE_ICONS, FACE_WORDS
from app.refusals import Conflict, NotFound
from app.schedule.rules_sheet import workbook_bytes
from app.surveys.actions import conclude, survey_for
from app.surveys.queries import Head
from app.surveys.queries_figures import Said, marks_from, marks_of
from app.surveys.queries_report import Report, report_of
from app.surveys.routes import READERS
from app.surveys.rules import MOST_REPORT, State
from app.surveys.rules_figures import FEWEST
from app.surveys.rules_sheet import sheets
from app.web.audited import exported
from app.web.current import Role, person
from app.web.guards import guarded
from app.web.numbers import whole_number
from app.web.words import _, lazy

bp = Blueprint("survey_reports", __name__, url_prefix="/surveys/<uuid:survey_id>")
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WRITERS = (Role.STANDARDS, Role.LEADER)
NOT_YET = lazy("The survey has not ended. Results are shown at the end only, so that nobody can tell who said what.")
NO_FIGURE = lazy("There is no such figure, or too few answers stand behind it to show them.")


@bp.get("/report")
@guarded(*READERS)
def show(survey_id: UUID) -> ResponseReturnValue:
    report = _report(survey_id)
    return render_template(
        "surveys/report.html", report=report, head=report.head, fewest=FEWEST, faces=FACE_WORDS, icons=FACE_ICONS,
        may_write=person().role in WRITERS, most=MOST_REPORT,
    )  # fmt: skip


@bp.get("/answers")
@guarded(*READERS)
def answers(survey_id: UUID) -> ResponseReturnValue:
    """The rows behind a figure, without anybody's name: of a topic with its words, of a department without."""
    report = _report(survey_id)
    title, found = _behind(report)
    face = whole_number(request.args.get("face", ""))
    rows = [each for each in found if face in (0, each.face)]
    return render_template(
        "surveys/answers.html", head=report.head, title=title, rows=rows, face=face, faces=FACE_WORDS, icons=FACE_ICONS,
        link=lambda number: url_for(".answers", **{**request.args.to_dict(), "survey_id": survey_id, "face": number}),
    )  # fmt: skip


@bp.post("/report")
@guarded(*WRITERS)
def write(survey_id: UUID) -> ResponseReturnValue:
    head, form = survey_for(str(survey_id)), request.form
    revision = whole_number(form.get("revision", ""), -1)
    atomically(lambda: conclude(head, form.get("analysis", ""), form.get("measures", ""), revision))
    flash(_("Saved."), "ok")
    return redirect(url_for(".show", survey_id=survey_id), 303)


@bp.get("/report.xlsx")
@guarded(*READERS)
@exported("survey", "daily")
def workbook(survey_id: UUID) -> ResponseReturnValue:
    report = _report(survey_id)
    made: list[Any] = sheets(report.lines, report.departments, report.satisfied, report.head.returned, report.words)
    response = Response(workbook_bytes(made, clock.now()), content_type=XLSX_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="survey-{report.head.year}.xlsx"'
    response.headers["Cache-Control"] = "no-store"
    return response


def _report(survey_id: UUID) -> Report:
    head: Head = survey_for(str(survey_id))
    if head.state is not State.CLOSED:
        raise Conflict(NOT_YET)
    return report_of(head)


def _behind(report: Report) -> tuple[str, list[Said]]:
    """The rows of a topic (its number), of a department (its id), or all that count; raises NotFound when hidden."""
    topic, department = request.args.get("topic", ""), request.args.get("department", "")
    if department:
        group = next((each for each in report.departments.groups if each.key == department), None)
        if group is not None:
            return group.name, marks_from(group.key)
    elif report.lines:
        chosen = [line.group for line in report.lines if topic in ("", line.group.key)]
        if chosen:
            title = chosen[0].name if topic else str(_("All services that are shown"))
            return title, marks_of(report.head.id, [int(each.key) for each in chosen])
    raise NotFound(NO_FIGURE)
