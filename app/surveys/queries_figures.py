"""Reads of what was answered, without anybody's name: counts by topic and department, and rows behind a figure."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from app import db
from app.feedback.rules_ratings import Face, satisfaction
from app.surveys.models import SurveyAnswer, SurveyInvitation, SurveyMark, SurveyQuestion, SurveyResult
from app.surveys.rules_figures import Group

MOST_ROWS = 2000


@dataclass(frozen=True)
class Said:
    """A mark behind a figure; nothing says who or from which department."""

    topic: str
    face: Face
    words: str


def by_topic(survey_id: str) -> list[Group]:
    """Every question's marks, in the order of the questions."""
    counted = (
        select(SurveyMark.no, SurveyMark.face, func.count().label("n"))
        .join(SurveyAnswer, SurveyAnswer.id == SurveyMark.answer_id)
        .where(SurveyAnswer.survey_id == survey_id)
        .group_by(SurveyMark.no, SurveyMark.face)
    )
    faces: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for row in db.rows(counted):
        faces[row.no].append((row.face, row.n))
    asked = select(SurveyQuestion.no, SurveyQuestion.topic).where(SurveyQuestion.survey_id == survey_id)
    return [
        Group(str(row.no), row.topic, satisfaction(faces[row.no]), sum(n for _face, n in faces[row.no]))
        for row in db.rows(asked.order_by(SurveyQuestion.no))
    ]


def by_department(survey_id: str) -> list[Group]:
    """Every department's marks over all topics."""
    counted = (
        select(SurveyAnswer.invitation_id, SurveyMark.face, func.count().label("n"))
        .join(SurveyMark, SurveyMark.answer_id == SurveyAnswer.id)
        .where(SurveyAnswer.survey_id == survey_id)
        .group_by(SurveyAnswer.invitation_id, SurveyMark.face)
    )
    faces: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for row in db.rows(counted):
        faces[row.invitation_id].append((row.face, row.n))
    asked = select(SurveyInvitation.id, SurveyInvitation.name, SurveyInvitation.answered)
    return [
        Group(row.id, row.name, satisfaction(faces[row.id]), row.answered)
        for row in db.rows(asked.where(SurveyInvitation.survey_id == survey_id).order_by(SurveyInvitation.name))
    ]


def marks_of(survey_id: str, numbers: Sequence[int]) -> list[Said]:
    """The marks for these questions with their words, worst first and in no order of arrival."""
    asked = (
        select(SurveyQuestion.topic, SurveyMark.face, SurveyMark.words)
        .join(SurveyAnswer, SurveyAnswer.id == SurveyMark.answer_id)
        .join(SurveyQuestion, (SurveyQuestion.survey_id == survey_id) & (SurveyQuestion.no == SurveyMark.no))
        .where(SurveyAnswer.survey_id == survey_id, SurveyMark.no.in_(list(numbers)))
        .order_by(SurveyMark.face, SurveyMark.words.desc(), SurveyQuestion.no)
        .limit(MOST_ROWS)
    )
    return [Said(row.topic, Face(row.face), row.words) for row in db.rows(asked)]


def marks_from(invitation_id: str) -> list[Said]:
    """The marks of one department: faces by topic, never words, which could say who wrote."""
    asked = (
        select(SurveyQuestion.topic, SurveyMark.face)
        .join(SurveyAnswer, SurveyAnswer.id == SurveyMark.answer_id)
        .join(
            SurveyQuestion, (SurveyQuestion.survey_id == SurveyAnswer.survey_id) & (SurveyQuestion.no == SurveyMark.no)
        )
        .where(SurveyAnswer.invitation_id == invitation_id)
        .order_by(SurveyMark.face, SurveyQuestion.no)
        .limit(MOST_ROWS)
    )
    return [Said(row.topic, Face(row.face), "") for row in db.rows(asked)]


def words_of(survey_id: str) -> list[str]:
    """What was said at the end of the form, in no order of arrival."""
    asked = select(SurveyAnswer.words).where(SurveyAnswer.survey_id == survey_id, SurveyAnswer.words != "")
    return [row.words for row in db.rows(asked.order_by(SurveyAnswer.words).limit(MOST_ROWS))]


def sealed(survey_id: str) -> str:
    """The SHA-256 of the counts at the end; "" while it is not closed."""
    found = db.scalar(select(SurveyResult.sha256).where(SurveyResult.survey_id == survey_id))
    return str(found or "")
