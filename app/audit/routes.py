"""The audit log as a page and as a file, for the auditor alone."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from flask import Blueprint, Response, current_app, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from app.audit import actions_exports
from app.audit.forms import Wanted, parse_wanted
from app.audit.queries import LINES_A_PAGE, Line, Search, all_lines, lines
from app.audit.rules import GROUPS, export_word, group_of, word_of
from app.audit.rules_files import csv_lines
from app.days import begins
from app.web.audited import PURPOSES, exported
from app.web.current import Role
from app.web.guards import guarded

bp = Blueprint("audit", __name__, url_prefix="/audit")


@bp.record_once
def give_words(state: BlueprintSetupState) -> None:
    """What the pages of other rooms say of a line of the log, and what files that leave need (`app.web.audited`)."""
    state.app.extensions["audit"] = actions_exports
    state.app.jinja_env.filters.update(audit_word=word_of, audit_group=group_of, export_word=export_word)
    state.app.jinja_env.globals["purpose_words"] = PURPOSES


@bp.get("")
@guarded(Role.AUDITOR)
def index() -> ResponseReturnValue:
    wanted = parse_wanted(request.args)
    found = lines(_search(wanted), LINES_A_PAGE + 1)
    page = found[:LINES_A_PAGE]
    older = url_for(".index", **wanted.query(before=page[-1].id)) if len(found) > LINES_A_PAGE else None
    newest = url_for(".index", **wanted.query()) if wanted.before else None
    file = url_for(".file", **wanted.query())
    return render_template(
        "audit/index.html", lines=page, wanted=wanted, groups=GROUPS, older=older, newest=newest, file=file
    )


@bp.get("/log.csv")
@guarded(Role.AUDITOR)
@exported("audit")
def file() -> ResponseReturnValue:
    """Everything that the filters find, as CSV."""
    wanted = parse_wanted(request.args)
    body = b"".join(csv_lines(_all(wanted), _zone()))
    answer = Response(body, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="audit.csv"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _all(wanted: Wanted) -> Iterator[Line]:
    return all_lines(_search(wanted))


def _search(wanted: Wanted) -> Search:
    after = wanted.last + timedelta(days=1) if wanted.last else None
    return Search(wanted.who, wanted.group, _midnight(wanted.first), _midnight(after), wanted.before)


def _midnight(day: date | None) -> datetime | None:
    return begins(day, _zone()) if day else None


def _zone() -> ZoneInfo:
    zone: ZoneInfo = current_app.extensions["settings"].zone
    return zone
