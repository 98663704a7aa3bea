"""Reads: whom an edition concerns, who works where, and which editions people learn now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app import db
from app.accounts.models import Person
from app.organisations.models import Organisation
from app.organisations.queries import scope_of
from app.places.models import PointStandard
from app.refusals import NotFound
from app.schedule.models import Occurrence, Round
from app.schedule.rules_states import State
from app.standards.queries import EditionRow, codes_implemented_by, edition, edition_rows
from app.standards.rules import Edition
from app.training.queries import demands
from app.training.rules import Demand
from app.training.rules_concerned import Hand, OnRound, codes_of, concerned
from app.web.current import HANDS, CurrentPerson, Role
from app.web.words import lazy

NO_PERSON = lazy("There is no such person among your people.")
NO_EDITION = lazy("There is no such standard to learn. Choose one of the list.")


@dataclass(frozen=True)
class Course:
    """An edition in force or to come, as something to learn."""

    row: EditionRow
    text: Edition
    demand: Demand

    @property
    def number(self) -> str:
        return self.row.number


_HAND = (
    select(Person.id, Person.name, Person.org_id, Organisation.name.label("org_name"), Person.crew_id, Person.role)
    .join(Organisation, Organisation.id == Person.org_id)
    .order_by(Organisation.path, Person.crew_id, Person.name)
)
_ACTIVE = (Person.active, Person.role.in_([*HANDS]), Person.external_of.is_(None))


def hands() -> list[Hand]:
    """Everybody who works at points, by unit, crew and name."""
    return [Hand(*row) for row in db.rows(_HAND.where(*_ACTIVE))]


def hand(person_id: str) -> Hand:
    """One of them; raises NotFound."""
    found = db.row(_HAND.where(Person.id == person_id, *_ACTIVE))
    if found is None:
        raise NotFound(NO_PERSON)
    return Hand(*found)


def names_of(person_ids: Iterable[str]) -> dict[str, str]:
    """Names by id, whoever they are."""
    wanted = sorted(set(person_ids))
    return {row.id: row.name for row in db.rows(select(Person.id, Person.name).where(Person.id.in_(wanted)))}


def courses(today: date) -> list[Course]:
    """Editions that are in force or take effect later, in number order."""
    rows = [row for row in edition_rows() if row.in_force(today) or (row.effective_on or today) > today]
    asked = demands(row.number for row in rows)
    return [Course(row, text, asked[row.number]) for row in rows if (text := edition(row)).steps]


def course(number: str, today: date) -> Course:
    """One of them; raises NotFound."""
    found = next((each for each in courses(today) if each.number == number), None)
    if found is None:
        raise NotFound(NO_EDITION)
    return found


def course_for(who: CurrentPerson, number: str, today: date) -> Course:
    """The same for somebody who learns it: hands learn what their unit does; raises NotFound."""
    found = course(number, today)
    if who.is_hands and found.row.code not in codes_implemented_by(scope_of(who).units or frozenset()):
        raise NotFound(NO_EDITION)
    return found


def rounds() -> list[OnRound]:
    """Whose standards the active rounds hold."""
    found = db.rows(select(Round.person_id, Round.crew_id, Round.windows).where(Round.active))
    return [OnRound(row.person_id, row.crew_id, codes_of(row.windows)) for row in found]


def concerned_by(learned: Sequence[Course], people: Sequence[Hand]) -> dict[str, dict[str, bool]]:
    """Edition to person to whether rostered. Two queries."""
    units: dict[str, set[str]] = defaultdict(set)
    for row in db.rows(select(PointStandard.standard_code, PointStandard.implementer_id).distinct()):
        units[row.standard_code].add(row.implementer_id)
    plan = rounds()
    return {
        each.number: concerned(
            each.row.code, people, plan, units[each.row.code], special=each.demand.special is not None
        )
        for each in learned
    }


def within(people: Sequence[Hand], who: CurrentPerson) -> list[Hand]:
    """Those whom this person answers for: the own crew, the own subtree, or everybody."""
    if who.role is Role.CREW_LEADER:
        return [each for each in people if each.crew_id and each.crew_id == who.crew_id]
    scope = scope_of(who)
    return [each for each in people if scope.units is None or each.org_id in scope.units]


def hand_within(person_id: str, who: CurrentPerson) -> Hand:
    """One of the own people; raises NotFound for others and for people who do not exist."""
    found = within([hand(person_id)], who)
    if not found:
        raise NotFound(NO_PERSON)
    return found[0]


def editions_due(round_ids: Iterable[str], on: date) -> set[str]:
    """The editions of what these rounds have still to do on a business date."""
    open_states = (State.PLANNED, State.UNKNOWN)
    statement = (
        select(Occurrence.edition)
        .where(Occurrence.round_id.in_(list(round_ids)), Occurrence.business_on == on)
        .where(Occurrence.state.in_(open_states))
        .distinct()
    )
    return {row.edition for row in db.rows(statement)}
