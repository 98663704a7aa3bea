"""Reads of suggestions: one, a person's own, those of a standard, how many wait; and the evidence of a project."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import aliased

from app import db
from app.accounts.models import Person
from app.learning.models import ProjectEvidence, SuggestionEvent
from app.learning.models import Suggestion as SuggestionTable
from app.learning.rules import Event, Standing, Suggestion
from app.learning.rules_records import Evidence, Kind
from app.organisations.models import Organisation
from app.organisations.queries import within
from app.organisations.rules import Scope
from app.standards.models_projects import Project
from app.standards.rules_phases import Kind as ProjectKind
from app.standards.rules_phases import State

MOST = 200
_BY = aliased(Person)
_T = SuggestionTable
_ROWS = (
    select(
        _T.id, _T.standard_code, _T.edition, _T.step_id, _T.step_title, _T.text, _T.sha256, _T.anonymous, _T.check_id,
        _T.by_id, Person.name.label("by"), _T.unit_id, Organisation.name.label("unit"), _T.at,
    )
    .outerjoin(Person, Person.id == _T.by_id)
    .outerjoin(Organisation, Organisation.id == _T.unit_id)
)  # fmt: skip
_NEWEST = (
    select(SuggestionEvent.suggestion_id, func.max(SuggestionEvent.id).label("id"))
    .group_by(SuggestionEvent.suggestion_id)
    .subquery()
)


def suggestion(suggestion_id: str) -> Suggestion | None:
    """One suggestion with its events."""
    found = _read(_ROWS.where(_T.id == suggestion_id))
    return found[0] if found else None


def own_suggestions(person_id: str) -> list[Suggestion]:
    """What this person suggested, newest first."""
    return _read(_ROWS.where(_T.by_id == person_id).order_by(_T.at.desc(), _T.id).limit(MOST))


def suggestions_of(code: str, scope: Scope) -> list[Suggestion]:
    """Those of a standard within reach, newest first."""
    reach = within(scope, _T.unit_id, _T.responsible_id)
    return _read(_ROWS.where(_T.standard_code == code, *reach).order_by(_T.at.desc(), _T.id).limit(MOST))


def standings_by_code(scope: Scope) -> dict[str, dict[Standing, int]]:
    """Standard -> how many of its suggestions stand where. One query."""
    statement = (
        select(_T.standard_code, SuggestionEvent.kind, func.count())
        .outerjoin(_NEWEST, _NEWEST.c.suggestion_id == _T.id)
        .outerjoin(SuggestionEvent, SuggestionEvent.id == _NEWEST.c.id)
        .where(*within(scope, _T.unit_id, _T.responsible_id))
        .group_by(_T.standard_code, SuggestionEvent.kind)
    )
    found: dict[str, dict[Standing, int]] = {}
    for code, standing, count in db.rows(statement):
        found.setdefault(code, {})[Standing(standing or Standing.NEW)] = count
    return found


def evidence_of(project_id: str) -> list[Evidence]:
    """What a project rests on, in the order in which it was bundled."""
    table = ProjectEvidence
    columns = (table.kind, table.ref, table.step_id, table.text, table.link, table.data)
    found = db.rows(select(*columns).where(table.project_id == project_id).order_by(table.id))
    return [Evidence(Kind(kind), *rest) for kind, *rest in found]


def projects_of_suggestion(suggestion_ids: list[str]) -> dict[str, tuple[str, str, str]]:
    """Suggestion -> id, title and state of the project that it went into."""
    table = ProjectEvidence
    statement = (
        select(table.ref, Project.id, Project.title, Project.state)
        .join(Project, Project.id == table.project_id)
        .where(table.kind == Kind.SUGGESTION, table.ref.in_(suggestion_ids))
        .order_by(table.id)
    )
    return {ref: (project_id, title, state) for ref, project_id, title, state in db.rows(statement)}


def written_now(limit: int = MOST) -> list[tuple[str, str, str]]:
    """(suggestion, author, edition) of those that a published revision rests on and whose author is not told yet."""
    statement = (
        select(_T.id, _T.by_id, Project.edition)
        .join(ProjectEvidence, ProjectEvidence.ref == _T.id)
        .join(Project, Project.id == ProjectEvidence.project_id)
        .join(_NEWEST, _NEWEST.c.suggestion_id == _T.id)
        .join(SuggestionEvent, SuggestionEvent.id == _NEWEST.c.id)
        .where(
            ProjectEvidence.kind == Kind.SUGGESTION, Project.state == State.PUBLISHED,
            Project.kind == ProjectKind.REVISE, SuggestionEvent.kind == Standing.TAKEN,
        )
        .order_by(_T.at, _T.id)
        .limit(limit)
    )  # fmt: skip
    return [(row[0], row[1], row[2] or "") for row in db.rows(statement)]


def _read(statement: Any) -> list[Suggestion]:
    found = [Suggestion(**row._mapping) for row in db.rows(statement)]  # noqa: SLF001  SQLAlchemy's public mapping
    events = _events([each.id for each in found])
    return [replace(each, events=tuple(events.get(each.id, ()))) for each in found]


def _events(ids: list[str]) -> Mapping[str, list[Event]]:
    found: dict[str, list[Event]] = {}
    if not ids:
        return found
    columns = (SuggestionEvent.suggestion_id, SuggestionEvent.kind, SuggestionEvent.at, SuggestionEvent.text, _BY.name)
    wanted: ColumnElement[bool] = SuggestionEvent.suggestion_id.in_(ids)
    statement = select(*columns).outerjoin(_BY, _BY.id == SuggestionEvent.by_id).where(wanted)
    for suggestion_id, kind, at, text, by in db.rows(statement.order_by(SuggestionEvent.id)):
        found.setdefault(suggestion_id, []).append(Event(Standing(kind), at, text, by))
    return found


def said_since(person_id: str, since: datetime) -> int:
    """How many suggestions this person made since then."""
    statement = select(func.count()).select_from(_T).where(_T.by_id == person_id, _T.at > since)
    return int(db.scalar(statement) or 0)


def deed_done(deed_id: str) -> bool:
    """Whether an answer of this id was given."""
    return db.scalar(select(SuggestionEvent.id).where(SuggestionEvent.deed_id == deed_id)) is not None
