"""What a crew leader or supervisor does: sign somebody off, and name who stands beside a newcomer (rules TR-4)."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo

from sqlalchemy import insert

from app.db import run
from app.refusals import Conflict, Forbidden, Invalid
from app.training.actions_delivery import deliver
from app.training.models import Newcomer, SignOff
from app.training.queries import probations, training_settings
from app.training.queries_exams import has
from app.training.queries_newcomers import newly_come
from app.training.queries_people import Course, concerned_by, hand, hand_within, hands
from app.training.rules import probation_end
from app.web.current import CurrentPerson
from app.web.words import lazy

NOT_ONESELF = lazy("Nobody signs themselves off. Somebody else who leads you does.")
NOT_ASKED = lazy("This standard does not concern this person.")
NOT_BESIDE_ONESELF = lazy("Nobody guides themselves. Choose a colleague.")
OTHER_UNIT = lazy("Choose somebody of the same unit.")
BEGINS = lazy("Choose a first day from the last two weeks up to today.")
LOOK_BACK = timedelta(days=14)


def sign_off(leader: CurrentPerson, person_id: str, course: Course, now: datetime, zone: tzinfo) -> bool:
    """实操考核: seen on the spot that it is done as the standard says. True when new today."""
    if person_id == leader.id:
        raise Forbidden(NOT_ONESELF)
    person, on = hand_within(person_id, leader), now.astimezone(zone).date()
    if person.id not in concerned_by([course], hands())[course.number]:
        raise Conflict(NOT_ASKED)
    deliver(person.id, course, on, now, leader.id)
    if has(SignOff, person_id=person.id, edition=course.number, on=on):
        return False
    run(insert(SignOff).values(person_id=person.id, edition=course.number, on=on, by_id=leader.id, at=now))
    return True


def guide(leader: CurrentPerson, person_id: str, mentor_id: str, from_on: date, now: datetime, zone: tzinfo) -> bool:
    """带教期: it begins once; later only who stands beside the person changes. True when something changed."""
    person, mentor, today = hand_within(person_id, leader), hand(mentor_id), now.astimezone(zone).date()
    if mentor.id == person.id:
        raise Invalid(NOT_BESIDE_ONESELF, fields={"mentor": NOT_BESIDE_ONESELF})
    if mentor.org_id != person.org_id:
        raise Invalid(OTHER_UNIT, fields={"mentor": OTHER_UNIT})
    period = probations([person.id]).get(person.id)
    if period is not None and period.to_on < today:
        sentence = lazy(
            "The time under guidance of this person was over on %(day)s. Now the exam or a sign-off counts.",
            day=period.to_on.isoformat(),
        )
        raise Conflict(sentence, problem="probation-over")
    if period is not None and period.mentor_id == mentor.id:
        return False
    if period is None and not today - LOOK_BACK <= from_on <= today:
        raise Invalid(BEGINS, fields={"from": BEGINS})
    first = period.from_on if period else from_on
    last = period.to_on if period else probation_end(first, training_settings().newcomer_days)
    _put(person.id, first, last, mentor.id, leader.id, now)
    return True


def welcome(now: datetime, zone: tzinfo) -> int:
    """For the timer: whoever got an account within the last days begins beside the crew leader."""
    days = training_settings().newcomer_days
    come = newly_come(now - timedelta(days=days))
    for fresh in come:
        first = fresh.created_at.astimezone(zone).date()
        _put(fresh.id, first, probation_end(first, days), fresh.leader_id, fresh.leader_id, now)
    return len(come)


def _put(person_id: str, first: date, last: date, mentor_id: str, by_id: str, now: datetime) -> None:
    values = {"person_id": person_id, "from_on": first, "to_on": last, "mentor_id": mentor_id}
    run(insert(Newcomer).values(**values, by_id=by_id, at=now))
