"""Autosave of an item: the same deed as the form, answered as JSON; a clash tells what the other one wrote."""

from uuid import UUID

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from app import clock
from app.db import atomically
from app.inspections.actions_items import save_item
from app.inspections.forms import parse_said
from app.inspections.queries import head_for
from app.inspections.routes_shown import zone
from app.inspections.rules import PLANNERS
from app.inspections.rules_items import Clash, ItemView
from app.refusals import Stale
from app.web.current import person
from app.web.guards import guarded
from app.web.numbers import whole_number
from app.web.words import lazy

bp = Blueprint("inspections_api", __name__, url_prefix="/api/inspections/<uuid:inspection_id>")


@bp.post("/items/<int:item_no>")
@guarded(*PLANNERS, external=True)
def save(inspection_id: UUID, item_no: int) -> ResponseReturnValue:
    who, now, said = person(), clock.now(), parse_said(request.form, request.form.getlist("ways"))
    revision = whole_number(request.form.get("revision", ""))
    done = atomically(lambda: save_item(head_for(str(inspection_id), who), item_no, revision, said, who, now))
    if isinstance(done, Clash):
        raise _clash(done.now)
    at = done.at.astimezone(zone()).strftime("%H:%M") if done.at else ""
    return jsonify({"revision": done.revision, "at": at})


def _clash(now: ItemView) -> Stale:
    at = now.at.astimezone(zone()).strftime("%H:%M") if now.at else ""
    sentence = lazy(
        "%(name)s saved this item at %(time)s. Yours is kept here until you choose.", name=now.by_name, time=at
    )
    said = {
        "revision": now.revision,
        "record": now.said.record,
        "fact": now.said.fact,
        "conclusion": str(now.said.conclusion or ""),
    }
    return Stale(sentence, extra={"now": said})
