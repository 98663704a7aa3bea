"""What can be printed in a month, within reach, as one kind of line for every form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from app import db
from app.grades.queries import frozen
from app.grades.queries_live import may_see
from app.grades.rules import Kind
from app.inspections.queries_lists import behind_for, open_for
from app.inspections.rules import State
from app.nonconformities.models import Finding, FindingEvent
from app.nonconformities.queries_one import standing
from app.nonconformities.queries_proposals import proposals
from app.nonconformities.rules_deeds import Deed
from app.nonconformities.rules_words import STATES
from app.organisations.models import Organisation
from app.organisations.queries import scope_of, within
from app.places.models import Point
from app.reports.queries_papers import bulletins_of
from app.reports.rules_forms import Form
from app.stats.models import DayClosing
from app.surveys.queries import surveys
from app.web.current import CurrentPerson, Role

MOST = 200
TO_PRINT = (State.TO_SIGN, State.CLOSED, State.ANNOUNCED)


@dataclass(frozen=True)
class Month:
    """A month at the site and its bounds as instants."""

    first: date
    after: date
    first_at: datetime
    before: datetime


@dataclass(frozen=True)
class Document:
    """A form that can be printed: `name` is its number, `text` what it is about, `where` the unit or point."""

    id: str
    name: str
    text: str
    where: str
    on: datetime | date
    state: object = ""


def documents(form: Form, who: CurrentPerson, month: Month) -> Sequence[Document]:
    """The newest first, at most two hundred."""
    return {
        Form.CHECK: _inspections,
        Form.NC: _findings,
        Form.RECHECK: _rechecked,
        Form.IMPROVEMENT: _improvements,
        Form.LOG: _days,
        Form.GRADE: _graded,
        Form.SURVEY: _surveyed,
        Form.BULLETIN: _bulletins,
        Form.EVALUATION: _evaluated,
    }[form](who, month)


_FINDING = select(
    Finding.id, Finding.number, Finding.text, Point.name.label("point"), Finding.found_at, Finding.state
).outerjoin(Point, Point.id == Finding.point_id)


def _findings(who: CurrentPerson, month: Month) -> list[Document]:
    reach = within(scope_of(who), Finding.implementer_id, Finding.responsible_id)
    in_month = (Finding.found_at >= month.first_at, Finding.found_at < month.before)
    statement = _FINDING.where(*reach, *in_month).order_by(Finding.found_at.desc(), Finding.id).limit(MOST)
    return [_finding(row) for row in db.rows(statement)]


def _rechecked(who: CurrentPerson, month: Month) -> list[Document]:
    """Findings that were rechecked in the month."""
    reach = within(scope_of(who), Finding.implementer_id, Finding.responsible_id)
    last = (
        select(FindingEvent.finding_id, func.max(FindingEvent.at).label("at"))
        .where(FindingEvent.kind.in_((Deed.CLOSE, Deed.RETURN, Deed.CONCEDE)))
        .where(FindingEvent.at >= month.first_at, FindingEvent.at < month.before)
        .group_by(FindingEvent.finding_id)
        .subquery()
    )
    statement = _FINDING.join(last, last.c.finding_id == Finding.id).where(*reach)
    return [_finding(row) for row in db.rows(statement.order_by(last.c.at.desc(), Finding.id).limit(MOST))]


def _finding(row: db.AnyRow) -> Document:
    state = STATES.get(row.state, row.state)
    return Document(row.id, row.number, row.text, row.point or "", row.found_at, state)


def _inspections(who: CurrentPerson, month: Month) -> list[Document]:
    heads = [head for head in (*open_for(who), *behind_for(who)) if head.state in TO_PRINT]
    mine = [head for head in heads if month.first <= head.on < month.after]
    return [Document(head.id, head.number, head.template_title, head.unit_name, head.on) for head in mine]


def _improvements(who: CurrentPerson, month: Month) -> list[Document]:
    scope = scope_of(who)
    found = [each for each in proposals(MOST) if month.first_at <= each.at < month.before]
    if scope.units is not None:
        wanted = {finding for each in found for finding in each.findings}
        own = {one.id for one in standing(wanted) if scope.reaches(one.implementer_id, one.responsible_id)}
        found = [each for each in found if own & set(each.findings)]
    return [
        Document(each.id, f"{each.standard_code} {each.step_id}", each.step_title, each.standard or "", each.at)
        for each in found
    ]


def _days(who: CurrentPerson, month: Month) -> list[Document]:
    """Days that the own unit, or one below it, has closed."""
    scope = scope_of(who)
    statement = select(DayClosing.day, Organisation.name).join(Organisation, Organisation.id == DayClosing.org_id)
    statement = statement.where(DayClosing.day >= month.first, DayClosing.day < month.after)
    if scope.units is not None:
        statement = statement.where(DayClosing.org_id.in_(scope.units))
    units: dict[date, list[str]] = {}
    for row in db.rows(statement.order_by(DayClosing.day.desc(), DayClosing.id)):
        names = units.setdefault(row.day, [])
        if row.name not in names:
            names.append(row.name)
    return [Document(day.isoformat(), day.isoformat(), "、".join(names), "", day) for day, names in units.items()]


def _graded(who: CurrentPerson, month: Month) -> list[Document]:
    """The frozen monthly sheets of contractors."""
    scope = scope_of(who)
    mine = [each for each in frozen(Kind.UNIT, month.first) if each.figures.contract]
    mine = [each for each in mine if may_see(scope, each.implementers, each.responsibles)]
    return [
        Document(each.id, each.figures.contract, each.name, "", each.frozen_at or month.before) for each in mine[:MOST]
    ]


def _bulletins(who: CurrentPerson, month: Month) -> list[Document]:
    """Those that were issued for the month."""
    return [
        Document(one.id, f"{one.year} 年第 {one.number} 期", name, "", one.at)
        for one, name in bulletins_of(who, month.first)
    ]


def _evaluated(who: CurrentPerson, month: Month) -> list[Document]:
    """Of every unit that was graded in the frozen month; half a year is asked for on the page of reports."""
    scope = scope_of(who)
    mine = [each for each in frozen(Kind.UNIT, month.first) if may_see(scope, each.implementers, each.responsibles)]
    return [
        Document(f"{month.first:%Y-%m}~1~{each.subject_id}", f"{month.first:%Y-%m}", each.name, "", month.after)
        for each in mine[:MOST]
    ]


def _surveyed(who: CurrentPerson, month: Month) -> list[Document]:
    """The surveys that ended in the month; not for contractors."""
    if who.role is Role.MANAGER:
        return []
    ended = [(each, each.closed_at) for each in surveys()]
    return [
        Document(each.id, str(each.year), each.plan.title, "", at)
        for each, at in ended
        if at and month.first_at <= at < month.before
    ]
