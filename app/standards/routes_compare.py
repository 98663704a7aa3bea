"""Two editions side by side, or a draft beside the edition that it revises, as a page and as a workbook."""

from io import BytesIO
from uuid import UUID

from flask import Blueprint, render_template, request, send_file
from flask.typing import ResponseReturnValue

from app import clock
from app.refusals import Invalid, NotFound
from app.standards.actions_drafts import draft
from app.standards.queries import edition, edition_row
from app.standards.queries_projects import project_for
from app.standards.routes import readable_codes
from app.standards.rules import Edition, parse_edition
from app.standards.rules_compare import CHANGE, CHANGE_CHIP, changes
from app.standards.rules_compare_sheet import comparison_bytes
from app.web.audited import exported
from app.web.current import person
from app.web.guards import guarded
from app.web.words import _, lazy

bp = Blueprint("standards_compare", __name__, url_prefix="/standards")
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/compare")
@guarded()
def show() -> ResponseReturnValue:
    return _page(*_named())


@bp.get("/compare.xlsx")
@guarded()
@exported("comparison of editions", "daily")
def sheet() -> ResponseReturnValue:
    return _workbook(*_named())


@bp.get("/projects/<uuid:project_id>/draft/compare")
@guarded()
def show_draft(project_id: UUID) -> ResponseReturnValue:
    return _page(*_drafted(project_id))


@bp.get("/projects/<uuid:project_id>/draft/compare.xlsx")
@guarded()
@exported("comparison with a draft", "daily")
def sheet_of_draft(project_id: UUID) -> ResponseReturnValue:
    return _workbook(*_drafted(project_id))


def _page(old: Edition, new: Edition) -> str:
    found = changes(old, new)
    address = request.path + ".xlsx" + (f"?{request.query_string.decode()}" if request.query_string else "")
    return render_template(
        "standards/compare.html", old=old, new=new, changes=found, words=CHANGE, chips=CHANGE_CHIP, workbook=address
    )


def _workbook(old: Edition, new: Edition) -> ResponseReturnValue:
    made = clock.now()
    body = comparison_bytes(old, new, changes(old, new), made)
    name = f"{_('Comparison')} {old.number} {new.number}.xlsx"
    return send_file(BytesIO(body), SHEET, as_attachment=True, download_name=name)


def _named() -> tuple[Edition, Edition]:
    """The two editions of the address, the older first."""
    old, new = (_edition(request.args.get(name, "")) for name in ("old", "new"))
    return old, new


def _edition(number: str) -> Edition:
    row, readable = edition_row(number[:26]), readable_codes(person())
    if row is None or (readable is not None and row.code not in readable):
        raise NotFound(lazy("There is no standard with this number. Check the number in the register."))
    return edition(row)


def _drafted(project_id: UUID) -> tuple[Edition, Edition]:
    """The edition that is revised and the draft of it; a new standard begins from an empty one."""
    project = project_for(str(project_id), person())
    text = draft(project.id)
    try:
        new = parse_edition({**text.document, "number": f"{project.code} {_('Draft')}", "code": project.code})
    except (KeyError, ValueError, TypeError, AttributeError) as odd:
        raise Invalid(lazy("The draft cannot be shown yet. See what is still to be put right.")) from odd
    row = edition_row(text.from_edition) if text.from_edition else None
    nothing = {**text.document, "number": "—", "code": project.code, "steps": [], "schedules": []}
    return edition(row) if row else parse_edition(nothing), new
