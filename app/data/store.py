"""Tables written to a scratch file row by row: CSV and Excel, marked while they are written; nothing stays behind."""

from __future__ import annotations

import csv
import errno
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from app.refusals import StorageFull
from app.stats.rules_files import BYTE_ORDER_MARK, Cell, safe
from app.web.words import lazy

PIECE_BYTES = 512 * 1024
ABANDONED = timedelta(hours=6)
LONGEST_CELL = 32_767
FOOTER_LENGTH = 240
_WIDTH = 16
_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
FULL = lazy(
    "The disk of the server is full. No file was made and nothing half is left; the office has to make room first."
)


@dataclass(frozen=True)
class Head:
    """What stands around the rows: the sheet's name, the titles, the mark, and what each column means."""

    sheet: str
    titles: Sequence[str]
    mark: str
    made_at: datetime
    meanings_sheet: str
    meanings: Sequence[Sequence[Cell]]


class TableFile(Protocol):
    """A file that takes one row after the other."""

    def add(self, row: Sequence[Cell]) -> None:
        """One row under the titles."""

    def close(self) -> None:
        """What is missing still: the mark, the rest of the format."""

    def abandon(self) -> None:
        """It will not be finished: let go of what is open."""


class CsvFile:
    """UTF-8 with a byte order mark, which Excel needs to read Chinese; the mark is the last line."""

    def __init__(self, path: Path, head: Head) -> None:
        self._out = path.open("w", encoding="utf-8", newline="")
        self._out.write(BYTE_ORDER_MARK)
        self._mark, self._writer = head.mark, csv.writer(self._out, lineterminator="\r\n")
        self._writer.writerow(head.titles)

    def add(self, row: Sequence[Cell]) -> None:
        self._writer.writerow(["" if cell is None else safe(cell) for cell in row])

    def close(self) -> None:
        self._writer.writerow([self._mark])
        self._out.close()

    def abandon(self) -> None:
        # What is still in memory may find no room once more.
        with suppress(OSError):
            self._out.close()


class ExcelFile:
    """Texts stay texts, titles stay in sight; of the rows only one is in memory at a time."""

    def __init__(self, path: Path, head: Head) -> None:
        options = {"constant_memory": True, "tmpdir": str(path.parent)}
        self._book = xlsxwriter.Workbook(str(path), options)
        self._book.use_zip64()
        self._book.set_properties({"created": head.made_at, "comments": head.mark})
        self._head, self._row = head, 0
        self._bold = self._book.add_format({"bold": True, "bottom": 1})
        self._sheet = self._new(head.sheet, head.titles)

    def add(self, row: Sequence[Cell]) -> None:
        self._row += 1
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                self._sheet.write_string(self._row, column, cell[:LONGEST_CELL])
            elif cell is not None:
                self._sheet.write_number(self._row, column, cell)

    def close(self) -> None:
        self._sheet.autofilter(0, 0, self._row, len(self._head.titles) - 1)
        titles, *meanings = self._head.meanings
        self._sheet, self._row = self._new(self._head.meanings_sheet, [str(each) for each in titles]), 0
        for row in meanings:
            self.add(row)
        self._book.close()

    def abandon(self) -> None:
        for sheet in self._book.worksheets():
            with suppress(OSError, ValueError):
                sheet.row_data_fh.close()

    def _new(self, name: str, titles: Sequence[str]) -> xlsxwriter.worksheet.Worksheet:
        sheet = self._book.add_worksheet(name[:31])
        sheet.set_footer("&L&8" + self._head.mark.replace("&", "&&")[:FOOTER_LENGTH])
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(titles) - 1, _WIDTH)
        for column, title in enumerate(titles):
            sheet.write_string(0, column, title, self._bold)
        return sheet


KINDS: dict[str, type[CsvFile | ExcelFile]] = {"xlsx": ExcelFile, "csv": CsvFile}


@contextmanager
def scratch(folder: Path, now: datetime) -> Iterator[Path]:
    """A folder of one's own that goes with everything in it; raises StorageFull when the disk is full.

    What a killed process left behind goes at the next one's beginning.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _sweep(folder, now)
        with tempfile.TemporaryDirectory(prefix="making-", dir=folder, ignore_cleanup_errors=True) as place:
            yield Path(place)
    except (OSError, FileCreateError) as fault:
        told = fault.args[0] if isinstance(fault, FileCreateError) and fault.args else fault
        if isinstance(told, OSError) and told.errno in _FULL:
            raise StorageFull(FULL) from fault
        raise


def pieces(path: Path) -> Iterator[bytes]:
    """The file in pieces that a transaction carries at once."""
    with path.open("rb") as file:
        while piece := file.read(PIECE_BYTES):
            yield piece


def _sweep(folder: Path, now: datetime) -> None:
    for left in folder.glob("making-*"):
        if left.stat().st_mtime < (now - ABANDONED).timestamp():
            shutil.rmtree(left, ignore_errors=True)
