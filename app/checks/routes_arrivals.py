"""已报到，照片待传: the call by which a phone says that a check was done and its photos follow (docs/protocol.md)."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from app.checks.actions_arrivals import announce, read_arrival
from app.checks.routes_call import answer, body_of_request, call_now
from app.checks.rules_meeting import DOERS
from app.db import atomically
from app.web.current import person
from app.web.guards import guarded

bp = Blueprint("arrivals", __name__, url_prefix="/api/v1")


@bp.post("/arrivals")
@guarded(*DOERS)
def arrive() -> ResponseReturnValue:
    me, call, wish = person(), call_now(), read_arrival(body_of_request())
    is_new = atomically(lambda: announce(wish, me, call))
    return answer({"arrival": {"id": wish.id, "photos": wish.photos}}, 201 if is_new else 200)
