"""The register of standards and the text of an edition, to read."""

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue

from app import clock
from app.organisations.queries import scope_of
from app.refusals import NotFound
from app.standards import rules_words as words
from app.standards.actions_audio import RECORDERS
from app.standards.queries import codes_implemented_by, edition, edition_row, edition_rows, register
from app.standards.queries_audio import is_reached
from app.web.current import BUREAU_WIDE, CurrentPerson, Role, person
from app.web.guards import guarded
from app.web.words import lazy

bp = Blueprint("standards", __name__, url_prefix="/standards")


@bp.get("")
@guarded()
def index() -> ResponseReturnValue:
    today = clock.today(current_app.extensions["settings"].zone)
    return render_template("standards/index.html", lines=register(_readable(person()), today), today=today, words=words)


@bp.get("/<number>")
@guarded()
def show(number: str) -> ResponseReturnValue:
    row = edition_row(number)
    readable = _readable(person())
    if row is None or (readable is not None and row.code not in readable):
        raise NotFound(lazy("There is no standard with this number. Check the number in the register."))
    others = [found for found in edition_rows() if found.code == row.code and found.number != row.number]
    me = person()
    may_record = me.role in RECORDERS and is_reached(row.code, me)
    return render_template(
        "standards/edition.html", row=row, edition=edition(row), others=others, words=words, may_record=may_record
    )


def _readable(who: CurrentPerson) -> frozenset[str] | None:
    """None for the bureau-wide and supervisors, who read the whole register; else the standards of the own unit."""
    if who.role in BUREAU_WIDE or who.role is Role.SUPERVISOR:
        return None
    return codes_implemented_by(scope_of(who).units or frozenset())
