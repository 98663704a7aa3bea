"""The records beside the windows, by subject: what each figure of a grade is counted from, and opens again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from typing import Any

from app import db
from app.contractors.rules import Found, Terms, counts
from app.feedback.rules_ratings import SATISFIED
from app.grades.queries_beside import Span, complaints, exams, findings, rated, rated_for, ratings, reviews, span
from app.grades.queries_counts import Subject
from app.grades.rules import Kind
from app.grades.rules_contract import Deduction, Seen, ct7_deductions
from app.grades.rules_evidence import (
    Limits,
    Record,
    What,
    gr9_agrees,
    mt20_counts,
    mt22_conforms,
    nc15_credited,
    nc15_reported,
    nc15_settled,
)
from app.nonconformities.rules import FindingState
from app.spotchecks.rules_agreement import Opinion
from app.spotchecks.rules_hearing import State

Records = Mapping[str, list[Record]]
_UNIT = {Kind.UNIT: "implementer_id", Kind.POINT: "point_id", Kind.STANDARD: "standard_code"}


def evidence(kind: Kind, month: date, now: datetime, zone: tzinfo) -> Records:
    """Subject -> its records beside the windows, of every subject of a kind. Four queries at most."""
    when, found = span(month, now, zone), defaultdict[str, list[Record]](list)
    for row in reviews(when):
        found[_key(row, kind, "executor_id")] += _review(row, kind)
    for row in findings(when):
        _finding(row, kind, when, found)
    _voices(kind, when, found)
    return found


def _voices(kind: Kind, when: Span, found: dict[str, list[Record]]) -> None:
    """Exams of people; ratings and complaints about places and units, which name no person."""
    for row in exams(when) if kind is Kind.PERSON else ():
        found[row.person_id].append(_exam(row))
    for row in ratings(rated(when)) if kind is not Kind.PERSON else ():
        found[_key(row, kind, "")].append(_said(row))
    for row in complaints(when) if kind in (Kind.UNIT, Kind.POINT) else ():
        found[_key(row, kind, "")] += _unhandled(row, when)


def _said(row: db.AnyRow) -> Record:
    return Record(What.SATISFIED, row.face in SATISFIED, None, "", "", "", row.n, row.n)


def _key(row: db.AnyRow, kind: Kind, person: str) -> str:
    return str(getattr(row, _UNIT.get(kind, person)) or "")


def _review(row: db.AnyRow, kind: Kind) -> list[Record]:
    link = f"/spotchecks/reviews/{row.id}"
    opinion = Opinion(
        row.method, row.entered, conforms=not row.failed, said_pass=True, outcome=row.outcome, state=row.state,
        own_report=not row.unsaid,
    )  # fmt: skip
    made, about = [], {"standard": row.standard_code}
    hit = gr9_agrees(opinion) if kind is Kind.PERSON else mt22_conforms(opinion)
    if hit is not None:
        made.append(Record(What.SPOT, hit, row.at, row.point, "", link, **about))
    if row.state == State.UNTRUE:
        made.append(Record(What.UNTRUE, False, row.at, row.point, "", link, **about))
    return made


def limits_of(row: db.AnyRow) -> Limits:
    return Limits(
        row.cause, row.state, row.due_at, row.rectified_at, row.closed_at, row.failed_rechecks, row.fixed_on_spot
    )


def _finding(row: db.AnyRow, kind: Kind, when: Span, found: dict[str, list[Record]]) -> None:
    limits = limits_of(row)
    if mt20_counts(limits, when.first, when.before, when.now) and (one := _key(row, kind, "rectifier_id")):
        found[one].append(_line(row, What.CLOSED, hit=limits.in_time))
    own = kind is Kind.PERSON or row.finder_org == row.implementer_id
    told = nc15_reported(limits, row.source, own=own, found_at=row.found_at, first=when.first, before=when.before)
    if told and nc15_settled(limits, when.now) and (one := _key(row, kind, "found_by_id")):
        found[one].append(_line(row, What.REPORTED, hit=nc15_credited(limits)))


def _line(row: db.AnyRow, what: What, *, hit: bool) -> Record:
    text = f"{row.point or ''} {row.text}".strip()
    link = f"/nonconformities/{row.id}"
    return Record(what, hit, row.found_at, row.number, text, link, standard=row.standard_code or "")


def _exam(row: db.AnyRow) -> Record:
    return Record(What.EXAM, True, row.at, row.edition, "", "", row.score, 100)


def _unhandled(row: db.AnyRow, when: Span) -> list[Record]:
    due = row.close_due_at
    if due is None or row.closed_at is not None or due > when.now or not when.first <= due < when.before:
        return []
    link = f"/feedback/{row.item_id}"
    return [Record(What.UNHANDLED, False, row.received_at, row.number, "", link, standard=row.standard_code)]


def contract_records(
    subject: Subject, mine: list[Record], month: date, now: datetime, zone: tzinfo
) -> tuple[list[Record], list[Deduction]]:
    """A contractor's records held to its contract (CT-8), and what is deducted for (CT-7). Three queries."""
    contract = subject.contract
    if contract is None:
        return mine, []
    when, terms = span(month, now, zone), contract.terms
    seen, left = _judged(subject, terms, when, zone)
    kept = [each for each in mine if _stays(each, terms, left, zone)]
    kept += [_said(row) for row in ratings(rated_for(subject.id, contract, when, zone))]
    voices = [row.item_id for row in complaints(when) if _deducts(row, subject, terms, when, zone)]
    untrue = [each.link for each in kept if each.what is What.UNTRUE]
    return kept, ct7_deductions(seen, voices, untrue)


def _judged(subject: Subject, terms: Terms, when: Span, zone: tzinfo) -> tuple[list[Seen], set[str]]:
    """Findings of the month as deductions see them; and the links of those that do not count as closed or not."""
    seen, left = [], set()
    for row in findings(when):
        if row.implementer_id != subject.id:
            continue
        judged, limits = _found(row, subject.id, zone), limits_of(row)
        spared = row.id in subject.spared.findings
        outside = not terms.holds(judged.on, judged.standard) or (judged.is_repair and not terms.repairs)
        if outside or spared:
            left.add(f"/nonconformities/{row.id}")
        stands = counts(judged, terms, when.now) and not spared
        overdue = row.due_at is not None and row.due_at <= when.now and not limits.in_time and row.state not in _OUT
        if when.first <= row.found_at < when.before:
            seen.append(Seen(row.id, row.source, row.severity, stands, overdue, row.failed_rechecks))
    return seen, left


def _stays(one: Record, terms: Terms, left: set[str], zone: tzinfo) -> bool:
    """Of the contract's days and standards; ratings, which have no day here, are read anew."""
    if one.what is What.CLOSED:
        return one.link not in left
    return one.at is not None and terms.reaches(one.at.astimezone(zone).date(), one.standard)


def _deducts(row: db.AnyRow, subject: Subject, terms: Terms, when: Span, zone: tzinfo) -> bool:
    """A valid complaint of the month about the contractor, and of the contract's days and standards."""
    if row.implementer_id != subject.id or not when.first <= row.received_at < when.before:
        return False
    return terms.reaches(row.received_at.astimezone(zone).date(), row.standard_code)


_OUT: frozenset[Any] = frozenset({FindingState.WITHDRAWN, FindingState.CONCESSION, FindingState.REVISION})


def _found(row: db.AnyRow, org_id: str, zone: tzinfo) -> Found:
    return Found(
        standard=row.standard_code,
        on=row.found_at.astimezone(zone).date(),
        cause=row.cause,
        fail_action=row.fail_action,
        own=row.source == "check" and row.finder_org == org_id,
        withdrawn=row.state == FindingState.WITHDRAWN,
        due_at=row.due_at,
        closed_at=row.closed_at,
    )
