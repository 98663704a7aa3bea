"""The list of points and the page of one: where it is, what is done there, its labels."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app.organisations.queries import scope_of, units
from app.places.queries import (
    all_standards_here,
    buildings_and_areas,
    current_codes,
    label_notes,
    labels_of,
    last_printed,
    points_within,
    standards_here,
)
from app.places.queries_stickers import sticker_lines
from app.places.rules import KINDS, with_kinds_in_use
from app.places.rules_stickers import StickerLine
from app.refusals import NotFound
from app.web.current import BUREAU_WIDE, Role, person
from app.web.guards import guarded
from app.web.words import lazy

bp = Blueprint("points", __name__, url_prefix="/points")
READERS = (*BUREAU_WIDE, Role.SUPERVISOR, Role.MANAGER)
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
    found = next((point for point in points_within(scope_of(person()), active=False) if point.id == point_id), None)
    if found is None:
        raise NotFound(lazy("There is no such point within your reach."))
    labels = labels_of(point_id)
    return render_template(
        "places/point.html",
        point=found,
        kinds=KINDS,
        standards=standards_here(point_id),
        units={unit.id: unit.name for unit in units()},
        labels=labels,
        has_current=any(label.life.is_current() for label in labels),
        notes=label_notes(point_id),
    )
