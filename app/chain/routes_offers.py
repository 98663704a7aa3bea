"""A phone offers its receipts again: which of them the server does not know, after an older copy was put back."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from app.chain.queries_offers import known_of
from app.checks.forms_fields import Fields
from app.checks.routes_call import answer, body_of_request
from app.checks.rules_meeting import DOERS
from app.refusals import Invalid
from app.web.guards import guarded
from app.web.words import lazy

bp = Blueprint("offers", __name__, url_prefix="/api/v1")
MOST_OFFERED = 500


@bp.post("/receipts/unknown")
@guarded(*DOERS)
def unknown() -> ResponseReturnValue:
    """One read; nothing is written. Whoever asks learns of numbers made on phones only whether they arrived."""
    fields = Fields(body_of_request())
    ids = dict.fromkeys(fields.uuids("ids", MOST_OFFERED))
    if fields.errors:
        raise Invalid(lazy("Some entries are missing or cannot be right."), fields=fields.errors)
    known = known_of(tuple(ids))
    return answer({"unknown": [each for each in ids if each not in known]}, 200)
