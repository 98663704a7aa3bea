"""Deeds on one vehicle that leave a line: fuel, service, seal, accident, and what they share. Never commits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from app.photos.rules import KeptPhoto, Part, PhotoOwner, PhotoUse
from app.photos.writes import rows_for_check
from app.refusals import Conflict, Forbidden, Invalid
from app.vehicles.actions_state import rebuild
from app.vehicles.queries_entries import entry_by_id
from app.vehicles.queries_standing import Book, standing_of
from app.vehicles.rules import EntryKind, Vehicle
from app.vehicles.rules_odometer import Fault, fault_of
from app.vehicles.rules_wishes import Filling, Noted, Reason
from app.vehicles.writes import insert_entry
from app.web.current import HANDS, CurrentPerson, Role
from app.web.words import lazy

DISPATCH = "dispatch"


@dataclass(frozen=True)
class Deed:
    """Who does it, when, with which pictures."""

    who: CurrentPerson
    at: datetime
    zone: ZoneInfo
    photos: Sequence[KeptPhoto] = field(default=())


def may_drive(who: CurrentPerson) -> bool:
    """Hands take vehicles out, and so does the section head."""
    return who.role in (*HANDS, Role.SUPERVISOR)


def may_service(who: CurrentPerson) -> bool:
    """A service is noted by the technician, the crew leader or the section head, not by who wants to drive on."""
    return who.role in (Role.WORKER, Role.CREW_LEADER, Role.SUPERVISOR)


def may_head(who: CurrentPerson) -> bool:
    """Overrides, orders, seals taken off: the head of the section (the grant for dispatching vehicles)."""
    return DISPATCH in who.grants and who.role in (Role.SUPERVISOR, Role.CREW_LEADER)


def refuse_unless(allowed: bool) -> None:
    """Raises Forbidden."""
    if not allowed:
        raise Forbidden(lazy("This is for the head of the vehicle section, or whoever was given the dispatching."))


def fuel(vehicle: Vehicle, form: Filling, deed: Deed) -> bool:
    """加油、充电 from the vehicle's page; False when the same was kept before."""
    refuse_unless(may_drive(deed.who))
    if seen(form.id, vehicle, EntryKind.FUELLED, deed.who):
        return False
    take_reading(vehicle, form.km, deed, sure=form.sure)
    values = {"km": form.km, "quantity": form.quantity, "cost": form.cost, "full": form.full}
    note(vehicle, EntryKind.FUELLED, form.id, deed, sure=form.sure, **values)
    rebuild(vehicle, deed.who.id, deed.at, deed.zone)
    return True


def service(vehicle: Vehicle, form: Noted, deed: Deed) -> bool:
    """保养: the distance to the next one begins anew (VH-8)."""
    refuse_unless(may_service(deed.who))
    return _with_km(vehicle, EntryKind.SERVICED, form, deed)


def seal(vehicle: Vehicle, form: Noted, deed: Deed) -> bool:
    """封存: in its bay, with the odometer and a picture of the seal where pictures may be taken (VH-11)."""
    refuse_unless(may_drive(deed.who))
    if vehicle.photo_allowed and not deed.photos and not entry_by_id(form.id):
        sentence = lazy("Take a photo of the seal and the bay.")
        raise Invalid(sentence, fields={"photos": sentence})
    return _with_km(vehicle, EntryKind.SEALED, form, deed)


def accident(vehicle: Vehicle, form: Noted, deed: Deed) -> bool:
    """事故: the kilometres without an accident begin anew (VH-12)."""
    refuse_unless(may_drive(deed.who))
    return _with_km(vehicle, EntryKind.ACCIDENT, form, deed)


def unseal(vehicle: Vehicle, form: Reason, deed: Deed) -> bool:
    """启封, with a reason."""
    refuse_unless(may_head(deed.who))
    if seen(form.id, vehicle, EntryKind.UNSEALED, deed.who):
        return False
    standing, _book = standing_of(vehicle, deed.at, deed.zone)
    if not standing.known.sealed:
        raise Conflict(lazy("This vehicle is not sealed."))
    note(vehicle, EntryKind.UNSEALED, form.id, deed, text=form.text)
    rebuild(vehicle, deed.who.id, deed.at, deed.zone)
    return True


def _with_km(vehicle: Vehicle, kind: EntryKind, form: Noted, deed: Deed) -> bool:
    if seen(form.id, vehicle, kind, deed.who):
        return False
    take_reading(vehicle, form.km, deed, sure=form.sure)
    note(vehicle, kind, form.id, deed, sure=form.sure, km=form.km, text=form.text)
    rebuild(vehicle, deed.who.id, deed.at, deed.zone)
    return True


def seen(entry_id: str, vehicle: Vehicle, kind: EntryKind, who: CurrentPerson) -> bool:
    """Whether this very entry was kept before; raises Conflict when the number is that of another one."""
    earlier = entry_by_id(entry_id)
    if earlier is None:
        return False
    if (earlier.point_id, earlier.kind, earlier.by_id) != (vehicle.point_id, kind, who.id):
        raise Conflict(lazy("This entry was made already with other content. Load the page again."))
    return True


def take_reading(vehicle: Vehicle, km: int, deed: Deed, *, sure: bool) -> Book:
    """The reading holds against all others; raises Invalid where it falls, or leaps without being confirmed (VH-7)."""
    _standing, book = standing_of(vehicle, deed.at, deed.zone)
    fault = fault_of(book.odometer, deed.at, km, deed.zone, sure=sure)
    if fault is Fault.FALLS:
        sentence = lazy(
            "The odometer showed %(km)d km before. Look again; if that was wrong, propose a correction below.",
            km=book.odometer.km,
        )
        raise Invalid(sentence, fields={"km": sentence})
    if fault is Fault.JUMPS:
        sentence = lazy(
            "That is more than 800 km a day (%(km)d km before). Tick that it is right.", km=book.odometer.km
        )
        raise Invalid(sentence, fields={"sure": sentence})
    return book


def note(vehicle: Vehicle, kind: EntryKind, entry_id: str, deed: Deed, *, sure: bool = False, **values: object) -> None:
    """The line itself, with its pictures."""
    data: dict[str, object] = dict(values.pop("data", None) or {})  # type: ignore[call-overload]
    if sure:
        data["sure"] = True
    if deed.photos:
        data["photos"] = [photo.sha256 for photo in deed.photos]
        owner = PhotoOwner(entry_id, deed.who.id, vehicle.point_id, "", vehicle.implementer_id, vehicle.responsible_id)
        rows_for_check([PhotoUse(photo, Part.CHECK, None) for photo in deed.photos], owner, at=deed.at)
    insert_entry(
        id=entry_id,
        point_id=vehicle.point_id,
        kind=str(kind),
        at=deed.at,
        by_id=deed.who.id,
        data=data or None,
        **values,
    )
