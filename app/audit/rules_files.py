"""The audit log as a file: CSV that opens in Excel, cells that begin like formulas kept as text."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from app.audit.rules import word_of
from app.web.words import _

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


class Lined(Protocol):
    """One line of the log."""

    @property
    def id(self) -> int: ...
    @property
    def at(self) -> datetime: ...
    @property
    def kind(self) -> str: ...
    @property
    def by_id(self) -> str | None: ...
    @property
    def by_name(self) -> str: ...
    @property
    def about(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def data(self) -> dict[str, Any]: ...


def csv_lines(lines: Iterable[Lined], zone: ZoneInfo) -> Iterator[bytes]:
    """UTF-8 with a byte order mark; one line a deed, the newest first."""
    head = (
        _("No."),
        _("Noted at"),
        _("What happened"),
        _("Kind"),
        _("Account"),
        _("Name"),
        _("About"),
        _("Address"),
        _("Details"),
    )
    yield "\ufeff".encode() + _row(head)
    for line in lines:
        at = line.at.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")
        details = "; ".join(f"{key}={value}" for key, value in line.data.items())
        what, by = str(word_of(line.kind)), line.by_id or ""
        yield _row((line.id, at, what, line.kind, by, line.by_name, line.about, line.address, details))


def _row(cells: Iterable[object]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([_safe(str(cell)) for cell in cells])
    return out.getvalue().encode()


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text
