"""公布: what everybody inside the compound may read of inspections, and the deeds of announcing."""

from uuid import UUID, uuid4

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app import clock
from app.inspections.actions_announcing import add_addendum, announce
from app.inspections.queries import addenda_of, head_for
from app.inspections.queries_announced import announced, announced_by_id
from app.inspections.queries_people import all_names
from app.inspections.routes_shown import back_to, inspection_page, tried
from app.inspections.rules import MAKERS, may_announce
from app.inspections.rules_announcing import without_names
from app.web.current import person
from app.web.guards import guarded
from app.web.made import made_id
from app.web.numbers import page_number
from app.web.words import _

bp = Blueprint("announcements", __name__, url_prefix="/inspections")


@bp.get("/announcements")
@guarded()
def index() -> ResponseReturnValue:
    page = page_number(request.args.get("page", ""))
    found, more = announced(page)
    return render_template("inspections/announcements.html", announcements=found, page=page, more=more)


@bp.get("/announcements/<uuid:inspection_id>")
@guarded()
def show(inspection_id: UUID) -> ResponseReturnValue:
    found = announced_by_id(str(inspection_id))
    names = all_names()
    return render_template(
        "inspections/announcement.html",
        one=found,
        addenda=addenda_of([found.head.id])[found.head.id],
        covered=lambda text: without_names(text, names),
        may_add=may_announce(person()),
        new_id=uuid4,
    )


@bp.post("/<uuid:inspection_id>/announce")
@guarded(*MAKERS)
def tell_all(inspection_id: UUID) -> ResponseReturnValue:
    who, now, text = person(), clock.now(), request.form.get("text", "").strip()
    errors = tried(lambda: announce(head_for(str(inspection_id), who), text, who, now))
    if errors:
        return inspection_page(inspection_id, errors, request.form), 422
    return back_to(inspection_id, _("Announced to everybody inside the compound."))


@bp.post("/<uuid:inspection_id>/addenda")
@guarded(*MAKERS)
def add(inspection_id: UUID) -> ResponseReturnValue:
    who, now, text, new_id = person(), clock.now(), request.form.get("text", "").strip(), made_id(request.form)
    errors = tried(lambda: add_addendum(head_for(str(inspection_id), who), new_id, text, who, now))
    if errors:
        return inspection_page(inspection_id, errors, request.form), 422
    return back_to(inspection_id, _("The addendum stands beside the announcement."))
