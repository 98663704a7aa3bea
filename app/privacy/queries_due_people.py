"""What else has been kept long enough: training for editions that have ended, and the papers of vehicles."""

from datetime import datetime
from typing import Any

from sqlalchemy import and_, exists, or_, select
from sqlalchemy.orm import aliased

from app.db import rows
from app.privacy.queries_due import photos_of
from app.privacy.queries_retention import Items
from app.standards.models import Edition
from app.training.models import Attempt, Certificate, Delivery, LedgerEntry, Newcomer, Reading, SignOff, Sitting
from app.vehicles.models import VehicleEntry, VehicleTrip
from app.vehicles.rules_kinds import EntryKind

MOST_A_TABLE = 400


def due_training(before: datetime) -> Items:
    """Proofs for editions that ended before; papers, newcomers and meetings that are over and not the last word."""
    ended = select(Edition.number).where(Edition.ended_on < before.date())
    found: Items = []
    for table, key in ((Delivery, Delivery.id), (Reading, Reading.id), (SignOff, SignOff.id)):
        found += _old(table, key, table.at < before, table.edition.in_(ended))
    later = exists().where(Attempt.sitting_id == Sitting.id, Attempt.at >= before).correlate(Sitting)
    sittings = _old(Sitting, Sitting.id, Sitting.at < before, Sitting.edition.in_(ended), ~later)
    attempts = select(Attempt.sitting_id).where(Attempt.sitting_id.in_([key for _table, key in sittings]))
    found += [(Attempt.__tablename__, each.sitting_id) for each in rows(attempts)] + sittings
    return found + _papers(before) + _ledger(before)


def due_vehicles(before: datetime) -> tuple[Items, int]:
    """Entries from before, but the last of each kind, what a younger one speaks of, and overrides nobody wrote up."""
    newer, about = aliased(VehicleEntry), aliased(VehicleEntry)
    same = and_(newer.point_id == VehicleEntry.point_id, newer.kind == VehicleEntry.kind)
    replaced = exists().where(same, newer.at > VehicleEntry.at).correlate(VehicleEntry)
    spoken_of = exists().where(about.ref == VehicleEntry.id, about.at >= before).correlate(VehicleEntry)
    settled = exists().where(
        about.ref == VehicleEntry.id, about.kind.in_([EntryKind.BACKFILLED.value, EntryKind.LAPSED.value])
    )
    out = exists().where(VehicleTrip.id == VehicleEntry.trip_id, VehicleTrip.returned_at.is_(None))
    over = or_(VehicleEntry.kind != EntryKind.OVERRIDE.value, settled.correlate(VehicleEntry))
    conditions = (VehicleEntry.at < before, replaced, ~spoken_of, over, ~out.correlate(VehicleEntry))
    found = _old(VehicleEntry, VehicleEntry.id, *conditions)
    return found + photos_of([key for _table, key in found]), len(found)


def _papers(before: datetime) -> Items:
    newer = aliased(Certificate)
    same = and_(newer.person_id == Certificate.person_id, newer.name == Certificate.name)
    replaced = exists().where(same, newer.id > Certificate.id).correlate(Certificate)
    over = or_(Certificate.valid_to < before.date(), replaced)
    found = _old(Certificate, Certificate.id, Certificate.at < before, over)
    return found + _old(Newcomer, Newcomer.id, Newcomer.at < before, Newcomer.to_on < before.date())


def _ledger(before: datetime) -> Items:
    """An entry goes with the one that put it right, never before it."""
    spoken_of = select(LedgerEntry.replaces).where(LedgerEntry.at >= before, LedgerEntry.replaces.is_not(None))
    staying = {each.replaces for each in rows(spoken_of)}
    old = select(LedgerEntry.id, LedgerEntry.replaces).where(LedgerEntry.at < before)
    going = {each.id: each.replaces for each in rows(old.order_by(LedgerEntry.at.desc()).limit(MOST_A_TABLE))}
    # Newest first: who is spoken of by what stays, stays, and so does whom that one speaks of.
    for entry in list(going):
        if entry in staying:
            staying.add(going.pop(entry))
    return [(LedgerEntry.__tablename__, each) for each in going]


def _old(table: Any, key: Any, *conditions: Any) -> Items:
    named = rows(select(key.label("key")).where(*conditions).order_by(key).limit(MOST_A_TABLE))
    return [(table.__tablename__, str(each.key)) for each in named]
