"""What a worker does: confirm reading, begin an exam, hand it in. Each again changes nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, datetime, tzinfo

from sqlalchemy import insert

from app.db import run
from app.refusals import Conflict, Invalid
from app.training.actions_delivery import deliver
from app.training.models import Attempt, Reading, Sitting
from app.training.queries import proofs
from app.training.queries_exams import Exam, exam_of, has, sitting_exists
from app.training.queries_people import Course
from app.training.rules import asked_on
from app.training.rules_exam import judge, unanswered
from app.web.words import lazy

NOTHING_ASKED = lazy("Nothing is asked about this standard. Confirming that you have read it is enough.")
ANSWER_ALL = lazy("Please answer every question.")
ANSWER_THIS = lazy("Choose an answer.")


def steps_asked(person_id: str, course: Course, on: date) -> tuple[str, ...] | None:
    """The changed steps that this person is asked about, or None for the whole standard."""
    return asked_on(course.demand, proofs([person_id], [course.number])[person_id, course.number], on)


def confirm_reading(person_id: str, course: Course, now: datetime, zone: tzinfo) -> bool:
    """已阅 (rules TR-4): the text counts as delivered with it. True when new today."""
    on = now.astimezone(zone).date()
    deliver(person_id, course, on, now)
    if has(Reading, person_id=person_id, edition=course.number, on=on):
        return False
    values = {"person_id": person_id, "edition": course.number, "on": on, "digest": course.row.digest, "at": now}
    run(insert(Reading).values(**values))
    return True


def begin_exam(person_id: str, course: Course, sitting_id: str, now: datetime, zone: tzinfo) -> str:
    """Lay out a paper by the sitting's own number; the same number again is the same exam. Raises Conflict."""
    if sitting_exists(sitting_id):
        return exam_of(sitting_id, person_id).id
    questions = course.demand.asked(steps_asked(person_id, course, now.astimezone(zone).date()))
    if not questions:
        raise Conflict(NOTHING_ASKED, problem="nothing-asked")
    seed = hashlib.sha256(f"{sitting_id}:{person_id}".encode()).hexdigest()[:32]
    values = {"id": sitting_id, "person_id": person_id, "edition": course.number, "seed": seed, "at": now}
    run(insert(Sitting).values(**values, questions=[one.id for one in questions]))
    return sitting_id


def hand_in(person_id: str, sitting_id: str, chosen: Mapping[str, int], now: datetime, zone: tzinfo) -> Exam:
    """The server judges; what was handed in first stands. Raises Invalid while a question has no answer."""
    exam = exam_of(sitting_id, person_id)
    if exam.given is not None:
        return exam
    if missing := unanswered(exam.paper, chosen):
        raise Invalid(ANSWER_ALL, fields=dict.fromkeys(missing, ANSWER_THIS))
    verdict = judge(exam.questions, exam.paper, chosen, exam.demand.pass_score)
    answers = {one.id: chosen[one.id] for one in exam.paper}
    run(
        insert(Attempt).values(
            sitting_id=exam.id, person_id=person_id, edition=exam.number, on=now.astimezone(zone).date(),
            answers=answers, wrong=list(verdict.wrong), score=verdict.score, passed=verdict.passed, at=now,
        )
    )  # fmt: skip
    return exam_of(sitting_id, person_id)
