"""The list of points and the page of one: where it is, what is done there, its labels."""

import secrets
from datetime import timedelta

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.db import atomically
from app.organisations.queries import scope_of, units
from app.places.actions_proof import asks_named, choose_proof
from app.places.queries import (
    PlacedPoint,
    all_standards_here,
    buildings_and_areas,
    current_codes,
    label_notes,
    labels_of,
    last_printed,
    points_within,
    standards_here,
)
from app.places.queries_proof import PointProof, proof_of_point
from app.places.queries_stickers import sticker_lines
from app.places.rules import KINDS, with_kinds_in_use
from app.places.rules_proof import DAYS_ON_SHEET, SECRET_BYTES, WORDS, Asks, day_word, tag_value
from app.places.rules_stickers import StickerLine
from app.refusals import NotFound
from app.web.current import BUREAU_WIDE, Role, person
from app.web.guards import guarded
from app.web.words import _, lazy

bp = Blueprint("points", __name__, url_prefix="/points")
READERS = (*BUREAU_WIDE, Role.SUPERVISOR, Role.MANAGER)
SETTERS = (Role.SUPERVISOR, Role.STANDARDS)
STICKER_OFFICE = (Role.SUPERVISOR, Role.STANDARDS, Role.ADMIN)


@bp.get("")
@guarded(*READERS)
def index() -> ResponseReturnValue:
    everything = points_within(scope_of(person()))
    text, building, kind = (request.args.get(name, "")[:60] for name in ("q", "building", "kind"))
    shown = [
        point
        for point in everything
        if (not building or point.building_id == building)
        and (not kind or point.kind == kind)
        and text.lower() in f"{point.code} {point.name} {point.name_en}".lower()
    ]
    ids = [point.id for point in shown]
    standards: dict[str, list[str]] = {}
    for here in all_standards_here():
        standards.setdefault(here.point_id, []).append(here.standard_code)
    return render_template(
        "places/index.html",
        points=shown,
        total=len(everything),
        codes=current_codes(ids),
        printed=last_printed(ids),
        buildings=dict(entry[:2] for entry in buildings_and_areas()),
        kinds=with_kinds_in_use(KINDS, sorted({point.kind for point in everything})),
        standards=standards,
        asked={"q": text, "building": building, "kind": kind},
        **_stickers(),
    )


def _stickers() -> dict[str, list[StickerLine]]:
    if person().role not in STICKER_OFFICE:
        return {}
    return {"stickers": sticker_lines(), "settled": sticker_lines(handled=True)}


@bp.get("/<point_id>")
@guarded(*READERS)
def show(point_id: str) -> ResponseReturnValue:
    found = _reached(point_id)
    labels = labels_of(point_id)
    proof = proof_of_point(point_id)
    return render_template(
        "places/point.html",
        point=found,
        kinds=KINDS,
        standards=standards_here(point_id),
        units={unit.id: unit.name for unit in units()},
        labels=labels,
        has_current=any(label.life.is_current() for label in labels),
        notes=label_notes(point_id),
        proof=proof,
        asks_words=WORDS,
        tag=_tag_address(point_id, proof) if person().role in SETTERS else "",
        sets=person().role in SETTERS,
    )


@bp.post("/<point_id>/proof")
@guarded(*SETTERS)
def set_proof(point_id: str) -> ResponseReturnValue:
    point, who = _reached(point_id), person()
    asks, renew = asks_named(request.form.get("asks", "")[:8]), request.form.get("renew") == "1"
    fresh = secrets.token_hex(SECRET_BYTES)
    atomically(lambda: choose_proof(point.id, asks, fresh, who, renew=renew))
    flash(_("Kept. Records that bring less are kept all the same and shown to you."), "ok")
    return redirect(url_for("points.show", point_id=point.id), 303)


@bp.get("/<point_id>/words")
@guarded(*SETTERS)
def words(point_id: str) -> ResponseReturnValue:
    """The sheet for the door: a word for each of the next days, to be cut."""
    point, proof = _reached(point_id), proof_of_point(point_id)
    if proof.asks is not Asks.WORD or not proof.secret:
        raise NotFound(lazy("This point asks for no word of the day."))
    today = clock.today(current_app.extensions["settings"].zone)
    days = [today + timedelta(days=n) for n in range(DAYS_ON_SHEET)]
    strips = [(day, day_word(proof.secret, day)) for day in days]
    return render_template("places/words.html", point=point, strips=strips), 200, {"Cache-Control": "no-store"}


def _reached(point_id: str) -> PlacedPoint:
    found = next((point for point in points_within(scope_of(person()), active=False) if point.id == point_id), None)
    if found is None:
        raise NotFound(lazy("There is no such point within your reach."))
    return found


def _tag_address(point_id: str, proof: PointProof) -> str:
    """What is written on the NFC tag; nothing while the point has no label code or asks for no tag."""
    code = current_codes([point_id]).get(point_id)
    if proof.asks is not Asks.TAG or not proof.secret or not code:
        return ""
    return f"{current_app.extensions['settings'].base_url}/p/{code}?t={tag_value(proof.secret)}"
