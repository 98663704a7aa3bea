"""What outsiders said of a unit in a period: call-backs, the survey, inspections from outside, what was registered."""

from __future__ import annotations

from datetime import date, tzinfo

from sqlalchemy import case, func, select

from app import db
from app.appraisals.queries import of_unit
from app.appraisals.rules_outside import Inspected, Outside, Surveyed
from app.days import begins
from app.feedback.models import FeedbackCase
from app.feedback.rules_complaints import SPOKEN, CallBack
from app.inspections.models import Inspection
from app.inspections.rules import Occasion, State
from app.surveys.queries import surveys
from app.surveys.queries_report import report_of
from app.surveys.rules import State as SurveyState
from app.tallies.rules_rates import Rate
from app.web.current import CurrentPerson, Role

FROM_OUTSIDE = (Occasion.SUPERIOR, Occasion.THIRD_PARTY)
OVER = (State.CLOSED, State.ANNOUNCED)


def outside(unit_id: str, first: date, before: date, who: CurrentPerson, zone: tzinfo) -> Outside:
    """From `first` and before `before`; the caller knows that the unit is within reach.

    The survey is of the whole site and for the house: a contractor's manager does not see it here either (SA-2).
    """
    return Outside(
        call_backs=_call_backs(unit_id, first, before, zone),
        surveys=() if who.role is Role.MANAGER else _surveys(first, before, zone),
        inspections=_inspections(unit_id, first, before),
        registered=tuple(of_unit(unit_id, first, before)),
    )


def _call_backs(unit_id: str, first: date, before: date, zone: tzinfo) -> Rate:
    content = func.sum(case((FeedbackCase.call_back == CallBack.SATISFIED, 1), else_=0))
    row = db.row(
        select(content, func.count()).where(
            FeedbackCase.implementer_id == unit_id,
            FeedbackCase.call_back.in_(SPOKEN),
            FeedbackCase.called_back_at >= begins(first, zone),
            FeedbackCase.called_back_at < begins(before, zone),
        )
    )
    return Rate(row[0] or 0, row[1]) if row else Rate(0, 0)


def _surveys(first: date, before: date, zone: tzinfo) -> tuple[Surveyed, ...]:
    found = []
    for head in surveys():
        closed_on = head.closed_at.astimezone(zone).date() if head.closed_at else None
        if head.state is SurveyState.CLOSED and closed_on and first <= closed_on < before:
            report = report_of(head)
            satisfied = None if report.small else report.satisfied
            found.append(Surveyed(head.id, head.plan.title, closed_on, satisfied))
    return tuple(found)


def _inspections(unit_id: str, first: date, before: date) -> tuple[Inspected, ...]:
    columns = (Inspection.id, Inspection.number, Inspection.on, Inspection.occasion, Inspection.conclusion)
    statement = select(*columns).where(
        Inspection.unit_id == unit_id, Inspection.on >= first, Inspection.on < before,
        Inspection.occasion.in_(FROM_OUTSIDE), Inspection.state.in_(OVER),
    )  # fmt: skip
    return tuple(Inspected(*row) for row in db.rows(statement.order_by(Inspection.on, Inspection.number)))
