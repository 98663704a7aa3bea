"""A pen that writes an A4 page from top to bottom in lines of known height, so that what is left can be counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from qr import typeface

EDGE_MM, WIDE_MM, TOP_MM, FOOT_MM = 16, 178, 14, 22
ROW_MM, LINE_MM, NOTE_MM, HEADING_MM = 4.7, 4.8, 4.2, 7.6
SIZE, SMALL, GAP_MM = 8.4, 7.2, 1.0
MORE = "…"
_INK, _SOFT, _LINE, _SHADE = (colors.HexColor(each) for each in ("#1b2a2f", "#56666c", "#b9c2c4", "#f1efe8"))
_RED = colors.HexColor("#b3261e")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table by its title and width in millimetres."""

    title: str
    width_mm: float
    right: bool = False


class Pen:
    """Where the next line goes; nothing is written below the foot."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas, self._at_mm = canvas, A4[1] / mm - TOP_MM
        font = typeface.font()
        pdfmetrics.registerFont(font)
        self._font = font.fontName

    def title(self, text: str) -> None:
        self._at_mm -= 8
        self._write(text, A4[0] / mm / 2, 17, _RED, "centre")

    def centred(self, text: str) -> None:
        self._at_mm -= 6.4
        self._write(self.fitted(text, WIDE_MM, 9.4), A4[0] / mm / 2, 9.4, _INK, "centre")

    def rule(self) -> None:
        """The line under the head."""
        self._at_mm -= 2.4
        self._canvas.setStrokeColor(_RED)
        self._canvas.setLineWidth(1.2)
        self._canvas.line(EDGE_MM * mm, self._at_mm * mm, (EDGE_MM + WIDE_MM) * mm, self._at_mm * mm)

    def heading(self, text: str) -> None:
        self._at_mm -= HEADING_MM
        self._write(self.fitted(text, WIDE_MM, 10), EDGE_MM, 10, _INK)

    def line(self, text: str) -> None:
        self._at_mm -= LINE_MM
        self._write(self.fitted(text, WIDE_MM, SIZE), EDGE_MM, SIZE, _INK)

    def note(self, text: str) -> None:
        self._at_mm -= NOTE_MM
        self._write(self.fitted(text, WIDE_MM, SMALL), EDGE_MM, SMALL, _SOFT)

    def wrapped(self, text: str, lines: int) -> None:
        """At most so many lines; the last one is cut."""
        rest = text.replace("\n", " ")
        for number in range(lines):
            piece = self._that_fits(rest, WIDE_MM, SIZE)
            if number == lines - 1:
                piece = self.fitted(rest, WIDE_MM, SIZE)
            self.line(piece)
            rest = rest[len(piece) :]
            if not rest:
                return

    def table(self, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> None:
        """Titles and rows, each one line high."""
        self._at_mm -= 1.4
        self._row(columns, [each.title for each in columns], _SOFT, shaded=True)
        for row in rows:
            self._row(columns, row, _INK)

    def lines_left(self, *, headings: int, rows: int) -> int:
        """How many rows of tables fit beside so many headings and rows of their own."""
        own = headings * (HEADING_MM + 1.4) + rows * ROW_MM
        return max(0, int((self._at_mm - FOOT_MM - own) / ROW_MM))

    def foot(self, signed: str, fingerprint: str) -> None:
        self._at_mm = FOOT_MM - 6
        self._write(self.fitted(signed, WIDE_MM, SIZE), EDGE_MM, SIZE, _INK)
        self._at_mm -= NOTE_MM
        self._write(self.fitted(fingerprint, WIDE_MM, SMALL), EDGE_MM, SMALL, _SOFT)

    def fitted(self, text: str, width_mm: float, size_pt: float) -> str:
        """The text, or as much of it as there is room for and three dots."""
        clean = typeface.printable(text.replace("\n", " "))
        if self._width_mm(clean, size_pt) <= width_mm:
            return clean
        return self._that_fits(clean, width_mm - self._width_mm(MORE, size_pt), size_pt) + MORE

    def _row(self, columns: Sequence[Column], cells: Sequence[str], ink: colors.Color, *, shaded: bool = False) -> None:
        self._at_mm -= ROW_MM
        if shaded:
            self._canvas.setFillColor(_SHADE)
            low = (self._at_mm - 1.3) * mm
            self._canvas.rect(EDGE_MM * mm, low, WIDE_MM * mm, ROW_MM * mm, stroke=0, fill=1)
        left = float(EDGE_MM)
        for column, cell in zip(columns, cells, strict=True):
            text = self.fitted(cell, column.width_mm - 2 * GAP_MM, SIZE)
            at = left + (column.width_mm - GAP_MM if column.right else GAP_MM)
            self._write(text, at, SIZE, ink, "right" if column.right else "left")
            left += column.width_mm
        self._canvas.setStrokeColor(_LINE)
        self._canvas.setLineWidth(0.3)
        low = (self._at_mm - 1.3) * mm
        self._canvas.line(EDGE_MM * mm, low, (EDGE_MM + WIDE_MM) * mm, low)

    def _write(self, text: str, at_mm: float, size_pt: float, ink: colors.Color, way: str = "left") -> None:
        self._canvas.setFont(self._font, size_pt)
        self._canvas.setFillColor(ink)
        draw = {"left": self._canvas.drawString, "right": self._canvas.drawRightString,
                "centre": self._canvas.drawCentredString}[way]  # fmt: skip
        draw(at_mm * mm, self._at_mm * mm, text)

    def _that_fits(self, text: str, width_mm: float, size_pt: float) -> str:
        low, high = 0, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            if self._width_mm(text[:middle], size_pt) <= width_mm:
                low = middle
            else:
                high = middle - 1
        return text[:low]

    def _width_mm(self, text: str, size_pt: float) -> float:
        return float(pdfmetrics.stringWidth(text, self._font, size_pt)) / mm
