"""Rows as Excel sheets; texts stay texts whatever they begin with."""

import io
from collections.abc import Iterable, Sequence
from datetime import datetime

import xlsxwriter

Cell = str | int | float | None
Sheet = tuple[str, Sequence[str], Iterable[Sequence[Cell]]]


def sheet_bytes(name: str, head: Sequence[str], rows: Iterable[Sequence[Cell]], made_at: datetime) -> bytes:
    """A workbook with one sheet; `made_at` is in UTC."""
    return workbook_bytes([(name, head, rows)], made_at, width=18)


def workbook_bytes(sheets: Iterable[Sheet], made_at: datetime, *, width: int = 16) -> bytes:
    """A workbook of (name, head, rows) sheets, written row by row; `made_at` is in UTC, `width` in characters."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True})
    book.set_properties({"created": made_at})
    bold = book.add_format({"bold": True, "bottom": 1})
    for name, head, rows in sheets:
        sheet = book.add_worksheet(name[:31])
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(head) - 1, width)
        for column, title in enumerate(head):
            sheet.write_string(0, column, title, bold)
        for number, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                _write(sheet, number, column, cell)
    book.close()
    return out.getvalue()


def _write(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, cell: Cell) -> None:
    if isinstance(cell, str):
        sheet.write_string(row, column, cell)
    elif cell is not None:
        sheet.write_number(row, column, cell)
