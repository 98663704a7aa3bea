"""The ledger of vehicles (用车台账) as rows, and rows as an Excel workbook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, tzinfo

from app.schedule.rules_sheet import Cell, Sheet, workbook_bytes
from app.vehicles.rules import Entry, EntryKind, Trip, Vehicle
from app.vehicles.rules_content import NO_START, NOT_BACK, OTHERS, YES

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def trip_rows(trips: Iterable[Trip], vehicles: Mapping[str, Vehicle], zone: tzinfo) -> list[tuple[Cell, ...]]:
    """A line a trip: time, purpose, place and mileage, as the rules on official vehicles want them (VH-11)."""
    return [
        (
            trip.number, vehicles[trip.point_id].plate, trip.driver or trip.driver_id, stamp(trip.started_at, zone),
            trip.start_km, stamp(trip.returned_at, zone), trip.end_km, trip.km, trip.purpose, trip.route,
            YES if trip.urgent else "", _remark(trip),
        )
        for trip in trips
    ]  # fmt: skip


def fuel_rows(entries: Iterable[Entry], vehicles: Mapping[str, Vehicle], zone: tzinfo) -> list[tuple[Cell, ...]]:
    """A line a filling."""
    return [
        (
            vehicles[each.point_id].plate, stamp(each.at, zone), each.km, each.quantity, vehicles[each.point_id].unit,
            each.cost, YES if each.full else "", each.by or each.by_id or "",
        )
        for each in entries
        if each.kind is EntryKind.FUELLED
    ]  # fmt: skip


def other_rows(entries: Iterable[Entry], vehicles: Mapping[str, Vehicle], zone: tzinfo) -> list[tuple[Cell, ...]]:
    """Services, accidents, overrides, seals and corrections."""
    return [
        (
            vehicles[each.point_id].plate, stamp(each.at, zone), OTHERS[each.kind], each.km, each.text,
            each.by or each.by_id or "",
        )
        for each in entries
        if each.kind in OTHERS
    ]  # fmt: skip


def stamp(at: datetime | None, zone: tzinfo) -> str:
    """Local date and time; empty where nobody noted it."""
    return at.astimezone(zone).strftime("%Y-%m-%d %H:%M") if at else ""


def workbook(sheets: Iterable[Sheet], made_at: datetime) -> bytes:
    """An Excel file; a text that a spreadsheet would take for a formula gets an apostrophe before it."""
    safe = ((name, head, ([_safe(cell) for cell in row] for row in rows)) for name, head, rows in sheets)
    return workbook_bytes(safe, made_at.replace(tzinfo=None), width=17)


def _safe(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell


def _remark(trip: Trip) -> str:
    if trip.started_at is None:
        return NO_START
    if trip.override_id:
        return OTHERS[EntryKind.OVERRIDE]
    return NOT_BACK if trip.is_open else ""
