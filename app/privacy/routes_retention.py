"""How long kinds are kept, and the lists of what has been kept long enough, for two persons to decide."""

from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.chain.queries_disposal import disposals
from app.db import atomically
from app.organisations.queries import units
from app.privacy.actions_retention import choose, held_past, make_lists, put_aside, stand_for
from app.privacy.queries import chosen_months
from app.privacy.queries_retention import still_named
from app.privacy.rules_retention import HOLD_WORDS, TERMS, Kind, months_of
from app.refusals import Invalid
from app.web.current import Role, person
from app.web.guards import guarded
from app.web.numbers import whole_number
from app.web.words import _, lazy, ngettext

bp = Blueprint("retention", __name__, url_prefix="/privacy/retention")
READERS = (Role.STANDARDS, Role.LEADER, Role.AUDITOR)
DECIDERS = (Role.STANDARDS, Role.LEADER)


@bp.get("")
@guarded(*READERS)
def index() -> ResponseReturnValue:
    me, chosen = person(), chosen_months()
    found = disposals()
    return render_template(
        "privacy/retention.html",
        me=me,
        terms=[(kind, term, months_of(kind, (), chosen)) for kind, term in TERMS.items()],
        chosen=[(TERMS[Kind(kind)].words, unit, months) for (kind, unit), months in chosen.items() if unit],
        units=units(),
        holds=HOLD_WORDS.values(),
        longer=[(HOLD_WORDS[hold], *rest) for hold, *rest in held_past(clock.now())],
        waiting=[each for each in found if each.outcome is None],
        ended=[each for each in found if each.outcome],
        may_decide=me.role in DECIDERS,
    )


@bp.post("")
@guarded(Role.STANDARDS)
def change() -> ResponseReturnValue:
    me, unit = person(), request.form.get("unit", "")
    if unit and unit not in {each.id for each in units()}:
        raise Invalid(lazy("There is no such unit."))
    try:
        kind = Kind(request.form.get("kind", ""))
    except ValueError as unknown:
        raise Invalid(lazy("There is no such kind.")) from unknown
    months, reason = whole_number(request.form.get("months", "")), request.form.get("reason", "")
    atomically(lambda: choose(kind, unit, months, reason, me, clock.now()))
    flash(_("Saved. It counts for the next list."), "ok")
    return redirect(url_for(".index"), 303)


@bp.post("/lists")
@guarded(Role.STANDARDS)
def make() -> ResponseReturnValue:
    made = atomically(lambda: make_lists(clock.now(), _zone()))
    nothing = _("Nothing has been kept long enough.")
    flash(_("A list of %(n)d records waits for two persons.", n=made) if made else nothing, "ok")
    return redirect(url_for(".index"), 303)


@bp.post("/<uuid:disposal_id>/approve")
@guarded(*DECIDERS)
def agree(disposal_id: UUID) -> ResponseReturnValue:
    me, now = person(), clock.now()
    removed, photos = atomically(lambda: stand_for(str(disposal_id), me, now))
    if removed is None:
        flash(_("Approved. A second person has to approve too."), "ok")
        return redirect(url_for(".index"), 303)
    store, named = current_app.extensions["photo_store"], still_named([sha256 for _id, sha256, _at in photos])
    for photo_id, sha256, received_at in photos:
        if sha256 not in named:
            store.forget(photo_id, sha256, received_at.astimezone(_zone()).date())
    flash(ngettext("Carried out: %(num)d record removed.", "Carried out: %(num)d records removed.", removed), "ok")
    return redirect(url_for(".index"), 303)


@bp.post("/<uuid:disposal_id>/aside")
@guarded(*DECIDERS)
def aside(disposal_id: UUID) -> ResponseReturnValue:
    me, now = person(), clock.now()
    atomically(lambda: put_aside(str(disposal_id), me, now))
    flash(_("The list has been put aside."), "ok")
    return redirect(url_for(".index"), 303)


def _zone() -> ZoneInfo:
    zone: ZoneInfo = current_app.extensions["settings"].zone
    return zone
