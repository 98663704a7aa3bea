"""What else has been kept long enough: repair orders, inspections, spot checks, contracts, bookings of rooms."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import aliased

from app.contractors.models import Contract, ContractorFile, Dispute, Ruling
from app.db import rows
from app.feedback.models import FeedbackCase
from app.inspections.models import Addendum, Evidence, Inspection, InspectionEvent, Item, ItemVersion, Link, Signature
from app.inspections.rules import OPEN as INSPECTIONS_OPEN
from app.nonconformities.models import Finding
from app.privacy.queries_due import behind, keys_of, photos_of
from app.privacy.queries_retention import Items
from app.repairs.models import RepairEvent, RepairOrder
from app.schedule.models import ScheduleEvent, ScheduleEventChange
from app.schedule.rules_events import EventKind

MOST_A_LIST = 200
"""Matters, not rows: each has many."""


def due_repairs(before: datetime, units: Sequence[str]) -> tuple[Items, int]:
    """Finished orders whose last step is from before, with their history and pictures."""
    young = exists().where(RepairEvent.order_id == RepairOrder.id, RepairEvent.at >= before).correlate(RepairOrder)
    over = (RepairOrder.opened_at < before, ~young, ~or_(*repair_holds()))
    statement = select(RepairOrder.id).where(RepairOrder.org_id.in_(units), *over).order_by(RepairOrder.opened_at)
    ids = [each.id for each in rows(statement.limit(MOST_A_LIST))]
    return keys_of(RepairEvent, RepairEvent.id, RepairEvent.order_id, ids) + photos_of(ids), len(ids)


def repair_holds() -> list[ColumnElement[bool]]:
    """Why an order stays: it is not finished, or its finding or the complaint that reported it is open."""
    finding = exists().where(Finding.id == RepairOrder.finding_id, Finding.closed_at.is_(None))
    case = exists().where(FeedbackCase.item_id == RepairOrder.feedback_id, FeedbackCase.closed_at.is_(None))
    return [RepairOrder.open_key.is_not(None), finding.correlate(RepairOrder), case.correlate(RepairOrder)]


def due_inspections(before: datetime, units: Sequence[str]) -> tuple[Items, int]:
    """Inspections closed or called off before, with every item as it was saved, evidence, signatures, addenda."""
    young = exists().where(InspectionEvent.inspection_id == Inspection.id, InspectionEvent.at >= before)
    added = exists().where(Addendum.inspection_id == Inspection.id, Addendum.at >= before)
    over = (Inspection.made_at < before, ~young.correlate(Inspection), ~added.correlate(Inspection))
    statement = select(Inspection.id).where(Inspection.unit_id.in_(units), *over, ~or_(*inspection_holds()))
    ids = [each.id for each in rows(statement.order_by(Inspection.made_at).limit(MOST_A_LIST))]
    found = keys_of(InspectionEvent, InspectionEvent.id, InspectionEvent.inspection_id, ids)
    found += keys_of(Addendum, Addendum.id, Addendum.inspection_id, ids)
    for table, parts in (
        (ItemVersion, (ItemVersion.no, ItemVersion.revision)),
        (Evidence, (Evidence.no, Evidence.sha256)),
        (Link, (Link.no, Link.target_id)),
        (Signature, (Signature.side, Signature.person_id)),
    ):
        found += _joined(table, (table.inspection_id, *parts), ids)
    return found + photos_of(ids), len(ids)


def inspection_holds() -> list[ColumnElement[bool]]:
    """Why an inspection stays: it runs, or a finding of one of its items is open."""
    finding = and_(Item.inspection_id == Inspection.id, Finding.id == Item.finding_id, Finding.closed_at.is_(None))
    running = Inspection.state.in_([state.value for state in INSPECTIONS_OPEN])
    return [running, exists().where(finding).correlate(Inspection)]


def due_contracts(before: datetime, units: Sequence[str]) -> tuple[Items, int]:
    """Contracts that ended before, files that a newer one replaced before, decided disputes; the newest row stays."""
    newer, filed = aliased(Contract), aliased(ContractorFile)
    replaced = exists().where(newer.org_id == Contract.org_id, newer.id > Contract.id).correlate(Contract)
    later = exists().where(filed.org_id == ContractorFile.org_id, filed.id > ContractorFile.id, filed.at < before)
    ended = (Contract.org_id.in_(units), Contract.to_on < before.date(), Contract.at < before, replaced)
    found = _old(Contract, Contract.id, *ended)
    found += _old(ContractorFile, ContractorFile.id, ContractorFile.org_id.in_(units), later.correlate(ContractorFile))
    decided = select(Dispute.id.label("key")).join(Ruling, Ruling.dispute_id == Dispute.id)
    decided = decided.where(Dispute.org_id.in_(units), Ruling.at < before).order_by(Dispute.at).limit(MOST_A_LIST)
    for each in rows(decided):
        found += [(Dispute.__tablename__, each.key), (Ruling.__tablename__, each.key)]
    return found, sum(table != Ruling.__tablename__ for table, _key in found)


def due_meetings(before: datetime) -> tuple[Items, int]:
    """Bookings that ended, or were called off, before: what was put, moved and cancelled."""
    young = exists().where(ScheduleEventChange.event_id == ScheduleEvent.id, ScheduleEventChange.at >= before)
    over = (ScheduleEvent.kind == EventKind.MEETING.value, ScheduleEvent.ends_at < before)
    statement = select(ScheduleEvent.id).where(*over, ~young.correlate(ScheduleEvent))
    ids = [each.id for each in rows(statement.order_by(ScheduleEvent.ends_at).limit(MOST_A_LIST))]
    return keys_of(ScheduleEventChange, ScheduleEventChange.id, ScheduleEventChange.event_id, ids), len(ids)


def running_again(keys: Mapping[str, Sequence[str]]) -> int:
    """How many orders and inspections on a list are held by now: asked once more before anything goes."""
    named = behind(keys)
    orders, inspections = named["repair_orders"], named["inspections"]
    held = rows(select(RepairOrder.id).where(RepairOrder.id.in_(orders), or_(*repair_holds()))) if orders else []
    asked = select(Inspection.id).where(Inspection.id.in_(inspections), or_(*inspection_holds()))
    return len(held) + (len(rows(asked)) if inspections else 0)


def _joined(table: Any, columns: Sequence[Any], ids: Sequence[str]) -> Items:
    found = rows(select(*columns).where(columns[0].in_(ids)).order_by(*columns)) if ids else []
    return [(table.__tablename__, "/".join(str(part) for part in each)) for each in found]


def _old(table: Any, key: Any, *conditions: Any) -> Items:
    named = rows(select(key.label("key")).where(*conditions).order_by(key).limit(MOST_A_LIST))
    return [(table.__tablename__, str(each.key)) for each in named]
