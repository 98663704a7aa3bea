"""The file of a vehicle: plate, papers, service and limits, changed by the office with a reason."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.db import atomically
from app.refusals import Conflict, Invalid
from app.vehicles.actions_file import change_file, may_file
from app.vehicles.actions_notes import Deed, refuse_unless
from app.vehicles.forms_file import parse_file
from app.vehicles.queries import vehicle_for
from app.vehicles.queries_file import attrs_of, filed, limits_at
from app.vehicles.routes import READERS
from app.vehicles.rules_file import FIELDS, TEXTS, values_of
from app.vehicles.rules_words import FILE
from app.web.current import Role, person
from app.web.guards import guarded
from app.web.words import _

bp = Blueprint("vehicle_file", __name__, url_prefix="/vehicles")
KEEPERS = (Role.SUPERVISOR, Role.CREW_LEADER, Role.STANDARDS)


@bp.get("/<vehicle_id>/file")
@guarded(*READERS)
def show(vehicle_id: str) -> ResponseReturnValue:
    return _page(vehicle_id, {})


@bp.post("/<vehicle_id>/file")
@guarded(*KEEPERS)
def keep(vehicle_id: str) -> ResponseReturnValue:
    me, now, zone = person(), clock.now(), current_app.extensions["settings"].zone
    refuse_unless(may_file(me))
    vehicle = vehicle_for(me, vehicle_id)
    pairs = limits_at(vehicle_id, now.astimezone(zone).date())
    limits = [each for pair in pairs for each in pair if each is not None]
    try:
        wish = parse_file(request.form, pairs)
        atomically(lambda: change_file(vehicle, wish, limits, Deed(me, now, zone)))
    except (Invalid, Conflict) as why:
        return _page(vehicle_id, why.fields or {"plate": why.sentence}), why.status
    flash(_("Kept. The next checks count with it."), "ok")
    return redirect(url_for(".show", vehicle_id=vehicle_id), 303)


def _page(vehicle_id: str, errors: Mapping[str, object]) -> str:
    me, now, zone = person(), clock.now(), current_app.extensions["settings"].zone
    vehicle, history = vehicle_for(me, vehicle_id), filed(vehicle_id)
    limits = [each for pair in limits_at(vehicle_id, now.astimezone(zone).date()) for each in pair if each is not None]
    values = values_of(attrs_of(vehicle_id), limits)
    typed = request.form if errors else {}
    words = FILE | {each.field: _limit_word(each.title, each.unit, low=each.is_low) for each in limits}
    return render_template(
        "vehicles/file.html", v=vehicle, values=values, shown={**values, **dict(typed.items())}, errors=errors,
        words=words, limits=limits, fields=FIELDS, texts=TEXTS, history=history, may=may_file(me),
        entry_id=typed.get("id") or str(uuid.uuid4()), was=typed.get("was", history[0].id if history else ""),
    )  # fmt: skip


def _limit_word(title: str, unit: str, *, low: bool) -> str:
    end = _("%(what)s, at least", what=title) if low else _("%(what)s, at most", what=title)
    return f"{end} ({unit})" if unit else end
