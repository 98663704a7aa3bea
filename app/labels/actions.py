"""Print sheets of labels; every printing is noted with who and when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.labels.rules import DISCREET_RISK, Order
from app.places.actions import note_printed
from app.places.queries import PlacedPoint, current_codes, responsible_telephones
from app.refusals import Invalid
from app.web.words import lazy
from qr.label import ZONES, Label
from qr.sheet import Site, Unprintable, list_pdf, preview_svg, sheet_pdf


@dataclass(frozen=True)
class Sheet:
    """A finished file and what stands on it: `codes` by point id."""

    pdf: bytes
    stock: str
    codes: Mapping[str, str]
    pages: int


def print_sheet(order: Order, reach: Sequence[PlacedPoint], site: Site) -> Sheet:
    """The sheets with the mounting list behind; every symbol has been read back. Writes nothing, see `note_sheet`.

    Raises Invalid when no point is chosen or a name holds a character that cannot be printed.
    """
    points, labels = _labels(order, reach)
    try:
        pdf = sheet_pdf(labels, order.stock, site, order.skipped)
    except Unprintable as error:
        raise _cannot_print(error) from error
    codes = {point.id: label.code for point, label in zip(points, labels, strict=True)}
    return Sheet(pdf, order.stock.name, codes, -(-(len(labels) + len(order.skipped)) // order.stock.cells))


def note_sheet(sheet: Sheet, by_id: str, now: datetime) -> None:
    """Who printed these labels; apart from the drawing, so that nobody waits for a pen at the database's gate."""
    note_printed(sheet.codes, sheet.stock, by_id, now)


def mounting_list(order: Order, reach: Sequence[PlacedPoint], site: Site) -> bytes:
    """The list alone, for plain paper: code, point, place."""
    try:
        return list_pdf(_labels(order, reach)[1], order.stock, site, order.skipped)
    except Unprintable as error:
        raise _cannot_print(error) from error


def preview(order: Order, reach: Sequence[PlacedPoint], site: Site) -> str:
    """The first page as SVG, from the same marks as the PDF."""
    try:
        return preview_svg(_labels(order, reach)[1], order.stock, site, order.skipped)
    except Unprintable as error:
        raise _cannot_print(error) from error


def chosen(order: Order, reach: Sequence[PlacedPoint]) -> list[PlacedPoint]:
    """The points of the order among those the person reaches, in code order."""
    wanted = set(order.points)
    return [
        point
        for point in reach
        if (not wanted or point.id in wanted) and (not order.area or order.area in (point.area_id, point.building_id))
    ]


def label_of(point: PlacedPoint, code: str, telephone: str = "") -> Label:
    """What the label of a point prints; level 4 prints code and host only (contract, Label codes).

    `telephone` is that of the responsible department, printed where the site has none of its own.
    """
    word, colour = ZONES.get(point.zone, ("", "#56666c"))
    place = f"{point.building} {point.floor}"
    discreet = point.risk >= DISCREET_RISK
    return Label(code, point.name, point.code, place, word, colour, discreet=discreet, telephone=telephone)


def _labels(order: Order, reach: Sequence[PlacedPoint]) -> tuple[list[PlacedPoint], list[Label]]:
    points = chosen(order, reach)
    codes = current_codes(point.id for point in points)
    points = [point for point in points if point.id in codes]
    if not points:
        sentence = lazy("None of the chosen points has a label to print. Choose others, or issue a new label first.")
        raise Invalid(sentence, fields={"points": sentence})
    telephones = responsible_telephones(point.id for point in points)
    return points, [label_of(point, codes[point.id], telephones.get(point.id, "")) for point in points]


def _cannot_print(error: Unprintable) -> Invalid:
    sentence = lazy(
        "The name “%(name)s” holds a character that cannot be printed: %(characters)s. Change the name of the point.",
        name=error.label.name,
        characters=" ".join(error.characters),
    )
    return Invalid(sentence, fields={"points": sentence})
