"""Sheets as PDF on A4 with the embedded typeface: many sheets become one file, each on its own pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from itertools import zip_longest
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    Image,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
)
from reportlab.platypus.tables import Table

from app.reports.rules_forms import Sheet
from app.reports.rules_layout import FieldKind
from qr import typeface

EDGE_MM, WIDE_MM = 18, 174
LABEL_MM = 34
LINES_A_PIECE = 34
SHOTS_A_ROW, MOST_SHOTS = 4, 16
Pictures = Callable[[str], bytes | None]
_INK, _RULE, _SHADE = colors.HexColor("#1b2a2f"), colors.HexColor("#56666c"), colors.HexColor("#f1efe8")
_SIZE, _SMALL = 9.5, 8.5


def no_picture(_sha256: str) -> bytes | None:
    """Sheets without pictures."""
    return None


def sheets_pdf(sheets: Sequence[Sheet], printed_at: str, picture: Pictures = no_picture) -> bytes:
    """One file; `printed_at` is written at the foot of each page, `picture` gives the bytes of a hash or None."""
    out = BytesIO()
    with typeface.WRITING:
        font = typeface.font()
        pdfmetrics.registerFont(font)
        document = BaseDocTemplate(out, pagesize=A4, title=_title(sheets), author="", invariant=1, pageCompression=1)
        document.addPageTemplates([_page(number, sheet, printed_at) for number, sheet in enumerate(sheets)])
        document.build(list(_story(sheets, font.fontName, picture)))
    return out.getvalue()


def _title(sheets: Sequence[Sheet]) -> str:
    return " ".join(dict.fromkeys(sheet.layout.title for sheet in sheets))


def _page(number: int, sheet: Sheet, printed_at: str) -> PageTemplate:
    frame = Frame(EDGE_MM * mm, 20 * mm, WIDE_MM * mm, A4[1] - 36 * mm, 0, 0, 0, 0)

    def foot(canvas: Any, _document: Any) -> None:
        canvas.setFont(typeface.font().fontName, 8)
        canvas.setFillColor(_RULE)
        canvas.drawString(EDGE_MM * mm, 12 * mm, typeface.printable(f"{sheet.layout.title} {sheet.name}"))
        canvas.drawRightString(A4[0] - EDGE_MM * mm, 12 * mm, f"打印于 {printed_at} · 第 {canvas.getPageNumber()} 页")

    return PageTemplate(f"sheet-{number}", [frame], onPage=foot)


def _story(sheets: Sequence[Sheet], font: str, picture: Pictures) -> Iterator[Any]:
    head = ParagraphStyle("head", fontName=font, fontSize=16, leading=22, alignment=TA_CENTER, textColor=_INK)
    for number, sheet in enumerate(sheets):
        if number:
            yield NextPageTemplate(f"sheet-{number}")
            yield PageBreak()
        yield Paragraph(escape(sheet.layout.title), head)
        yield Spacer(0, 4 * mm)
        yield from _blocks(sheet, font)
        yield from _shots(sheet, font, picture)
        yield Spacer(0, 8 * mm)
        yield _signatures(sheet, font)


def _blocks(sheet: Sheet, font: str) -> Iterator[Any]:
    """Fields and, at their place between them, the lines."""
    fields, after = sheet.layout.fields, sheet.layout.after or len(sheet.layout.fields)
    if fields[:after]:
        yield _table(_field_rows(sheet, fields[:after], font), _widths())
    if sheet.layout.columns:
        yield _lines(sheet, font)
    if fields[after:]:
        yield _table(_field_rows(sheet, fields[after:], font), _widths())


def _widths() -> list[float]:
    return [LABEL_MM * mm, (WIDE_MM / 2 - LABEL_MM) * mm] * 2


def _field_rows(sheet: Sheet, fields: Sequence[FieldKind], font: str) -> tuple[list[list[Any]], list[int]]:
    """Rows of four cells, and the numbers of those whose value runs over three."""
    rows: list[list[Any]] = []
    wide: list[int] = []
    pair: list[Any] = []
    for kind in fields:
        label, value = _text(kind.label, font, strong=True), sheet.value(kind.key)
        if not kind.wide:
            pair += [label, _text(value, font)]
            if len(pair) == 4:
                rows.append(pair)
                pair = []
            continue
        if pair:
            rows.append([*pair, "", ""])
            pair = []
        for place, piece in enumerate(_pieces(value, WIDE_MM - LABEL_MM)):
            wide.append(len(rows))
            rows.append(["" if place else label, _text(piece, font), "", ""])
    if pair:
        rows.append([*pair, "", ""])
    return rows, wide


def _table(made: tuple[list[list[Any]], list[int]], widths: list[float]) -> Table:
    rows, wide = made
    style: list[tuple[Any, ...]] = [
        ("GRID", (0, 0), (-1, -1), 0.5, _RULE),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("BACKGROUND", (0, 0), (0, -1), _SHADE),
        ("BACKGROUND", (2, 0), (2, -1), _SHADE),
    ]
    for row in wide:
        style += [("SPAN", (1, row), (3, row)), ("BACKGROUND", (1, row), (3, row), colors.white)]
    return Table(rows, colWidths=widths, style=style)


def _lines(sheet: Sheet, font: str) -> Table:
    """The lines of a form under its column titles, which stand on every page."""
    columns = sheet.layout.columns
    head = [_text(title, font, strong=True) for _key, title, _width in columns]
    rows: list[list[Any]] = [head]
    for line in sheet.lines or [[""] * len(columns)]:
        cut = [_pieces(cell, width - 4) for cell, (_key, _title, width) in zip(line, columns, strict=True)]
        rows += [[_text(piece, font, _SMALL) for piece in row] for row in zip_longest(*cut, fillvalue="")]
    style = [
        ("GRID", (0, 0), (-1, -1), 0.5, _RULE),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("BACKGROUND", (0, 0), (-1, 0), _SHADE),
    ]
    return Table(rows, colWidths=[width * mm for _key, _title, width in columns], style=style, repeatRows=1)


def _shots(sheet: Sheet, font: str, picture: Pictures) -> Iterator[Any]:
    """Pictures of the evidence, four in a row; one that is not there is left out."""
    known = [(shot, body) for shot in sheet.shots[:MOST_SHOTS] if (body := picture(shot.sha256))]
    wide = WIDE_MM / SHOTS_A_ROW * mm
    for at in range(0, len(known), SHOTS_A_ROW):
        row = known[at : at + SHOTS_A_ROW]
        images = [Image(BytesIO(body), wide - 3 * mm, (wide - 3 * mm) * 3 / 4, kind="proportional") for _, body in row]
        words = [_text(shot.caption, font, _SMALL) for shot, _body in row]
        blank = [""] * (SHOTS_A_ROW - len(row))
        yield Spacer(0, 3 * mm)
        yield Table([[*images, *blank], [*words, *blank]], colWidths=[wide] * SHOTS_A_ROW, hAlign="LEFT")


def _signatures(sheet: Sheet, font: str) -> Table:
    cells = [_text(f"{who}：", font) for who in sheet.layout.signers] + [_text("日期：", font)]
    width = WIDE_MM / len(cells) * mm
    return Table([cells], colWidths=[width] * len(cells), rowHeights=[14 * mm])


def _text(text: str, font: str, size_pt: float = _SIZE, *, strong: bool = False) -> Paragraph:
    """A paragraph; the text is escaped, never read as markup."""
    colour = _INK if not strong else _RULE
    style = ParagraphStyle(
        "text", fontName=font, fontSize=size_pt, leading=size_pt * 1.42, textColor=colour, wordWrap="CJK"
    )
    return Paragraph(escape(typeface.printable(text)).replace("\n", "<br/>"), style)


def _pieces(text: str, width_mm: float) -> list[str]:
    """Parts of at most so many lines: a row of a table has to fit a page."""
    a_line = max(1, int(width_mm / (_SIZE * typeface.MM_PER_PT)) - 1)
    pieces, part, used = [], "", 0
    for line in text.split("\n"):
        for at in range(0, max(len(line), 1), a_line):
            if used >= LINES_A_PIECE:
                pieces.append(part)
                part, used = "", 0
            part += ("\n" if part and at == 0 else "") + line[at : at + a_line]
            used += 1
    return [*pieces, part]
