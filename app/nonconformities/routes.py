"""Findings: the board, a worker's own list, one finding with its history, and every deed at it."""

from __future__ import annotations

import uuid
from typing import Any
from uuid import UUID

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from app import clock
from app.config import Settings
from app.days import month_span
from app.db import atomically
from app.nonconformities import rules_faces as faces
from app.nonconformities import rules_words as words
from app.nonconformities.actions_deeds import do
from app.nonconformities.actions_here import Here
from app.nonconformities.forms import FILTERS, MOST_PHOTOS, BoardQuery, parse_board, parse_wish
from app.nonconformities.queries_board import A_PAGE, board, own_cards
from app.nonconformities.queries_page import FindingPage, finding_page
from app.nonconformities.queries_proposals import proposals_waiting
from app.nonconformities.rules import SETTLED, Part
from app.nonconformities.rules_close import wanting_for_closure
from app.nonconformities.rules_deeds import Deed, deeds_for, next_deed, sides_of
from app.nonconformities.rules_faces import offers, useful
from app.nonconformities.rules_refusals import NOT_THERE
from app.nonconformities.rules_wish import Wish, faults
from app.organisations.queries import scope_of
from app.photos.actions import keep
from app.photos.actions_pictures import nudge
from app.photos.rules import Upload
from app.refusals import NotFound, TooLarge
from app.web.current import HANDS, Role, person
from app.web.guards import guarded
from app.web.numbers import page_number
from app.web.words import _, lazy

bp = Blueprint("nonconformities", __name__, url_prefix="/nonconformities")
READERS = tuple(role for role in Role if role is not Role.ADMIN)
# A recheck can be granted to anybody who is not there to look only.
DOERS = (*HANDS, Role.SUPERVISOR, Role.MANAGER, Role.INSPECTOR, Role.STANDARDS, Role.LEADER)
OWN_LIST = (Role.WORKER, Role.DRIVER)


@bp.record_once
def give_words(state: BlueprintSetupState) -> None:
    """Words of findings for templates."""
    state.app.jinja_env.globals.update(finding_words=words, finding_faces=faces)


@bp.get("")
@guarded(*READERS)
def index() -> ResponseReturnValue:
    me, now = person(), clock.now()
    query = parse_board(request.args, page_number(request.args.get("page", "")))
    todo, reported = own_cards(me.id, me.org_id, clock.today(_settings().zone), now) if me.is_hands else ([], [])
    if me.role in OWN_LIST and not query.month:
        return render_template("nonconformities/own.html", todo=todo, reported=reported, now=now)
    found = board(scope_of(me), _wanted(query), query.state, query.page, now)
    waiting = proposals_waiting() if me.role in (Role.STANDARDS, Role.INSPECTOR, Role.LEADER) else 0
    return render_template(
        "nonconformities/index.html",
        board=found,
        query=query,
        now=now,
        todo=todo,
        waiting=waiting,
        pages=-(-(found.count_of(query.state) if query.state else found.whole) // A_PAGE),
        settled=SETTLED,
        link=lambda **changed: url_for(".index", **query.args(**changed)),
    )


def _wanted(query: BoardQuery) -> dict[str, Any]:
    """The filters for the database, the month as instants."""
    wanted: dict[str, Any] = {name: getattr(query, name) for name in FILTERS}
    month, zone = query.month, _settings().zone
    return wanted | {"found": month_span(month, zone) if month else None}


@bp.get("/<uuid:finding_id>")
@guarded(*READERS)
def show(finding_id: UUID) -> ResponseReturnValue:
    return _page(_visible(finding_id), Wish(str(uuid.uuid4()), 0), {})


@bp.post("/<uuid:finding_id>/<deed>")
@guarded(*DOERS)
def act(finding_id: UUID, deed: str) -> ResponseReturnValue:
    page, me, now, what = _visible(finding_id), person(), clock.now(), _deed(deed)
    files = _files()
    wish = parse_wish(request.form, len(files))
    day = now.astimezone(_settings().zone).date()
    wrong = faults(what, wish, page.finding.filled, day, photo_wanted=page.around.photo_allowed)
    if wrong and page.finding.version == wish.version:
        return _page(page, wish, wrong), 422
    store = current_app.extensions["photo_store"]
    for photo_id, file in zip(wish.photos, files, strict=True):
        upload = Upload(id=photo_id, body=file.stream.read(), person_id=me.id)
        keep(store, upload, max_bytes=_settings().max_photo_bytes, now=now, day=day)
    here = Here(now, _settings().zone, store)
    atomically(lambda: do(str(finding_id), what, wish, me, here))
    nudge()
    flash(_("Kept."), "ok")
    return redirect(url_for(".show", finding_id=finding_id), 303)


def _deed(name: str) -> Deed:
    if name not in set(Deed):
        raise NotFound(lazy("There is no such page."))
    return Deed(name)


def _files() -> list[FileStorage]:
    files = [file for file in request.files.getlist("photos") if file.filename]
    if len(files) > MOST_PHOTOS:
        raise TooLarge(lazy("At most %(n)d photos at a time.", n=MOST_PHOTOS))
    return files


def _visible(finding_id: UUID) -> FindingPage:
    """The finding, for whoever it concerns: by scope, or because they reported it."""
    page, me = finding_page(str(finding_id)), person()
    if page is None or not (sides_of(me, page.finding.subject, scope_of(me)) or page.finding.found_by_id == me.id):
        raise NotFound(NOT_THERE)
    return page


def _page(page: FindingPage, typed: Wish, errors: dict[str, object]) -> str:
    finding, me = page.finding, person()
    mine = deeds_for(me, finding.subject, scope_of(me)) if me.role in DOERS else ()
    allowed = tuple(deed for deed in mine if useful(deed, finding.filled))
    planned = bool(page.around.correction)
    following = next_deed(allowed, finding.subject, contained=bool(finding.containment), planned=planned)
    return render_template(
        "nonconformities/show.html",
        page=page,
        finding=finding,
        around=page.around,
        offers=offers(allowed, following),
        typed=typed,
        errors=errors,
        wanting=wanting_for_closure(finding.filled) if finding.state not in SETTLED else (),
        now=clock.now(),
        deed_id=str(uuid.uuid4()),
        parts=Part,
    )


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings
