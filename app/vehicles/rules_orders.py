"""Dispatch orders as they are typed or come in a workbook: rows become orders, or faults with the address of a cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from app.vehicles.rules_content import ORDER_HEAD as HEADS
from app.vehicles.rules_content import STAMP, URGENT_WORDS
from app.web.words import lazy

MOST_ROWS = 500
LONGEST = timedelta(days=31)
AHEAD = timedelta(days=400)
COLUMNS = "ABCDEFG"


@dataclass(frozen=True, slots=True)
class NewOrder:
    """An order before it is kept; `number` names it where there is one."""

    point_id: str
    driver_id: str
    starts_at: datetime
    ends_at: datetime
    purpose: str
    number: str = ""
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong in a workbook, and in which cell."""

    cell: str
    sentence: object


@dataclass(frozen=True, slots=True)
class Known:
    """By what names vehicles and drivers are known here: plates and names to ids; a name of two people is left out."""

    vehicles: Mapping[str, str]
    drivers: Mapping[str, str]
    zone: tzinfo


def moment(value: object, zone: tzinfo) -> datetime | None:
    """A local date and time from a cell or a field; None where it is neither."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=zone, second=0, microsecond=0) if value.tzinfo is None else None
    found = STAMP.fullmatch(str(value or "").strip())
    if not found:
        return None
    try:
        return datetime(*map(int, found.groups()[:5]), tzinfo=zone)  # type: ignore[arg-type, misc]
    except ValueError:
        return None


def times_fault(starts_at: datetime, ends_at: datetime, now: datetime) -> object | None:
    """Why an order cannot run so."""
    if ends_at <= starts_at:
        return lazy("The return lies before the departure.")
    if ends_at - starts_at > LONGEST:
        return lazy("An order lasts 31 days at most.")
    if ends_at <= now:
        return lazy("This time is over already.")
    return lazy("That is more than a year ahead.") if starts_at > now + AHEAD else None


def orders_of(rows: Iterable[Sequence[object]], known: Known, now: datetime) -> tuple[list[NewOrder], list[CellFault]]:
    """The rows below the head; empty ones are passed over. One fault and nothing is to be kept."""
    orders: list[NewOrder] = []
    faults: list[CellFault] = []
    numbers: dict[str, str] = {}
    for number, row in enumerate(rows, 2):
        cells = [*row, *[None] * len(HEADS)][: len(HEADS)]
        if all(cell in (None, "") for cell in cells):
            continue
        order, wrong = _order(cells, number, known, now)
        if order and order.number and order.number in numbers:
            sentence = lazy("This number stands in %(cell)s already.", cell=numbers[order.number])
            wrong = [CellFault(f"A{number}", sentence)]
        faults += wrong
        if order and not wrong:
            orders.append(order)
            numbers[order.number] = f"A{number}"
    return orders, faults


def head_fault(head: Sequence[object]) -> CellFault | None:
    """The first cell of the head that is not what the template says."""
    said = [str(cell or "").strip() for cell in head]
    for column, (wanted, got) in enumerate(zip(HEADS, [*said, *[""] * len(HEADS)], strict=False)):
        if wanted != got:
            return CellFault(f"{COLUMNS[column]}1", lazy("“%(head)s” should stand here.", head=wanted))
    return None


def _order(
    cells: Sequence[object], number: int, known: Known, now: datetime
) -> tuple[NewOrder | None, list[CellFault]]:
    said = ["" if cell is None else str(cell).strip() for cell in cells]
    vehicle, driver = known.vehicles.get(said[1]), known.drivers.get(said[2])
    starts_at, ends_at = moment(cells[3], known.zone), moment(cells[4], known.zone)
    when = lazy("Type date and time, such as 2026-11-23 08:40.")
    checks = (
        ("A", len(said[0]) <= 40, lazy("At most %(n)d characters.", n=40)),
        ("B", vehicle, lazy("No vehicle of your unit has this plate.")),
        ("C", driver, lazy("No driver of your unit has this number or name.")),
        ("D", starts_at, when),
        ("E", ends_at, when),
        ("F", 2 <= len(said[5]) <= 200, lazy("Say in a few words what the trip is for.")),
    )
    faults = [CellFault(f"{column}{number}", sentence) for column, holds, sentence in checks if not holds]
    if faults or vehicle is None or driver is None or starts_at is None or ends_at is None:
        return None, faults
    wrong = times_fault(starts_at, ends_at, now)
    if wrong is not None:
        return None, [CellFault(f"E{number}", wrong)]
    return NewOrder(vehicle, driver, starts_at, ends_at, said[5], said[0], said[6].lower() in URGENT_WORDS), []
