"""What stands on a page, as data in millimetres from the upper left; drawn to PDF to print, to SVG to preview."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from qr import typeface
from qr.symbol import QUIET_MODULES, Symbol, svg_path
from qr.typeface import MM_PER_PT

INK = "#1b2a2f"
INK_2 = "#56666c"
PAPER = "#ffffff"
_CIRCLE = 0.5523  # a quarter circle as one Bézier curve


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; `round_top` and `round_bottom` are the radii of its upper and lower corners."""

    x: float
    y: float
    width: float
    height: float
    round_top: float = 0.0
    round_bottom: float = 0.0
    fill: str | None = None
    stroke: str | None = None
    line_mm: float = 0.2


@dataclass(frozen=True, slots=True)
class Text:
    """One line with its baseline at `y`; `align` is start, middle or end of the line at `x`."""

    x: float
    y: float
    text: str
    size_pt: float
    bold: bool = False
    colour: str = INK
    align: str = "start"


@dataclass(frozen=True, slots=True)
class Code:
    """A symbol whose dark part, without the quiet zone, starts at `x`, `y` and is `side` millimetres wide."""

    x: float
    y: float
    side: float
    symbol: Symbol


Mark = Box | Text | Code


def svg(marks: Iterable[Mark], width_mm: float, height_mm: float, title: str) -> str:
    """The page as one SVG element without styles or scripts; text is escaped, never parsed."""
    body = "".join(_SVG[type(mark)](mark) for mark in marks)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width_mm:g} {height_mm:g}" role="img" '
        f'font-family="Noto Sans CJK SC,Noto Sans SC,PingFang SC,Microsoft YaHei,sans-serif">'
        f"<title>{escape(title)}</title>"
        f'<rect width="{width_mm:g}" height="{height_mm:g}" fill="{PAPER}"/>{body}</svg>'
    )


def _svg_box(box: Box) -> str:
    paint = f'fill="{box.fill or "none"}"'
    if box.stroke:
        paint += f' stroke="{box.stroke}" stroke-width="{box.line_mm:g}"'
    return f'<path {paint} d="{_outline(box, _svg_point)}Z"/>'


def _svg_text(text: Text) -> str:
    weight = ' font-weight="700"' if text.bold else ""
    wide = typeface.width_mm(text.text, text.size_pt)
    return (
        f'<text x="{text.x:.2f}" y="{text.y:.2f}" font-size="{text.size_pt * MM_PER_PT:.2f}" fill="{text.colour}" '
        f'text-anchor="{text.align}" textLength="{wide:.2f}" lengthAdjust="spacingAndGlyphs"{weight}>'
        f"{escape(text.text)}</text>"
    )


def _svg_code(code: Code) -> str:
    scale = code.side / code.symbol.size
    return (
        f'<path transform="translate({code.x:.2f} {code.y:.2f}) scale({scale:.4f})" shape-rendering="crispEdges" '
        f'd="{svg_path(code.symbol)}"/>'
    )


_SVG: dict[type, Callable[[Any], str]] = {Box: _svg_box, Text: _svg_text, Code: _svg_code}


def _svg_point(letter: str, *numbers: float) -> str:
    return letter + " ".join(f"{number:.2f}" for number in numbers)


def _outline(box: Box, point: Callable[..., str]) -> str:
    """The path round a box, clockwise from its upper left, as moves (M), lines (L) and curves (C)."""
    left, top, right, bottom = box.x, box.y, box.x + box.width, box.y + box.height
    upper, lower = box.round_top, box.round_bottom
    up, low = upper * (1 - _CIRCLE), lower * (1 - _CIRCLE)
    path = [point("M", left + upper, top), point("L", right - upper, top)]
    if upper:
        path.append(point("C", right - up, top, right, top + up, right, top + upper))
    path.append(point("L", right, bottom - lower))
    if lower:
        path.append(point("C", right, bottom - low, right - low, bottom, right - lower, bottom))
    path.append(point("L", left + lower, bottom))
    if lower:
        path.append(point("C", left + low, bottom, left, bottom - low, left, bottom - lower))
    path.append(point("L", left, top + upper))
    if upper:
        path.append(point("C", left, top + up, left + up, top, left + upper, top))
    return "".join(path)


class Pdf:
    """Writes marks as raw page content; one instance a document, millimetres are turned over by one matrix a page."""

    def __init__(self, canvas: Any, page_height_mm: float) -> None:
        self._canvas = canvas
        self._page_height_mm = page_height_mm
        self._shown: dict[str, list[tuple[str, str]]] = {}

    def draw(self, marks: Iterable[Mark]) -> None:
        """One block of content for these marks."""
        drawn = "\n".join(self._one(mark) for mark in marks)
        # One literal string costs a tenth of a call for every rectangle.
        self._canvas.addLiteral(f"q {1 / MM_PER_PT:.6f} 0 0 {1 / MM_PER_PT:.6f} 0 0 cm\n{drawn}\nQ")

    def _one(self, mark: Mark) -> str:
        if isinstance(mark, Text):
            return self._text(mark)
        return self._code(mark) if isinstance(mark, Code) else self._box(mark)

    def _box(self, box: Box) -> str:
        def point(letter: str, *numbers: float) -> str:
            pairs = zip(numbers[::2], numbers[1::2], strict=True)
            turned = " ".join(f"{x:.3f} {self._page_height_mm - y:.3f}" for x, y in pairs)
            return f"{turned} {letter.lower()} "

        paint = {(True, True): "b", (True, False): "f", (False, True): "s", (False, False): "n"}
        fill = _colour(box.fill, "rg") if box.fill else ""
        stroke = f"{_colour(box.stroke, 'RG')} {box.line_mm:.3f} w " if box.stroke else ""
        return f"{fill} {stroke}{_outline(box, point)}{paint[bool(box.fill), bool(box.stroke)]}"

    def _text(self, text: Text) -> str:
        size = text.size_pt * MM_PER_PT
        shift = {"start": 0.0, "middle": 0.5, "end": 1.0}[text.align]
        x = text.x - shift * typeface.width_mm(text.text, text.size_pt) if shift else text.x
        # The typeface has one weight; a thin line round every stroke makes it bold without a second ten-megabyte file.
        weight = f"2 Tr {_colour(text.colour, 'RG')} {size * 0.032:.3f} w" if text.bold else "0 Tr"
        pieces = " ".join(f"{name} {size:.3f} Tf <{shown}> Tj" for name, shown in self._pieces(text.text))
        where = f"1 0 0 1 {x:.3f} {self._page_height_mm - text.y:.3f} Tm"
        return f"BT {_colour(text.colour, 'rg')} {weight} {where} {pieces} ET"

    def _pieces(self, text: str) -> list[tuple[str, str]]:
        shown = self._shown.get(text)
        if shown is None:
            face, document = typeface.font(), self._canvas._doc  # noqa: SLF001 - subsets are kept a document
            chunks = face.splitString(text, document)
            shown = [(face.getSubsetInternalName(subset, document), chunk.hex()) for subset, chunk in chunks]
            self._shown[text] = shown
        return shown

    def _code(self, code: Code) -> str:
        scale = code.side / code.symbol.size
        top = self._page_height_mm - code.y
        runs = " ".join(f"{column} {row} {length} 1 re" for column, row, length in code.symbol.runs())
        return f"q {_colour('#000000', 'rg')} {scale:.5f} 0 0 {-scale:.5f} {code.x:.3f} {top:.3f} cm {runs} f Q"


def _colour(colour: str, operator: str) -> str:
    channels = " ".join(f"{int(colour[at : at + 2], 16) / 255:.3f}" for at in (1, 3, 5))
    return f"{channels} {operator}"


def quiet_zone_mm(symbol: Symbol, side: float) -> float:
    """Width of the quiet zone round a symbol of `side` millimetres."""
    return side / symbol.size * QUIET_MODULES
