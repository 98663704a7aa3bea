"""Urgent first, paper later: one departure by the head, written up within a day (EV-11). Never commits."""

from __future__ import annotations

import uuid
from datetime import datetime
from zoneinfo import ZoneInfo

from app.nonconformities.actions_register import register
from app.nonconformities.rules import FindingSource, NewFinding, Severity
from app.refusals import Conflict, NotFound
from app.vehicles.actions_notes import Deed, may_head, note, refuse_unless, seen
from app.vehicles.actions_state import rebuild
from app.vehicles.actions_trips import keeps_in
from app.vehicles.queries import all_vehicles
from app.vehicles.queries_entries import entry_by_id, refers_to, unwritten_overrides
from app.vehicles.queries_standing import standing_of
from app.vehicles.rules import Entry, EntryKind, Vehicle
from app.vehicles.rules_content import LAPSED
from app.vehicles.rules_standing import back_fill_due
from app.vehicles.rules_wishes import Reason
from app.vehicles.writes import insert_entry
from app.web.words import lazy


def override(vehicle: Vehicle, form: Reason, deed: Deed) -> bool:
    """应急放行: one departure within a day, with the reason; what keeps the vehicle in is kept with it."""
    refuse_unless(may_head(deed.who))
    if seen(form.id, vehicle, EntryKind.OVERRIDE, deed.who):
        return False
    standing, _book = standing_of(vehicle, deed.at, deed.zone)
    if standing.trip is not None:
        raise Conflict(lazy("This vehicle is out already."))
    if standing.override is not None:
        raise Conflict(lazy("An override for the next departure stands already."))
    keeps = keeps_in(standing, urgent=True)
    if not keeps:
        raise Conflict(lazy("Nothing keeps this vehicle in. It needs no override."))
    due = back_fill_due(deed.at)
    data = {"kept_in": [str(block) for block in keeps], "due_at": due.isoformat()}
    note(vehicle, EntryKind.OVERRIDE, form.id, deed, text=form.text, data=data)
    return True


def back_fill(vehicle: Vehicle, form: Reason, deed: Deed) -> bool:
    """补手续: source, course and result, by whoever may allow it. Raises Conflict once it lapsed into a finding."""
    refuse_unless(may_head(deed.who))
    if seen(form.id, vehicle, EntryKind.BACKFILLED, deed.who):
        return False
    given = entry_by_id(form.ref)
    if given is None or given.point_id != vehicle.point_id or given.kind is not EntryKind.OVERRIDE:
        raise NotFound(lazy("There is no such override."))
    if refers_to(given.id).count(EntryKind.BACKFILLED):
        raise Conflict(lazy("This override has been written up already."))
    if EntryKind.LAPSED in refers_to(given.id):
        raise Conflict(lazy("The day is over and a finding stands. Answer the finding, please."))
    note(vehicle, EntryKind.BACKFILLED, form.id, deed, ref=given.id, text=form.text)
    rebuild(vehicle, deed.who.id, deed.at, deed.zone)
    return True


def lapse(now: datetime, zone: ZoneInfo) -> int:
    """What nobody wrote up in time becomes a finding, once; gives back how many."""
    late = [each for each in unwritten_overrides() if back_fill_due(each.at) <= now]
    vehicles = {each.point_id: each for each in all_vehicles()} if late else {}
    return sum(_lapse(vehicles[each.point_id], each, now, zone) for each in late if each.point_id in vehicles)


def _lapse(vehicle: Vehicle, given: Entry, now: datetime, zone: ZoneInfo) -> bool:
    finding = NewFinding(
        FindingSource.SUPERVISION, vehicle.implementer_id, vehicle.responsible_id, str(Severity.MAJOR),
        f"{vehicle.plate} {LAPSED}: {given.text}", now, source_id=given.id,
        point_id=vehicle.point_id, cause="work", key=f"vehicle-override-{given.id}",
    )  # fmt: skip
    made = register(finding, zone=zone)
    insert_entry(
        id=str(uuid.uuid5(uuid.UUID(given.id), "lapsed")), point_id=vehicle.point_id, kind=str(EntryKind.LAPSED),
        at=now, by_id=None, ref=given.id, text=made.number, data={"finding": made.id},
    )  # fmt: skip
    return True
