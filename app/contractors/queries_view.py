"""Reads for a contractor's page: who has not turned up, open items with clocks, flags and levels of a month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from fractions import Fraction

from sqlalchemy import and_, select

from app import db
from app.accounts.models import Person
from app.contractors.queries import Argued, Standing, disputes
from app.contractors.queries_closed import closed_rate
from app.contractors.queries_scope import NONE_SPARED, spared_in, windows_in
from app.contractors.rules import Found, Kind, counts, in_force, met
from app.days import month_span
from app.nonconformities.models import Finding
from app.nonconformities.rules import SETTLED, FindingState
from app.places.models import Point
from app.schedule.models import Occurrence
from app.schedule.rules_states import DONE, State
from app.stats.queries_month import period, spots_of
from app.stats.rules import Counts
from app.stats.rules_measures import COMPLETION, HANDOVER, HOLIDAY, KEY_EVIDENCE, ON_TIME, PHOTO_EVIDENCE

MEASURES = {
    "on_time": ON_TIME, "completion": COMPLETION, "key": KEY_EVIDENCE, "photo": PHOTO_EVIDENCE, "holiday": HOLIDAY,
    "handover": HANDOVER,
}  # fmt: skip
MOST = 200


@dataclass(frozen=True)
class Absent:
    """Somebody on today's rounds of whom nothing has come: the first task should have been done by `since`."""

    name: str
    since: datetime
    tasks: int


@dataclass(frozen=True)
class Item:
    """A finding still open; `counted` says whether it would count against the contractor as it stands."""

    id: str
    number: str
    text: str
    point: str
    severity: str
    due_at: datetime | None
    counted: bool


@dataclass(frozen=True)
class Flag:
    """What counts against the contractor in a month, unless a dispute is upheld."""

    kind: Kind
    target: str
    point: str
    text: str
    at: datetime
    argued: Argued | None

    @property
    def stands(self) -> bool:
        return self.argued is None or self.argued.upheld is not True


@dataclass(frozen=True)
class Level:
    """A service level of the contract beside what was reached; `met` None: nothing was due."""

    name: str
    target: float
    numerator: int
    denominator: int

    @property
    def met(self) -> bool | None:
        return met(self.numerator, self.denominator, Fraction(str(self.target)) / 100)


def absent(org_id: str, today: date, now: datetime) -> list[Absent]:
    """People with windows of today over and nothing done by them today, the longest first."""
    columns = (Occurrence.assignee_id, Person.name, Occurrence.grace_end_at, Occurrence.done_by_id, Occurrence.state)
    statement = (
        select(*columns)
        .join(Person, Person.id == Occurrence.assignee_id)
        .where(Occurrence.implementer_id == org_id, Occurrence.business_on == today)
        .where(Occurrence.state.notin_((State.VOID, State.EXEMPT)))
    )
    rows = db.rows(statement)
    here = {row.done_by_id for row in rows if row.done_by_id}
    here |= {row.assignee_id for row in rows if row.state in (State.UNABLE, State.UNKNOWN)}
    over: dict[tuple[str, str], list[datetime]] = defaultdict(list)
    for row in rows:
        if row.grace_end_at <= now and row.state not in DONE and row.assignee_id not in here:
            over[row.assignee_id, row.name].append(row.grace_end_at)
    found = [Absent(name, min(ends), len(ends)) for (_id, name), ends in over.items()]
    return sorted(found, key=lambda each: each.since)


_FOUND = (
    select(
        Finding.id, Finding.number, Finding.text, Finding.severity, Finding.standard_code, Finding.found_at,
        Finding.cause, Finding.fail_action, Finding.state, Finding.due_at, Finding.closed_at, Finding.source,
        Person.org_id.label("finder_org"), Point.name.label("point"),
    )
    .outerjoin(Person, Person.id == Finding.found_by_id)
    .outerjoin(Point, Point.id == Finding.point_id)
)  # fmt: skip


def open_items(org_id: str, contracts: Sequence[Standing], now: datetime, zone: tzinfo) -> list[Item]:
    """Findings that are not settled, the nearest limit first; each is held to the contract of its day (CT-8)."""
    wanted = and_(Finding.implementer_id == org_id, Finding.state.notin_(SETTLED))
    found = db.rows(_FOUND.where(wanted).order_by(Finding.due_at.is_(None), Finding.due_at).limit(MOST))
    spared = spared_in(now.astimezone(zone).date().replace(day=1)).get(org_id, NONE_SPARED)
    return [
        Item(row.id, row.number, row.text, row.point or "", row.severity, row.due_at,
             row.id not in spared.findings and _counted(_found(row, org_id, zone), contracts, now))
        for row in found
    ]  # fmt: skip


def _counted(found: Found, contracts: Sequence[Standing], now: datetime) -> bool:
    contract = in_force(contracts, found.on, found.on)
    return contract is not None and counts(found, contract.terms, now)


def flags(org_id: str, contract: Standing, month: date, now: datetime, zone: tzinfo) -> list[Flag]:
    """Missed windows and findings of the contract's scope, the newest first (rules CT-8)."""
    argued = disputes(org_id, month)
    found = [
        *_missed(org_id, contract, month, now, zone, argued),
        *_findings(org_id, contract, month, now, zone, argued),
    ]
    return sorted(found, key=lambda each: each.at, reverse=True)


def _missed(
    org_id: str, contract: Standing, month: date, now: datetime, zone: tzinfo, argued: dict[tuple[str, str], Argued]
) -> list[Flag]:
    statement = (
        select(Occurrence.id, Point.name, Occurrence.label, Occurrence.grace_end_at)
        .join(Point, Point.id == Occurrence.point_id)
        .where(*period(month, now, zone), Occurrence.implementer_id == org_id, Occurrence.state == State.MISSED)
        .where(*windows_in(contract, NONE_SPARED))
        .order_by(Occurrence.grace_end_at.desc())
        .limit(MOST)
    )
    return [
        Flag(Kind.MISSED, str(row[0]), row[1], row[2], row[3], argued.get((Kind.MISSED, str(row[0]))))
        for row in db.rows(statement)
    ]


def _findings(
    org_id: str, contract: Standing, month: date, now: datetime, zone: tzinfo, argued: dict[tuple[str, str], Argued]
) -> list[Flag]:
    first, last = month_span(month, zone)
    wanted = (Finding.implementer_id == org_id, Finding.found_at >= first, Finding.found_at < last)
    return [
        Flag(Kind.FINDING, row.id, row.point or "", row.text, row.found_at, argued.get((Kind.FINDING, row.id)))
        for row in db.rows(_FOUND.where(*wanted).order_by(Finding.found_at.desc()).limit(MOST))
        if counts(_found(row, org_id, zone), contract.terms, now)
    ]


def levels(org_id: str, contract: Standing, month: date, now: datetime, zone: tzinfo) -> list[Level]:
    """The levels of the contract over records of its scope, without those whose dispute was upheld (CT-8)."""
    spared = spared_in(month).get(org_id, NONE_SPARED)
    clauses = [*period(month, now, zone), Occurrence.implementer_id == org_id, *windows_in(contract, spared)]
    total = sum((spot.counts for spot in spots_of(clauses)), Counts())
    found = []
    for name, target in contract.levels.items():
        if name in MEASURES:
            rate = MEASURES[name].rate(total)
            found.append(Level(name, target, rate.numerator, rate.denominator))
        elif name == "closed":
            closed = closed_rate(org_id, contract, month, now, zone)
            found.append(Level(name, target, closed.numerator, closed.denominator))
    return found


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


def flag_of(flags_of_month: Sequence[Flag], kind: str, target: str) -> Flag | None:
    """One flag of those."""
    return next((each for each in flags_of_month if (each.kind, each.target) == (kind, target)), None)
