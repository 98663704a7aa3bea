"""A report as PDF on A4 with the embedded typeface, laid out like an official paper (GB/T 9704: margins, headings)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Spacer
from reportlab.platypus.tables import Table as Grid

from app.halfyear.rules_content import CHANGES, addendum_line, printed, salutation
from app.halfyear.rules_document import CHANGES_MM, WIDE_MM, Document, paragraphs, widths_mm
from app.halfyear.rules_paper import Section, Table
from qr import typeface

TOP_MM, BOTTOM_MM, LEFT_MM = 32, 30, 28
_RULE, _SHADE = colors.HexColor("#56666c"), colors.HexColor("#f1efe8")


def report_pdf(document: Document) -> bytes:
    """One file; characters that the typeface lacks are shown as such."""
    out = BytesIO()
    with typeface.WRITING:
        pdfmetrics.registerFont(typeface.font())
        frame = Frame(LEFT_MM * mm, BOTTOM_MM * mm, WIDE_MM * mm, A4[1] - (TOP_MM + BOTTOM_MM) * mm, 0, 0, 0, 0)

        def foot(canvas: Any, _document: Any) -> None:
            canvas.setFont(typeface.font().fontName, 9)
            canvas.drawCentredString(A4[0] / 2, 18 * mm, f"— {canvas.getPageNumber()} —")
            canvas.drawString(LEFT_MM * mm, 12 * mm, typeface.printable(printed(document.printed_at)))

        made = BaseDocTemplate(out, pagesize=A4, title=document.title, author="", invariant=1, pageCompression=1)
        made.addPageTemplates([PageTemplate("page", [frame], onPage=foot)])
        made.build(list(_story(document)))
    return out.getvalue()


def _story(document: Document) -> Iterator[Any]:
    yield _line(document.title, 20, 30, alignment=TA_CENTER)
    yield _line(document.subtitle, 13, 24, alignment=TA_CENTER)
    yield Spacer(0, 4 * mm)
    yield _line(salutation(), 12, 22)
    for told in document.standing:
        yield _line(told, 10, 17)
    for section in document.sections:
        yield from _section(section)
    yield Spacer(0, 8 * mm)
    for told in document.signed:
        yield _line(told, 11, 19, alignment=TA_RIGHT)
    yield from _addenda(document)


def _section(section: Section) -> Iterator[Any]:
    yield Spacer(0, 3 * mm)
    yield _line(f"{section.number}、{section.heading}", 14, 24, keepWithNext=1)
    for told in paragraphs(section.text):
        yield _line(told, 12, 21, firstLineIndent=24)
    for table in section.tables:
        if len(section.tables) > 1:
            yield _line(table.title, 11, 19, keepWithNext=1)
        yield _grid(table) if table.rows else _line(table.nothing, 10, 17)
        if table.note:
            yield _line(table.note, 9, 15)


def _grid(table: Table) -> Grid:
    rows: Sequence[Sequence[str]] = [table.columns, *([cell.text for cell in row] for row in table.rows)]
    return _cells(rows, widths_mm(table), table.numbers)


def _cells(rows: Sequence[Sequence[str]], wide_mm: Sequence[float], numbers: Sequence[bool]) -> Grid:
    """Numbers stand to the right, so that digits of one place are under each other."""
    style = [
        ("GRID", (0, 0), (-1, -1), 0.5, _RULE), ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("BACKGROUND", (0, 0), (-1, 0), _SHADE), ("LEFTPADDING", (0, 0), (-1, -1), 3),
        ("RIGHTPADDING", (0, 0), (-1, -1), 3),
    ]  # fmt: skip
    sides = [TA_RIGHT if number else TA_LEFT for number in numbers]
    made = [[_line(text, 8.5, 12, alignment=side) for text, side in zip(row, sides, strict=True)] for row in rows]
    return Grid(made, colWidths=[width * mm for width in wide_mm], style=style, repeatRows=1)


def _addenda(document: Document) -> Iterator[Any]:
    for number, later in enumerate(document.addenda, 1):
        yield Spacer(0, 6 * mm)
        yield _line(addendum_line(number, later.at), 13, 22, keepWithNext=1)
        yield _cells([CHANGES, *later.changes], CHANGES_MM, (False, True, True))


def _line(text: str, size_pt: float, leading_pt: float, **style: Any) -> Paragraph:
    """A paragraph; the text is escaped, never read as markup."""
    made = ParagraphStyle(
        "line", fontName=typeface.font().fontName, fontSize=size_pt, leading=leading_pt, wordWrap="CJK", **style
    )
    return Paragraph(escape(typeface.printable(text)).replace("\n", "<br/>"), made)
