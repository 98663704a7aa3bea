"""Rows of now that go with the history that two persons disposed of: nothing is left that points to nothing."""

from collections.abc import Mapping, Sequence

from sqlalchemy import delete, exists

from app.db import run
from app.feedback.models import FeedbackCall, FeedbackCase, FeedbackContact, FeedbackItem, FeedbackLead
from app.flags.models import FlagLook
from app.nonconformities.models import Finding, FindingEvent
from app.vehicles.models import VehicleEntry, VehicleTrip

AT_ONCE = 500


def drop_before(keys: Mapping[str, Sequence[str]]) -> None:
    """What points to these records; `keys` by table of history, "checks" among them."""
    for part in _parts(keys.get("checks", ())):
        run(delete(FlagLook).where(FlagLook.check_id.in_(part)))
    for part in _parts(keys.get("feedback_items", ())):
        for table in (FeedbackLead, FeedbackContact, FeedbackCase):
            run(delete(table).where(table.item_id.in_(part)))


def drop_after(findings: Sequence[str], calls: Sequence[str], trips: Sequence[str]) -> None:
    """What stood for these records, where the last of them has gone."""
    for part in _parts(findings):
        left = exists().where(FindingEvent.finding_id == Finding.id)
        run(delete(Finding).where(Finding.id.in_(part), ~left))
    for part in _parts(calls):
        left = exists().where(FeedbackItem.call_id == FeedbackCall.id)
        run(delete(FeedbackCall).where(FeedbackCall.id.in_(part), FeedbackCall.ended_at.is_not(None), ~left))
    for part in _parts(trips):
        left = exists().where(VehicleEntry.trip_id == VehicleTrip.id)
        run(delete(VehicleTrip).where(VehicleTrip.id.in_(part), VehicleTrip.returned_at.is_not(None), ~left))


def _parts(keys: Sequence[str]) -> list[Sequence[str]]:
    return [keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE)]
