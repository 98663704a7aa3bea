"""Pages of packs: choose standards and take them home, send a pack in, see what it would bring, take it over."""

from uuid import UUID, uuid4

from flask import Blueprint, Response, current_app, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.db import atomically
from app.exchange.actions import Sent
from app.exchange.actions_pack import apply_pack, export, keep_pack, look, opened, opened_import
from app.exchange.queries_imports import import_of, imports_of
from app.exchange.queries_pack import lines
from app.exchange.routes import sent_file, upload_id
from app.exchange.rules import Kind
from app.exchange.rules_pack import MOST_BYTES
from app.exchange.rules_pack_plan import Fate
from app.exchange.rules_pack_schema import SCHEMA_PATH, with_address
from app.organisations.queries import units
from app.refusals import Conflict, Invalid, NotFound, TooLarge, Unsupported
from app.schedule.actions_rota import Call
from app.standards.queries_audio import forget
from app.standards.rules_words import STATUS
from app.web.audited import exported
from app.web.current import Role, person
from app.web.guards import guarded, public
from app.web.words import _, lazy

bp = Blueprint("exchange_packs", __name__)
TOO_LARGE = lazy("The file is too large; a pack has %(n)d MB at most.", n=MOST_BYTES // 1_000_000)
FATES = {
    Fate.NEW: (lazy("New"), "ok", "plus"),
    Fate.SAME: (lazy("The same"), "mute", "circle-check"),
    Fate.KEPT: (lazy("Other dates; stays as it is here"), "due", "eye"),
    Fate.CLASH: (lazy("Another text"), "bad", "triangle-alert"),
}


@bp.get(SCHEMA_PATH)
@public
def schema() -> ResponseReturnValue:
    """The published schema of packs; its $id is this address."""
    answer = jsonify(with_address(current_app.extensions["settings"].base_url))
    answer.headers["Content-Type"] = "application/schema+json"
    return answer


@bp.get("/exchange/packs")
@guarded(Role.STANDARDS)
def index() -> ResponseReturnValue:
    return _index_page()


@bp.get("/exchange/pack.json")
@guarded(Role.STANDARDS)
@exported("standards pack", "handover", stamped=False)
def download() -> ResponseReturnValue:
    """The standards named by `standard`, or all."""
    try:
        body = export(request.args.getlist("standard"), current_app.extensions["photo_store"])
    except (Invalid, TooLarge) as refusal:
        return _index_page(str(refusal.sentence)), refusal.status
    named = f'attachment; filename="standards-{clock.today(_call().zone)}.json"'
    headers = {"Content-Disposition": named, "Cache-Control": "no-store"}
    return Response(body, mimetype="application/json", headers=headers)


@bp.post("/exchange/packs")
@guarded(Role.STANDARDS)
def send() -> ResponseReturnValue:
    import_id, me, call = upload_id(request.form.get("id", "")), person(), _call()
    try:
        name, body = sent_file(MOST_BYTES, lazy("Choose a pack."), TOO_LARGE)
        opened(body)
    except (Invalid, TooLarge, Unsupported) as refusal:
        return _index_page(str(refusal.sentence)), refusal.status
    atomically(lambda: keep_pack(Sent(import_id, Kind.PACK, name, body), me.id, call))
    return redirect(url_for("exchange_packs.show", import_id=import_id), 303)


@bp.get("/exchange/packs/<uuid:import_id>")
@guarded(Role.STANDARDS)
def show(import_id: UUID) -> ResponseReturnValue:
    return _page(str(import_id), request.args.get("unit", ""))


@bp.post("/exchange/packs/<uuid:import_id>/apply")
@guarded(Role.STANDARDS)
def take_over(import_id: UUID) -> ResponseReturnValue:
    me, call, unit = person(), _call(), request.form.get("unit", "")
    came, store = opened_import(me.id, str(import_id)), current_app.extensions["photo_store"]
    try:
        atomically(lambda: apply_pack(str(import_id), came, unit, me.id, call, store))
    except Conflict as refusal:
        return _page(str(import_id), unit, str(refusal.sentence)), 409
    forget()
    flash(_("Taken over."), "ok")
    return redirect(url_for("exchange_packs.show", import_id=import_id), 303)


def _index_page(refused: str = "") -> str:
    return render_template(
        "exchange/packs.html",
        lines=lines(),
        came=[each for each in imports_of(person().id) if each.kind is Kind.PACK],
        new_id=uuid4(),
        most_mb=MOST_BYTES // 1_000_000,
        schema_path=SCHEMA_PATH,
        refused=refused,
    )


def _page(import_id: str, unit: str, refused: str = "") -> str:
    came = import_of(person().id, import_id)
    if came is None or came.kind is not Kind.PACK:
        raise NotFound(lazy("There is no such pack of yours."))
    found = None if came.applied_at else look(opened_import(person().id, import_id), unit)
    return render_template(
        "exchange/pack.html",
        came=came,
        look=found,
        counts=found.counts if found else came.counts,
        digest=found.digest if found else came.counts.get("digest", ""),
        fates=FATES,
        status_words=STATUS,
        units=units(),
        unit=unit,
        refused=refused,
    )


def _call() -> Call:
    return Call(clock.now(), current_app.extensions["settings"].zone)
