"""The page of what waits on a phone: the same for everybody, filled by the phone itself."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.web.guards import public

bp = Blueprint("outbox", __name__)


@bp.get("/outbox")
@public
def outbox() -> ResponseReturnValue:
    return render_template("pwa/outbox.html")
