"""What the head types or hands in as a workbook to send vehicles out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Any

import openpyxl  # type: ignore[import-untyped]

from app.refusals import Invalid, TooLarge
from app.vehicles.forms import Typed
from app.vehicles.rules_content import ORDER_HEAD
from app.vehicles.rules_orders import MOST_ROWS, NewOrder, moment, times_fault
from app.web.words import lazy

MOST_BYTES = 2_000_000
MOST_UNPACKED = 30_000_000
NO_WORKBOOK = lazy("This is no Excel workbook (.xlsx). Take the template, please.")
TOO_LARGE = lazy("This file is too large. %(n)d rows at most, please.", n=MOST_ROWS)


def new_order(given: Mapping[str, str], vehicles: Mapping[str, str], drivers: Mapping[str, str], now: datetime,
              zone: tzinfo) -> tuple[str, NewOrder]:  # fmt: skip
    """The form of one order with the number that its page made; raises Invalid."""
    typed = Typed(given)
    entry_id = typed.entry_id()
    starts_at, ends_at = moment(typed.text("starts"), zone), moment(typed.text("ends"), zone)
    when = lazy("Type date and time, such as 2026-11-23 08:40.")
    if typed.text("vehicle") not in vehicles:
        typed.errors["vehicle"] = lazy("Choose a vehicle.")
    if typed.text("driver") not in drivers:
        typed.errors["driver"] = lazy("Choose a driver.")
    typed.errors |= {name: when for name, at in (("starts", starts_at), ("ends", ends_at)) if at is None}
    purpose = typed.words("purpose", lazy("Say in a few words what the trip is for."))
    number = typed.text("number", most=40)
    if starts_at and ends_at and (wrong := times_fault(starts_at, ends_at, now)) is not None:
        typed.errors["ends"] = wrong
    typed.done()
    if starts_at is None or ends_at is None:
        raise Invalid(when)
    urgent = typed.tick("urgent")
    return entry_id, NewOrder(typed.text("vehicle"), typed.text("driver"), starts_at, ends_at, purpose, number, urgent)


def sheet_rows(body: bytes) -> tuple[Sequence[Any], list[Sequence[Any]]]:
    """Head and rows of the first sheet, values only: a formula counts as what it showed last.

    Raises Invalid for what is no workbook, TooLarge beyond 500 rows.
    """
    if len(body) > MOST_BYTES or _unpacked(body) > MOST_UNPACKED:
        raise TooLarge(TOO_LARGE)
    try:
        book = openpyxl.load_workbook(io.BytesIO(body), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        found = list(sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=len(ORDER_HEAD), values_only=True))
        book.close()
    except Exception as why:  # whatever openpyxl says of a file that is none
        raise Invalid(NO_WORKBOOK) from why
    if len(found) > MOST_ROWS + 1:
        raise TooLarge(TOO_LARGE)
    return (found[0] if found else ()), found[1:]


def _unpacked(body: bytes) -> int:
    """How many bytes the file would fill once unpacked, by its own word."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            return sum(each.file_size for each in packed.infolist())
    except zipfile.BadZipFile as why:
        raise Invalid(NO_WORKBOOK) from why
