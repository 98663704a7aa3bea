"""A survey in any state for tests, through the real deeds; call the builders inside an app context."""

import itertools
import re
import uuid
from datetime import date, datetime, timedelta

from flask import current_app

from app.accounts.queries import person_by_id
from app.db import atomically
from app.feedback.rules_public import Visitor
from app.feedback.rules_ratings import Face
from app.surveys import actions
from app.surveys.actions_answers import NewAnswer, answer
from app.surveys.queries import Invitation, invitations_of
from app.surveys.rules import Department, Plan, Question
from app.surveys.rules_answers import Mark, Sheet
from app.surveys.rules_content import INTRO
from app.surveys.rules_links import token_of
from tests.support import builders
from tests.support.builders import NOW

TODAY = date(2026, 11, 23)
QUESTIONS = (Question("保洁", "您对保洁是否满意？"), Question("餐饮", "您对食堂是否满意？"))
_visitors = itertools.count(1)


def world() -> None:
    """Stan is the standards section, Lou the leader, Sue heads care, Max a contractor, Ann works."""
    builders.small_world()
    for person_id, role, org_id in (
        ("stan", "standards", "bureau"), ("lou", "leader", "bureau"), ("max", "contractor_manager", "clean"),
        ("aud", "auditor", "bureau"),
    ):  # fmt: skip
        builders.person(person_id, role, org_id)


def call(now: datetime = NOW, today: date = TODAY, by: str = "stan") -> actions.Call:
    who = person_by_id(by)
    assert who is not None
    return actions.Call(who, now, today)


def drafted(year: int = 2026, opens_on: date = TODAY, days: int = 10, questions=QUESTIONS, survey_id: str = "") -> str:
    """A draft with two questions and no departments."""
    made = survey_id or str(uuid.uuid4())
    plan = Plan("机关后勤服务满意度调查", INTRO, opens_on, opens_on + timedelta(days=days))
    atomically(lambda: actions.make(made, year, plan, call()))
    head = actions.survey_for(made)
    atomically(lambda: actions.change_questions(head, questions, head.revision))
    return made


def opened(departments=(("办公室", 20), ("财务处", 10)), **given) -> str:
    """Open since today."""
    made = drafted(**given)
    wanted = [Department(*each) for each in departments]
    atomically(lambda: actions.invite(actions.survey_for(made), wanted, secret()))
    atomically(lambda: actions.release(actions.survey_for(made), call()))
    return made


def invited(survey_id: str, name: str = "办公室") -> Invitation:
    return next(each for each in invitations_of(survey_id) if each.name == name)


def ticket(survey_id: str, name: str = "办公室") -> str:
    """The token of a department's link."""
    return token_of(secret(), invited(survey_id, name).id)


def answered(survey_id: str, *faces: int, name: str = "办公室", words: str = "", beside: str = "") -> str:
    """An answer of somebody of that department, a face a question; 0: not used."""
    made = str(uuid.uuid4())
    marks = tuple(Mark(no, Face(face), beside) for no, face in enumerate(faces, 1) if face)
    visitor = Visitor(f"device-{next(_visitors)}", f"address-{next(_visitors)}")
    atomically(lambda: answer(NewAnswer(made, invited(survey_id, name), Sheet(marks, words), visitor, NOW)))
    return made


def closed(*answers, year: int = 2026, **given) -> str:
    """Ended, with these answers: (how many, department, faces)."""
    made = opened(year=year, **given)
    for count, name, faces in answers:
        for _each in range(count):
            answered(made, *faces, name=name)
    atomically(lambda: actions.end(actions.survey_for(made), "stan", NOW))
    return made


def shown(survey_id: str, year: int, *, ended: bool = False) -> str:
    """A survey with six answers of one department, open or ended; gives back the token of its link."""
    opened(year=year, survey_id=survey_id)
    for _each in range(6):
        answered(survey_id, 5, 4)
    if ended:
        atomically(lambda: actions.end(actions.survey_for(survey_id), "stan", NOW))
    return ticket(survey_id)


def secret() -> str:
    return str(current_app.secret_key)


def form_of(page: str) -> dict[str, str]:
    """What the form behind a link carries hidden."""
    return {"form": re.search(r'name="form" value="([^"]+)"', page).group(1)}
