"""Surveys: states, what may be done when, questions and departments as values, and the template; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.web.words import lazy

MOST_TITLE, MOST_INTRO, MOST_TOPIC, MOST_QUESTION, MOST_NAME = 60, 400, 12, 100, 60
MOST_QUESTIONS, MOST_DEPARTMENTS, MOST_INVITED, MOST_DAYS = 20, 300, 5000, 120
MOST_REPORT = 4000


class State(StrEnum):
    """DRAFT is edited, READY waits for its first day, OPEN takes answers, CLOSED has its report."""

    DRAFT = "draft"
    READY = "ready"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True)
class Question:
    """One topic of service with its question; answered by one of five faces and, if wished, words."""

    topic: str
    text: str


@dataclass(frozen=True)
class Department:
    """A department that is asked: `invited` people, so that many answers at most."""

    name: str
    invited: int


@dataclass(frozen=True)
class Plan:
    """What a survey is called, tells at its head, and when it takes answers, both days included."""

    title: str
    intro: str
    opens_on: date
    closes_on: date


STATE_WORDS = {
    State.DRAFT: lazy("In preparation"),
    State.READY: lazy("Released"),
    State.OPEN: lazy("Open for answers"),
    State.CLOSED: lazy("Has ended"),
}
STATE_KINDS = {State.DRAFT: "mute", State.READY: "info", State.OPEN: "due", State.CLOSED: "ok"}


def turned(state: State, plan: Plan, today: date) -> State:
    """Where a survey stands on this day; the timer writes it down."""
    if state in (State.READY, State.OPEN) and today > plan.closes_on:
        return State.CLOSED
    if state is State.READY and today >= plan.opens_on:
        return State.OPEN
    return state


def plan_faults(plan: Plan) -> dict[str, object]:
    """A sentence for each field that does not hold."""
    found: dict[str, object] = {}
    if not plan.title:
        found["title"] = lazy("Give the survey a title.")
    if len(plan.title) > MOST_TITLE:
        found["title"] = lazy("This text is too long; at most %(n)d characters.", n=MOST_TITLE)
    if len(plan.intro) > MOST_INTRO:
        found["intro"] = lazy("This text is too long; at most %(n)d characters.", n=MOST_INTRO)
    if plan.closes_on < plan.opens_on:
        found["closes_on"] = lazy("The last day lies before the first.")
    elif (plan.closes_on - plan.opens_on).days > MOST_DAYS:
        found["closes_on"] = lazy("A survey is open for at most %(n)d days.", n=MOST_DAYS)
    return found


def question_faults(questions: Sequence[Question]) -> dict[str, object]:
    """A sentence when the list cannot be asked; topics tell questions apart, so each stands once."""
    if not questions:
        return {"questions": lazy("Ask at least one question.")}
    if len(questions) > MOST_QUESTIONS:
        return {"questions": lazy("At most %(n)d questions: it should take two minutes.", n=MOST_QUESTIONS)}
    if any(not each.topic or not each.text for each in questions):
        return {"questions": lazy("Every question needs its topic and its text.")}
    if any(len(each.topic) > MOST_TOPIC or len(each.text) > MOST_QUESTION for each in questions):
        words = {"n": MOST_TOPIC, "m": MOST_QUESTION}
        return {"questions": lazy("A topic has at most %(n)d characters, a question %(m)d.", **words)}
    if len({each.topic for each in questions}) < len(questions):
        return {"questions": lazy("A topic stands twice. Give each question a topic of its own.")}
    return {}


def lacking(questions: Sequence[Question], departments: Sequence[Department], closes_on: date, today: date) -> object:
    """What a draft still lacks before it can be released; "" when nothing."""
    if question_faults(questions):
        return lazy("Ask at least one question.")
    if not departments:
        return lazy("Name the departments that are asked, and how many people of each.")
    if closes_on < today:
        return lazy("The last day is over already. Move it.")
    return ""
