"""Pages of repair orders: the list of the trade, one order, and the steps from accepted to repaired."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.db import atomically
from app.photos.actions import keep, sync
from app.photos.actions_pictures import nudge
from app.photos.rules import KeptPhoto, Upload
from app.repairs import actions_moves, rules_words
from app.repairs.actions_moves import Deed
from app.repairs.queries import reported, trades
from app.repairs.queries_list import history_of, order_for, page_of, to_do
from app.repairs.queries_shortages import shortages_within
from app.repairs.rules import OrderState, first_mine, may_reopen, may_work
from app.web.current import Role, person
from app.web.guards import guarded
from app.web.numbers import page_number
from app.web.words import _

bp = Blueprint("repairs", __name__, url_prefix="/repairs")

READERS = tuple(role for role in Role if role is not Role.ADMIN)
WORKERS = (Role.WORKER, Role.DRIVER, Role.CREW_LEADER, Role.SUPERVISOR, Role.MANAGER)
MOST_PHOTOS = 6


@bp.app_template_filter("repair_word")
def _state_word(state: str) -> object:
    """What the next scanner reads of a known fault's order."""
    return rules_words.STATES[OrderState(state)]


@bp.get("")
@guarded(*READERS)
def index() -> ResponseReturnValue:
    me, view = person(), request.args.get("view", "")
    duty = [] if me.role not in WORKERS else first_mine(to_do(me), me, trades())
    if view not in ("todo", "mine", "all"):
        view = "todo" if duty else "mine" if me.is_hands else "all"
    page = page_number(request.args.get("page", ""))
    shown, pages = (duty, 1) if view == "todo" else page_of(me, page, reported=view == "mine")
    return render_template(
        "repairs/index.html",
        me=me,
        view=view,
        orders=shown,
        page=min(page, pages),
        pages=pages,
        todo=len(duty),
        missing=len(shortages_within(me)),
        words=rules_words,
        State=OrderState,
        now_is=clock.now(),
    )


@bp.get("/<uuid:order_id>")
@guarded(*READERS)
def show(order_id: UUID) -> ResponseReturnValue:
    return _order_page(str(order_id), {}, 200)


def _order_page(order_id: str, errors: dict[str, object], status: int) -> ResponseReturnValue:
    me = person()
    order = order_for(me, order_id)
    again = may_reopen(me, reported(order.id, me.id), order.implementer_id, order.responsible_id)
    page = render_template(
        "repairs/show.html",
        order=order,
        history=history_of(order.id),
        trades=trades(),
        may_work=may_work(me, order.org_id, order.org_path),
        may_reopen=again and not order.is_open,
        scanned="scan" if request.args.get("via") == "scan" else "",
        words=rules_words,
        State=OrderState,
        errors=errors,
    )
    return page, status


@bp.post("/<uuid:order_id>/accept")
@guarded(*WORKERS)
def accept(order_id: UUID) -> ResponseReturnValue:
    return _done(order_id, lambda deed: actions_moves.accept(str(order_id), deed), _("Accepted. Thank you!"))


@bp.post("/<uuid:order_id>/arrive")
@guarded(*WORKERS)
def arrive(order_id: UUID) -> ResponseReturnValue:
    return _done(order_id, lambda deed: actions_moves.arrive(str(order_id), deed), _("You are on the spot."))


@bp.post("/<uuid:order_id>/repair")
@guarded(*WORKERS)
def repair(order_id: UUID) -> ResponseReturnValue:
    return _done(order_id, lambda deed: actions_moves.repair(str(order_id), deed), _("Repaired. Thank you!"))


@bp.post("/<uuid:order_id>/decline")
@guarded(*WORKERS)
def decline(order_id: UUID) -> ResponseReturnValue:
    return _done(order_id, lambda deed: actions_moves.decline(str(order_id), deed), _("Kept."))


@bp.post("/<uuid:order_id>/hand")
@guarded(*WORKERS)
def hand(order_id: UUID) -> ResponseReturnValue:
    trade_id = request.form.get("trade", "")
    work = lambda deed: actions_moves.hand_over(str(order_id), trade_id, deed)  # noqa: E731  one deed like the others
    return _done(order_id, work, _("Handed over."), url_for(".index"))


@bp.post("/<uuid:order_id>/reopen")
@guarded(*READERS)
def reopen(order_id: UUID) -> ResponseReturnValue:
    return _done(order_id, lambda deed: actions_moves.reopen(str(order_id), deed), _("Open again. The trade is told."))


def _done(order_id: UUID, work: Callable[[Deed], object], said: str, back: str | None = None) -> ResponseReturnValue:
    me, now = person(), clock.now()
    order_for(me, str(order_id))
    photos = _photos(me.id)
    scanned = request.form.get("via") == "scan"
    deed = Deed(me, now, request.form.get("text", "").strip(), photos, scanned)

    def in_one() -> None:
        work(deed)
        sync(current_app.extensions["photo_store"], photos)

    atomically(in_one)
    nudge()
    flash(said, "ok")
    return redirect(back or url_for(".show", order_id=order_id), 303)


def _photos(person_id: str) -> list[KeptPhoto]:
    """What the form carries, on disk before any row names it."""
    settings, store, now = current_app.extensions["settings"], current_app.extensions["photo_store"], clock.now()
    day = now.astimezone(settings.zone).date()
    kept = []
    for sent in request.files.getlist("photos")[:MOST_PHOTOS]:
        body = sent.stream.read()
        if body:
            upload = Upload(id=str(uuid.uuid4()), body=body, person_id=person_id)
            kept.append(keep(store, upload, max_bytes=settings.max_photo_bytes, now=now, day=day)[0])
    return kept
