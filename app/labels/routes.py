"""The label page: choose, look, print; replace and withdraw with a reason."""

from flask import Blueprint, Response, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app import clock
from app.db import atomically
from app.labels.actions import chosen, mounting_list, note_sheet, preview, print_sheet
from app.labels.forms import parse_order
from app.labels.rules import STOCK_WORDS, Order, cells_field
from app.organisations.queries import scope_of
from app.places.actions import replace_code, withdraw_code
from app.places.queries import (
    PlacedPoint,
    buildings_and_areas,
    current_codes,
    last_printed,
    point_by_label,
    points_within,
)
from app.refusals import Invalid, NotFound
from app.web.current import Role, person
from app.web.guards import guarded
from app.web.words import _, lazy
from qr.payload import display, new_code, normalise
from qr.sheet import Site, calibration_pdf
from qr.stock import STOCKS

bp = Blueprint("labels", __name__, url_prefix="/labels")
OFFICE = (Role.SUPERVISOR, Role.STANDARDS, Role.ADMIN)


@bp.get("")
@guarded(*OFFICE)
def index() -> ResponseReturnValue:
    return _page(parse_order(request.args.to_dict(flat=False)), looked=bool(request.args))


@bp.get("/preview.svg")
@guarded(*OFFICE)
def picture() -> ResponseReturnValue:
    order = parse_order(request.args.to_dict(flat=False))
    return Response(preview(order, _reach(), _site()), mimetype="image/svg+xml")


@bp.post("/sheet.pdf")
@guarded(*OFFICE)
def sheet() -> ResponseReturnValue:
    order = parse_order(request.form.to_dict(flat=False))
    if order.errors:
        return _page(order), 422
    who, reach = person(), _reach()
    try:
        if request.form.get("side") == "list":
            return _pdf(mounting_list(order, reach, _site()), "mounting-list")
        made = print_sheet(order, reach, _site())
    except Invalid as refusal:
        return _page(order, refusal.fields), 422
    atomically(lambda: note_sheet(made, who.id, clock.now()))
    return _pdf(made.pdf, f"labels-{made.stock}-{len(made.codes)}")


@bp.get("/calibration.pdf")
@guarded(*OFFICE)
def calibration() -> ResponseReturnValue:
    return _pdf(calibration_pdf(parse_order(request.args.to_dict(flat=False)).stock), "calibration")


@bp.post("/points/<point_id>/replace")
@guarded(*OFFICE)
def replace(point_id: str) -> ResponseReturnValue:
    point, who, reason = _reached(point_id), person(), request.form.get("reason", "")
    old = normalise(request.form.get("old", "")[:20])
    code = atomically(lambda: replace_code(point.id, old, new_code(), reason, who.id, clock.now()))
    sentence = _(
        "The new code is %(code)s. The old label stays valid for 30 days or until the first check through the new one.",
        code=display(code),
    )
    flash(sentence, "ok")
    return redirect(url_for("points.show", point_id=point.id), 303)


@bp.post("/codes/<code>/withdraw")
@guarded(*OFFICE)
def withdraw(code: str) -> ResponseReturnValue:
    found, who, reason = point_by_label(normalise(code)), person(), request.form.get("reason", "")
    point = _reached(found.point.id if found else "")
    atomically(lambda: withdraw_code(normalise(code), reason, who.id, clock.now()))
    flash(_("The label is withdrawn; whoever scans it is told so."), "ok")
    return redirect(url_for("points.show", point_id=point.id), 303)


def _reach() -> list[PlacedPoint]:
    return points_within(scope_of(person()))


def _reached(point_id: str) -> PlacedPoint:
    found = next((point for point in points_within(scope_of(person()), active=False) if point.id == point_id), None)
    if found is None:
        raise NotFound(lazy("There is no such point within your reach."))
    return found


def _site() -> Site:
    settings = current_app.extensions["settings"]
    return Site(settings.base_url, settings.service_telephone)


def _page(order: Order, errors: dict[str, object] | None = None, *, looked: bool = True) -> str:
    reach = _reach()
    ids = [point.id for point in reach]
    areas = [entry for entry in buildings_and_areas() if any(point.area_id == entry[2] for point in reach)]
    return render_template(
        "labels/index.html",
        order=order,
        errors={**order.errors, **(errors or {})},
        points=reach,
        codes=current_codes(ids),
        printed=last_printed(ids),
        areas=areas,
        stocks=STOCKS,
        stock_words=STOCK_WORDS,
        cells_field=cells_field,
        looked=looked,
        chosen=chosen(order, reach),
    )


def _pdf(content: bytes, name: str) -> Response:
    return Response(
        content, mimetype="application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}.pdf"'}
    )
