"""What the timer does for surveys: opens and ends them by their days, wipes old words; and reminders. Never commits."""

from datetime import datetime
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta
from sqlalchemy import update

from app.audit.actions import note
from app.db import run
from app.messages.actions import tell
from app.messages.queries_recipients import supervisors_of
from app.messages.rules_words import Kind
from app.refusals import Conflict
from app.surveys.actions import Call, end
from app.surveys.models import Survey, SurveyAnswer, SurveyInvitation, SurveyMark
from app.surveys.queries import Head, answers_of, invitations_of, to_turn, with_old_words
from app.surveys.rules import State, turned
from app.surveys.rules_links import token_of
from app.web.words import lazy

WORDS_KEPT_MONTHS = 24
"""Satisfaction is kept for two years, words only (rules DS-6); the counts say nothing of anybody and stay."""


def tend(now: datetime, zone: ZoneInfo) -> int:
    """Open what begins today, end what ended yesterday, wipe old words; how many surveys changed."""
    today, changed = now.astimezone(zone).date(), 0
    for head in to_turn(today):
        state = turned(head.state, head.plan, today)
        if state is State.CLOSED:
            changed += end(head, None, now)
        else:
            standing = update(Survey).where(Survey.id == head.id, Survey.state == head.state.value)
            changed += run(standing.values(state=state.value, revision=Survey.revision + 1)).rowcount
    return changed + _wipe(now)


def remind(head: Head, call: Call, secret: str) -> tuple[int, int]:
    """Tell the contacts of departments that have not all answered, once a day; (people told, departments without)."""
    if head.state is not State.OPEN:
        raise Conflict(lazy("Reminders go out while the survey is open."))
    told = without = 0
    for each in invitations_of(head.id):
        people = supervisors_of(each.org_id) if each.org_id else []
        if each.answered >= each.invited:
            continue
        without += not people
        words = {"survey": head.plan.title, "unit": each.name, "n": str(each.answered), "total": str(each.invited)}
        told += tell(
            Kind.SURVEY, people, words | {"day": head.plan.closes_on.isoformat()}, f"/s/{token_of(secret, each.id)}",
            at=call.now, key=f"survey/{each.id}/{call.today.isoformat()}",
        )  # fmt: skip
        if people:
            run(update(SurveyInvitation).where(SurveyInvitation.id == each.id).values(reminded_at=call.now))
    return told, without


def _wipe(now: datetime) -> int:
    old = with_old_words(now - relativedelta(months=WORDS_KEPT_MONTHS))
    for survey_id in old:
        said = (SurveyMark.answer_id.in_(answers_of(survey_id)), SurveyMark.words != "")
        run(update(SurveyMark).where(*said).values(words=""))
        run(update(SurveyAnswer).where(SurveyAnswer.survey_id == survey_id, SurveyAnswer.words != "").values(words=""))
        run(update(Survey).where(Survey.id == survey_id).values(words_gone_at=now))
        note("disposal.done", by_id=None, about=survey_id, data={"kind": "survey words"})
    return len(old)
