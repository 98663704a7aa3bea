"""Deeds on readings: a correction with reason and photo, decided by a second person (rules VH-7). Never commits."""

from __future__ import annotations

from app.refusals import Conflict, Forbidden, Invalid, NotFound
from app.vehicles.actions_notes import Deed, may_drive, may_service, note, refuse_unless, seen
from app.vehicles.actions_state import rebuild
from app.vehicles.queries_checks import check_readings
from app.vehicles.queries_entries import entry_by_id, refers_to
from app.vehicles.rules import READING_KINDS, Entry, EntryKind, Vehicle
from app.vehicles.rules_wishes import Reason
from app.web.words import lazy

DECIDED = (EntryKind.AGREED, EntryKind.REFUSED)


def propose(vehicle: Vehicle, form: Reason, deed: Deed) -> bool:
    """What the odometer did show, with a photo where photos may be taken; it counts once a second person agrees."""
    refuse_unless(may_drive(deed.who))
    if seen(form.id, vehicle, EntryKind.CORRECTION, deed.who):
        return False
    if not _is_reading(vehicle, form.ref):
        sentence = lazy("There is no such reading of this vehicle. Load the page again.")
        raise Invalid(sentence, fields={"ref": sentence})
    if vehicle.photo_allowed and not deed.photos:
        sentence = lazy("Take a photo of the odometer.")
        raise Invalid(sentence, fields={"photos": sentence})
    data = {"was": _was(vehicle, form.ref)}
    # The new value stands in a line of its own kind: it is no reading, it speaks of one.
    note(vehicle, EntryKind.CORRECTION, form.id, deed, km=form.km, ref=form.ref, text=form.text, data=data)
    return True


def decide(vehicle: Vehicle, form: Reason, deed: Deed, *, agree: bool) -> bool:
    """The second person, never the first; the newest agreed correction of a reading counts."""
    kind = EntryKind.AGREED if agree else EntryKind.REFUSED
    refuse_unless(may_service(deed.who))
    if seen(form.id, vehicle, kind, deed.who):
        return False
    proposed = _proposed(vehicle, form.ref)
    if proposed.by_id == deed.who.id:
        raise Forbidden(lazy("A correction needs a second person: somebody else has to agree."))
    if any(each in DECIDED for each in refers_to(proposed.id)):
        raise Conflict(lazy("This correction has been decided already. Load the page again."))
    note(vehicle, kind, form.id, deed, ref=proposed.id, text=form.text)
    rebuild(vehicle, deed.who.id, deed.at, deed.zone)
    return True


def _proposed(vehicle: Vehicle, entry_id: str) -> Entry:
    found = entry_by_id(entry_id)
    if found is None or found.point_id != vehicle.point_id or found.kind is not EntryKind.CORRECTION:
        raise NotFound(lazy("There is no such correction."))
    return found


def _is_reading(vehicle: Vehicle, source: str) -> bool:
    return _was(vehicle, source) is not None


def _was(vehicle: Vehicle, source: str) -> int | None:
    entry = entry_by_id(source)
    if entry is not None:
        own = entry.point_id == vehicle.point_id and entry.kind in READING_KINDS
        return entry.km if own else None
    return next((each.km for each in check_readings(vehicle.point_id) if each.source == source), None)
