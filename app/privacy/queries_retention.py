"""What has been kept long enough and is held by nothing, what goes with it, and which pictures are named still."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select

from app.audit.models import AuditEvent
from app.chain.models import Correction, CorrectionDecision, VoidDecision, Voiding
from app.checks.models import Check, CheckEvent, Signature
from app.db import db, rows
from app.feedback.models import FeedbackCase
from app.feedback.rules_complaints import State as CaseState
from app.flags.models import Flag
from app.inspections.models import Inspection, Link
from app.inspections.rules import OPEN as INSPECTIONS_OPEN
from app.nonconformities.models import Finding, FindingEvent
from app.patrols.models import PatrolRoute
from app.photos.models import Photo
from app.places.models import Point
from app.privacy.models import HeldText
from app.privacy.rules_retention import FOOD_POINTS, LIFT_POINTS, Hold, Kind
from app.spotchecks.models import Review, ReviewState
from app.spotchecks.rules_hearing import State
from app.training.models import StandingMark

MOST_A_LIST = 1000
Items = list[tuple[str, str]]
# Columns of this name hold the fingerprint of bytes; these tables speak of the bytes without needing them.
_NOT_NAMING = frozenset({"pictures", "like_pictures", "imports", "form_templates", "standard_papers", "appraisals"})


def due_checks(kind: Kind, before: datetime, units: Sequence[str], most: int = MOST_A_LIST) -> list[str]:
    """Checks of these units received before, of the points of this kind, that nothing holds; the oldest first."""
    statement = (
        select(Check.id)
        .join_from(Check, Point, Point.id == Check.point_id)
        .where(Check.received_at < before, Check.org_id.in_(units), of_kind(kind), ~or_(*holds().values()))
        .order_by(Check.received_at)
        .limit(most)
    )
    return [each.id for each in rows(statement)]


def held_checks(check_ids: Sequence[str]) -> dict[str, list[Hold]]:
    """Which of these something holds, and what: asked once more before anything goes."""
    found: dict[str, list[Hold]] = {}
    for hold, condition in holds().items():
        for each in rows(select(Check.id).where(Check.id.in_(check_ids), condition)):
            found.setdefault(each.id, []).append(hold)
    return found


def due_audit(before: datetime, most: int = MOST_A_LIST) -> list[int]:
    """Lines of the audit log from before, the oldest first."""
    statement = select(AuditEvent.id).where(AuditEvent.at < before).order_by(AuditEvent.id).limit(most)
    return [each.id for each in rows(statement)]


def with_check(check_ids: Sequence[str]) -> Items:
    """The records of their own that speak of these checks: (table, key)."""
    found: Items = []
    for table, key in (
        (CheckEvent, CheckEvent.id), (Signature, Signature.id), (StandingMark, StandingMark.check_id),
        (Correction, Correction.id), (Voiding, Voiding.id),
    ):  # fmt: skip
        named = select(key.label("key")).where(table.check_id.in_(check_ids))
        found += [(table.__tablename__, str(each.key)) for each in rows(named)]
    # A picture taken again has an entry of its own and goes with its check.
    again = select(Photo.id).where(Photo.check_id.in_(check_ids), Photo.part == "retake")
    found += [(Photo.__tablename__, each.id) for each in rows(again)]
    corrections = [key for table, key in found if table == Correction.__tablename__]
    voidings = [key for table, key in found if table == Voiding.__tablename__]
    for word, ids in ((CorrectionDecision.correction_id, corrections), (VoidDecision.voiding_id, voidings)):
        table = word.class_.__tablename__
        found += [(table, str(each.key)) for each in rows(select(word.label("key")).where(word.in_(ids)))]
    return found


def photos_with(check_ids: Sequence[str], photo_ids: Sequence[str] = ()) -> list[tuple[str, str, datetime]]:
    """(id, sha256, received) of the photos of these checks, and of these photos, before they go."""
    asked = or_(Photo.check_id.in_(check_ids), Photo.id.in_(photo_ids))
    named = select(Photo.id, Photo.sha256, Photo.received_at).where(asked)
    return [(each.id, each.sha256, each.received_at) for each in rows(named)]


def still_named(sha256s: Sequence[str]) -> set[str]:
    """Which bytes some row of any table still names."""
    found: set[str] = set()
    for table in db.metadata.sorted_tables:
        if "sha256" in table.columns and table.name not in _NOT_NAMING:
            column = table.c.sha256
            found.update(each[0] for each in rows(select(column).where(column.in_(sha256s)).distinct()))
    return found


def holds() -> dict[Hold, ColumnElement[bool]]:
    """Why a check stays, each as a condition on it."""
    review = and_(Review.check_id == Check.id, ReviewState.review_id == Review.id)
    linked = and_(Link.target_id == Check.id, Inspection.id == Link.inspection_id)
    appealed = [state.value for state in (State.OPEN, State.HEARD, State.APPEALED)]
    running = [state.value for state in INSPECTIONS_OPEN]
    return {
        Hold.FINDING: _any(Finding.check_id == Check.id, Finding.closed_at.is_(None)),
        Hold.COMPLAINT: _any(FeedbackCase.check_id == Check.id, FeedbackCase.state != CaseState.CLOSED.value),
        Hold.APPEAL: _any(review, ReviewState.state.in_(appealed)),
        Hold.INSPECTION: _any(linked, Inspection.state.in_(running)),
        # A record that stood out stays with what was said to it.
        Hold.FLAG: _any(Flag.check_id == Check.id),
        Hold.TEXT: _any(HeldText.record_id == Check.id, HeldText.classified.is_(None)),
        Hold.DECISION: or_(
            _any(Voiding.check_id == Check.id, ~_decided(VoidDecision.voiding_id, Voiding)),
            _any(
                Correction.check_id == Check.id, Correction.result_now != Correction.result_was,
                ~_decided(CorrectionDecision.correction_id, Correction),
            ),
        ),
    }  # fmt: skip


def _decided(named: Any, table: Any) -> Any:
    return exists().where(named == table.id).correlate(table)


def check_links() -> list[ColumnElement[bool]]:
    """What hangs on a check, open or ended: its pictures stay as long as the record."""
    return [
        _any(Finding.check_id == Check.id),
        _any(FindingEvent.check_id == Check.id),
        _any(FeedbackCase.check_id == Check.id),
        _any(Review.check_id == Check.id),
        _any(Link.target_id == Check.id),
        _any(Voiding.check_id == Check.id),
    ]


def kept_longer(past: Sequence[tuple[Kind, datetime, Sequence[str]]]) -> list[tuple[Hold, int, datetime, str]]:
    """What is past its time and stays: why, how many records, since when the oldest, and which that is."""
    over = or_(*(and_(of_kind(kind), Check.received_at < before, Check.org_id.in_(ids)) for kind, before, ids in past))
    found = []
    for hold, condition in holds().items():
        statement = select(Check.id, Check.received_at).join_from(Check, Point, Point.id == Check.point_id)
        statement = statement.where(over, condition).order_by(Check.received_at).limit(MOST_A_LIST)
        if here := rows(statement):
            found.append((hold, len(here), here[0].received_at, here[0].id))
    return found


def _any(*conditions: ColumnElement[bool]) -> Any:
    return exists().where(*conditions).correlate(Check)


def of_kind(kind: Kind) -> ColumnElement[bool]:
    """Lifts and food by the kind of the point, patrols by a standard that a route walks or walked."""
    lifts = or_(*(Point.kind.contains(word) for word in LIFT_POINTS))
    food = or_(*(Point.kind.contains(word) for word in FOOD_POINTS))
    if kind in (Kind.LIFTS, Kind.FOOD):
        return lifts if kind is Kind.LIFTS else food
    patrols = Check.standard_code.in_(select(PatrolRoute.standard_code))
    return and_(~or_(lifts, food), patrols if kind is Kind.PATROLS else ~patrols)


def kinds_waiting(numbers: Sequence[str]) -> set[str]:
    """Which kinds these lists of the timer hold, as the audit log has it."""
    proposed = (AuditEvent.kind == "disposal.proposed", AuditEvent.about.in_(numbers))
    return {str((each.data or {}).get("kind", "")) for each in rows(select(AuditEvent.data).where(*proposed))}
