"""One label: what it says and where everything stands on its cell."""

from dataclasses import dataclass

from qr import marks, typeface
from qr.marks import INK, INK_2, PAPER, Box, Code, Mark, Text
from qr.payload import display
from qr.stock import Design, Stock
from qr.symbol import Symbol
from qr.typeface import MM_PER_PT, line_height_mm

CALL_TO_ACTION = "扫码看标准"
ONLY_HOST = "只认"
TELEPHONE = "服务电话"
# Zone to the word and the colour that the band prints; the word stands wherever the colour does.
ZONES = {
    "red": ("红区", "#c8402a"),
    "yellow": ("黄区", "#e0a100"),
    "green": ("绿区", "#2e8b57"),
    "blue": ("蓝区", "#2b6cb0"),
}
_LINE = "#b9b6ac"


@dataclass(frozen=True, slots=True)
class Label:
    """What one label says: the ten-character `code`, the words of the `zone` and its `colour` as #rrggbb.

    A `discreet` label (risk level 4) prints code and host only; its other fields go to the mounting list of the office.
    `telephone` is printed where the sheet has none of its own.
    """

    code: str
    name: str
    point: str = ""
    place: str = ""
    zone: str = ""
    colour: str = "#56666c"
    discreet: bool = False
    telephone: str = ""

    def printed(self) -> tuple[str, ...]:
        """Every text that the typeface has to know, on the label or on the mounting list."""
        return (self.name, self.point, self.place, self.zone, self.telephone)


@dataclass(frozen=True, slots=True)
class Imprint:
    """What all labels of a sheet share: the host that phones may trust and the telephone, empty when there is none."""

    host: str
    telephone: str = ""


@dataclass(frozen=True, slots=True)
class _Room:
    """A card on the page in millimetres."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


def label_marks(label: Label, symbol: Symbol, stock: Stock, cell: int, imprint: Imprint) -> list[Mark]:
    """Everything that stands on the cell of a page, in page coordinates."""
    design = stock.design
    left, top = stock.corner(cell)
    inset = design.inset_mm
    card = _Room(left + inset, top + inset, stock.cell_width_mm - 2 * inset, stock.cell_height_mm - 2 * inset)
    band = 0.0 if label.discreet else design.band_mm
    body = _Room(card.x, card.y + band, card.width, card.height - band)
    drawn: list[Mark] = [] if label.discreet else _band(label, card, design)
    drawn += (_beside if design.beside else _stacked)(label, symbol, body, design, imprint)
    radius = design.radius_mm
    drawn.append(Box(card.x, card.y, card.width, card.height, radius, radius, stroke=_LINE))
    return drawn


def readable_on(colour: str) -> str:
    """White or ink, whichever stands out more on a band of this colour: text on yellow is ink."""
    return max((PAPER, INK), key=lambda text: _contrast(text, colour))


def _band(label: Label, card: _Room, design: Design) -> list[Mark]:
    colour = readable_on(label.colour)
    pad = design.radius_mm + 1.0
    room = card.width - 2 * pad
    both = typeface.width_mm(label.place + label.zone, design.band_pt)
    size = design.band_pt * min(1.0, max(0.7, (room - pad) / both if both else 1.0))
    zone = typeface.fit(label.zone, room * 0.6, design.band_mm, size, 4.0, 1)
    left = room - typeface.width_mm(zone.lines[0], zone.size_pt) - pad
    place = typeface.fit(label.place, left, design.band_mm, size, 4.0, 1)
    baseline = card.y + design.band_mm / 2 + size * MM_PER_PT * 0.36
    return [
        Box(card.x, card.y, card.width, design.band_mm, round_top=design.radius_mm, fill=label.colour),
        Text(card.x + pad, baseline, place.lines[0], place.size_pt, True, colour),
        Text(card.x + card.width - pad, baseline, zone.lines[0], zone.size_pt, True, colour, "end"),
    ]


def _beside(label: Label, symbol: Symbol, body: _Room, design: Design, imprint: Imprint) -> list[Mark]:
    """Symbol on the left, words on the right."""
    side = _side(symbol, min(body.height, body.width * 0.6), design)
    quiet = marks.quiet_zone_mm(symbol, side)
    outer = side + 2 * quiet
    gap = max(0.0, (body.height - outer) / 2)
    code = Code(body.x + quiet + gap / 2, body.y + gap + quiet, side, symbol)
    words_x = body.x + outer + gap / 2 + 0.4
    right = max(1.5, design.radius_mm * 0.75)
    lead = min(quiet, body.height * 0.08)
    words = _Room(words_x, code.y - lead, body.x + body.width - words_x - right, side + 2 * lead)
    return [code, *_words(label, words, design, imprint, "start", words.x)]


def _stacked(label: Label, symbol: Symbol, body: _Room, design: Design, imprint: Imprint) -> list[Mark]:
    """Name above the symbol, the rest below, everything in the middle."""
    side = _side(symbol, body.width - 4, design)
    outer = side + 2 * marks.quiet_zone_mm(symbol, side)
    pad = body.width * 0.06
    below = _lines(label, design, imprint)
    below_height = sum(line_height_mm(size) for _, size, *_ in below)
    above = body.height - outer - below_height - pad
    name = _Room(body.x + pad, body.y + pad / 2, body.width - 2 * pad, max(0.0, above - pad / 2))
    start = body.y + above
    drawn = [] if label.discreet else _block(label.name, name, design.name_pt, body.middle, "middle", centred=True)
    drawn.append(Code(body.middle - side / 2, start + (outer - side) / 2, side, symbol))
    return drawn + _stack(below, start + outer, body.width - 2 * pad, body.middle, "middle")


def _side(symbol: Symbol, room: float, design: Design) -> float:
    """The quiet zone keeps its four modules: where the cell is too low for both, the symbol gets smaller."""
    return min(design.symbol_mm, room * symbol.size / symbol.side_with_quiet_zone)


_Line = tuple[str, float, bool, str]


def _lines(label: Label, design: Design, imprint: Imprint) -> list[_Line]:
    """Lines below the name: text, size, bold, colour."""
    code: _Line = (display(label.code), design.code_pt, True, INK)
    host: _Line = (f"{ONLY_HOST} {imprint.host}", design.line_pt, False, INK_2)
    if label.discreet:
        return [code, (imprint.host, design.line_pt, False, INK_2)]
    point: _Line = (label.point, design.point_pt, False, INK_2)
    action: _Line = (CALL_TO_ACTION, design.line_pt * 1.15, True, INK)
    number = imprint.telephone or label.telephone
    telephone: _Line = (f"{TELEPHONE} {number}" if number else "", design.line_pt, False, INK_2)
    return [line for line in (point, code, action, host, telephone) if line[0]]


def _words(label: Label, room: _Room, design: Design, imprint: Imprint, align: str, x: float) -> list[Mark]:
    lines = _lines(label, design, imprint)
    height = sum(line_height_mm(size) for _, size, *_ in lines)
    if label.discreet:
        return _stack(lines, room.y + (room.height - height) / 2, room.width, x, align)
    above = _Room(room.x, room.y, room.width, room.height - height - line_height_mm(design.line_pt) * 0.4)
    name = _block(label.name, above, design.name_pt, x, align, centred=False)
    return name + _stack(lines, room.y + room.height - height, room.width, x, align)


def _block(text: str, room: _Room, size_pt: float, x: float, align: str, *, centred: bool) -> list[Mark]:
    fitted = typeface.fit(text, room.width, room.height, size_pt, size_pt * 0.35)
    step = line_height_mm(fitted.size_pt)
    top = room.y + ((room.height - step * len(fitted.lines)) / 2 if centred else 0.0)
    return [
        Text(x, top + step * (row + 0.78), line, fitted.size_pt, True, INK, align)
        for row, line in enumerate(fitted.lines)
    ]


def _stack(lines: list[_Line], top: float, width: float, x: float, align: str) -> list[Mark]:
    drawn: list[Mark] = []
    for text, size_pt, bold, colour in lines:
        step = line_height_mm(size_pt)
        fitted = typeface.fit(text, width, step, size_pt, size_pt * 0.4, 1)
        drawn.append(Text(x, top + step * 0.78, fitted.lines[0], fitted.size_pt, bold, colour, align))
        top += step
    return drawn


def _contrast(one: str, other: str) -> float:
    """Contrast ratio of WCAG 2.2."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
