"""Rows of now that go with the history that two persons disposed of: nothing is left that points to nothing."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, exists

from app.db import run
from app.feedback.models import FeedbackCall, FeedbackCase, FeedbackContact, FeedbackItem, FeedbackLead
from app.flags.models import FlagLook
from app.inspections.models import Inspection, InspectionEvent, Inspector
from app.inspections.models import Item as InspectionItem
from app.nonconformities.models import Finding, FindingEvent
from app.repairs.models import RepairEvent, RepairOrder
from app.schedule.models import ScheduleEvent, ScheduleEventChange
from app.spotchecks.models import ReviewState
from app.vehicles.models import VehicleEntry, VehicleTrip

AT_ONCE = 500


def drop_before(keys: Mapping[str, Sequence[str]]) -> None:
    """What points to these records; `keys` by table of history, "checks" among them."""
    for part in _parts(keys.get("checks", ())):
        run(delete(FlagLook).where(FlagLook.check_id.in_(part)))
    for part in _parts(keys.get("feedback_items", ())):
        for table in (FeedbackLead, FeedbackContact, FeedbackCase):
            run(delete(table).where(table.item_id.in_(part)))
    for part in _parts(keys.get("spotcheck_reviews", ())):
        run(delete(ReviewState).where(ReviewState.review_id.in_(part)))


def drop_after(spoken_of: Mapping[str, Sequence[str]]) -> None:
    """What stood for these records, where the last of them has gone; by table."""
    for table, history, ended in _STOOD:
        for part in _parts(spoken_of[table.__tablename__]):
            left = exists().where(history == table.id)
            run(delete(table).where(table.id.in_(part), *ended, ~left))
    for part in _parts(spoken_of["inspections"]):
        _inspections(part)


_STOOD: tuple[tuple[Any, Any, tuple[Any, ...]], ...] = (
    (Finding, FindingEvent.finding_id, ()),
    (FeedbackCall, FeedbackItem.call_id, (FeedbackCall.ended_at.is_not(None),)),
    (VehicleTrip, VehicleEntry.trip_id, (VehicleTrip.returned_at.is_not(None),)),
    (RepairOrder, RepairEvent.order_id, (RepairOrder.open_key.is_(None),)),
    (ScheduleEvent, ScheduleEventChange.event_id, ()),
)


def _inspections(part: Sequence[str]) -> None:
    """With the items as they stood at last and who inspected."""
    for table, key in (
        (InspectionItem, InspectionItem.inspection_id),
        (Inspector, Inspector.inspection_id),
        (Inspection, Inspection.id),
    ):
        left = exists().where(InspectionEvent.inspection_id == key)
        run(delete(table).where(key.in_(part), ~left))


def _parts(keys: Sequence[str]) -> list[Sequence[str]]:
    return [keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE)]
