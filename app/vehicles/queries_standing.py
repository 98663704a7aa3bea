"""Where vehicles stand: odometer, what keeps them in, what comes near, who is out with them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, tzinfo

from app.vehicles.queries_checks import CheckBook, check_books, check_readings
from app.vehicles.queries_entries import (
    State,
    entries_of,
    last_returns,
    open_trips,
    overrides_used,
    states_of,
    unwritten_overrides,
)
from app.vehicles.rules import READING_KINDS, Entry, EntryKind, Trip, Vehicle
from app.vehicles.rules_fuel import Fill, Period, flagged, periods
from app.vehicles.rules_odometer import Odometer, Reading, walk
from app.vehicles.rules_parts import Part
from app.vehicles.rules_service import Due, monthly_missing, papers_due, service_due
from app.vehicles.rules_standing import (
    Block,
    Known,
    Near,
    blocks_of,
    checked_before,
    override_holds,
    warnings_of,
)

AS_FILED = "file"
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Book:
    """All that was noted of one vehicle, worked out: the state row is a copy of this."""

    odometer: Odometer
    service_km: int
    serviced_on: date | None
    clean_since_km: int
    periods: tuple[Period, ...]
    fuel_over: bool
    sealed_at: datetime | None
    corrected: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Standing:
    """A vehicle as the board and its own page show it."""

    vehicle: Vehicle
    km: int
    since_km: int
    serviced_on: date | None
    clean_km: int
    known: Known
    blocks: tuple[Block, ...]
    warnings: tuple[Near, ...]
    trip: Trip | None
    checked: bool
    checked_urgent: bool
    override: Entry | None
    unwritten: tuple[Entry, ...]

    @property
    def left_km(self) -> int:
        """How far it may go before its service."""
        return self.vehicle.service_every_km - self.since_km

    @property
    def stays(self) -> bool:
        """Kept in whatever the trip."""
        return bool(self.blocks)


def book_of(vehicle: Vehicle, now: datetime, zone: tzinfo) -> Book:
    """Read the whole of one vehicle up to an instant. Three queries."""
    entries = [each for each in entries_of([vehicle.point_id]) if each.at <= now]
    corrected = _corrected(entries)
    readings = [Reading(LONG_AGO, vehicle.first_km, AS_FILED)] if vehicle.first_km else []
    readings += [each for each in check_readings(vehicle.point_id) if each.at <= now]
    readings += [
        Reading(each.at, each.km, each.id, sure=bool(each.data.get("sure")))
        for each in entries
        if each.kind in READING_KINDS and each.km is not None
    ]
    odometer = walk(readings, corrected, zone)
    services = [each for each in entries if each.kind is EntryKind.SERVICED and each.km is not None]
    accidents = [each for each in entries if each.kind is EntryKind.ACCIDENT and each.km is not None]
    fills = [_fill(each, corrected) for each in entries if each.kind is EntryKind.FUELLED and each.km is not None]
    found = periods(fills)
    seals = [each for each in entries if each.kind in (EntryKind.SEALED, EntryKind.UNSEALED)]
    return Book(
        odometer=odometer,
        service_km=_km(services[-1], corrected) if services else vehicle.first_service_km,
        serviced_on=services[-1].at.astimezone(zone).date() if services else None,
        clean_since_km=_km(accidents[-1], corrected) if accidents else (odometer.counted or (_NOTHING,))[0].km,
        periods=found,
        fuel_over=flagged(found, vehicle.quota),
        sealed_at=seals[-1].at if seals and seals[-1].kind is EntryKind.SEALED else None,
        corrected=corrected,
    )


_NOTHING = Reading(LONG_AGO, 0, AS_FILED)


def standing_of(vehicle: Vehicle, now: datetime, zone: tzinfo) -> tuple[Standing, Book]:
    """One vehicle, worked out from all that was noted of it."""
    book = book_of(vehicle, now, zone)
    state = State(
        vehicle.point_id, book.odometer.km, book.service_km, book.serviced_on, book.clean_since_km,
        len(book.odometer.doubts), book.fuel_over, book.sealed_at, now,
    )  # fmt: skip
    return _standings([vehicle], {vehicle.point_id: state}, now, zone)[0], book


def board(vehicles: Sequence[Vehicle], now: datetime, zone: tzinfo) -> list[Standing]:
    """All of them by their state rows; a handful of queries whatever their number."""
    return _standings(vehicles, states_of([each.point_id for each in vehicles]), now, zone)


def _standings(vehicles: Sequence[Vehicle], states: Mapping[str, State], now: datetime, zone: tzinfo) -> list[Standing]:
    ids = [each.point_id for each in vehicles]
    if not ids:
        return []
    books, out, back = check_books(ids, now), open_trips(ids), last_returns(ids)
    unwritten = unwritten_overrides(ids)
    given = entries_of(ids, (EntryKind.OVERRIDE,), since=None)
    used = overrides_used([each.id for each in given])
    valid = {each.point_id: each for each in given if override_holds(each.at, now, used=each.id in used)}
    return [
        _standing(
            each, states.get(each.point_id) or _as_filed(each, now), books[each.point_id], out.get(each.point_id),
            back.get(each.point_id), valid.get(each.point_id),
            tuple(one for one in unwritten if one.point_id == each.point_id), now, zone,
        )
        for each in vehicles
    ]  # fmt: skip


def _standing(  # noqa: PLR0913  what a standing is made of, each from a read of its own
    vehicle: Vehicle, state: State, book: CheckBook, trip: Trip | None, back: datetime | None, override: Entry | None,
    unwritten: tuple[Entry, ...], now: datetime, zone: tzinfo,
) -> Standing:  # fmt: skip
    since_km = max(0, state.odometer_km - state.service_km)
    known = _known(vehicle, state, book, len(unwritten), now.astimezone(zone).date(), zone)
    checks, holds = book.of(Part.PRE_TRIP), book.holds()
    return Standing(
        vehicle=vehicle,
        km=state.odometer_km,
        since_km=since_km,
        serviced_on=state.serviced_on,
        clean_km=max(0, state.odometer_km - state.clean_since_km),
        known=known,
        blocks=blocks_of(known),
        warnings=warnings_of(known),
        trip=trip,
        checked=checked_before(checks, now, back, zone, urgent=False, holds=holds),
        checked_urgent=checked_before(checks, now, back, zone, urgent=True, holds=holds),
        override=override,
        unwritten=unwritten,
    )


def _known(vehicle: Vehicle, state: State, book: CheckBook, unwritten: int, today: date, zone: tzinfo) -> Known:
    since_km = max(0, state.odometer_km - state.service_km)
    return Known(
        service=service_due(since_km, vehicle.service_every_km) if state.odometer_km else Due.FAR,
        monthly=monthly_missing(today, book.inspected(zone), vehicle.known_since),
        failed=book.failed(),
        papers=papers_due(vehicle.papers, today),
        sealed=state.sealed_at is not None,
        doubts=state.doubts,
        fuel_over=state.fuel_over,
        unwritten=unwritten,
    )


def _as_filed(vehicle: Vehicle, now: datetime) -> State:
    km = vehicle.first_km
    return State(vehicle.point_id, km, vehicle.first_service_km, None, km, 0, False, None, now)


def _corrected(entries: Collection[Entry]) -> dict[str, int]:
    """What a second person agreed to: the new value by the entry or check that it corrects."""
    agreed = {each.ref for each in entries if each.kind is EntryKind.AGREED}
    corrections = [each for each in entries if each.kind is EntryKind.CORRECTION and each.id in agreed]
    return {each.ref: each.km for each in corrections if each.ref and each.km is not None}


def _km(entry: Entry, corrected: Mapping[str, int]) -> int:
    return corrected.get(entry.id, entry.km or 0)


def _fill(entry: Entry, corrected: Mapping[str, int]) -> Fill:
    return Fill(entry.at, _km(entry, corrected), entry.quantity or 0.0, bool(entry.full), entry.cost or 0.0)
