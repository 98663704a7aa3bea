"""The chain for everybody (/verify) and for those who keep watch (/history), with disposals that wait for a second."""

from __future__ import annotations

import re
from datetime import datetime
from uuid import UUID

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.accounts.actions_limits import draw
from app.accounts.rules_limits import Limit
from app.audit.actions import note
from app.chain.actions_disposal import approve, carry_out, withdraw
from app.chain.queries import verifications
from app.chain.queries_disposal import disposal, disposals
from app.chain.queries_gone import gone
from app.chain.queries_pages import CODE_LENGTH, Proof, head, last_anchors, names_of, proof_of
from app.chain.rules_faults import SAID
from app.chain.rules_faults import Kind as FaultKind
from app.db import atomically
from app.refusals import Conflict, Gone
from app.web.current import Role, person
from app.web.errors import KNOWS_OF_GONE
from app.web.guards import guarded, public
from app.web.words import _, lazy

bp = Blueprint("chain", __name__)
bp.record_once(lambda state: state.app.extensions.update({KNOWS_OF_GONE: _disposed}))
WATCH = (Role.AUDITOR, Role.ADMIN)
ASKS = Limit(capacity=30, per_hour=120)
OVERALL = Limit(capacity=600, per_hour=6000)
NOT_SAID = re.compile(r"[^0-9A-Za-z-]")


def _disposed(path: str) -> Gone | None:
    return gone(path, current_app.extensions["settings"].zone)


@bp.get("/verify")
@public
def verify() -> ResponseReturnValue:
    number = NOT_SAID.sub("", request.args.get("n", ""))[:24].upper()
    code = NOT_SAID.sub("", request.args.get("c", ""))[:64].lower()
    asked, proof = bool(number or code), None
    if asked:
        proof = _asked(number, code, clock.now())
    page = render_template(
        "chain/verify.html", number=number, code=code, asked=asked, proof=proof, head=head(), anchors=last_anchors(),
        code_length=CODE_LENGTH,
    )  # fmt: skip
    return page, 404 if asked and proof is None else 200


def _asked(number: str, code: str, now: datetime) -> Proof | None:
    address = request.remote_addr or "-"
    atomically(lambda: draw({f"verify/{address}": ASKS, "verify": OVERALL}, now))
    return proof_of(number, code)


@bp.get("/history")
@guarded(*WATCH)
def history() -> ResponseReturnValue:
    waiting, walks = disposals(), verifications(10)
    people = {each for found in waiting for each in (found.by_id, *found.approved_by) if each}
    return render_template(
        "chain/history.html", head=head(), anchors=last_anchors(7), walks=walks, disposals=waiting,
        names=names_of(people), me=person(), said={str(kind): words for kind, words in SAID.items()},
        kinds=FaultKind,
    )  # fmt: skip


@bp.post("/history/disposals/<uuid:disposal_id>/approve")
@guarded(*WATCH)
def approve_disposal(disposal_id: UUID) -> ResponseReturnValue:
    """The second person's yes carries it out in the same transaction; a repeat finds it ended and says so."""
    me, now = person(), clock.now()
    atomically(lambda: _approve(str(disposal_id), me.id, now))
    flash(_("Approved."))
    return redirect(url_for(".history"), 303)


@bp.post("/history/disposals/<uuid:disposal_id>/withdraw")
@guarded(*WATCH)
def withdraw_disposal(disposal_id: UUID) -> ResponseReturnValue:
    me, now = person(), clock.now()
    atomically(lambda: _withdraw(str(disposal_id), me.id, now))
    flash(_("Withdrawn. Nothing was removed."))
    return redirect(url_for(".history"), 303)


def _approve(disposal_id: str, by_id: str, now: datetime) -> None:
    _assert_decided_here(disposal_id)
    fresh = approve(disposal_id, by_id, now)
    found = disposal(disposal_id)
    if fresh:
        note("disposal.approved", by_id=by_id, about=disposal_id)
    if found is not None and found.permitted:
        removed = carry_out(disposal_id, now, by_id=by_id)
        note("disposal.done", by_id=by_id, about=disposal_id, data={"removed": removed})


def _assert_decided_here(disposal_id: str) -> None:
    """What the timer proposed has one way: the page of retention, with its holds."""
    found = disposal(disposal_id)
    if found is not None and found.by_id is None:
        raise Conflict(lazy("This list was made by the timer and is decided on the page of retention."))


def _withdraw(disposal_id: str, by_id: str, now: datetime) -> None:
    _assert_decided_here(disposal_id)
    withdraw(disposal_id, by_id, now)
    note("disposal.refused", by_id=by_id, about=disposal_id)
