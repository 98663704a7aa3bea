"""The register of standards and the text of an edition, to read."""

from collections.abc import Mapping
from uuid import uuid4

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue

from app import clock
from app.organisations.queries import scope_of
from app.refusals import NotFound
from app.standards import rules_words as words
from app.standards.actions_audio import RECORDERS
from app.standards.queries import EditionRow, codes_implemented_by, edition, edition_row, edition_rows, register
from app.standards.queries_audio import is_reached
from app.standards.queries_papers import reviews_of, text_of
from app.standards.queries_projects import project_of_edition, running
from app.standards.rules_publishing import USED
from app.standards.rules_review import ReviewOutcome, overdue
from app.web.current import BUREAU_WIDE, CurrentPerson, Role, person
from app.web.guards import guarded
from app.web.words import lazy

bp = Blueprint("standards", __name__, url_prefix="/standards")
PROJECT_READERS = (Role.CREW_LEADER, Role.SUPERVISOR, Role.MANAGER, *BUREAU_WIDE)
NO_ERRORS: Mapping[str, object] = {}


@bp.get("")
@guarded()
def index() -> ResponseReturnValue:
    today = clock.today(current_app.extensions["settings"].zone)
    me = person()
    return render_template(
        "standards/index.html",
        lines=register(readable_codes(me), today),
        today=today,
        words=words,
        overdue=overdue,
        may_read_projects=me.role in PROJECT_READERS,
    )


@bp.get("/<number>")
@guarded()
def show(number: str) -> ResponseReturnValue:
    me, row = person(), readable_row(number)
    return edition_page(row, me)


def edition_page(row: EditionRow, me: CurrentPerson, errors: Mapping[str, object] = NO_ERRORS) -> str:
    """The page of an edition with what belongs to it; `errors` are those of a refused form there."""
    today = clock.today(current_app.extensions["settings"].zone)
    return render_template(
        "standards/edition.html",
        row=row,
        edition=edition(row),
        others=[found for found in edition_rows() if found.code == row.code and found.number != row.number],
        words=words,
        may_record=me.role in RECORDERS and is_reached(row.code, me),
        may_keep=me.role is Role.STANDARDS,
        may_read_project=me.role is Role.SUPERVISOR or me.role in BUREAU_WIDE,
        text=text_of(row.number),
        project=project_of_edition(row.number),
        reviews=reviews_of(row.number),
        running=running(row.code),
        overdue=overdue(row.next_review_on, today, row.status),
        used=row.status in USED,
        outcomes=list(ReviewOutcome),
        errors=errors,
        today=today,
        new_id=uuid4,
    )


def readable_row(number: str) -> EditionRow:
    """The register row of an edition that the person may read; raises NotFound."""
    row, readable = edition_row(number), readable_codes(person())
    if row is None or (readable is not None and row.code not in readable):
        raise NotFound(lazy("There is no standard with this number. Check the number in the register."))
    return row


def readable_codes(who: CurrentPerson) -> frozenset[str] | None:
    """None for the bureau-wide and supervisors, who read the whole register; else the standards of the own unit."""
    if who.role in BUREAU_WIDE or who.role is Role.SUPERVISOR:
        return None
    return codes_implemented_by(scope_of(who).units or frozenset())
