"""A phone offers its receipts again: which of them the server does not know, after an older copy was put back."""

from __future__ import annotations

import orjson
from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from app.chain.forms import offered
from app.chain.queries_offers import known_of
from app.checks.rules_meeting import DOERS
from app.refusals import TooLarge
from app.web.guards import guarded
from app.web.words import lazy

bp = Blueprint("offers", __name__, url_prefix="/api/v1")
MOST_BODY_BYTES = 100_000


@bp.post("/receipts/unknown")
@guarded(*DOERS)
def unknown() -> ResponseReturnValue:
    """One read; nothing is written. Whoever asks learns of numbers made on phones only whether they arrived."""
    if (request.content_length or 0) > MOST_BODY_BYTES:
        raise TooLarge(lazy("That is too large to send. Send fewer or smaller photos."))
    ids = offered(request.get_data(cache=False))
    known = known_of(ids)
    content = orjson.dumps({"unknown": [each for each in ids if each not in known]})
    return Response(content, 200, mimetype="application/json", headers={"Cache-Control": "no-store"})
