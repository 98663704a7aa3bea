"""The office says that a reported sticker is gone."""

from uuid import UUID

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.db import atomically
from app.places.actions_stickers import handle_sticker
from app.web.current import Role, person
from app.web.guards import guarded
from app.web.words import _

bp = Blueprint("stickers", __name__, url_prefix="/points/stickers")


@bp.post("/<uuid:sticker_id>/handled")
@guarded(Role.SUPERVISOR, Role.STANDARDS, Role.ADMIN)
def handled(sticker_id: UUID) -> ResponseReturnValue:
    me, now = person(), clock.now()
    if atomically(lambda: handle_sticker(str(sticker_id), me.id, now)):
        flash(_("The sticker is handled."), "ok")
    return redirect(url_for("points.index") + "#stickers", 303)
