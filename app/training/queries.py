"""Reads: what editions ask, what people have done, and who is qualified on a day (rules TR-4)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import select

from app import db
from app.standards.models import Edition as EditionTable
from app.training.models import (
    Attempt,
    Certificate,
    Delivery,
    Newcomer,
    Reading,
    SignOff,
    TrainingSetting,
)
from app.training.rules import (
    Demand,
    Lack,
    Paper,
    Proof,
    Standing,
    in_probation,
    lacks,
    read_demand,
    standing,
    valid_until,
)

NEWCOMER_DAYS, REMIND_DAYS = 14, 30


@dataclass(frozen=True)
class TrainingSettings:
    """`enforced_from` None: nobody is refused and no record is marked."""

    newcomer_days: int = NEWCOMER_DAYS
    remind_days: int = REMIND_DAYS
    enforced_from: date | None = None

    def enforced(self, on: date) -> bool:
        return self.enforced_from is not None and self.enforced_from <= on


@dataclass(frozen=True)
class Probation:
    """带教期 of a person."""

    from_on: date
    to_on: date
    mentor_id: str


@dataclass(frozen=True)
class Held:
    """How a person stands to an edition on a day; `until` is the last day that it stays so without doing anything."""

    standing: Standing
    lacks: tuple[Lack, ...] = ()
    mentor_id: str | None = None
    until: date | None = None
    proof: Proof = field(default_factory=Proof)

    @property
    def qualified(self) -> bool:
        return self.standing is Standing.QUALIFIED


def training_settings() -> TrainingSettings:
    """The settings in force. One query."""
    newest = (
        select(TrainingSetting.newcomer_days, TrainingSetting.remind_days, TrainingSetting.enforced_from)
        .order_by(TrainingSetting.id.desc())
        .limit(1)
    )
    found = db.row(newest)
    return TrainingSettings(*found) if found else TrainingSettings()


@lru_cache(maxsize=512)
def _read(number: str, digest: str, database: object) -> Demand:  # noqa: ARG001  the key names the content
    document: Mapping[str, Any] = db.scalar(select(EditionTable.document).where(EditionTable.number == number))
    return read_demand(number, document)


def demands(numbers: Iterable[str]) -> dict[str, Demand]:
    """What these editions ask; one query, and one more for each that this process has not read yet."""
    wanted = select(EditionTable.number, EditionTable.digest).where(EditionTable.number.in_(sorted(set(numbers))))
    return {row.number: _read(row.number, row.digest, db.db.engine) for row in db.rows(wanted)}


def proofs(person_ids: Collection[str], numbers: Collection[str]) -> dict[tuple[str, str], Proof]:
    """What these people have done for these editions; pairs without anything are left out. Five queries."""
    given = {
        (row.person_id, row.edition): row
        for row in _of(Delivery, person_ids, numbers, Delivery.on, Delivery.asked, Delivery.before)
    }
    read, examined = _days(Reading, person_ids, numbers), _days(SignOff, person_ids, numbers)
    for row in _of(Attempt, person_ids, numbers, Attempt.on, Attempt.passed):
        if row.passed:
            examined[row.person_id, row.edition].append(row.on)
    papers = papers_of(person_ids)
    found = {}
    for person_id in person_ids:
        for number in numbers:
            pair = person_id, number
            delivery = given.get(pair)
            asked = delivery.asked if delivery else None
            found[pair] = Proof(
                delivered_on=delivery.on if delivery else None,
                asked=None if asked is None else tuple(asked),
                before=delivery.before if delivery else None,
                read=tuple(read.get(pair, ())),
                examined=tuple(examined.get(pair, ())),
                papers=papers.get(person_id, ()),
            )
    return found


def papers_of(person_ids: Collection[str]) -> dict[str, tuple[Paper, ...]]:
    """The certificates that count: the newest entry of a person and name, unless it takes it away."""
    statement = (
        select(
            Certificate.person_id, Certificate.name, Certificate.valid_from, Certificate.valid_to,
            Certificate.withdrawn,
        )
        .where(Certificate.person_id.in_(sorted(person_ids)))
        .order_by(Certificate.id)
    )  # fmt: skip
    newest = {(row.person_id, row.name): row for row in db.rows(statement)}
    found: dict[str, list[Paper]] = defaultdict(list)
    for row in newest.values():
        if not row.withdrawn:
            found[row.person_id].append(Paper(row.name, row.valid_from, row.valid_to))
    return {person_id: tuple(papers) for person_id, papers in found.items()}


def probations(person_ids: Collection[str]) -> dict[str, Probation]:
    """The newest 带教期 of each of these people, running or over."""
    statement = (
        select(Newcomer.person_id, Newcomer.from_on, Newcomer.to_on, Newcomer.mentor_id)
        .where(Newcomer.person_id.in_(sorted(person_ids)))
        .order_by(Newcomer.id)
    )
    return {row.person_id: Probation(row.from_on, row.to_on, row.mentor_id) for row in db.rows(statement)}


def qualified(person_ids: Iterable[str], numbers: Iterable[str], on: date) -> dict[tuple[str, str], Held]:
    """How each of these people stands to each of these editions on the day (rules TR-4). Seven queries."""
    people, editions = sorted(set(person_ids)), demands(numbers)
    done, fresh = proofs(people, sorted(editions)), probations(people)
    found = {}
    for person_id in people:
        period = fresh.get(person_id)
        newcomer = period is not None and in_probation(period.from_on, period.to_on, on)
        for number, demand in editions.items():
            found[person_id, number] = _held(demand, done[person_id, number], on, period if newcomer else None)
    return found


def _held(demand: Demand, proof: Proof, on: date, period: Probation | None) -> Held:
    lacking = lacks(demand, proof, on)
    stands = standing(demand, lacking, newcomer=period is not None)
    if stands is Standing.QUALIFIED:
        return Held(stands, until=valid_until(demand, proof, on), proof=proof)
    if stands is Standing.MENTORED and period is not None:
        return Held(stands, lacking, period.mentor_id, period.to_on, proof)
    return Held(stands, lacking, proof=proof)


def _of(table: Any, person_ids: Collection[str], numbers: Collection[str], *columns: Any) -> Any:
    wanted = table.person_id.in_(list(person_ids)), table.edition.in_(list(numbers))
    return db.rows(select(table.person_id, table.edition, *columns).where(*wanted))


def _days(table: Any, person_ids: Collection[str], numbers: Collection[str]) -> dict[tuple[str, str], list[date]]:
    found: dict[tuple[str, str], list[date]] = defaultdict(list)
    for row in _of(table, person_ids, numbers, table.on):
        found[row.person_id, row.edition].append(row.on)
    return found
