"""Files of a period: ask for one, see how far it is, take it; and the dictionary of all fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    stream_with_context,
    url_for,
)
from flask.typing import ResponseReturnValue

from app import clock
from app.audit.actions import note
from app.data import forms
from app.data import rules_exports as rules
from app.data.actions_exports import FileWish, Workshop, make, order
from app.data.queries import codes_in_reach
from app.data.queries_exports import body_of, export_by_id, own_exports
from app.data.rules_fields import KIND_WORDS
from app.data.rules_sets import EXPORTED, SETS
from app.data.rules_wanted import MOST_DAYS
from app.data.writes_exports import remove
from app.db import atomically
from app.organisations.queries import scope_of, units
from app.refusals import Invalid, NotFound
from app.web.audited import PURPOSES, given_purpose
from app.web.current import Role, person
from app.web.guards import guarded
from app.web.languages import chosen
from app.web.words import _, lazy

bp = Blueprint("data", __name__, url_prefix="/data")
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@bp.get("")
@guarded(*rules.READERS)
def index() -> ResponseReturnValue:
    return _page({}, {})


@bp.post("")
@guarded(*rules.READERS)
def ask() -> ResponseReturnValue:
    me, form, zone = person(), request.form, _zone()
    try:
        wish = _wish()
        atomically(lambda: order(wish, me, zone))
    except Invalid as refusal:
        return _page(form, refusal.fields), 422
    made = export_by_id(wish.id, me.id)
    if made is not None and made.state == rules.State.WAITING and made.rows_whole <= rules.AT_ONCE:
        make(wish.id, Workshop.of(current_app.extensions["settings"]))
    return redirect(url_for(".index", _anchor="files"), 303)


@bp.get("/files/<uuid:export_id>")
@guarded(*rules.READERS)
def take(export_id: UUID) -> ResponseReturnValue:
    """Marked when it was made; each time it is taken is a line of its own. No line in the log, no file."""
    me = person()
    found = export_by_id(str(export_id), me.id)
    if found is None or found.state != rules.State.READY:
        raise NotFound(lazy("There is no such file of yours; files stay for a day."))
    about, address = f"data {found.what}", request.remote_addr or ""
    atomically(lambda: note("export.taken", by_id=me.id, about=about, address=address, data={"number": found.number}))
    response = Response(stream_with_context(body_of(found.id)), content_type=TYPES[found.form])
    response.headers["Content-Length"] = str(found.bytes)
    response.headers["Content-Disposition"] = f'attachment; filename="{found.name}"'
    response.headers["X-Export-Number"] = str(found.number)
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.post("/files/<uuid:export_id>/remove")
@guarded(*rules.READERS)
def drop(export_id: UUID) -> ResponseReturnValue:
    """One that is being made stops; twice is once."""
    me = person()
    if export_by_id(str(export_id), me.id) is not None:
        atomically(lambda: remove(str(export_id)))
        flash(_("The file is gone."), "ok")
    return redirect(url_for(".index", _anchor="files"), 303)


@bp.get("/dictionary")
@guarded(*rules.READERS, Role.ADMIN)
def dictionary() -> ResponseReturnValue:
    return render_template("data/dictionary.html", sets=SETS.values(), kinds=KIND_WORDS, exported=EXPORTED)


def _wish() -> FileWish:
    form, today = request.form, clock.today(_zone())
    what, kind = form.get("what", ""), form.get("form", "")
    if what not in EXPORTED or kind not in rules.FORMS:
        raise Invalid(lazy("Choose what the file holds."), fields={"what": lazy("Choose what the file holds.")})
    purpose = given_purpose()
    if not purpose:
        raise Invalid(lazy("Say what it is for."), fields={"purpose": lazy("Say what it is for.")})
    wanted = forms.exported(form, today)
    words = str(PURPOSES.get(purpose, purpose))
    return FileWish(forms.export_id(form), what, kind, wanted, words, chosen(), request.remote_addr or "")


def _page(typed: Mapping[str, Any], errors: Mapping[str, object]) -> str:
    me, today = person(), clock.today(_zone())
    scope = scope_of(me)
    files = own_exports(me.id)
    return render_template(
        "data/index.html",
        sets={name: SETS[name] for name in EXPORTED},
        units=[each for each in units() if scope.units is None or each.id in scope.units],
        standards=codes_in_reach(scope),
        typed={"from": today.replace(day=1).isoformat(), "to": today.isoformat(), **typed},
        errors=errors,
        files=files,
        running=any(each.open for each in files),
        purposes=PURPOSES,
        rules=rules,
        new_id=uuid4,
        most_days=MOST_DAYS,
    )


def _zone() -> ZoneInfo:
    zone: ZoneInfo = current_app.extensions["settings"].zone
    return zone
