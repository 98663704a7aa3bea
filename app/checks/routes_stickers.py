"""The scanner reports a foreign code: a call like those of the protocol, it can wait for a network and be repeated."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint
from flask.typing import ResponseReturnValue

from app import clock
from app.checks.forms_fields import Fields
from app.checks.routes_call import answer, body_of_request
from app.db import atomically
from app.places.actions_stickers import report_sticker
from app.places.rules_stickers import Sticker
from app.refusals import Forbidden, Invalid
from app.web.current import person
from app.web.guards import guarded
from app.web.words import lazy
from qr.payload import check

bp = Blueprint("stickers_api", __name__, url_prefix="/api/v1")
LONGEST_TEXT, LONGEST_PLACE = 300, 80


@bp.post("/stickers")
@guarded()
def report() -> ResponseReturnValue:
    me, body, now = person(), body_of_request(), clock.now()
    if body.get("person") not in (None, me.id):
        raise Forbidden(lazy("This report is another person's; it waits for them."), problem="other-person")
    sticker = _sticker(body)
    is_new = atomically(lambda: report_sticker(sticker, me.id, now))
    return answer({"sticker": {"id": sticker.id}}, 201 if is_new else 200)


def _sticker(body: Mapping[str, Any]) -> Sticker:
    """Raises Invalid with a sentence a field."""
    fields = Fields(body)
    near = fields.text("near", 10)
    sticker = Sticker(
        id=fields.uuid("id"),
        text=fields.text("text", LONGEST_TEXT, needed=True) or "",
        place=fields.text("place", LONGEST_PLACE) or "",
        near=near if near and check(near) else None,
        seen_at=fields.maybe_instant("seen_at"),
    )
    if fields.errors:
        raise Invalid(lazy("Some entries are missing or cannot be right."), fields=fields.errors)
    return sticker
