"""One answer of a department: kept once, no more than were invited, nothing says whose it is. Never commits."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, update

from app.accounts.actions_limits import draw
from app.accounts.rules_limits import tokens_now
from app.db import run
from app.feedback.queries_walls import levels_now
from app.feedback.rules_public import Visitor
from app.feedback.rules_walls import buckets_of
from app.refusals import Conflict, Gone, Invalid, TooMany
from app.surveys.models import SurveyAnswer, SurveyInvitation, SurveyMark
from app.surveys.queries import Invitation, is_kept, questions_of, survey
from app.surveys.rules import State
from app.surveys.rules_answers import Sheet
from app.surveys.rules_walls import WALLS, bucket_names
from app.web.words import lazy

ENDED = lazy("This survey has ended and takes no more answers. Thank you.")
FULL = lazy("As many answers as people were asked in your department have come in. Thank you.")
BUSY = lazy("Many answers are coming in just now. Please send it once more in a few minutes.")


@dataclass(frozen=True)
class NewAnswer:
    """An answer about to be kept; the same `id` again is the same answer. `visitor` passes the walls and is gone."""

    id: str
    invitation: Invitation
    sheet: Sheet
    visitor: Visitor
    at: datetime


def answer(new: NewAnswer) -> bool:
    """Keep it; False when it was kept before. Raises Gone outside the days, Conflict when full, TooMany, Invalid."""
    if is_kept(new.id):
        return False
    head = survey(new.invitation.survey_id)
    if head is None or head.state is not State.OPEN:
        raise Gone(ENDED)
    if not {mark.no for mark in new.sheet.marks} <= set(range(1, len(questions_of(head.id)) + 1)):
        raise Invalid(lazy("This page was open for too long. Open it again and send it once more."))
    _pass_walls(new)
    _take_place(new.invitation.id)
    run(
        insert(SurveyAnswer).values(
            id=new.id, survey_id=head.id, invitation_id=new.invitation.id, words=new.sheet.words
        )
    )
    marks = [{"answer_id": new.id, "no": m.no, "face": int(m.face), "words": m.words} for m in new.sheet.marks]
    run(insert(SurveyMark), marks)
    return True


def _pass_walls(new: NewAnswer) -> None:
    names = bucket_names(new.invitation.id, new.visitor.device, new.visitor.address)
    levels = levels_now(names.values())
    buckets = buckets_of(names, WALLS, levels, new.at)
    if any(tokens_now(levels.get(key), limit, new.at) < 1 for key, limit in buckets.items()):
        raise TooMany(BUSY)
    draw(buckets, new.at)


def _take_place(invitation_id: str) -> None:
    """Counted in the row itself, so that two at once never take the last place twice."""
    free = (SurveyInvitation.id == invitation_id, SurveyInvitation.answered < SurveyInvitation.invited)
    taken = update(SurveyInvitation).where(*free).values(answered=SurveyInvitation.answered + 1)
    if run(taken).rowcount != 1:
        raise Conflict(FULL)
