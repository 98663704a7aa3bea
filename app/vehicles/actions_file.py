"""Deeds on the file of a vehicle: a change with its reason, old beside new, never overwritten. Never commits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace

from app.places.queries import point_by_id
from app.refusals import Invalid, NotFound, Stale
from app.vehicles.actions_notes import Deed, may_head, note, refuse_unless, seen
from app.vehicles.actions_state import rebuild
from app.vehicles.forms_file import FileWish
from app.vehicles.queries import all_vehicles
from app.vehicles.queries_file import filed
from app.vehicles.rules import VEHICLE, EntryKind, Vehicle
from app.vehicles.rules_content import ELECTRIC
from app.vehicles.rules_file import OwnLimit, changes_of, values_of, with_changes
from app.vehicles.writes import keep_attrs
from app.web.current import CurrentPerson, Role
from app.web.words import lazy


def may_file(who: CurrentPerson) -> bool:
    """The office: the head of the section, or the standards section."""
    return may_head(who) or who.role is Role.STANDARDS


def change_file(vehicle: Vehicle, wish: FileWish, limits: Sequence[OwnLimit], deed: Deed) -> bool:
    """False when the same was kept before. Raises Stale when somebody else was faster, Invalid when nothing changes."""
    refuse_unless(may_file(deed.who))
    if seen(wish.id, vehicle, EntryKind.FILED, deed.who):
        return False
    if wish.was != next((each.id for each in filed(vehicle.point_id)), ""):
        raise Stale(lazy("Somebody has changed this file meanwhile. Load the page again."))
    _refuse_taken(vehicle, str(wish.values["plate"]))
    point = point_by_id(vehicle.point_id)
    if point is None:
        raise NotFound(lazy("There is no such vehicle, or it belongs to another unit."))
    changes = changes_of(values_of(point.attrs, limits), wish.values)
    if not changes:
        sentence = lazy("Nothing was changed.")
        raise Invalid(sentence, fields={"plate": sentence})
    note(vehicle, EntryKind.FILED, wish.id, deed, text=wish.reason, data={"changes": [asdict(one) for one in changes]})
    attrs = with_changes(point.attrs, changes, "kWh" if wish.values["energy"] == ELECTRIC else "L")
    keep_attrs(vehicle.point_id, attrs)
    rebuild(replace(vehicle, attrs=attrs[VEHICLE]), deed.who.id, deed.at, deed.zone)
    return True


def _refuse_taken(vehicle: Vehicle, plate: str) -> None:
    if any(each.plate == plate and each.point_id != vehicle.point_id for each in all_vehicles()):
        sentence = lazy("Another vehicle has this plate.")
        raise Invalid(sentence, fields={"plate": sentence})
