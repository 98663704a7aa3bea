"""Deeds of the office on a survey: make, edit, invite, release, end, drop, conclude. Never commits."""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import orjson
from sqlalchemy import delete, insert, update

from app.audit.actions import note
from app.db import run
from app.feedback.rules_ratings import Face
from app.refusals import Conflict, Invalid, NotFound, Stale
from app.surveys.models import Survey, SurveyInvitation, SurveyQuestion, SurveyResult
from app.surveys.queries import Head, invitations_of, questions_of, survey, survey_of, units_by_name
from app.surveys.queries_figures import by_topic
from app.surveys.rules import MOST_REPORT, Department, Plan, Question, State, lacking, turned
from app.surveys.rules_content import TEMPLATE
from app.surveys.rules_links import key_of, token_of
from app.web.current import CurrentPerson
from app.web.words import lazy

NO_SURVEY = lazy("There is no such survey.")
STALE = lazy("Somebody else has changed this survey meanwhile. Load the page again.")
RELEASED = lazy("This survey is released; its questions stand. Only the last day and the departments can change.")
OVER = lazy("This survey has ended.")


@dataclass(frozen=True)
class Call:
    """Who asks, when, and the day at the site."""

    who: CurrentPerson
    now: datetime
    today: date


def survey_for(survey_id: str) -> Head:
    """Raises NotFound."""
    found = survey(survey_id)
    if found is None:
        raise NotFound(NO_SURVEY)
    return found


def make(survey_id: str, year: int, plan: Plan, call: Call) -> bool:
    """A draft with the questions of the year before, else the template; False when this form came before."""
    if survey(survey_id) is not None:
        return False
    if survey_of(year) is not None:
        sentence = lazy("There is a survey of %(year)d already.", year=year)
        raise Conflict(sentence, fields={"year": sentence})
    before = survey_of(year - 1)
    values = {"title": plan.title, "intro": plan.intro, "opens_on": plan.opens_on, "closes_on": plan.closes_on}
    values |= {"id": survey_id, "year": year, "state": State.DRAFT.value, "made_by_id": call.who.id}
    run(insert(Survey).values(**values, made_at=call.now))
    _ask(survey_id, (questions_of(before.id) if before else []) or TEMPLATE)
    return True


def change_plan(head: Head, plan: Plan, revision: int) -> None:
    """Title, head and days of a draft; of a released one the last day only. Raises Conflict, Stale."""
    if head.state is State.CLOSED:
        raise Conflict(OVER)
    if plan == head.plan:
        return
    if head.state is not State.DRAFT and (plan.title, plan.opens_on) != (head.plan.title, head.plan.opens_on):
        raise Conflict(RELEASED)
    values = {"title": plan.title, "intro": plan.intro, "opens_on": plan.opens_on, "closes_on": plan.closes_on}
    _edit(head, revision, **values)


def change_questions(head: Head, questions: Sequence[Question], revision: int) -> None:
    """The whole list of a draft; the same again changes nothing."""
    if list(questions) == questions_of(head.id):
        return
    if head.state is not State.DRAFT:
        raise Conflict(RELEASED)
    _edit(head, revision)
    _ask(head.id, questions)


def invite(head: Head, departments: Sequence[Department], secret: str) -> int:
    """Exactly these departments, each with its number; those with answers stay. Gives back how many changed."""
    if head.state is State.CLOSED:
        raise Conflict(OVER)
    standing = {each.name: each for each in invitations_of(head.id)}
    wanted, changed = {each.name: each.invited for each in departments}, 0
    for name, here in standing.items():
        if wanted.get(name, 0) < here.answered:
            words = {"name": name, "n": here.answered}
            raise Conflict(lazy("%(name)s has sent %(n)d answers already: it stays, with at least as many.", **words))
        if name not in wanted:
            run(delete(SurveyInvitation).where(SurveyInvitation.id == here.id, SurveyInvitation.answered == 0))
        elif wanted[name] != here.invited:
            run(update(SurveyInvitation).where(SurveyInvitation.id == here.id).values(invited=wanted[name]))
        changed += wanted.get(name) != here.invited
    units = units_by_name(list(wanted))
    for name in (each for each in wanted if each not in standing):
        made = str(uuid.uuid4())
        values = {
            "name": name,
            "org_id": units.get(name),
            "invited": wanted[name],
            "key": key_of(token_of(secret, made)),
        }
        run(insert(SurveyInvitation).values(id=made, survey_id=head.id, answered=0, **values))
        changed += 1
    return changed


def release(head: Head, call: Call) -> State:
    """From now on the dates decide; raises Conflict with what is lacking. Again changes nothing."""
    if head.state is not State.DRAFT:
        return head.state
    departments = [each.department for each in invitations_of(head.id)]
    if lack := lacking(questions_of(head.id), departments, head.plan.closes_on, call.today):
        raise Conflict(lack)
    state = turned(State.READY, head.plan, call.today)
    _turn(head, State.DRAFT, state)
    note("setting.changed", by_id=call.who.id, about="survey", data={"year": head.year, "state": state.value})
    return state


def end(head: Head, by_id: str | None, now: datetime) -> bool:
    """No more answers; the counts are sealed. False when it had ended. Raises Conflict for a draft."""
    if head.state is State.CLOSED:
        return False
    if head.state is State.DRAFT:
        raise Conflict(lazy("A draft cannot be ended. Release it, or drop it."))
    _turn(head, head.state, State.CLOSED, closed_at=now)
    head = survey_for(head.id)
    topics = [
        {"topic": each.name, "faces": [each.rated.faces[face] for face in sorted(Face, reverse=True)]}
        for each in by_topic(head.id)
    ]
    body = {"year": head.year, "invited": head.invited, "answers": head.answered, "topics": topics}
    sha256 = hashlib.sha256(orjson.dumps(body, option=orjson.OPT_SORT_KEYS)).hexdigest()
    run(insert(SurveyResult).values(survey_id=head.id, body=body, sha256=sha256, at=now))
    note("setting.changed", by_id=by_id, about="survey", data={"year": head.year, "state": State.CLOSED.value})
    return True


def drop(head: Head) -> None:
    """A draft goes, with its questions and departments; raises Conflict once it was released."""
    if head.state is not State.DRAFT:
        raise Conflict(lazy("A survey that was released stays. End it instead."))
    run(delete(SurveyQuestion).where(SurveyQuestion.survey_id == head.id))
    run(delete(SurveyInvitation).where(SurveyInvitation.survey_id == head.id))
    run(delete(Survey).where(Survey.id == head.id, Survey.state == State.DRAFT.value))


def conclude(head: Head, analysis: str, measures: str, revision: int) -> None:
    """What the office makes of it, and what will be done (rules SA-2); raises Conflict before the end, Stale."""
    if head.state is not State.CLOSED:
        raise Conflict(lazy("The report is written when the survey has ended."))
    texts = {"analysis": analysis.strip(), "measures": measures.strip()}
    sentence = lazy("This text is too long; at most %(n)d characters.", n=MOST_REPORT)
    if faults := {name: sentence for name, text in texts.items() if len(text) > MOST_REPORT}:
        raise Invalid(sentence, fields=faults)
    if (head.analysis, head.measures) != (texts["analysis"], texts["measures"]):
        _edit(head, revision, **texts)


def _ask(survey_id: str, questions: Sequence[Question]) -> None:
    run(delete(SurveyQuestion).where(SurveyQuestion.survey_id == survey_id))
    rows = [
        {"survey_id": survey_id, "no": no, "topic": each.topic, "text": each.text}
        for no, each in enumerate(questions, 1)
    ]
    run(insert(SurveyQuestion), rows)


def _edit(head: Head, revision: int, **values: object) -> None:
    standing = update(Survey).where(Survey.id == head.id, Survey.revision == revision, Survey.state == head.state.value)
    if run(standing.values(revision=revision + 1, **values)).rowcount != 1:
        raise Stale(STALE)


def _turn(head: Head, was: State, now: State, **values: object) -> None:
    standing = update(Survey).where(Survey.id == head.id, Survey.state == was.value)
    if run(standing.values(state=now.value, revision=Survey.revision + 1, **values)).rowcount != 1:
        raise Stale(STALE)
