"""Bookings from an Excel file: a heading row, then one booking a row; each trouble names its cell."""

import io
import zipfile
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from openpyxl import Workbook, load_workbook  # type: ignore[import-untyped]
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]

from app.meetings.forms import parse_date, parse_time
from app.meetings.rules import MOST_PEOPLE
from app.meetings.rules_import import MOST_BYTES, MOST_ROWS, Entry, Reading
from app.refusals import Invalid, TooLarge
from app.web.words import lazy

HEADS = {
    "room": "会议室",
    "day": "日期",
    "start": "开始",
    "end": "结束",
    "people": "人数",
    "name_cards": "席卡",
    "av": "音视频",
    "number": "编号",
    "cancelled": "取消",
}
NEEDED = ("room", "day", "start", "end")
YES, NO = ("是", "有", "y", "yes", "1", "true"), ("", "否", "无", "n", "no", "0", "false")
MOST_UNPACKED = 40_000_000


def template(rooms: list[str]) -> bytes:
    """The workbook to fill in, with one example row."""
    book = Workbook()
    sheet = book.active or book.create_sheet()
    sheet.title = "会议室预订"
    sheet.append(list(HEADS.values()))
    sheet.append([rooms[0] if rooms else "", "2026-12-01", "09:00", "11:00", 20, "否", "是", "HY-001", ""])
    for place in range(1, len(HEADS) + 1):
        sheet.column_dimensions[get_column_letter(place)].width = 16
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read_excel(body: bytes, zone: ZoneInfo) -> Reading:
    """Raises TooLarge or Invalid where the file cannot be read at all."""
    reading = Reading()
    rows = _rows(body)
    columns = _columns(rows[0] if rows else [])
    if len(rows) - 1 > MOST_ROWS:
        raise TooLarge(lazy("The file has too many rows; at most %(n)d.", n=MOST_ROWS))
    for number, row in enumerate(rows[1:], start=2):
        if any(value not in (None, "") for value in row):
            _read_row(_Row(number, row, columns, reading), zone)
    return reading


def _rows(body: bytes) -> list[tuple[Any, ...]]:
    if len(body) > MOST_BYTES:
        raise TooLarge(lazy("The file is too large; at most %(n)d MB.", n=MOST_BYTES // 1_000_000))
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            unpacked = sum(each.file_size for each in packed.infolist())
        sheet = load_workbook(io.BytesIO(body), data_only=False).worksheets[0] if unpacked <= MOST_UNPACKED else None
    except Exception as why:
        raise Invalid(lazy("This is no Excel file (.xlsx) that can be read.")) from why
    if sheet is None:
        raise TooLarge(lazy("The file is too large once it is unpacked."))
    if sheet.merged_cells.ranges:
        where = str(next(iter(sheet.merged_cells.ranges)))
        raise Invalid(lazy("%(where)s: merged cells cannot be read. Take them apart.", where=where))
    return list(sheet.iter_rows(max_row=min(sheet.max_row, MOST_ROWS + 2), values_only=True))


def _columns(head: tuple[Any, ...] | list[Any]) -> dict[str, int]:
    titles = [str(value or "").strip() for value in head]
    found = {name: titles.index(title) for name, title in HEADS.items() if title in titles}
    missing = [HEADS[name] for name in NEEDED if name not in found]
    if missing:
        raise Invalid(lazy("The first row lacks the headings: %(heads)s.", heads="、".join(missing)))
    return found


class _Row:
    """One row with its troubles: cells by name, each trouble at its address."""

    def __init__(self, number: int, values: tuple[Any, ...], columns: Mapping[str, int], reading: Reading) -> None:
        self.number, self.values, self.columns, self.reading = number, values, columns, reading

    def where(self, name: str) -> str:
        return f"{get_column_letter(self.columns.get(name, 0) + 1)}{self.number}"

    def cell(self, name: str) -> Any:
        place = self.columns.get(name)
        value = self.values[place] if place is not None and place < len(self.values) else None
        if isinstance(value, str) and value.startswith("="):
            self.refuse(name, lazy("A formula cannot be read. Type the value."))
            return None
        return value.strip() if isinstance(value, str) else value

    def refuse(self, name: str, sentence: object) -> None:
        self.reading.refuse(self.where(name), sentence)


def _read_row(row: _Row, zone: ZoneInfo) -> None:
    before = len(row.reading.troubles)
    room, day, start, end = str(row.cell("room") or ""), _day(row), _time(row, "start"), _time(row, "end")
    people, flags = _people(row), {name: _flag(row, name) for name in ("name_cards", "av", "cancelled")}
    number = str(row.cell("number") or "")[:80]
    if not room:
        row.refuse("room", lazy("Which room?"))
    if len(row.reading.troubles) > before or day is None or start is None or end is None:
        return
    starts_at, ends_at = datetime.combine(day, start, zone), datetime.combine(day, end, zone)
    if ends_at <= starts_at:
        row.refuse("end", lazy("The end lies before the start."))
        return
    origin = f"excel|{number}" if number else f"excel|{room}|{starts_at.isoformat()}"
    row.reading.entries.append(Entry(row.where("room"), origin, room[:80], starts_at, ends_at, people, **flags))


def _day(row: _Row) -> date | None:
    value = row.cell("day")
    day = value.date() if isinstance(value, datetime) else value if isinstance(value, date) else None
    if day is None and isinstance(value, str):
        day = parse_date(value.replace("/", "-").replace(".", "-"))
    if day is None and row.where("day") not in {each.where for each in row.reading.troubles}:
        row.refuse("day", lazy("A date is needed, such as 2026-12-01."))
    return day


def _time(row: _Row, name: str) -> time | None:
    value = row.cell(name)
    found = value if isinstance(value, time) else value.time() if isinstance(value, datetime) else None
    if found is None and isinstance(value, timedelta) and timedelta() <= value < timedelta(days=1):
        found = time(value.seconds // 3600, value.seconds // 60 % 60)
    if found is None and isinstance(value, str):
        found = parse_time(value.replace("：", ":").zfill(5))
    if found is None and row.where(name) not in {each.where for each in row.reading.troubles}:
        row.refuse(name, lazy("A time is needed, such as 09:00."))
    return found.replace(second=0, microsecond=0) if found else None


def _people(row: _Row) -> int | None:
    value = row.cell("people")
    if value in (None, ""):
        return None
    typed = str(value)
    if not (typed.isascii() and typed.isdigit() and 0 < int(typed[:5]) <= MOST_PEOPLE):
        row.refuse("people", lazy("A number from 1 to 9999, or nothing."))
        return None
    return int(typed)


def _flag(row: _Row, name: str) -> bool:
    value = row.cell(name)
    typed = "" if value is None else str(value).strip().lower()
    if typed not in YES and typed not in NO:
        row.refuse(name, lazy("Yes or no."))
    return typed in YES
