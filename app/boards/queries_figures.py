"""Figures that only dashboards have: shifts, steps, topics of the public, and when something bad was last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo

from sqlalchemy import ColumnElement, case, func, select, text
from sqlalchemy.orm import aliased

from app import db
from app.boards.rules import Change, Since, accident_on
from app.days import begins, next_month
from app.feedback.models import FeedbackCase, FeedbackItem
from app.feedback.queries_complaints import reached
from app.feedback.rules_complaints import Class, Voice
from app.feedback.rules_public import Kind
from app.feedback.rules_ratings import satisfaction
from app.grades.models import GradeEvent
from app.nonconformities.models import Finding
from app.nonconformities.rules import FindingState
from app.organisations.rules import Scope
from app.schedule.models import Round, Shift
from app.tallies.models import PEOPLE
from app.tallies.queries import Asked, grouped
from app.tallies.rules_counts import Counts
from app.tallies.rules_rates import Rate
from app.web.current import CurrentPerson

MOST_STEPS = 10
BY_SHIFT = (
    *("due", "in_window", "in_grace", "missed", "unknown", "reported"),
    *("holiday_due", "holiday_on_time", "handover_due", "handover_covered"),
)


@dataclass(frozen=True, slots=True)
class ShiftLine:
    """A shift with the sums of its rounds' windows; `key` empty: windows on nobody's round.

    Of the sums only those that stand in the table and decide whether it stands there, `BY_SHIFT`.
    """

    key: str
    name: str
    hours: str
    counts: Counts


def by_shift(asked: Asked) -> list[ShiftLine]:
    """In the order of their beginning, windows without a round last. Two queries."""
    shifts = {row[0]: row[1:] for row in db.rows(select(Shift.id, Shift.name, Shift.starts, Shift.ends))}
    found = grouped(PEOPLE, ["round_id"], asked, BY_SHIFT).subquery()
    sums = (func.sum(found.c[name]) for name in BY_SHIFT)
    added = select(Round.shift_id, *sums).outerjoin(Round, Round.id == found.c[0])
    lines = []
    for shift_id, *values in db.rows(added.group_by(Round.shift_id), asked.values):
        name, starts, ends = shifts.get(shift_id, ("", "", ""))
        hours = f"{starts}–{ends}" if shift_id else ""
        counts = Counts(**{each: int(value) for each, value in zip(BY_SHIFT, values, strict=True)})
        lines.append(ShiftLine(shift_id or "", name, hours, counts))
    shown = [each for each in lines if each.counts.planned]
    return sorted(shown, key=lambda each: (not each.key, each.hours, each.name))


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step at which checks found something wrong, and how often."""

    standard: str
    step: str
    title: str
    times: int


def of_steps(asked: Asked) -> list[ColumnElement[bool]]:
    """What checks of the month found, as it counts: not what was withdrawn."""
    return [
        *asked.keep_unit(Finding),
        Finding.source == "check",
        Finding.state != FindingState.WITHDRAWN,
        Finding.step_id.is_not(None),
        Finding.found_at >= begins(asked.first, asked.zone),
        Finding.found_at < min(begins(next_month(asked.first), asked.zone), asked.now),
    ]


def top_steps(asked: Asked) -> list[StepLine]:
    """Where most was found, the most first, each with its newest title. One query, counted in an index alone."""
    times = func.count().label("times")
    most = (
        select(Finding.standard_code, Finding.step_id, times)
        .where(*of_steps(asked))
        .group_by(Finding.standard_code, Finding.step_id)
        .order_by(times.desc(), Finding.standard_code, Finding.step_id)
        .limit(MOST_STEPS)
        .subquery()
        .c
    )
    same = aliased(Finding)
    title = (
        select(same.step_title)
        .where(same.standard_code == most.standard_code, same.step_id == most.step_id)
        .order_by(same.found_at.desc())
        .limit(1)
        .scalar_subquery()
    )
    order = (most.times.desc(), most.standard_code, most.step_id)
    return [
        StepLine(*row) for row in db.rows(select(most.standard_code, most.step_id, title, most.times).order_by(*order))
    ]


@dataclass(frozen=True, slots=True)
class TopicLine:
    """What the public said on a topic: satisfied of those who rated (SA-7), against the month before; complaints."""

    key: str
    rated: Change
    complaints: int


def of_voices(asked: Asked) -> list[ColumnElement[bool]]:
    """Ratings that count and complaints, in reach; the caller names the time."""
    return [*asked.keep_unit(FeedbackItem), FeedbackItem.excluded == ""]


def by_topic(asked: Asked, before: Asked) -> list[TopicLine]:
    """Every topic that was named in the month, worst first; an empty key is none chosen. One query."""
    first, middle = (begins(each.first, asked.zone) for each in (before, asked))
    end = min(begins(next_month(asked.first), asked.zone), asked.now)
    is_now = case((FeedbackItem.at >= middle, 1), else_=0).label("is_now")
    keys = (FeedbackItem.topic, FeedbackItem.kind, FeedbackItem.face)
    statement = select(*keys, is_now, func.count()).where(
        *of_voices(asked),
        FeedbackItem.kind.in_((Kind.RATING, Kind.COMPLAINT)),
        FeedbackItem.at >= first,
        FeedbackItem.at < end,
    )
    found = db.rows(statement.group_by(*keys, text("is_now")))
    lines = [_topic(topic, [row for row in found if row[0] == topic]) for topic in sorted({row[0] for row in found})]
    shown = [each for each in lines if each.rated.now.denominator or each.complaints]
    return sorted(shown, key=lambda each: (each.rated.now.share is None, each.rated.now.share or 0))


def _topic(key: str, rows: Sequence[db.AnyRow]) -> TopicLine:
    now, before = [row for row in rows if row[3]], [row for row in rows if not row[3]]
    complaints = sum(row[4] for row in now if row[1] == Kind.COMPLAINT)
    return TopicLine(key, Change(_satisfied(now), _satisfied(before)), complaints)


def _satisfied(rows: Sequence[db.AnyRow]) -> Rate:
    """SA-7: 基本满意 and better, of those who rated."""
    rated = satisfaction((row[2], row[4]) for row in rows if row[1] == Kind.RATING and row[2])
    return Rate(rated.satisfied, rated.n)


def last_accident(scope: Scope, zone: tzinfo, unit: str = "") -> Since:
    """The last major liability accident registered for a unit in reach, or for this one (GR-8). One query."""
    reach: list[ColumnElement[bool]] = [] if scope.units is None else [GradeEvent.subject_id.in_(scope.units)]
    reach += [GradeEvent.subject_id == unit] if unit else []
    columns = (GradeEvent.month, GradeEvent.at, GradeEvent.subject_id)
    found = db.row(
        select(*columns)
        .where(GradeEvent.deed == "accident", *reach)
        .order_by(GradeEvent.month.desc(), GradeEvent.at.desc())
        .limit(1)
    )
    if found is None:
        return Since(None)
    return Since(accident_on(found[0], found[1], zone), f"/grades/unit/{found[2]}?month={found[0]:%Y-%m}")


def last_valid_complaint(who: CurrentPerson, zone: tzinfo, unit: str = "") -> Since:
    """The last complaint in reach, or about this unit, that was classified as valid (SA-3). One query."""
    of_unit = [FeedbackCase.implementer_id == unit] if unit else []
    statement = select(FeedbackCase.received_at, FeedbackCase.item_id).where(
        *reached(who), *of_unit, FeedbackCase.kind == Voice.COMPLAINT, FeedbackCase.classified == Class.VALID
    )
    found = db.row(statement.order_by(FeedbackCase.received_at.desc()).limit(1))
    return Since(found[0].astimezone(zone).date(), f"/feedback/{found[1]}") if found else Since(None)
