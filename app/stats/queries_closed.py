"""Findings as MT-20 and MT-21 count them, whoever shows the figure: one definition, added up or by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, literal_column, or_, select

from app import db
from app.days import begins
from app.nonconformities.models import Finding
from app.nonconformities.rules import FindingState
from app.stats import rules_formulas as formulas
from app.tallies.queries import Asked

LEFT_OUT = (FindingState.WITHDRAWN, FindingState.CONCESSION, FindingState.REVISION)
NOTHING_MORE: Sequence[ColumnElement[bool]] = ()
RECHECKED = or_(Finding.closed_at.is_not(None), Finding.failed_rechecks > 0)
"""MT-21 divides by these alone."""


@dataclass(frozen=True, slots=True)
class Closed:
    """A finding whose limit lay in the month."""

    id: str
    number: str
    text: str
    closing: formulas.Closing


# What a closing is made of, told by the database: put right by the limit, closed, failed a recheck.
_TOLD = (
    func.coalesce(Finding.rectified_at, Finding.closed_at, Finding.due_at) <= Finding.due_at,
    Finding.closed_at.is_not(None),
    # Written out: PostgreSQL groups by no expression with a value that comes beside the statement.
    Finding.failed_rechecks > literal_column("0"),
)


def findings(
    asked: Asked, held: Sequence[ColumnElement[bool]] = NOTHING_MORE, skip: int = 0, most: int | None = None
) -> list[Closed]:
    """Those whose limit lay in the month and has passed, the newest limit first; `most` of them from `skip` on.

    `held` holds them to less than the reach, such as the scope of a contract (rules CT-8). One query.
    """
    statement = select(Finding.id, Finding.number, Finding.text, *_TOLD).where(*_due_in(asked), *held)
    found = db.rows(statement.order_by(Finding.due_at.desc(), Finding.id).offset(skip).limit(most))
    return [Closed(row[0], row[1], row[2], _closing(*row[3:])) for row in found]


def closings(asked: Asked, held: Sequence[ColumnElement[bool]] = NOTHING_MORE) -> list[formulas.Closing]:
    """The same without their names, in no order: a month of them is counted, not read. One query."""
    found = db.rows(select(*_TOLD, func.count()).where(*_due_in(asked), *held).group_by(*_TOLD))
    return [closing for row in found for closing in [_closing(*row[:3])] * row[3]]


def _due_in(asked: Asked) -> list[ColumnElement[bool]]:
    start, end = begins(asked.first, asked.zone), begins(asked.after, asked.zone)
    return [
        *asked.keep_unit(Finding),
        Finding.due_at >= start,
        Finding.due_at < min(end, asked.now),
        Finding.fixed_on_spot.is_(False),
        Finding.state.not_in(LEFT_OUT),
    ]


def _closing(by_limit: bool, closed: bool, failed: bool) -> formulas.Closing:
    at_once = bool(closed and not failed)
    return formulas.Closing(bool(at_once and by_limit), bool(closed or failed), at_once)
