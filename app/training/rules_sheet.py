"""The ledger as a workbook; a cell that begins like a formula stays text."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Protocol

import xlsxwriter

from app.training.rules_words import KIND_WORDS, WAY_WORDS
from app.web.words import _

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Cell = str | int


class Row(Protocol):
    """What an entry of the ledger tells."""

    @property
    def on(self) -> date: ...
    @property
    def kind(self) -> str: ...
    @property
    def way(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def edition(self) -> str | None: ...
    @property
    def org_name(self) -> str: ...
    @property
    def place(self) -> str: ...
    @property
    def led_by(self) -> str: ...
    @property
    def expected(self) -> int: ...
    @property
    def present(self) -> int: ...
    @property
    def minutes(self) -> int: ...
    @property
    def note(self) -> str: ...
    @property
    def by_name(self) -> str | None: ...


def ledger_head() -> list[str]:
    """The column titles in the reader's language."""
    return [
        _("Date"), _("What it was"), _("Form"), _("Title"), _("Standard number"), _("Unit"), _("Place"), _("Led by"),
        _("People expected"), _("People present"), _("Minutes"), _("Remark"), _("Entered by"),
    ]  # fmt: skip


def ledger_rows(entries: Iterable[Row]) -> Iterator[list[Cell]]:
    """Rows under `ledger_head`."""
    for one in entries:
        yield [
            one.on.isoformat(), str(KIND_WORDS[one.kind]), str(WAY_WORDS[one.way]), one.title, one.edition or "",
            one.org_name, one.place, one.led_by, one.expected, one.present, one.minutes, one.note, one.by_name or "",
        ]  # fmt: skip


def workbook(name: str, head: Sequence[str], rows: Iterable[Sequence[Cell]], made_at: datetime) -> bytes:
    """One sheet; texts are written as texts, `made_at` is in UTC."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True})
    book.set_properties({"created": made_at})
    sheet, bold = book.add_worksheet(name[:31]), book.add_format({"bold": True, "bottom": 1})
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(head) - 1, 16)
    for column, title in enumerate(head):
        sheet.write_string(0, column, title, bold)
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            (sheet.write_string if isinstance(cell, str) else sheet.write_number)(number, column, cell)
    book.close()
    return out.getvalue()
