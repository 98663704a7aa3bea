"""Rows as an Excel sheet; texts stay texts whatever they begin with."""

import io
from collections.abc import Iterable, Sequence
from datetime import datetime

import xlsxwriter

Cell = str | int | float | None


def sheet_bytes(name: str, head: Sequence[str], rows: Iterable[Sequence[Cell]], made_at: datetime) -> bytes:
    """A workbook with one sheet; `made_at` is in UTC."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": made_at})
    sheet, bold = book.add_worksheet(name[:31]), book.add_format({"bold": True, "bottom": 1})
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(head) - 1, 18)
    for number, row in enumerate((head, *rows)):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                sheet.write_string(number, column, cell, None if number else bold)
            elif cell is not None:
                sheet.write_number(number, column, cell)
    book.close()
    return out.getvalue()
