"""What a role can act on today: windows past their time, what was missed and why, what waits for a deed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from app import db
from app.feedback.models import FeedbackCase, FeedbackLead
from app.feedback.queries_complaints import reached
from app.feedback.rules_complaints import State as CaseState
from app.nonconformities.models import Finding
from app.nonconformities.rules import TO_BE_DONE
from app.organisations.queries import within
from app.organisations.rules import Scope
from app.schedule.models import Occurrence
from app.schedule.rules_states import State
from app.stats.queries_log import in_scope, lines_where, of_day
from app.stats.rules_log import LogLine, day_bounds, log_day
from app.tallies.queries import Asked
from app.web.current import CurrentPerson

SHOWN = 4


@dataclass(frozen=True)
class Today:
    """The running day of the log: how many windows stand how, and the first of those past their time and missed."""

    day: date
    done: int
    left: int
    over: int
    missed: int
    unable: int
    unsigned: int
    over_lines: Sequence[LogLine]
    missed_lines: Sequence[LogLine]


def today_of(scope: Scope, now: datetime, zone: tzinfo, also: Sequence[ColumnElement[bool]] = ()) -> Today:
    """Of the windows in reach that fulfil these clauses too. One query, one more for each list that has something."""
    day = log_day(now, zone)
    first_at, before = day_bounds(day, zone)
    reach = [*in_scope(scope), *also]
    clauses = [*reach, *of_day(day, first_at, before)]
    row = db.row(select(*(func.count().filter(each) for each in _stands(now))).where(*clauses))
    done, left, over, missed, unable, unsigned = (int(value) for value in row or [0] * 6)
    is_over = _stands(now)[2]
    return Today(
        day=day,
        done=done,
        left=left,
        over=over,
        missed=missed,
        unable=unable,
        unsigned=unsigned,
        over_lines=_first([*clauses, _plainly(is_over)]) if over else [],
        missed_lines=_first([*reach, *_missed_between(first_at, before, now)]) if missed else [],
    )


def _stands(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Done, left, past its time but still possible, missed, reported as not possible, waiting for a signature."""
    state, planned = Occurrence.state, Occurrence.state == State.PLANNED
    over = and_(planned, Occurrence.grace_end_at <= now, Occurrence.expire_at > now)
    missed = or_(state == State.MISSED, and_(planned, Occurrence.expire_at <= now))
    return (
        Occurrence.check_id.is_not(None),
        and_(planned, Occurrence.grace_end_at > now),
        over,
        missed,
        state == State.UNABLE,
        Occurrence.awaiting_signature.is_(True),
    )


def _plainly(those: ColumnElement[bool]) -> ColumnElement[bool]:
    """As a case, which no index answers: all that is planned ahead is more than what the day has."""
    return case((those, 1), else_=0) == 1


def _missed_between(first_at: datetime, before: datetime, now: datetime) -> list[ColumnElement[bool]]:
    """Missed windows that start between two instants, by what they have in common: they expired after the first."""
    state, expire = Occurrence.state, Occurrence.expire_at
    missed = and_(state == State.MISSED, expire >= first_at)
    unsettled = and_(state == State.PLANNED, expire >= first_at, expire <= now)
    return [or_(missed, unsettled), Occurrence.start_at >= first_at, Occurrence.start_at < before]


def _first(clauses: Sequence[ColumnElement[bool]]) -> list[LogLine]:
    """The oldest few: they are lost first."""
    ids = select(Occurrence.id).where(*clauses).order_by(Occurrence.start_at, Occurrence.id).limit(SHOWN)
    return lines_where(Occurrence.id.in_([row[0] for row in db.rows(ids)]))


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for a deed, and how much of it is late."""

    findings: int
    findings_late: int
    cases: int = 0
    cases_late: int = 0
    leads: int = 0
    leads_late: int = 0


def waiting_for(who: CurrentPerson, asked: Asked, now: datetime) -> Waiting:
    """In reach: findings to put right, open cases of the public, low ratings nobody has looked into. Three queries.

    Where a unit is asked for, its findings alone (one query): the lists of cases and ratings know no units.
    """
    scope = asked.scope
    findings = select(func.count(), func.count().filter(Finding.due_at < now)).where(
        *asked.keep_unit(Finding), Finding.state.in_(TO_BE_DONE)
    )
    cases = select(func.count(), func.count().filter(FeedbackCase.close_due_at < now)).where(
        *reached(who), FeedbackCase.state != CaseState.CLOSED
    )
    leads = select(func.count(), func.count().filter(FeedbackLead.due_at < now)).where(
        *within(scope, FeedbackLead.implementer_id, FeedbackLead.responsible_id), FeedbackLead.looked_at.is_(None)
    )
    statements = (findings,) if asked.equal else (findings, cases, leads)
    found = [db.row(statement) or (0, 0) for statement in statements]
    return Waiting(*(int(value) for row in found for value in row))
