"""Reads of the board of findings: cards by state, what is due first on top, counts beside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, or_, select

from app import db
from app.nonconformities.models import Finding
from app.nonconformities.rules import SETTLED, STANDING, TO_BE_DONE, FindingState, Severity
from app.organisations.models import Organisation
from app.organisations.queries import within
from app.organisations.rules import Scope
from app.places.models import Building, Point
from app.schedule.models import Occurrence, Round

SHOWN_A_STATE = 8
A_PAGE = 50
OWN_SHOWN = 30
LATE = datetime(9999, 12, 31, tzinfo=UTC)
RANK = {Severity.CRITICAL: 0, Severity.MAJOR: 1, Severity.MINOR: 2}


@dataclass(frozen=True, slots=True)
class Card:
    """A finding as lists show it."""

    id: str
    number: str
    point: str | None
    building: str | None
    step_title: str
    text: str
    severity: str
    source: str
    state: FindingState
    unit: str | None
    found_at: datetime
    due_at: datetime | None
    recheck_by: datetime | None
    until: date | None
    closed_at: datetime | None
    failed_rechecks: int
    fixed_on_spot: bool
    contained: bool

    @property
    def waits_until(self) -> datetime | None:
        """When the next deed is due: putting right, recheck, decision or the end of a concession."""
        if self.state in TO_BE_DONE:
            return self.due_at
        if self.state is FindingState.CONCESSION and self.until:
            return datetime.combine(self.until, time(23, 59), UTC)
        return self.recheck_by if self.state not in SETTLED else None

    def is_late(self, now: datetime) -> bool:
        """Whether it should have happened by now."""
        return self.waits_until is not None and self.waits_until < now


@dataclass(frozen=True, slots=True)
class Board:
    """`cards` by state, the most pressing first; `counts` are of the whole state; `units` those that have findings.

    `listed`: those of a month whatever their state, newest first, where a month is asked for and no state.
    """

    counts: Mapping[FindingState, int]
    cards: Mapping[FindingState, Sequence[Card]]
    late: int
    units: Sequence[tuple[str, str]]
    listed: Sequence[Card] = ()

    @property
    def whole(self) -> int:
        """How many in all states together."""
        return sum(self.counts.values())

    def count_of(self, state: str) -> int:
        """How many stand in a state; none for no state."""
        return self.counts.get(FindingState(state), 0) if state else 0


COLUMNS = (
    Finding.id, Finding.number, Point.name, Building.name, Finding.step_title, Finding.text, Finding.severity,
    Finding.source, Finding.state, Organisation.name, Finding.found_at, Finding.due_at, Finding.recheck_by,
    Finding.until, Finding.closed_at, Finding.failed_rechecks, Finding.fixed_on_spot, Finding.containment != "",
)  # fmt: skip
_DUE = case((Finding.state.in_(TO_BE_DONE), Finding.due_at), else_=Finding.recheck_by)


def board(scope: Scope, wanted: Mapping[str, Any], state: str, page: int, now: datetime) -> Board:
    """What fits of the scope: of one state or month a page of fifty, otherwise the first few of each. Four queries.

    `wanted["found"]` is a pair of instants: from, before.
    """
    clauses = [*within(scope, Finding.implementer_id, Finding.responsible_id), *_wanted(wanted)]
    counts = {FindingState(row[0]): row[1] for row in db.rows(_counted(clauses))}
    listed: Sequence[Card] = ()
    chosen: dict[FindingState, Sequence[Card]] = {}
    if state:
        statement = _cards().where(*clauses, Finding.state == state).limit(A_PAGE).offset((page - 1) * A_PAGE)
        chosen = {FindingState(state): [_card(row) for row in db.rows(_in_order(statement, state))]}
    elif wanted.get("found"):
        newest = _cards().where(*clauses).order_by(Finding.found_at.desc(), Finding.id)
        listed = [_card(row) for row in db.rows(newest.limit(A_PAGE).offset((page - 1) * A_PAGE))]
    else:
        chosen = _first_of_each(clauses, counts, now)
    return Board(counts, chosen, _late(now, clauses), _units(scope), listed)


def own_cards(person_id: str, unit_id: str, today: date, now: datetime) -> tuple[list[Card], list[Card]]:
    """(to be put right by this person, reported by this person): a worker's own list. Three queries."""
    todo = _cards().where(*_mine(person_id, unit_id, today))
    reported = _cards().where(Finding.found_by_id == person_id).order_by(Finding.found_at.desc()).limit(OWN_SHOWN)
    return _sorted(db.rows(todo.order_by(Finding.due_at).limit(A_PAGE)), now), [_card(row) for row in db.rows(reported)]


def own_todo(person_id: str, unit_id: str, today: date) -> int:
    """How many findings wait for this person's hands, for one line on the start page."""
    statement = select(func.count()).select_from(Finding).where(*_mine(person_id, unit_id, today))
    return int(db.scalar(statement))


def _mine(person_id: str, unit_id: str, today: date) -> list[ColumnElement[bool]]:
    """Of the unit, and at a place of the person's rounds or today's tasks, or begun by the person."""
    found = db.rows(select(Round.points).where(Round.person_id == person_id))
    rounds = {point for row in found for point in row.points}
    assigned = select(Occurrence.point_id).where(
        or_(Occurrence.assignee_id == person_id, Occurrence.claimed_by_id == person_id), Occurrence.business_on == today
    )
    places = or_(Finding.point_id.in_(sorted(rounds)), Finding.point_id.in_(assigned))
    mine = or_(Finding.rectifier_id == person_id, places)
    return [Finding.implementer_id == unit_id, Finding.state.in_(TO_BE_DONE), mine]


def _cards() -> Any:
    return (
        select(*COLUMNS)
        .outerjoin(Point, Point.id == Finding.point_id)
        .outerjoin(Building, Building.id == Point.building_id)
        .outerjoin(Organisation, Organisation.id == Finding.implementer_id)
    )


def _card(row: Any) -> Card:
    values = dict(zip(Card.__slots__, row, strict=True))
    return Card(**{**values, "state": FindingState(values["state"])})


def _sorted(found: Sequence[db.AnyRow], now: datetime) -> list[Card]:
    """What is late first, of that the worst; then what is due next."""

    def pressing(card: Card) -> tuple[bool, int, datetime]:
        late, rank = card.is_late(now), RANK.get(Severity(card.severity), 3)
        return (not late, rank if late else 0, card.waits_until or LATE)

    return sorted(map(_card, found), key=pressing)


def _in_order(statement: Select[Any], state: str) -> Select[Any]:
    if state in SETTLED:
        return statement.order_by(Finding.state_at.desc(), Finding.id)
    return statement.order_by(_DUE.is_(None), _DUE, Finding.found_at, Finding.id)


def _first_of_each(
    clauses: Sequence[ColumnElement[bool]], counts: Mapping[FindingState, int], now: datetime
) -> dict[FindingState, Sequence[Card]]:
    place = func.row_number().over(partition_by=Finding.state, order_by=(_DUE.is_(None), _DUE, Finding.found_at))
    first = select(Finding.id, place.label("place")).where(*clauses, Finding.state.in_(STANDING)).subquery()
    chosen = _cards().join(first, first.c.id == Finding.id).where(first.c.place <= SHOWN_A_STATE)
    found: dict[FindingState, list[Card]] = {state: [] for state in STANDING if counts.get(state)}
    for card in _sorted(db.rows(chosen), now):
        found[card.state].append(card)
    return {**found}


def _counted(clauses: Sequence[ColumnElement[bool]]) -> Any:
    return select(Finding.state, func.count()).where(*clauses).group_by(Finding.state)


def _late(now: datetime, clauses: Sequence[ColumnElement[bool]]) -> int:
    overdue = or_(
        Finding.state.in_(TO_BE_DONE) & (Finding.due_at < now),
        Finding.state.in_((FindingState.TO_RECHECK, FindingState.APPEALED)) & (Finding.recheck_by < now),
    )
    return int(db.scalar(select(func.count()).select_from(Finding).where(*clauses, overdue)))


def _units(scope: Scope) -> list[tuple[str, str]]:
    statement = (
        select(Organisation.id, Organisation.name)
        .where(
            Organisation.id.in_(
                select(Finding.implementer_id).where(*within(scope, Finding.implementer_id, Finding.responsible_id))
            )
        )
        .order_by(Organisation.path)
    )
    return [(row.id, row.name) for row in db.rows(statement)]


def _wanted(wanted: Mapping[str, Any]) -> list[ColumnElement[bool]]:
    columns = {"unit": Finding.implementer_id, "severity": Finding.severity, "source": Finding.source}
    parts = [Finding.state.in_(TO_BE_DONE)] if wanted.get("todo") else []
    parts += [Finding.fixed_on_spot.is_(True)] if wanted.get("fixed") else []
    if found := wanted.get("found"):
        parts += [Finding.found_at >= found[0], Finding.found_at < found[1]]
    return [*parts, *(columns[name] == value for name, value in wanted.items() if value and name in columns)]
