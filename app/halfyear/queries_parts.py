"""Parts of a report that no other room counts yet: editions in force, failing steps, findings that stand, reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, false, func, or_, select

from app import db
from app.checks.models import Answer
from app.halfyear.rules import Half, Reporter
from app.halfyear.rules_figures import InForce, Led, Proposed, Step
from app.nonconformities.models import Finding, RevisionProposal
from app.nonconformities.rules import FindingState
from app.organisations.queries import within
from app.organisations.rules import Scope
from app.places.models import Point, PointStandard
from app.schedule.models import Handover, Occurrence
from app.schedule.queries_gaps import design_gaps
from app.schedule.rules_states import State
from app.standards.models import Edition, Standard
from app.tallies.rules_counts import REPORTED

FAIL = "fail"
SETTLED_BY_WORD = (FindingState.WITHDRAWN, FindingState.CONCESSION, FindingState.REVISION)
_EDITIONS = (
    Edition.code, Edition.number, Edition.status, Edition.effective_on, Edition.ended_on, Edition.cover_mark,
)  # fmt: skip


def titles(codes: Iterable[str]) -> dict[str, str]:
    """Standard -> its title. One query."""
    statement = select(Standard.code, Standard.title).where(Standard.code.in_(list(codes)))
    return {row.code: row.title for row in db.rows(statement)}


def led(unit: Reporter, scope: Scope, half: Half, day: date) -> tuple[Led, ...]:
    """Standards that the unit leads or carries out, with the editions in force on some day so far. Two queries.

    The old and the new edition both stand there when it changed in between (MT-36).
    """
    statement = select(Standard.code, Standard.title, Standard.responsible_id).order_by(Standard.code)
    if scope.units is not None:
        here = select(PointStandard.standard_code)
        mine = here.where(*within(scope, PointStandard.implementer_id, PointStandard.responsible_id))
        statement = statement.where(or_(Standard.responsible_id.in_(scope.units), Standard.code.in_(mine)))
    found = db.rows(statement)
    editions = _in_force([row.code for row in found], half.first, day)
    return tuple(
        Led(row.code, row.title, unit.is_whole or row.responsible_id in (scope.units or ()), editions[row.code])
        for row in found
        if row.code in editions
    )


def _in_force(codes: list[str], first: date, day: date) -> Mapping[str, tuple[InForce, ...]]:
    statement = (
        select(*_EDITIONS)
        .where(Edition.code.in_(codes), Edition.effective_on <= day)
        .where(or_(Edition.ended_on.is_(None), Edition.ended_on >= first))
        .order_by(Edition.code, Edition.effective_on)
    )
    made: dict[str, tuple[InForce, ...]] = {}
    for row in db.rows(statement):
        ended = row.ended_on.isoformat() if row.ended_on else None
        one = InForce(row.number, row.status, row.effective_on.isoformat(), ended, row.cover_mark)
        made[row.code] = (*made.get(row.code, ()), one)
    return made


def windows(scope: Scope, first: datetime, ends: datetime, until: datetime) -> list[ColumnElement[bool]]:
    """Where-clauses: windows whose grace ended in this time, in reach, not cancelled."""
    return [
        Occurrence.grace_end_at >= first,
        Occurrence.grace_end_at < ends,
        Occurrence.grace_end_at <= until,
        Occurrence.state != State.VOID,
        *within(scope, Occurrence.implementer_id, Occurrence.responsible_id),
    ]


def failing_steps(scope: Scope, first: datetime, ends: datetime, until: datetime) -> tuple[Step, ...]:
    """Steps of an edition answered with no, the most frequent first; a later edition has its own. Two queries."""
    times = func.count().label("times")
    statement = (
        select(Occurrence.edition, Answer.step_id, times)
        .join(Answer, and_(Answer.check_id == Occurrence.check_id, Answer.result == FAIL))
        .where(*windows(scope, first, ends, until), Occurrence.steps_fail > 0)
        .group_by(Occurrence.edition, Answer.step_id)
        .order_by(times.desc(), Occurrence.edition, Answer.step_id)
    )
    found = db.rows(statement)
    named = _step_titles({row.edition for row in found})
    return tuple(
        Step(row.edition, row.step_id, named.get((row.edition, row.step_id), row.step_id), row.times) for row in found
    )


def _step_titles(numbers: set[str]) -> dict[tuple[str, str], str]:
    found = db.rows(select(Edition.number, Edition.document).where(Edition.number.in_(numbers))) if numbers else []
    return {(row.number, step["id"]): step["title"] for row in found for step in row.document["steps"]}


def reasons(scope: Scope, first: datetime, ends: datetime, until: datetime) -> dict[str, int]:
    """无法作业: why, and how often; `exempt` for what was exempted beforehand. One query."""
    why = func.coalesce(Occurrence.unable_reason, "exempt")
    statement = (
        select(why, func.count())
        .where(*windows(scope, first, ends, until), Occurrence.state.in_(REPORTED))
        .group_by(why)
    )
    return {row[0]: row[1] for row in db.rows(statement)}


def standing_at(when: datetime) -> ColumnElement[bool]:
    """Findings that nobody had closed or withdrawn at that instant."""
    closed = and_(Finding.closed_at.is_not(None), Finding.closed_at < when)
    withdrawn = and_(Finding.state == FindingState.WITHDRAWN, Finding.state_at < when)
    return and_(Finding.found_at < when, ~func.coalesce(or_(closed, withdrawn), false()))


def overdue_at(when: datetime) -> ColumnElement[bool]:
    """Those of them past their limit and not put right by then; a concession or a revision has no limit any more."""
    late = and_(Finding.due_at.is_not(None), Finding.due_at < when, Finding.state.not_in(SETTLED_BY_WORD))
    return and_(standing_at(when), late, or_(Finding.rectified_at.is_(None), Finding.rectified_at >= when))


def open_findings(scope: Scope, first: datetime, until: datetime) -> dict[str, int]:
    """Found in the half-year; open and overdue at its end, or now. One query."""

    def counted(clause: Any) -> Any:
        return func.coalesce(func.sum(case((clause, 1), else_=0)), 0)

    found = and_(Finding.found_at >= first, Finding.found_at < until)
    columns = [counted(clause) for clause in (found, standing_at(until), overdue_at(until))]
    row = db.row(select(*columns).where(*within(scope, Finding.implementer_id, Finding.responsible_id)))
    return dict(zip(("findings", "open", "overdue"), map(int, row), strict=True)) if row else {}


def proposed(scope: Scope, first: datetime, until: datetime) -> tuple[Proposed, ...]:
    """Revisions proposed in the half-year, of standards that the unit leads or carries out. One query."""
    columns = (RevisionProposal.id, RevisionProposal.standard_code, RevisionProposal.step_title, RevisionProposal.state)
    statement = select(*columns).where(RevisionProposal.at >= first, RevisionProposal.at < until)
    if scope.units is not None:
        here = select(PointStandard.standard_code)
        mine = here.where(*within(scope, PointStandard.implementer_id, PointStandard.responsible_id))
        own = select(Standard.code).where(Standard.responsible_id.in_(scope.units))
        statement = statement.where(
            or_(RevisionProposal.standard_code.in_(mine), RevisionProposal.standard_code.in_(own))
        )
    return tuple(Proposed(*row) for row in db.rows(statement.order_by(RevisionProposal.at, RevisionProposal.id)))


def gaps(scope: Scope, day: date) -> list[tuple[str, bool]]:
    """MT-17: (name, whether it is a point) of what the rota of that day leaves uncovered, of the unit's own part.

    A handover belongs to who carries out a standard that covers it. Three queries more than the whole site.
    """
    found = design_gaps(day)
    if scope.units is None:
        return [*((name, False) for name in found.handovers), *((name, True) for name in found.points)]
    own = within(scope, PointStandard.implementer_id, PointStandard.responsible_id)
    points = select(Point.name).join(PointStandard, PointStandard.point_id == Point.id).where(*own)
    codes = {row[0] for row in db.rows(select(PointStandard.standard_code).where(*own))}
    mine = {
        row.name
        for row in db.rows(select(Handover.name, Handover.covered_by))
        if {reference.partition("/")[0] for reference in row.covered_by} & codes
    }
    named = {row.name for row in db.rows(points)}
    meetings = [(name, False) for name in found.handovers if name in mine]
    return meetings + [(name, True) for name in found.points if name in named]
