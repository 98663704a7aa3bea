"""A month as the records say it now: figures of every subject, with the records beside the windows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from sqlalchemy import func, select

from app import db
from app.grades.models import GradeEvent
from app.grades.queries_counts import Counted, Subject, counted
from app.grades.queries_evidence import contract_records, evidence
from app.grades.rules import Key, Kind
from app.grades.rules_contract import ct7_scales
from app.grades.rules_evidence import Record, facts_of, rates_of
from app.grades.rules_figures import Figures, scales_of
from app.grades.rules_score import gr7_coverage
from app.organisations.rules import Scope
from app.stats.rules import Counts
from app.stats.rules_measures import COMPLETION, KEY_EVIDENCE, ON_TIME, PHOTO_EVIDENCE
from app.tallies.rules_rates import Rate


@dataclass(frozen=True)
class Live:
    """A subject, its figures and the records beside its windows."""

    subject: Subject
    figures: Figures
    records: Sequence[Record]


def live(kind: Kind, month: date, now: datetime, zone: tzinfo, only: str | None = None) -> list[Live]:
    """Of the month so far; about nine queries, four more for each contractor."""
    beside, accidents = evidence(kind, month, now, zone), _accidents(kind, month)
    found = counted(kind, month, now, zone, only)
    return [_one(each, beside.get(each.subject.id, []), accidents, month, now, zone) for each in found]


def _one(
    each: Counted, records: list[Record], accidents: Mapping[str, int], month: date, now: datetime, zone: tzinfo
) -> Live:
    subject = each.subject
    kept, deducted = contract_records(subject, records, month, now, zone)
    contract = subject.contract
    figures = Figures(
        rates={**rates_of_counts(each.counts), **rates_of(kept)},
        occurrences=each.counts.due,
        unknown=each.counts.unknown,
        facts=facts_of(kept, accidents.get(subject.id, 0)),
        deductions=tuple(deducted),
        scales=ct7_scales(contract.levels, contract.weights) if contract else scales_of(subject.kind),
        contract=contract.number if contract else "",
    )
    return Live(subject, figures, kept)


def rates_of_counts(n: Counts) -> dict[Key, Rate]:
    """The measures made of windows; holidays and handovers are pooled (GR-7)."""
    return {
        Key.ON_TIME: ON_TIME.rate(n),
        Key.COMPLETION: COMPLETION.rate(n),
        Key.KEY: KEY_EVIDENCE.rate(n),
        Key.PHOTO: PHOTO_EVIDENCE.rate(n),
        Key.COVERAGE: gr7_coverage(
            Rate(n.holiday_on_time, n.holiday_due), Rate(n.handover_covered, n.handover_due)
        ),
    }  # fmt: skip


def _accidents(kind: Kind, month: date) -> dict[str, int]:
    statement = (
        select(GradeEvent.subject_id, func.count())
        .where(GradeEvent.month == month, GradeEvent.kind == kind, GradeEvent.deed == "accident")
        .group_by(GradeEvent.subject_id)
    )
    return {row[0]: row[1] for row in db.rows(statement)}


def may_see(scope: Scope, implementers: frozenset[str], responsibles: frozenset[str]) -> bool:
    """Own data and own working, not others' (CT-9): all of it done by own units, or answered for by them."""
    if scope.units is None:
        return True
    answers = scope.answering and bool(responsibles) and responsibles <= scope.units
    return answers or (bool(implementers) and implementers <= scope.units)
