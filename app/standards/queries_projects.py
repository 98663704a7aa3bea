"""Reads of projects: the list, one with everything that belongs to it, and the numbers that are taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from app import db
from app.accounts.models import Person
from app.organisations.models import Organisation
from app.organisations.queries import scope_of
from app.refusals import NotFound
from app.standards.models import Standard
from app.standards.models_projects import ImplementationPlan, ProjectEvent, ProjectRecipient
from app.standards.models_projects import Project as ProjectTable
from app.standards.rules_phases import OVER, Kind, Project, State
from app.standards.rules_publishing import PlanLine
from app.web.current import BUREAU_WIDE, CurrentPerson, Role
from app.web.words import lazy

NOT_THERE = lazy("There is no such project. Open the list of projects.")
_ROW = select(
    ProjectTable.id, ProjectTable.kind, ProjectTable.code, ProjectTable.title, ProjectTable.responsible_id,
    ProjectTable.leader_id, ProjectTable.state, ProjectTable.necessity, ProjectTable.content, ProjectTable.means,
    ProjectTable.note, ProjectTable.due_on, ProjectTable.from_edition, ProjectTable.comment_to, ProjectTable.digest,
    ProjectTable.approved_on, ProjectTable.edition, ProjectTable.made_by_id, ProjectTable.made_at,
    Organisation.name.label("responsible"), Person.name.label("leader"),
).join(Organisation, Organisation.id == ProjectTable.responsible_id).join(
    Person, Person.id == ProjectTable.leader_id
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Event:
    """A deed in the history of a project."""

    kind: str
    by_id: str
    by_name: str
    at: datetime
    text: str
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who can lead a project."""

    id: str
    name: str
    org_name: str


def project(project_id: str) -> Project | None:
    """One project with the units that were asked."""
    found = _projects(_ROW.where(ProjectTable.id == project_id))
    return found[0] if found else None


def project_for(project_id: str, person: CurrentPerson) -> Project:
    """The project if the person may read it; raises NotFound."""
    found = project(project_id)
    if found is None or not _reads(person, found):
        raise NotFound(NOT_THERE)
    return found


def projects_for(person: CurrentPerson) -> list[Project]:
    """Those that the person may read, by working number, newest first within one."""
    statement = _ROW.order_by(ProjectTable.code, ProjectTable.made_at.desc(), ProjectTable.id)
    return [each for each in _projects(statement) if _reads(person, each)]


def project_of_edition(number: str) -> Project | None:
    """The project that brought this edition about."""
    found = _projects(_ROW.where(ProjectTable.edition == number, ProjectTable.kind.in_([Kind.NEW, Kind.REVISE])))
    return found[0] if found else None


def running(code: str) -> list[Project]:
    """Projects of a standard that are not over."""
    return _projects(_ROW.where(ProjectTable.code == code, ProjectTable.state.not_in(sorted(OVER))))


def codes_used() -> set[str]:
    """Every number without year that a standard or a project has or had: none is given out again."""
    return {row[0] for table in (Standard, ProjectTable) for row in db.rows(select(table.code).distinct())}


def events_of(project_id: str) -> list[Event]:
    """The history, oldest first."""
    statement = (
        select(
            ProjectEvent.kind, ProjectEvent.by_id, Person.name, ProjectEvent.at, ProjectEvent.text, ProjectEvent.data
        )
        .outerjoin(Person, Person.id == ProjectEvent.by_id)
        .where(ProjectEvent.project_id == project_id)
        .order_by(ProjectEvent.id)
    )
    return [
        Event(kind, by_id, name or "", at, text, data or {}) for kind, by_id, name, at, text, data in db.rows(statement)
    ]


def plan_of(project_id: str) -> list[PlanLine]:
    """The plan of implementation as it stands; empty: none was written."""
    newest = (
        select(ImplementationPlan.lines)
        .where(ImplementationPlan.project_id == project_id)
        .order_by(ImplementationPlan.id.desc())
        .limit(1)
    )
    return [
        PlanLine(**{**line, "from_on": date.fromisoformat(line["from_on"]), "to_on": date.fromisoformat(line["to_on"])})
        for line in db.scalar(newest) or []
    ]


def candidates() -> list[Candidate]:
    """Who can lead a project: the standards section and the supervisors of the departments."""
    statement = (
        select(Person.id, Person.name, Organisation.name)
        .join(Organisation, Organisation.id == Person.org_id)
        .where(Person.active, Person.external_of.is_(None), Person.role.in_([Role.STANDARDS, Role.SUPERVISOR]))
        .order_by(Person.id)
    )
    return [Candidate(*row) for row in db.rows(statement)]


def names_of(person_ids: Sequence[str]) -> set[str]:
    """The names of these people."""
    return {row.name for row in db.rows(select(Person.name).where(Person.id.in_(list(person_ids))))}


def _projects(statement: Any) -> list[Project]:
    found = db.rows(statement)
    asked: dict[str, set[str]] = {}
    if found:
        units = select(ProjectRecipient.project_id, ProjectRecipient.unit_id)
        wanted = units.where(ProjectRecipient.project_id.in_([row.id for row in found]))
        for project_id, unit_id in db.rows(wanted.where(ProjectRecipient.unit_id.is_not(None))):
            asked.setdefault(project_id, set()).add(unit_id)
    return [
        Project(**{**row._mapping, "kind": Kind(row.kind), "state": State(row.state), "asked": _asked(asked, row.id)})  # noqa: SLF001
        for row in found
    ]


def _asked(asked: Mapping[str, set[str]], project_id: str) -> frozenset[str]:
    return frozenset(asked.get(project_id, ()))


def _reads(person: CurrentPerson, found: Project) -> bool:
    """The bureau-wide and supervisors read all; others what their unit was asked about while it is out for comment."""
    if person.role in BUREAU_WIDE or person.role is Role.SUPERVISOR:
        return True
    own = scope_of(person).units or frozenset()
    return found.state is State.COMMENT and bool(own & found.asked)
