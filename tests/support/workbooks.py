"""Workbooks as a person sends them in: the template of the page with some cells changed, or odd files."""

import io
import zipfile

import openpyxl

from app.exchange.models import Import
from tests.support.builders import NOW, kept

HEAD = 3


def came(import_id: str, by: str) -> str:
    """A workbook of rounds that was taken over."""
    digest = {"sha256": "0" * 64, "body": b"PK"}
    return kept(Import, id=import_id, kind="rounds", name="表.xlsx", **digest, by_id=by, at=NOW, applied_at=NOW)


def columns(sheet) -> dict[str, int]:
    return {cell.value: cell.column for cell in sheet[1]}


def changed(body: bytes, sheet_name: str, row: int, **cells) -> bytes:
    """The same workbook with cells of a row set by column key; row 1 is the first that a person fills in."""
    book = openpyxl.load_workbook(io.BytesIO(body))
    sheet = book[sheet_name]
    at = columns(sheet)
    for key, value in cells.items():
        sheet.cell(HEAD + row, at[key]).value = value
    return saved(book)


def row_of(body: bytes, sheet_name: str, key: str, value) -> int:
    """Which row to fill in says so, from 1 on."""
    sheet = openpyxl.load_workbook(io.BytesIO(body))[sheet_name]
    column = columns(sheet)[key]
    return next(
        number - HEAD for number in range(HEAD + 1, sheet.max_row + 1) if sheet.cell(number, column).value == value
    )


def merged(body: bytes, sheet_name: str, cells: str) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(body))
    book[sheet_name].merge_cells(cells)
    return saved(book)


def saved(book) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def bomb(megabytes: int = 200) -> bytes:
    """A small file that says it unpacks into a great deal."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"<workbook/>")
        for number in range(megabytes // 10):
            packed.writestr(f"xl/worksheets/sheet{number}.xml", b"\0" * 10_000_000)
    return out.getvalue()
