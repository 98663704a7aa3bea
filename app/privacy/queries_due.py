"""What else has been kept long enough: ordinary photos, findings, complaints, voices; with all that belongs to it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select

from app.checks.models import Check
from app.db import rows
from app.feedback.models import FeedbackCall, FeedbackCase, FeedbackEvent, FeedbackItem, FeedbackLead
from app.feedback.rules_complaints import Contest
from app.feedback.rules_public import Kind as Voice
from app.inspections.models import Inspection, InspectionEvent, Item, Link
from app.inspections.rules import OPEN as INSPECTIONS_OPEN
from app.nonconformities.models import Finding, FindingEvent, FindingPhoto, RevisionProposal
from app.photos.models import Photo
from app.places.models import Point
from app.privacy.queries_retention import MOST_A_LIST, Items, check_links, holds, of_kind
from app.privacy.rules_retention import Kind
from app.repairs.models import RepairEvent, RepairOrder
from app.schedule.models import ScheduleEventChange
from app.vehicles.models import VehicleEntry

_RUNNING = [state.value for state in INSPECTIONS_OPEN]


def due_photos(before: datetime, units: Sequence[str], most: int = MOST_A_LIST) -> Items:
    """Photos of records on which nothing hangs: no finding, complaint, look of a supervisor, inspection or flag."""
    statement = (
        select(Photo.id)
        .join_from(Photo, Check, Check.id == Photo.check_id)
        .join(Point, Point.id == Check.point_id)
        .where(Photo.received_at < before, Check.org_id.in_(units))
        .where(or_(of_kind(Kind.RECORDS), of_kind(Kind.PATROLS)))
        .where(~or_(*check_links(), *holds().values()))
        .order_by(Photo.received_at)
        .limit(most)
    )
    return [("photos", each.id) for each in rows(statement)]


def due_findings(before: datetime, units: Sequence[str], most: int = MOST_A_LIST) -> tuple[Items, int]:
    """Findings closed before, with their history and pictures, that no open matter names."""
    named = _proposed()
    statement = (
        select(Finding.id)
        .where(Finding.closed_at < before, Finding.implementer_id.in_(units), ~or_(*finding_holds()))
        .order_by(Finding.closed_at)
        .limit(most)
    )
    ids = [each.id for each in rows(statement) if each.id not in named]
    found = keys_of(FindingEvent, FindingEvent.id, FindingEvent.finding_id, ids)
    found += keys_of(FindingPhoto, FindingPhoto.id, FindingPhoto.finding_id, ids)
    return found + photos_of(ids), len(ids)


def finding_holds() -> list[ColumnElement[bool]]:
    """Why a closed finding stays: what is open names it still."""
    item = and_(Item.finding_id == Finding.id, Inspection.id == Item.inspection_id, Inspection.state.in_(_RUNNING))
    link = and_(Link.target_id == Finding.id, Inspection.id == Link.inspection_id, Inspection.state.in_(_RUNNING))
    case = and_(FeedbackCase.finding_id == Finding.id, FeedbackCase.closed_at.is_(None))
    order = and_(RepairOrder.finding_id == Finding.id, RepairOrder.open_key.is_not(None))
    return [_of(Finding, each) for each in (item, link, case, order)]


def due_complaints(before: datetime, units: Sequence[str], most: int = MOST_A_LIST) -> tuple[Items, int]:
    """Complaints, questions and praise whose case closed before, with all that was said and done."""
    statement = (
        select(FeedbackCase.item_id)
        .where(FeedbackCase.closed_at < before, FeedbackCase.implementer_id.in_([*units, ""]), ~or_(*case_holds()))
        .order_by(FeedbackCase.closed_at)
        .limit(most)
    )
    ids = [each.item_id for each in rows(statement)]
    return _said(ids), len(ids)


def case_holds() -> list[ColumnElement[bool]]:
    """Why a closed complaint stays: the record it contests is not decided, or its finding is open."""
    finding = and_(Finding.id == FeedbackCase.finding_id, Finding.closed_at.is_(None))
    return [FeedbackCase.contest == Contest.CONTESTED.value, _of(FeedbackCase, finding)]


def due_voices(before: datetime, units: Sequence[str], most: int = MOST_A_LIST) -> tuple[Items, int]:
    """Ratings and calls from before that became no case, whose lead was looked at and whose call has ended."""
    lead = and_(FeedbackLead.item_id == FeedbackItem.id, FeedbackLead.looked_at.is_(None))
    call = and_(FeedbackCall.id == FeedbackItem.call_id, or_(FeedbackCall.ended_at.is_(None), _younger(before)))
    statement = (
        select(FeedbackItem.id, FeedbackItem.call_id)
        .where(FeedbackItem.at < before, FeedbackItem.kind.in_([Voice.RATING.value, Voice.CALL.value]))
        .where(
            FeedbackItem.implementer_id.in_([*units, ""]), ~_of(FeedbackItem, FeedbackCase.item_id == FeedbackItem.id)
        )
        .where(~_of(FeedbackItem, lead), ~_of(FeedbackItem, call))
        .order_by(FeedbackItem.at)
        .limit(most)
    )
    found = rows(statement)
    return _said([each.id for each in found], {each.call_id for each in found if each.call_id}), len(found)


def photos_of(owners: Sequence[str]) -> Items:
    """The photos that these records own."""
    return keys_of(Photo, Photo.id, Photo.check_id, owners)


def _younger(before: datetime) -> ColumnElement[bool]:
    """A call stays whole: while its last voice is young, none of them goes."""
    return FeedbackCall.last_at >= before


def _said(ids: Sequence[str], calls: Sequence[str] | set[str] = ()) -> Items:
    found: Items = [(FeedbackItem.__tablename__, each) for each in ids]
    return found + keys_of(FeedbackEvent, FeedbackEvent.id, FeedbackEvent.subject_id, [*ids, *calls]) + photos_of(ids)


def _proposed() -> set[str]:
    """Findings that a proposal to revise rests on which nobody has decided."""
    open_ones = rows(select(RevisionProposal.findings).where(RevisionProposal.decided_at.is_(None)))
    return {str(each) for row in open_ones for each in row.findings}


def keys_of(table: Any, key: Any, column: Any, ids: Sequence[str]) -> Items:
    named = select(key.label("key")).where(column.in_(ids)).order_by(key)
    return [(table.__tablename__, str(each.key)) for each in rows(named)] if ids else []


def _of(table: Any, condition: ColumnElement[bool]) -> Any:
    return exists().where(condition).correlate(table)


def open_again(keys: Mapping[str, Sequence[str]]) -> int:
    """How many of the findings and complaints on a list are held by now: asked once more before anything goes."""
    findings = behind(keys)["findings"]
    finding = or_(Finding.closed_at.is_(None), *finding_holds())
    case = or_(FeedbackCase.closed_at.is_(None), *case_holds())
    held = rows(select(Finding.id).where(Finding.id.in_(findings), finding)) if findings else []
    items = keys.get("feedback_items", ())
    cases = rows(select(FeedbackCase.item_id).where(FeedbackCase.item_id.in_(items), case)) if items else []
    return len(held) + len(cases)


def behind(keys: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """What these records of history speak of, by table of now."""
    return {name: _named(column, key, keys.get(key.class_.__tablename__, ())) for name, column, key in _BEHIND}


_BEHIND = (
    ("findings", FindingEvent.finding_id, FindingEvent.id),
    ("feedback_calls", FeedbackItem.call_id, FeedbackItem.id),
    ("vehicle_trips", VehicleEntry.trip_id, VehicleEntry.id),
    ("repair_orders", RepairEvent.order_id, RepairEvent.id),
    ("inspections", InspectionEvent.inspection_id, InspectionEvent.id),
    ("schedule_events", ScheduleEventChange.event_id, ScheduleEventChange.id),
)


def _named(column: Any, key: Any, keys: Sequence[Any]) -> list[str]:
    """Keys of history are texts; those of counted tables are numbers."""
    asked = [int(each) for each in keys] if key.type.python_type is int else keys
    found = rows(select(column).where(key.in_(asked), column.is_not(None)).distinct()) if asked else []
    return [str(each[0]) for each in found]
