"""Pages of flags: the supervisor's list, one's own, the limits in force; and the deeds, a reason and a judgement."""

from __future__ import annotations

from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from app import clock
from app.db import atomically
from app.flags import forms
from app.flags import rules_words as words
from app.flags.actions_hearing import Said, do, may
from app.flags.queries import (
    Filter,
    FlagRow,
    flag_by_id,
    flags_of_check,
    looked_at,
    own_flags,
    page_of,
    units_flagged,
    waiting_for,
)
from app.flags.queries_pictures import hashes_of
from app.flags.queries_thresholds import judged_of, moves_of
from app.flags.rules import FlagKind
from app.flags.rules_hearing import READERS, TIME_TO_SPEAK, Deed, State, refusal
from app.flags.rules_limits import DEFAULTS, moves
from app.organisations.queries import scope_of, unit_by_id, units
from app.photos.actions import keep_file
from app.photos.rules import KeptPhoto, Upload
from app.web.current import HANDS, CurrentPerson, Role, person
from app.web.guards import guarded
from app.web.numbers import page_number
from app.web.words import _

bp = Blueprint("flags", __name__)
AUTHORS = (*HANDS, Role.SUPERVISOR)


@bp.record_once
def give_words(state: BlueprintSetupState) -> None:
    """Words of flags, and those of a record for its page."""
    state.app.jinja_env.globals.update(
        flag_words=words,
        flags_of=flags_of_check,
        flags_looked_at=looked_at,
        flag_deeds=open_deeds,
        flag_readers=READERS,
        flag_pictures=pictures_held,
        flag_speak_until=lambda flag: flag.at + TIME_TO_SPEAK,
        flags_waiting=waiting_for,
        fresh_id=lambda: str(uuid4()),
    )


@bp.get("/flags")
@guarded(*READERS)
def index() -> ResponseReturnValue:
    me, asked = person(), request.args
    wanted = Filter(
        day=forms.day(asked.get("day", "")),
        kind=asked.get("kind", "") if asked.get("kind") in set(FlagKind) else "",
        state=asked.get("state", "") if asked.get("state") in set(State) else "",
        unit=asked.get("unit", "")[:40],
        page=page_number(asked.get("page", "")),
    )
    names = {each.id: each.name for each in units()}
    return render_template(
        "flags/index.html",
        wanted=wanted,
        found=page_of(me, wanted),
        kinds=[(each.value, words.KINDS[each]) for each in FlagKind],
        units=[(each, names.get(each, each)) for each in units_flagged(me)],
        link=lambda **changed: _link(wanted, changed),
    )


@bp.get("/flags/mine")
@guarded(*AUTHORS)
def mine() -> ResponseReturnValue:
    return render_template("flags/mine.html", flags=own_flags(person().id))


@bp.get("/flags/limits")
@guarded(*READERS)
def limits() -> ResponseReturnValue:
    me = person()
    reached = [each for each in units() if _answers(me, each.id)]
    asked = request.args.get("unit", me.org_id)
    chosen = next((each for each in reached if each.id == asked), None) or unit_by_id(me.org_id)
    unit_id = chosen.id if chosen else me.org_id
    return render_template(
        "flags/limits.html",
        unit=chosen,
        units=[(each.id, each.name) for each in reached],
        rows=moves(DEFAULTS, judged_of(unit_id)),
        moved=moves_of(unit_id),
    )


@bp.post("/flags/<uuid:flag_id>/explain")
@guarded(*AUTHORS)
def explain(flag_id: UUID) -> ResponseReturnValue:
    return _deed(Deed.EXPLAIN, str(flag_id), _("Thank you. Somebody else reads it; your figures stay as they are."))


@bp.post("/flags/<uuid:flag_id>/<any(stands,lift):verdict>")
@guarded(Role.SUPERVISOR)
def judge(flag_id: UUID, verdict: str) -> ResponseReturnValue:
    return _deed(Deed(verdict), str(flag_id), _("Kept. The author is told."))


def open_deeds(flag: FlagRow) -> list[Deed]:
    """What the person who asks may do about it now."""
    me, now = person(), clock.now()
    return [each for each in Deed if may(each, flag, me) and not refusal(each, State(flag.state), flag.at, now)]


def pictures_held(flag: FlagRow) -> list[str]:
    """The hashes of the picture and of the one that it was compared with, where the person may look at both."""
    ids = [flag.subject, str(flag.numbers.get("other_photo", ""))]
    if not ids[1] or (person().is_hands and not flag.numbers.get("same_person")):
        return []
    found = hashes_of(ids)
    return [found[each] for each in ids if each in found]


def _deed(deed: Deed, flag_id: str, thanks: str) -> ResponseReturnValue:
    me, now, store = person(), clock.now(), current_app.extensions["photo_store"]
    flag = flag_by_id(flag_id, me)
    said = _said(deed, me)
    atomically(lambda: do(deed, flag.id, said, me, store, now))
    flash(thanks, "ok")
    return redirect(url_for("checks.show", check_id=flag.check_id, _anchor=f"flag-{flag.id}"), 303)


def _said(deed: Deed, me: CurrentPerson) -> Said:
    """What came with the form; a recording is kept on disk under an id that follows from the deed's."""
    form = request.form
    found = Said(forms.deed_id(form), forms.words(form), form.get("reason", "")[:12])
    voice = _voice(found.id, me) if deed is Deed.EXPLAIN else None
    return Said(found.id, found.words, found.reason, voice)


def _voice(name: str, me: CurrentPerson) -> KeptPhoto | None:
    sound = request.files.get("sound")
    if sound is None or not sound.filename:
        return None
    settings, now = current_app.extensions["settings"], clock.now()
    upload = Upload(str(uuid5(NAMESPACE_URL, f"dabiao:flag-voice:{name}")), sound.stream.read(), me.id, sound.mimetype)
    store, day = current_app.extensions["photo_store"], clock.today(settings.zone)
    return keep_file(store, upload, max_bytes=settings.max_file_bytes, now=now, day=day)[0]


def _link(wanted: Filter, changed: dict[str, Any]) -> str:
    values = {"day": wanted.day, "kind": wanted.kind, "state": wanted.state, "unit": wanted.unit} | changed
    chosen: dict[str, Any] = {name: str(value) for name, value in values.items() if value}
    return url_for("flags.index", **chosen)


def _answers(me: CurrentPerson, unit_id: str) -> bool:
    scope = scope_of(me)
    return scope.units is None or unit_id in scope.units
