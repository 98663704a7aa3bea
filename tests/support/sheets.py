"""What a workbook looks like once it is opened: what stays in sight, how wide columns are, how the head is written."""

import io
from datetime import datetime

import openpyxl


def looks_of(body: bytes) -> dict[str, tuple]:
    """By sheet: the first cell below what stays in sight, runs of columns with a width, bold and border of the head."""
    book = openpyxl.load_workbook(io.BytesIO(body))
    return {sheet.title: (sheet.freeze_panes, _wide(sheet), _head(sheet)) for sheet in book.worksheets}


def made_at(body: bytes) -> datetime:
    """When the file says it was made."""
    return openpyxl.load_workbook(io.BytesIO(body)).properties.created


def cells_of(body: bytes) -> list[tuple]:
    """The rows of the first sheet."""
    return list(openpyxl.load_workbook(io.BytesIO(body)).active.iter_rows(values_only=True))


def _wide(sheet) -> list[tuple[int, int]]:
    return sorted((each.min, each.max) for each in sheet.column_dimensions.values() if each.customWidth)


def _head(sheet) -> tuple[bool, str | None]:
    first = sheet.cell(1, 1)
    return bool(first.font.bold), first.border.bottom.style


def opened(body: bytes):
    """The first sheet."""
    return openpyxl.load_workbook(io.BytesIO(body)).active
