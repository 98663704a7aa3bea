"""Papers of standards as Excel and Word bytes; texts stay texts, whatever they begin with."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import docx
import xlsxwriter

Cell = str | int | None
CHINESE_TYPEFACE = "SimSun"
LONGEST_COLUMN, SHORTEST_COLUMN = 42, 8


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook: its official title stands above the head of the columns."""

    name: str
    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a Word paper: a heading, paragraphs, and a table when it has a head."""

    heading: str
    paragraphs: Sequence[str] = ()
    head: Sequence[str] = ()
    rows: Sequence[Sequence[Cell]] = field(default_factory=tuple)


def workbook(sheets: Iterable[Sheet], made_at: datetime) -> bytes:
    """An Excel file; `made_at` is written into it, in UTC."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": made_at.replace(tzinfo=None)})
    title_form = book.add_format({"bold": True, "font_size": 14})
    head_form = book.add_format({"bold": True, "border": 1, "bg_color": "#F1EFE8", "text_wrap": True})
    cell_form = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
    for each in sheets:
        sheet = book.add_worksheet(each.name[:31])
        sheet.write_string(0, 0, each.title, title_form)
        sheet.freeze_panes(2, 0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        for column, title in enumerate(each.head):
            sheet.write_string(1, column, title, head_form)
            sheet.set_column(column, column, _width([title, *(row[column] for row in each.rows)]))
        for number, row in enumerate(each.rows, 2):
            for column, cell in enumerate(row):
                if isinstance(cell, int):
                    sheet.write_number(number, column, cell, cell_form)
                else:
                    sheet.write_string(number, column, cell or "", cell_form)
    book.close()
    return out.getvalue()


def word(title: str, parts: Iterable[Part], made_at: datetime) -> bytes:
    """A Word file with a title and numbered parts."""
    paper = docx.Document()
    paper.core_properties.created = made_at.replace(tzinfo=None)
    paper.core_properties.author = ""
    paper.styles["Normal"].font.name = CHINESE_TYPEFACE
    paper.add_heading(title, 0)
    for number, part in enumerate(parts, 1):
        paper.add_heading(f"{number}  {part.heading}", 1)
        for text in part.paragraphs:
            paper.add_paragraph(text)
        if part.head:
            table = paper.add_table(rows=1, cols=len(part.head), style="Table Grid")
            for row in (part.head, *part.rows):
                cells = table.rows[0].cells if row is part.head else table.add_row().cells
                for cell, content in zip(cells, row, strict=True):
                    cell.text = "" if content is None else str(content)
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def _width(cells: Sequence[Cell]) -> int:
    """In letters; a Chinese one counts twice."""
    longest = max(sum(2 if ord(letter) > 0x2E7F else 1 for letter in str(cell or "")) for cell in cells)
    return max(SHORTEST_COLUMN, min(LONGEST_COLUMN, longest + 2))
