"""Reads of exams: a sitting with its paper, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app import db
from app.refusals import NotFound
from app.training.models import Attempt, Delivery, Reading, SignOff, Sitting
from app.training.queries import demands
from app.training.rules import Demand, Question
from app.training.rules_exam import Laid, laid_out
from app.web.words import lazy

NO_EXAM = lazy("There is no such exam of yours. Begin one from the page of the standard.")


@dataclass(frozen=True)
class Given:
    """What was handed in: answers by question as places on the paper."""

    answers: Mapping[str, int]
    wrong: tuple[str, ...]
    score: int
    passed: bool
    at: datetime


@dataclass(frozen=True)
class Exam:
    """A sitting: `questions` as they stand in the standard, `paper` as they lie before the person."""

    id: str
    person_id: str
    number: str
    demand: Demand
    questions: tuple[Question, ...]
    paper: tuple[Laid, ...]
    given: Given | None


def sitting_exists(sitting_id: str) -> bool:
    """Whoever it belongs to."""
    return bool(db.scalar(select(Sitting.id).where(Sitting.id == sitting_id)))


def exam_of(sitting_id: str, person_id: str) -> Exam:
    """The own exam; raises NotFound."""
    statement = (
        select(
            Sitting.id, Sitting.person_id, Sitting.edition, Sitting.seed, Sitting.questions, Attempt.answers,
            Attempt.wrong, Attempt.score, Attempt.passed, Attempt.at,
        )
        .outerjoin(Attempt, Attempt.sitting_id == Sitting.id)
        .where(Sitting.id == sitting_id, Sitting.person_id == person_id)
    )  # fmt: skip
    found = db.row(statement)
    if found is None:
        raise NotFound(NO_EXAM)
    demand = demands([found.edition])[found.edition]
    questions = tuple(one for one in demand.questions if one.id in found.questions)
    given = Given(found.answers, tuple(found.wrong), found.score, found.passed, found.at) if found.at else None
    return Exam(
        found.id, found.person_id, found.edition, demand, questions, laid_out(questions, found.seed), given
    )  # fmt: skip


def has(table: type[Delivery | Reading | SignOff], **key: Any) -> bool:
    """Whether this was written before."""
    clauses = [getattr(table, name) == value for name, value in key.items()]
    return bool(db.scalar(select(table.id).where(*clauses).limit(1)))
