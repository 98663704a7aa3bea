"""The ledger of sessions, drills, demonstrations and materials (rules TR-8), on the page and as a workbook."""

from __future__ import annotations

import uuid
from dataclasses import asdict
from datetime import date

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.db import atomically
from app.organisations.queries import scope_of, units
from app.refusals import NotFound
from app.training.actions_office import NO_ENTRY, LedgerWish, enter
from app.training.forms import LedgerForm, parse_ledger
from app.training.queries_ledger import Entry, entry_of, head_counts, ledger, whole_ledger
from app.training.queries_people import courses
from app.training.rules_sheet import XLSX_TYPE, ledger_head, ledger_rows, workbook
from app.web.audited import exported
from app.web.current import BUREAU_WIDE, Role, person
from app.web.guards import guarded
from app.web.numbers import page_number, whole_number
from app.web.words import _

bp = Blueprint("training_ledger", __name__, url_prefix="/training")
KEEPERS = (Role.CREW_LEADER, Role.SUPERVISOR, Role.STANDARDS)
READERS = (*KEEPERS, Role.MANAGER, *(role for role in BUREAU_WIDE if role not in (Role.ADMIN, Role.STANDARDS)))


@bp.get("/ledger")
@guarded(*READERS)
def index() -> ResponseReturnValue:
    return _page(None)


@bp.post("/ledger")
@guarded(*KEEPERS)
def keep() -> ResponseReturnValue:
    form, me, now = parse_ledger(request.form), person(), clock.now()
    if form.errors or form.on is None:
        return _page(form), 422
    typed = {
        name: value for name, value in asdict(form).items() if name not in ("errors", "org", "edition", "replaces")
    }
    wish = LedgerWish(**typed, org_id=form.org, edition=form.edition or None, replaces=form.replaces or None)
    atomically(lambda: enter(wish, me, now))
    flash(_("Kept."), "ok")
    return redirect(url_for(".index", year=form.on.year), 303)


@bp.get("/ledger.xlsx")
@guarded(*READERS)
@exported("training ledger")
def sheet() -> ResponseReturnValue:
    year, now = _year(), clock.now()
    rows = ledger_rows(whole_ledger(scope_of(person()).units, year))
    answer = Response(workbook(_("Training ledger"), ledger_head(), rows, now), mimetype=XLSX_TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="training-{year}.xlsx"'
    return answer


def _today() -> date:
    return clock.today(current_app.extensions["settings"].zone)


def _year() -> int:
    asked = whole_number(request.args.get("year", ""), 0)
    return asked if 2000 <= asked <= 2999 else _today().year


def _page(form: LedgerForm | None) -> str:
    me, year = person(), _year()
    scope, page = scope_of(me), page_number(request.args.get("page", ""))
    entries, more = ledger(scope.units, year, page)
    return render_template(
        "training/ledger.html",
        entries=entries,
        more=more,
        page=page,
        year=year,
        today=_today(),
        counts=head_counts(scope.units, year),
        units=[each for each in units() if scope.units is None or each.id in scope.units],
        courses=courses(_today()),
        given=form or _corrected(scope.units),
        errors=form.errors if form else {},
        new_id=uuid.uuid4,
        may_keep=me.role in KEEPERS,
    )


def _corrected(reach: frozenset[str] | None) -> Entry | None:
    """The entry that somebody wants to correct."""
    asked = request.args.get("correct", "")
    if not asked:
        return None
    found = entry_of(asked[:36])
    if found is None or found.replaced or (reach is not None and found.org_id not in reach):
        raise NotFound(NO_ENTRY)
    return found
