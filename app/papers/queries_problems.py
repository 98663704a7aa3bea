"""What could be a problem of the month: steps judged as failed, points missed, findings past their limit."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from sqlalchemy import case, func, select

from app import db
from app.checks.models import Answer, Check
from app.checks.queries_voiding import STANDS
from app.checks.rules import Result
from app.days import begins, month_span, next_month
from app.nonconformities.models import Finding
from app.nonconformities.rules import TO_BE_DONE
from app.organisations.queries import within
from app.papers.rules_problems import MOST, Candidate, Source
from app.places.models import Point
from app.standards.queries import edition, edition_row
from app.stats import queries_sums as sums
from app.tallies.queries import Asked

FAILED = func.sum(case((Answer.result == Result.FAIL, 1), else_=0))


def candidates(asked: Asked, unit_id: str) -> dict[Source, list[Candidate]]:
    """The worst few of each kind, for the paper of a unit ("" the site). About six queries."""
    return {Source.STEP: _steps(asked, unit_id), Source.POINT: _points(asked, unit_id), Source.FINDING: _late(asked)}


def judged_in(asked: Asked) -> list[Any]:
    """Where-clauses: answers pass or fail of records that stand, done in the month within reach."""
    first, end = month_span(asked.first, asked.zone)
    return [
        *within(asked.scope, Check.implementer_id, Check.responsible_id), STANDS, Answer.applicable,
        Check.effective_at >= first, Check.effective_at < end, Answer.result.in_((Result.PASS, Result.FAIL)),
    ]  # fmt: skip


def _steps(asked: Asked, unit_id: str) -> list[Candidate]:
    keys = (Check.edition, Answer.step_id)
    statement = (
        select(*keys, FAILED.label("failed"), func.count().label("n"))
        .join(Check, Check.id == Answer.check_id)
        .where(*judged_in(asked))
        .group_by(*keys)
        .having(FAILED > 0)
        .order_by(FAILED.desc(), func.count(), *keys)
        .limit(MOST)
    )
    return [_step(row, asked, unit_id) for row in db.rows(statement)]


def _step(row: db.AnyRow, asked: Asked, unit_id: str) -> Candidate:
    kept = edition_row(row.edition)
    document = edition(kept) if kept else None
    step = document.step(row.step_id) if document else None
    title = document.title if document else ""
    link = _link(asked, unit_id, figure="step", edition=row.edition, step=row.step_id)
    return Candidate(step.title if step else row.step_id, f"{title} {row.step_id}", int(row.failed), row.n, link)


def _points(asked: Asked, unit_id: str) -> list[Candidate]:
    return [
        Candidate(
            each.name, each.sub, each.counts.missed, each.counts.due,
            _link(asked, unit_id, figure="missed", point=each.key),
        )
        for each in sums.points(asked)
        if each.counts.missed
    ]  # fmt: skip


def _late(asked: Asked) -> list[Candidate]:
    """Those whose limit lay before the end of the month and has passed, in days."""
    ends = min(begins(next_month(asked.first), asked.zone), asked.now)
    columns = (Finding.id, Finding.number, Finding.text, Finding.due_at, Point.name.label("point"))
    statement = (
        select(*columns)
        .outerjoin(Point, Point.id == Finding.point_id)
        .where(*within(asked.scope, Finding.implementer_id, Finding.responsible_id))
        .where(Finding.state.in_(TO_BE_DONE), Finding.due_at < ends)
        .order_by(Finding.due_at, Finding.id)
        .limit(MOST)
    )
    return [
        Candidate(
            row.text, f"{row.number} {row.point or ''}".strip(), (asked.now - row.due_at).days + 1, 0,
            f"/nonconformities/{row.id}",
        )
        for row in db.rows(statement)
    ]  # fmt: skip


def _link(asked: Asked, unit_id: str, **what: str) -> str:
    return "/reports/bulletin/records?" + urlencode({"month": f"{asked.first:%Y-%m}", "unit": unit_id, **what})
