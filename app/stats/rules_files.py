"""Rows as CSV and Excel bytes; a cell that begins like a formula is kept as text in both."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime

from app.schedule import rules_sheet
from app.schedule.rules_sheet import Sheet

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
Cell = rules_sheet.Cell
BYTE_ORDER_MARK = "﻿"


def safe(cell: Cell) -> Cell:
    """A text that a spreadsheet would take for a formula gets an apostrophe before it."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell


def csv_bytes(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with a byte order mark, which Excel needs to read Chinese."""
    text = io.StringIO()
    text.write(BYTE_ORDER_MARK)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(head)
    for row in rows:
        writer.writerow(["" if cell is None else safe(cell) for cell in row])
    return text.getvalue().encode()


def workbook_bytes(sheets: Iterable[Sheet], made_at: datetime) -> bytes:
    """A workbook of (name, head, rows) sheets; texts stay texts, `made_at` is in UTC."""
    return rules_sheet.workbook_bytes(sheets, made_at)
