"""Reads of second opinions: one with its steps, events and state, those of a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, or_, select

from app import db
from app.accounts.models import Person
from app.checks.models import Answer, Check
from app.organisations.queries import scope_of, within
from app.places.models import Building, Point
from app.refusals import NotFound
from app.spotchecks.models import Review, ReviewEvent, ReviewState, ReviewStep
from app.spotchecks.rules import Executed, Kind
from app.spotchecks.rules_hearing import State
from app.spotchecks.rules_review import Verdict
from app.standards.models import Standard
from app.standards.queries import edition, edition_row
from app.web.current import CurrentPerson, Role
from app.web.words import lazy

NO_REVIEW = lazy("There is no such spot check, or it belongs to another unit.")
MOST = 100
UNSETTLED = (State.OPEN, State.HEARD, State.APPEALED)


@dataclass(frozen=True, slots=True)
class Looked:
    """The record that somebody gives a second opinion on; `valid_minutes` as its edition says."""

    check_id: str
    occurrence_id: int | None
    point_id: str
    standard_code: str
    edition: str
    implementer_id: str
    responsible_id: str
    person_id: str
    done_at: datetime
    valid_minutes: int | None

    @property
    def executed(self) -> Executed:
        """Who did it for whom."""
        return Executed(self.person_id, self.implementer_id, self.responsible_id)


_LOOKED = select(
    Check.id, Check.occurrence_id, Check.point_id, Check.standard_code, Check.edition, Check.implementer_id,
    Check.responsible_id, Check.person_id, Check.effective_at,
)  # fmt: skip


def looked_at(check_id: str) -> Looked | None:
    """A completed record, whoever asks."""
    row = db.row(_LOOKED.where(Check.id == check_id.lower(), Check.outcome == "done"))
    if row is None:
        return None
    text = edition_row(row.edition)
    values = (*row, edition(text).valid_minutes if text else None)
    return Looked(*values)


def point_name(point_id: str) -> str:
    return str(db.scalar(select(Point.name).where(Point.id == point_id)))


@dataclass(frozen=True, slots=True)
class Said:
    """What a record says of a step."""

    step_id: str
    key: bool
    result: str


def said_in(check_id: str) -> list[Said]:
    """The steps that applied, in order."""
    statement = select(Answer.step_id, Answer.key, Answer.result).where(Answer.check_id == check_id, Answer.applicable)
    return [Said(*row) for row in db.rows(statement.order_by(Answer.position))]


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A second opinion with its place and people; `state` None where nothing is in dispute."""

    id: str
    subject: str
    kind: str
    item_id: str | None
    check_id: str
    point_id: str
    standard_code: str
    implementer_id: str
    responsible_id: str
    executor_id: str
    by_id: str
    by_name: str
    at: datetime
    outcome: str
    note: str
    point: str
    building: str
    title: str
    executor: str
    state: str | None
    appeal_until: datetime | None
    finding_id: str | None

    @property
    def executed(self) -> Executed:
        """Who did the work for whom."""
        return Executed(self.executor_id, self.implementer_id, self.responsible_id)


_FIELDS = list(ReviewRow.__dataclass_fields__)
_COLUMNS: tuple[Any, ...] = (
    *(getattr(Review, name) for name in _FIELDS[: _FIELDS.index("point")]),
    Point.name, Building.name, Standard.title, Person.name, ReviewState.state, ReviewState.appeal_until,
    ReviewState.finding_id,
)  # fmt: skip
_REVIEWS = (
    select(*_COLUMNS)
    .join(Point, Point.id == Review.point_id)
    .join(Building, Building.id == Point.building_id)
    .join(Standard, Standard.code == Review.standard_code)
    .outerjoin(Person, Person.id == Review.executor_id)
    .outerjoin(ReviewState, ReviewState.review_id == Review.id)
)


def find_review(review_id: str) -> ReviewRow | None:
    """One by its id, whoever asks."""
    row = db.row(_REVIEWS.where(Review.id == review_id.lower()))
    return ReviewRow(*row) if row else None


def review_of_subject(subject: str) -> ReviewRow | None:
    """The one opinion on a subject."""
    row = db.row(_REVIEWS.where(Review.subject == subject))
    return ReviewRow(*row) if row else None


def review_by_id(review_id: str, person: CurrentPerson) -> ReviewRow:
    """One that the person reaches: on an own record, by oneself, or in scope. Raises NotFound."""
    row = db.row(_REVIEWS.where(Review.id == review_id.lower(), *reached_by(person)))
    if row is None:
        raise NotFound(NO_REVIEW)
    return ReviewRow(*row)


def reached_by(person: CurrentPerson) -> list[ColumnElement[bool]]:
    """Where-clauses: on own records, by oneself, or in scope."""
    if person.role in (Role.WORKER, Role.DRIVER):
        return [Review.executor_id == person.id]
    own = or_(Review.executor_id == person.id, Review.by_id == person.id)
    scope = within(scope_of(person), Review.implementer_id, Review.responsible_id)
    return [or_(own, *scope)] if scope else []


def unsettled_reviews(person: CurrentPerson) -> list[ReviewRow]:
    """Disputes in the person's reach that wait for an account, a decision or a second decision, oldest first."""
    statement = _REVIEWS.where(ReviewState.state.in_(UNSETTLED), *reached_by(person))
    return [ReviewRow(*row) for row in db.rows(statement.order_by(Review.at).limit(MOST))]


def latest_reviews(person: CurrentPerson, limit: int = 20) -> list[ReviewRow]:
    """What was looked at last in the person's reach, at the desk and on site."""
    statement = _REVIEWS.where(Review.kind != Kind.SELF, *reached_by(person)).order_by(Review.at.desc(), Review.id)
    return [ReviewRow(*row) for row in db.rows(statement.limit(limit))]


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of a second opinion."""

    step_id: str
    step_title: str
    key: bool
    said: str
    verdict: str
    reason: str
    note: str
    photos: Sequence[str]

    @property
    def differs(self) -> bool:
        """Passed by the record, failed by the second look."""
        return self.said == "pass" and self.verdict == Verdict.FAILS


def steps_of(review_id: str) -> list[StepRow]:
    columns = [getattr(ReviewStep, name) for name in StepRow.__dataclass_fields__]
    statement = select(*columns).where(ReviewStep.review_id == review_id).order_by(ReviewStep.step_id)
    return [StepRow(*row) for row in db.rows(statement)]


@dataclass(frozen=True, slots=True)
class EventRow:
    """One line of a dispute's history."""

    kind: str
    by_id: str | None
    by_name: str
    at: datetime
    data: Mapping[str, Any] | None


def events_of(review_id: str) -> list[EventRow]:
    columns = [getattr(ReviewEvent, name) for name in EventRow.__dataclass_fields__]
    statement = select(*columns).where(ReviewEvent.review_id == review_id).order_by(ReviewEvent.id)
    return [EventRow(*row) for row in db.rows(statement)]


def reviewed_subjects(subjects: Iterable[str]) -> frozenset[str]:
    """Which of these have their opinion already."""
    return frozenset(row.subject for row in db.rows(select(Review.subject).where(Review.subject.in_(list(subjects)))))
