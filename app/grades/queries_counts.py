"""Due windows of a month by unit, point, standard or person, with the units that each belongs to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from sqlalchemy import ColumnElement, select

from app import db
from app.accounts.models import Person
from app.contractors.queries import Standing, contract_in
from app.contractors.queries_scope import NONE_SPARED, Spared, spared_in, windows_in
from app.days import ONE_DAY, next_month
from app.grades.rules import Kind
from app.organisations.queries import units
from app.places.models import PointStandard
from app.schedule.models import Occurrence
from app.stats.queries_month import PERSON, Spot, people_of, period, spots_of
from app.stats.rules import Counts, added

CONTRACTOR = "contractor"
_COLUMNS = {
    Kind.UNIT: Occurrence.implementer_id,
    Kind.POINT: Occurrence.point_id,
    Kind.STANDARD: Occurrence.standard_code,
}


@dataclass(frozen=True)
class Subject:
    """Whom a grade is about. Who reaches all `implementers`, or answers for all, may see it; `contract` rules it.

    `spared`: what does not count against a contractor, because its dispute was upheld.
    """

    kind: Kind
    id: str
    name: str
    sub: str
    implementers: frozenset[str]
    responsibles: frozenset[str]
    contract: Standing | None = None
    spared: Spared = NONE_SPARED


@dataclass(frozen=True)
class Counted:
    """A subject with the sums of its windows."""

    subject: Subject
    counts: Counts


def counted(kind: Kind, month: date, now: datetime, zone: tzinfo, only: str | None = None) -> list[Counted]:
    """All subjects of a kind that had windows in the month, or one of them."""
    clauses = period(month, now, zone)
    if kind is Kind.PERSON:
        return _people([*clauses, *([PERSON.in_([only])] if only else [])])
    if only:
        clauses.append(_COLUMNS[kind] == only)
    spots = spots_of(clauses)
    answering = _answering()
    if kind is Kind.UNIT:
        return _units(spots, answering, clauses, month)
    groups = _grouped(spots, (lambda each: each.point_id) if kind is Kind.POINT else (lambda each: each.standard_code))
    return [Counted(_place(kind, key, some, answering), added(each.counts for each in some)) for key, some in groups]


def _grouped(spots: Iterable[Spot], key: Callable[[Spot], str]) -> list[tuple[str, list[Spot]]]:
    groups: dict[str, list[Spot]] = {}
    for each in spots:
        groups.setdefault(key(each), []).append(each)
    return list(groups.items())


def _place(kind: Kind, key: str, some: Sequence[Spot], answering: dict[tuple[str, str, str], str]) -> Subject:
    one = some[0]
    name = one.point if kind is Kind.POINT else one.standard
    sub = f"{one.point_code} {one.building}" if kind is Kind.POINT else one.standard_code
    return Subject(kind, key, name, sub, frozenset(each.unit_id for each in some), _responsibles(some, answering))


def _units(
    spots: list[Spot], answering: dict[tuple[str, str, str], str], clauses: list[ColumnElement[bool]], month: date
) -> list[Counted]:
    companies = {each.id for each in units() if each.kind == CONTRACTOR}
    found, spared = [], spared_in(month)
    for key, some in _grouped(spots, lambda each: each.unit_id):
        contract, free = contract_in(key, month) if key in companies else None, spared.get(key, NONE_SPARED)
        mine = _in_scope(key, some, contract, free, clauses, month)
        subject = Subject(
            Kind.UNIT, key, some[0].unit, contract.number if contract else "", frozenset({key}),
            _responsibles(some, answering), contract, free,
        )  # fmt: skip
        found.append(Counted(subject, added(each.counts for each in mine)))
    return found


def _in_scope(
    org_id: str,
    some: list[Spot],
    contract: Standing | None,
    free: Spared,
    clauses: list[ColumnElement[bool]],
    month: date,
) -> list[Spot]:
    """Only records of the contract's standards and time, without those whose dispute was upheld (CT-7, CT-8)."""
    if free.windows or (contract and not _spans(contract, month)):
        return spots_of([*clauses, Occurrence.implementer_id == org_id, *windows_in(contract, free)])
    return [each for each in some if contract is None or each.standard_code in contract.standards]


def _spans(contract: Standing, month: date) -> bool:
    """Over all windows of the month: the first may have begun on the day before it."""
    return contract.from_on < month and contract.to_on >= next_month(month) - ONE_DAY


def _answering() -> dict[tuple[str, str, str], str]:
    """(unit, point, standard) -> who answers for it."""
    columns = (
        PointStandard.implementer_id, PointStandard.point_id, PointStandard.standard_code, PointStandard.responsible_id
    )  # fmt: skip
    return {(row[0], row[1], row[2]): row[3] for row in db.rows(select(*columns))}


def _responsibles(some: Iterable[Spot], answering: dict[tuple[str, str, str], str]) -> frozenset[str]:
    """Empty where nobody is known to answer: then only the bureau sees it."""
    keys = [(each.unit_id, each.point_id, each.standard_code) for each in some]
    return frozenset(answering.get(key, "") for key in keys)


def _people(clauses: list[ColumnElement[bool]]) -> list[Counted]:
    found = people_of(clauses)
    home = {
        row.id: row.org_id
        for row in db.rows(select(Person.id, Person.org_id).where(Person.id.in_([each.person_id for each in found])))
    }
    return [
        Counted(
            Subject(Kind.PERSON, each.person_id, each.name, each.unit, frozenset({home[each.person_id]}), frozenset()),
            each.counts,
        )
        for each in found
    ]
