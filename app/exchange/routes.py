"""Pages of exchange: take a workbook, send it in, see what it would change, take it over."""

from datetime import date
from uuid import UUID, uuid4

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.db import atomically
from app.exchange.actions import MAY, Sent, apply, counts_of, take_in, template
from app.exchange.actions_call import Office
from app.exchange.actions_read import read
from app.exchange.queries_imports import body_of, import_of, imports_of
from app.exchange.rules import KIND_WORDS, MOST_BYTES, MOST_ROWS, Kind
from app.refusals import Conflict, Forbidden, Invalid, NotFound, TooLarge
from app.web.audited import exported
from app.web.current import Role, person
from app.web.guards import guarded
from app.web.words import _, lazy

bp = Blueprint("exchange", __name__, url_prefix="/exchange")
OFFICE = (Role.SUPERVISOR, Role.STANDARDS, Role.ADMIN)
TOO_LARGE = lazy("The file is too large; a workbook has ten million bytes at most.")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("")
@guarded(*OFFICE)
def index() -> ResponseReturnValue:
    me = person()
    return render_template(
        "exchange/index.html",
        kinds={kind: KIND_WORDS[kind] for kind, roles in MAY.items() if me.role in roles},
        words=KIND_WORDS,
        came=imports_of(me.id),
        new_id=lambda: str(uuid4()),
        may_pack=me.role is Role.STANDARDS,
        most_rows=MOST_ROWS,
    )


@bp.get("/<book>.xlsx")
@guarded(*OFFICE)
@exported("workbook", "planning")
def download(book: str) -> ResponseReturnValue:
    """The workbook with what stands now, or empty with `?empty=1`."""
    chosen, call = _kind(book), _call()
    body = template(chosen, person(), call, filled=not request.args.get("empty"))
    named = f'attachment; filename="{chosen}-{_today(call)}.xlsx"'
    return Response(body, mimetype=XLSX, headers={"Content-Disposition": named, "Cache-Control": "no-store"})


@bp.post("")
@guarded(*OFFICE)
def send() -> ResponseReturnValue:
    chosen, call, me = _kind(request.form.get("kind", "")), _call(), person()
    import_id = upload_id(request.form.get("id", ""))
    name, body = sent_file(MOST_BYTES, lazy("Choose a workbook."), TOO_LARGE)
    atomically(lambda: take_in(Sent(import_id, chosen, name, body), me, call))
    return redirect(url_for("exchange.show", import_id=import_id), 303)


@bp.get("/imports/<uuid:import_id>")
@guarded(*OFFICE)
def show(import_id: UUID) -> ResponseReturnValue:
    return _page(str(import_id))


@bp.post("/imports/<uuid:import_id>/apply")
@guarded(*OFFICE)
def take_over(import_id: UUID) -> ResponseReturnValue:
    me, call = person(), _call()
    try:
        atomically(lambda: apply(str(import_id), me, call))
    except Conflict as refusal:
        return _page(str(import_id), str(refusal.sentence)), 409
    flash(_("Taken over."), "ok")
    return redirect(url_for("exchange.show", import_id=import_id), 303)


def _page(import_id: str, refused: str = "") -> str:
    me, call = person(), _call()
    came = import_of(me.id, import_id)
    if came is None or came.kind is Kind.PACK:
        raise NotFound(lazy("There is no such workbook of yours."))
    reading = None if came.applied_at else read(_kind(str(came.kind)), body_of(import_id), me, _today(call))
    return render_template(
        "exchange/import.html",
        came=came,
        reading=reading,
        counts=came.counts or (counts_of(reading) if reading else {}),
        words=KIND_WORDS,
        refused=refused,
    )


def _kind(name: str) -> Kind:
    """One that this person may exchange."""
    chosen = next((kind for kind in MAY if kind == name), None)
    if chosen is None:
        raise NotFound(lazy("There is no such workbook."))
    if person().role not in MAY[chosen]:
        raise Forbidden(lazy("This workbook is for another role."))
    return chosen


def upload_id(text: str) -> str:
    """The number that the page gave the file, so that a form sent twice is kept once."""
    try:
        return str(UUID(text))
    except ValueError:
        raise Invalid(lazy("Load the page again."), fields={"id": lazy("Load the page again.")}) from None


def sent_file(most: int, missing: object, too_large: object) -> tuple[str, bytes]:
    """Name and bytes of the file of the form, never more than `most`; raises Invalid or TooLarge."""
    file = request.files.get("file")
    body = file.stream.read(most + 1) if file else b""
    name = (file.filename or "")[:120] if file else ""
    if file:
        file.close()
    if not body:
        raise Invalid(missing, fields={"file": missing})
    if len(body) > most:
        raise TooLarge(too_large)
    return name, body


def _today(call: Office) -> date:
    return call.at.astimezone(call.zone).date()


def _call() -> Office:
    settings = current_app.extensions["settings"]
    return Office(clock.now(), settings.zone, settings.standard_prefix)
