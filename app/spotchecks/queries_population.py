"""Reads of a lot when it is drawn: its completed records, what their weight is made of, what floors ask."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, null, or_, select

from app import db
from app.accounts.models import Person
from app.checks.models import Check
from app.feedback.queries import contested_occurrences
from app.flags.queries import flagged_checks, lifted_checks
from app.nonconformities.queries import counts_of_90_days
from app.organisations.models import Organisation
from app.places.models import Point
from app.schedule.models import Occurrence
from app.schedule.rules_days import DayType
from app.schedule.rules_states import DONE, OUTSIDE_DUE
from app.schedule.rules_windows import WindowKind
from app.spotchecks.models import Draw, Item, Result, Review
from app.spotchecks.rules import Kind, Period
from app.spotchecks.rules_sizes import Facts, Seen
from app.spotchecks.rules_weights import Risk, is_flagged, is_new
from app.standards.models import Edition
from app.web.current import Role

LOOKED_BACK = timedelta(days=366)
CONTESTED_FOR = timedelta(days=92)


@dataclass(frozen=True, slots=True)
class Lot:
    """What a draw is over: the owning unit's subtree (None: the bureau), narrowed by what is not None."""

    period: Period
    owner_path: str | None
    implementer_id: str | None = None
    standard_code: str | None = None
    area_id: str | None = None
    crew_id: str | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """A completed occurrence with the record behind it, or a window of today's that is drawn before it is done."""

    occurrence_id: int
    check_id: str | None
    point_id: str
    point_code: str
    risk: int
    standard_code: str
    implementer_id: str
    responsible_id: str
    executor_id: str | None
    business_on: date
    day_type: str
    kind: str
    marks: Collection[str]
    via: str
    effective_on: date | None

    @property
    def key(self) -> str:
        """Its number in the draw."""
        return str(self.occurrence_id)

    @property
    def is_handover(self) -> bool:
        """A window of a handover."""
        return self.kind == WindowKind.HANDOVER

    @property
    def is_day_off(self) -> bool:
        """On a rest day or holiday."""
        return self.day_type != DayType.WORKDAY

    @property
    def facts(self) -> Facts:
        """What floors ask."""
        return Facts(self.point_id, self.risk, self.executor_id or "", self.is_handover, self.is_day_off)


_COLUMNS = (
    Occurrence.id, Check.id, Occurrence.point_id, Point.code, Point.risk, Occurrence.standard_code,
    Occurrence.implementer_id, Occurrence.responsible_id, Check.person_id, Occurrence.business_on, Occurrence.day_type,
    Occurrence.kind, Check.marks, Check.via, Edition.effective_on,
)  # fmt: skip
_DONE = (
    select(*_COLUMNS)
    .join(Check, Check.id == Occurrence.check_id)
    .join(Point, Point.id == Occurrence.point_id)
    .join(Edition, Edition.number == Check.edition)
)


_PLANNED = (
    select(
        Occurrence.id, null(), Occurrence.point_id, Point.code, Point.risk, Occurrence.standard_code,
        Occurrence.implementer_id, Occurrence.responsible_id, Occurrence.assignee_id, Occurrence.business_on,
        Occurrence.day_type, Occurrence.kind, Edition.effective_on,
    )
    .join(Point, Point.id == Occurrence.point_id)
    .join(Edition, Edition.number == Occurrence.edition)
)  # fmt: skip


def population(lot: Lot) -> list[Done]:
    """Every completed record of the lot, as it stands now. One query."""
    return [Done(*row) for row in db.rows(_DONE.where(*_in(lot), Occurrence.state.in_(DONE)))]


def leading() -> set[str]:
    """Who leads a crew: nobody looks at the own work, so it is on no list of the own crew (SP-13)."""
    return {row.id for row in db.rows(select(Person.id).where(Person.role == Role.CREW_LEADER))}


def planned(lot: Lot) -> list[Done]:
    """Every window that is due in the lot, done or not: what a look on site is drawn from. One query."""
    statement = _PLANNED.where(*_in(lot), Occurrence.state.not_in(OUTSIDE_DUE))
    found = []
    for row in db.rows(statement):
        *own, effective_on = row
        values = (*own, (), "", effective_on)
        found.append(Done(*values))
    return found


def records_of(occurrence_ids: Iterable[int], lot: Lot) -> list[Done]:
    """Some completed records by their occurrence, of any day, where the lot reaches them."""
    wanted = Occurrence.id.in_(list(occurrence_ids))
    return [Done(*row) for row in db.rows(_DONE.where(wanted, *_reach(lot), Occurrence.state.in_(DONE)))]


def contested(lot: Lot, now: datetime) -> list[Done]:
    """Records of the lot's reach that somebody complained about while they held, and that no list has taken since."""
    told = {each.occurrence_id: each.at for each in contested_occurrences(now - CONTESTED_FOR) if each.occurrence_id}
    if not told:
        return []
    lists = select(Item.occurrence_id, Result.drawn_at).join(Result, Result.draw_id == Item.draw_id)
    taken = {
        row.occurrence_id
        for row in db.rows(lists.where(Item.occurrence_id.in_(list(told))))
        if row.drawn_at >= told[row.occurrence_id]
    }
    return records_of([each for each in told if each not in taken], lot)


def due_of(lot: Lot) -> int:
    """How much was due in the lot, done or not."""
    statement = select(func.count()).select_from(Occurrence).join(Point, Point.id == Occurrence.point_id)
    return int(db.scalar(statement.where(*_in(lot), Occurrence.state.not_in(OUTSIDE_DUE))) or 0)


def _in(lot: Lot) -> list[ColumnElement[bool]]:
    return [Occurrence.business_on.between(lot.period.from_on, lot.period.to_on), *_reach(lot)]


def _reach(lot: Lot) -> list[ColumnElement[bool]]:
    narrowed: list[Any] = []
    if lot.owner_path:
        under = select(Organisation.id).where(Organisation.path.startswith(lot.owner_path, autoescape=True))
        narrowed.append(Occurrence.responsible_id.in_(under))
    if lot.crew_id:
        crew = select(Person.id).where(Person.crew_id == lot.crew_id)
        narrowed.append(or_(Occurrence.done_by_id.in_(crew), Occurrence.assignee_id.in_(crew)))
    pairs = (
        (Occurrence.implementer_id, lot.implementer_id),
        (Occurrence.standard_code, lot.standard_code),
        (Point.area_id, lot.area_id),
    )
    return narrowed + [column == value for column, value in pairs if value]


def risks_of(records: Iterable[Done], now: datetime, today: date, *, event: bool) -> dict[str, Risk]:
    """Number -> what its weight is made of. Five queries.

    A record weighs as flagged while a flag of its own stands open or upheld; marks count where no flag was lifted.
    """
    lot = list(records)
    asked, cleared = _flags_of(lot)
    points = {each.point_id for each in lot}
    findings, looked = _findings(now, points), _looked_at(points, now)
    since = _since({each.executor_id for each in lot if each.executor_id})
    return {
        each.key: Risk(
            level=each.risk,
            findings=findings.get(each.point_id, 0),
            checked_days=(now - looked[each.point_id]).days if each.point_id in looked else None,
            handover_or_off=each.is_handover or each.is_day_off,
            newcomer=is_new(each.effective_on, today) or is_new(since.get(each.executor_id or ""), today),
            flagged=each.check_id in asked or (each.check_id not in cleared and is_flagged(each.marks, each.via)),
            event=event,
        )
        for each in lot
    }


def _flags_of(lot: Collection[Done]) -> tuple[set[str], set[str]]:
    """Of these records, those with a flag that weighs, and those whose flags were all lifted."""
    days = [each.business_on for each in lot if each.check_id]
    if not days:
        return set(), set()
    return flagged_checks(min(days), max(days)), lifted_checks(min(days), max(days))


def _findings(now: datetime, points: set[str]) -> dict[str, int]:
    """Point -> findings of 90 days under whatever standard."""
    found: dict[str, int] = {}
    for (point_id, _standard), count in counts_of_90_days(now).items():
        if point_id in points:
            found[point_id] = found.get(point_id, 0) + count
    return found


def _looked_at(points: set[str], now: datetime) -> dict[str, datetime]:
    """Point -> when somebody last gave a second opinion there."""
    statement = select(Review.point_id, func.max(Review.at)).where(Review.at.between(now - LOOKED_BACK, now))
    return {row[0]: row[1] for row in db.rows(statement.group_by(Review.point_id)) if row[0] in points}


def _since(people: set[str]) -> dict[str, date]:
    """Person -> since when they have an account here."""
    found = db.rows(select(Person.id, Person.created_at))
    return {row.id: row.created_at.date() for row in found if row.id in people}


def seen_since(starts: Mapping[int, date], to_on: date, month: Period) -> Seen:
    """What was on a list already: risk level -> its points since the level's start, and people of the month."""
    first = min([month.from_on, *starts.values()])
    statement = (
        select(Item.point_id, Item.executor_id, Item.business_on, Point.risk)
        .join(Draw, Draw.id == Item.draw_id)
        .join(Point, Point.id == Item.point_id)
        .where(Item.business_on.between(first, to_on), Draw.kind != Kind.SELF)
    )
    rows = db.rows(statement)
    points = {
        level: frozenset(row.point_id for row in rows if row.risk == level and row.business_on >= start)
        for level, start in starts.items()
    }
    return Seen(points, frozenset(row.executor_id for row in rows if month.holds(row.business_on)))
