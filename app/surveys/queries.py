"""Reads of surveys: the list, one with questions and departments, and the department behind a link."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from app import db
from app.organisations.models import Organisation
from app.surveys.models import Survey, SurveyAnswer, SurveyInvitation, SurveyQuestion
from app.surveys.rules import Department, Plan, Question, State
from app.surveys.rules_links import key_of
from app.tallies.rules_rates import Rate


@dataclass(frozen=True)
class Head:
    """A survey as lists show it; `invited` and `answered` are people of all departments."""

    id: str
    year: int
    plan: Plan
    state: State
    revision: int
    analysis: str
    measures: str
    closed_at: datetime | None
    words_gone_at: datetime | None
    invited: int
    answered: int

    @property
    def returned(self) -> Rate:
        """回收率: answers of those invited."""
        return Rate(self.answered, self.invited)


@dataclass(frozen=True)
class Invitation:
    """A department of a survey; `answered` of at most `invited`."""

    id: str
    survey_id: str
    name: str
    org_id: str | None
    invited: int
    answered: int
    reminded_at: datetime | None

    @property
    def returned(self) -> Rate:
        return Rate(self.answered, self.invited)

    @property
    def department(self) -> Department:
        return Department(self.name, self.invited)


def _heads() -> Any:
    counted = (
        select(
            SurveyInvitation.survey_id,
            func.sum(SurveyInvitation.invited).label("invited"),
            func.sum(SurveyInvitation.answered).label("answered"),
        )
        .group_by(SurveyInvitation.survey_id)
        .subquery()
    )
    columns = (
        Survey.id, Survey.year, Survey.title, Survey.intro, Survey.opens_on, Survey.closes_on, Survey.state,
        Survey.revision, Survey.analysis, Survey.measures, Survey.closed_at, Survey.words_gone_at,
    )  # fmt: skip
    invited = func.coalesce(counted.c.invited, 0).label("invited")
    answered = func.coalesce(counted.c.answered, 0).label("answered")
    return select(*columns, invited, answered).outerjoin(counted, counted.c.survey_id == Survey.id)


def _head(row: Any) -> Head:
    plan = Plan(row.title, row.intro, row.opens_on, row.closes_on)
    return Head(
        row.id, row.year, plan, State(row.state), row.revision, row.analysis, row.measures, row.closed_at,
        row.words_gone_at, int(row.invited), int(row.answered),
    )  # fmt: skip


def surveys() -> list[Head]:
    """The newest year first."""
    return [_head(row) for row in db.rows(_heads().order_by(Survey.year.desc()))]


def survey(survey_id: str) -> Head | None:
    found = db.row(_heads().where(Survey.id == survey_id))
    return _head(found) if found else None


def survey_of(year: int) -> Head | None:
    """The survey of a year."""
    found = db.row(_heads().where(Survey.year == year))
    return _head(found) if found else None


def to_turn(today: date) -> list[Head]:
    """Released or open ones whose first or last day has passed."""
    ready = (Survey.state == State.READY.value) & (Survey.opens_on <= today)
    over = Survey.state.in_([State.READY.value, State.OPEN.value]) & (Survey.closes_on < today)
    return [_head(row) for row in db.rows(_heads().where(ready | over))]


def with_old_words(before: datetime) -> list[str]:
    """Surveys closed before whose free texts are still kept."""
    old = (Survey.closed_at < before, Survey.words_gone_at.is_(None))
    return [row.id for row in db.rows(select(Survey.id).where(*old))]


def questions_of(survey_id: str) -> list[Question]:
    """In order; the first is number 1."""
    asked = select(SurveyQuestion.topic, SurveyQuestion.text).where(SurveyQuestion.survey_id == survey_id)
    return [Question(row.topic, row.text) for row in db.rows(asked.order_by(SurveyQuestion.no))]


_INVITATION = (
    SurveyInvitation.id, SurveyInvitation.survey_id, SurveyInvitation.name, SurveyInvitation.org_id,
    SurveyInvitation.invited, SurveyInvitation.answered, SurveyInvitation.reminded_at,
)  # fmt: skip


def invitations_of(survey_id: str) -> list[Invitation]:
    """Fewest answers of those invited first; among equals by name."""
    asked = select(*_INVITATION).where(SurveyInvitation.survey_id == survey_id).order_by(SurveyInvitation.name)
    found = [Invitation(*row) for row in db.rows(asked)]
    return sorted(found, key=lambda each: each.returned.share or 0)


def invitation_behind(link: str) -> Invitation | None:
    """The department that a link belongs to."""
    found = db.row(select(*_INVITATION).where(SurveyInvitation.key == key_of(link)))
    return Invitation(*found) if found else None


def answers_of(survey_id: str) -> Any:
    """The answers of a survey, to be named inside another statement."""
    return select(SurveyAnswer.id).where(SurveyAnswer.survey_id == survey_id)


def is_kept(answer_id: str) -> bool:
    """Whether this form has been stored before."""
    return db.row(select(SurveyAnswer.id).where(SurveyAnswer.id == answer_id)) is not None


def units_by_name(names: Sequence[str]) -> dict[str, str]:
    """Name -> id of the units of these names."""
    found = db.rows(select(Organisation.name, Organisation.id).where(Organisation.name.in_(list(names))))
    return {row.name: row.id for row in found}
