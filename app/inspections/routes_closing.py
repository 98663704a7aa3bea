"""The end of an inspection: finish, take back, sign by both sides."""

from uuid import UUID

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from app import clock
from app.inspections.actions_signing import Wish, finish, reopen, sign
from app.inspections.forms import parse_overall, parse_sign
from app.inspections.queries import head_for
from app.inspections.routes_shown import back_to, inspection_page, tried, zone
from app.inspections.rules import PLANNERS, SIGNERS
from app.web.current import person
from app.web.guards import guarded
from app.web.words import _

bp = Blueprint("inspection_closing", __name__, url_prefix="/inspections/<uuid:inspection_id>")


@bp.post("/finish")
@guarded(*PLANNERS, external=True)
def end(inspection_id: UUID) -> ResponseReturnValue:
    who, now, (overall, summary) = person(), clock.now(), parse_overall(request.form)
    errors = tried(lambda: finish(head_for(str(inspection_id), who), overall, summary, who, now, zone()))
    if errors:
        return inspection_page(inspection_id, errors, request.form), 422
    return back_to(inspection_id, _("Finished. Both sides sign now."))


@bp.post("/reopen")
@guarded(*PLANNERS, external=True)
def take_back(inspection_id: UUID) -> ResponseReturnValue:
    who, now, reason = person(), clock.now(), request.form.get("reason", "").strip()
    errors = tried(lambda: reopen(head_for(str(inspection_id), who), reason, who, now))
    if errors:
        return inspection_page(inspection_id, errors, request.form), 422
    return back_to(inspection_id)


@bp.post("/sign")
@guarded(*SIGNERS, external=True)
def put_name(inspection_id: UUID) -> ResponseReturnValue:
    who, now, form = person(), clock.now(), parse_sign(request.form)
    wish = Wish(form.side, form.way, form.digest, form.objects, form.words, form.name)
    errors = tried(lambda: sign(head_for(str(inspection_id), who), wish, who, now))
    if errors:
        return inspection_page(inspection_id, errors, request.form), 422
    return back_to(inspection_id, _("Signed."))
