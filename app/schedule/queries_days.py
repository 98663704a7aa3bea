"""The days ahead of each crew: who is there, who is away, and whether the day can be done."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, select

from app import db
from app.accounts.models import Person
from app.days import ONE_DAY
from app.organisations.queries import scope_of
from app.schedule.models_rota import Absence
from app.schedule.queries_feasible import planned_of, staff_of
from app.schedule.queries_plan import absences, calendar, covers
from app.schedule.queries_rota import Named, names_of, published_rounds, units_in_reach
from app.schedule.rules_days import DayType, day_type
from app.schedule.rules_feasibility import Load
from app.schedule.rules_plan import Planned
from app.schedule.rules_rota import Crew, RoundPlan, Staff, Work, works
from app.schedule.rules_rota_words import jam_sentence
from app.schedule.rules_rounds import Absent, Cover, Round, assignee_on
from app.schedule.rules_verdicts import heaviest, jams
from app.web.current import HANDS, CurrentPerson, Role

WEEK = timedelta(days=6)


@dataclass(frozen=True)
class DayCell:
    """A crew on a day: who is there, who is away without anybody for the round, the heaviest interval."""

    there: int
    away: Sequence[str]
    load: Load
    jams: Sequence[str]


@dataclass(frozen=True)
class CrewWeek:
    """A shift of a unit over the days shown; None where nothing is due."""

    unit: str
    shift: str
    days: Sequence[DayCell | None]


@dataclass(frozen=True)
class Week:
    """The days ahead with their kinds."""

    days: Sequence[tuple[date, DayType]]
    crews: Sequence[CrewWeek]


@dataclass(frozen=True)
class Away:
    """An absence in words."""

    id: str
    person: str
    from_on: date
    to_on: date
    kind: str
    note: str
    by: str
    ended_at: datetime | None


def week_of(person: CurrentPerson, first: date, zone: ZoneInfo) -> Week:
    """Seven days from the first on, of the units whose rotas this person may see."""
    days = [first + number * ONE_DAY for number in range(7)]
    listed, found = calendar(), list[CrewWeek]()
    for unit in units_in_reach(person):
        rounds = published_rounds([unit.id])
        if rounds:
            found += _crews_of(unit, rounds, planned_of(unit.id, first - ONE_DAY, days[-1], zone), days, zone)
    return Week([(day, day_type(day, listed)) for day in days], found)


def overload(org_id: str, person_id: str, day: date, zone: ZoneInfo, now: datetime) -> str:
    """The interval of a day that somebody cannot keep with what they hold and cover; empty when all fits.

    Windows that have ended by `now` take nobody's time any more.
    """
    rounds = published_rounds([org_id])
    planned = [each for each in planned_of(org_id, day - ONE_DAY, day, zone) if each.span.end_at > now]
    staff = _staff_on(rounds, day, covers(day, day), absences(day, day), staff_of(rounds, zone))
    own = [each for each in jams(_works_on(planned, staff, day), staff) if each.person_id == person_id]
    return jam_sentence(own[0], staff.shifts, names_of([person_id])) if own else ""


def away(person: CurrentPerson, since: date, most: int = 200) -> list[Away]:
    """Absences in reach that end on a day or later, the taken-back ones included, newest first."""
    names = ("id", "from_on", "to_on", "kind", "note", "by_id", "ended_at")
    statement = (
        select(*(getattr(Absence, name) for name in names), Person.name)
        .join(Person, Person.id == Absence.person_id)
        .where(Absence.to_on >= since, *_reach(person))
        .order_by(Absence.from_on.desc(), Absence.id)
        .limit(most)
    )
    found = db.rows(statement)
    who = names_of(sorted({row.by_id for row in found}))
    return [
        Away(row.id, row.name, row.from_on, row.to_on, row.kind, row.note, who.get(row.by_id, ""), row.ended_at)
        for row in found
    ]


def hands_in_reach(person: CurrentPerson) -> list[Named]:
    """Whose absences this person may enter: a crew leader's own crew, else the units of the subtree."""
    clauses = (Person.active, Person.role.in_([*HANDS]), *_reach(person))
    return [Named(*row) for row in db.rows(select(Person.id, Person.name).where(*clauses).order_by(Person.name))]


def absence_in_reach(person: CurrentPerson, absence_id: str) -> str | None:
    """Whose absence it is; None when there is none in reach."""
    statement = select(Absence.person_id).join(Person, Person.id == Absence.person_id)
    found = db.row(statement.where(Absence.id == absence_id, *_reach(person)))
    return found.person_id if found else None


def home_of(person_id: str) -> str:
    """The unit of a person."""
    return str(db.scalar(select(Person.org_id).where(Person.id == person_id)))


def _crews_of(
    unit: Named, rounds: Sequence[RoundPlan], planned: Sequence[Planned], days: Sequence[date], zone: ZoneInfo
) -> list[CrewWeek]:
    usual, stand_ins, gone = staff_of(rounds, zone), covers(days[0], days[-1]), absences(days[0], days[-1])
    names = names_of(sorted({each.person_id for each in rounds} | {each.person_id for each in stand_ins}))
    crews = sorted({Crew(each.org_id, each.shift_id) for each in rounds if each.shift_id in usual.shifts})
    cells: dict[Crew, list[DayCell | None]] = {crew: [] for crew in crews}
    for day in days:
        staff = _staff_on(rounds, day, stand_ins, gone, usual)
        shown = _cells(_works_on(planned, staff, day), staff, usual, names)
        for crew in crews:
            cells[crew].append(shown.get(crew))
    return [CrewWeek(unit.name, usual.shifts[crew.shift_id].name, found) for crew, found in cells.items() if any(found)]


def _cells(todo: Sequence[Work], staff: Staff, usual: Staff, names: Mapping[str, str]) -> dict[Crew, DayCell]:
    late = jams(todo, staff)
    return {
        each.crew: DayCell(
            there=len(staff.people(each.crew)),
            away=[names.get(one, "") for one in usual.people(each.crew) if one not in staff.people(each.crew)],
            load=each.load,
            jams=[jam_sentence(one, staff.shifts, names) for one in late if one.crew == each.crew],
        )
        for each in heaviest(todo, staff)
    }


def _works_on(planned: Iterable[Planned], staff: Staff, day: date) -> list[Work]:
    return [each for each in works(planned, staff) if each.day == day]


def _staff_on(
    rounds: Sequence[RoundPlan], day: date, stand_ins: Sequence[Cover], gone: Sequence[Absent], usual: Staff
) -> Staff:
    """The rounds with whoever does them that day."""
    nothing: frozenset[str] = frozenset()
    return replace(
        usual,
        rounds=[
            replace(
                each,
                person_id=assignee_on(Round(each.id, each.person_id, nothing, nothing), day, stand_ins, gone) or "",
            )
            for each in rounds
        ],
    )


def _reach(person: CurrentPerson) -> list[ColumnElement[bool]]:
    if person.role is Role.CREW_LEADER:
        return [Person.crew_id == (person.crew_id or "")]
    scope = scope_of(person)
    return [] if scope.units is None else [Person.org_id.in_(scope.units)]
