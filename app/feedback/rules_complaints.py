"""Complaints, questions and praise: classes, clocks, who decides, when a case may be closed (rules SA-3 to SA-8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum

from app.days import ONE_DAY, begins
from app.schedule.rules_days import Calendar, next_workday
from app.web.current import BUREAU_WIDE, CurrentPerson, Role

DESK = "desk"
READERS = (Role.SUPERVISOR, Role.MANAGER, *(role for role in BUREAU_WIDE if role is not Role.ADMIN))
JUDGES = (Role.SUPERVISOR, Role.INSPECTOR)
FIRST_REPLY = timedelta(hours=2)
TRIES_THAT_COUNT = 3
DAYS_OF_TRIES = 2


class Voice(StrEnum):
    """What somebody says that wants an answer; calls and ratings go other ways."""

    QUESTION = "question"
    COMPLAINT = "complaint"
    PRAISE = "praise"


class State(StrEnum):
    """Received, answered for the first time, answered for good, closed."""

    RECEIVED = "received"
    REPLIED = "replied"
    ANSWERED = "answered"
    CLOSED = "closed"


class Class(StrEnum):
    """有效投诉 and 沟通性投诉 (SA-3, SA-4)."""

    VALID = "valid"
    COMMUNICATIVE = "communicative"


class Contest(StrEnum):
    """How a record stands that a complaint speaks against."""

    CONTESTED = "contested"
    UPHELD = "upheld"
    REFUTED = "refuted"


class CallBack(StrEnum):
    """What became of a call-back; without a contact there is nobody to call: the answer stands on the status page."""

    SATISFIED = "satisfied"
    UNSATISFIED = "unsatisfied"
    UNREACHED = "unreached"
    NO_CONTACT = "no_contact"


SPOKEN = (CallBack.SATISFIED, CallBack.UNSATISFIED)
WORKDAYS = {Class.VALID: 5, Class.COMMUNICATIVE: 3}


class Deed(StrEnum):
    """What a wish about the class comes to."""

    PROPOSED = "proposed"
    SET = "set"
    UPGRADED = "upgraded"
    ASKED = "downgrade_asked"
    DOWNGRADED = "downgraded"
    NOTHING = "nothing"


class NotAllowed(StrEnum):
    """Why a wish about the class is refused."""

    INSIDE = "inside"
    REASON = "reason"
    SECOND = "second"


@dataclass(frozen=True, slots=True)
class Ruling:
    """How the class of a complaint stands: decided, by nobody yet when time did it, and a downgrade asked for."""

    classified: Class | None = None
    by_time: bool = False
    asked: Class | None = None
    asked_by_id: str | None = None


def reply_due(received_at: datetime) -> datetime:
    """Two hours, by day and by night: the duty room is always there (SA-8)."""
    return received_at + FIRST_REPLY


def close_due(
    received_at: datetime, kind: Voice, classified: Class | None, calendar: Calendar, zone: tzinfo
) -> datetime:
    """The end of the last workday that still counts; the day of receipt is not counted (SA-8).

    A question and a complaint without a class have the shorter limit, so that nothing is late once it is decided.
    """
    workdays = WORKDAYS[classified or Class.COMMUNICATIVE] if kind is Voice.COMPLAINT else WORKDAYS[Class.COMMUNICATIVE]
    day = received_at.astimezone(zone).date()
    for _each in range(workdays):
        day = next_workday(day, calendar)
    return end_of(day, zone)


def end_of(day: date, zone: tzinfo) -> datetime:
    """The midnight that ends a local day."""
    return begins(day + ONE_DAY, zone)


def is_outside(org_path: str, unit_path: str) -> bool:
    """Whether somebody of this unit stands outside the unit complained of and everything below it."""
    return not unit_path or not org_path.startswith(unit_path)


def may_read(who: CurrentPerson) -> bool:
    """Supervisors, managers and the bureau by role, the service desk by its grant; scope comes on top."""
    return who.role in READERS or DESK in who.grants


def may_handle(who: CurrentPerson) -> bool:
    """Reply, assign, answer, call back and close: supervisors in their scope, and the service desk."""
    return who.role is Role.SUPERVISOR or DESK in who.grants


def may_judge(who: CurrentPerson, unit_path: str) -> bool:
    """Who decides the class: supervisors and inspectors outside the unit complained of; the desk proposes (SA-5)."""
    return who.role in JUDGES and is_outside(who.org_path, unit_path)


def rule_on(standing: Ruling, wanted: Class, by_id: str, reason: str) -> Deed | NotAllowed:
    """Upgrading at any time; downgrading with a reason, and only by a second person (SA-5)."""
    if standing.classified is None or (standing.by_time and wanted is standing.classified):
        return Deed.SET
    if wanted is standing.classified and standing.asked is None:
        return Deed.NOTHING
    if wanted is Class.VALID:
        return Deed.UPGRADED
    if standing.asked is None:
        return Deed.ASKED if reason.strip() else NotAllowed.REASON
    return NotAllowed.SECOND if by_id == standing.asked_by_id else Deed.DOWNGRADED


def review_is_due(kind: str, classified: str, state: str, close_due_at: datetime | None, now: datetime) -> bool:
    """A communicative complaint without an answer past its limit goes up for review by itself (SA-6)."""
    unanswered = state in (State.RECEIVED, State.REPLIED)
    communicative = kind == Voice.COMPLAINT and classified == Class.COMMUNICATIVE
    return communicative and unanswered and close_due_at is not None and now >= close_due_at


def called_back(result: str, tried_on: Sequence[date]) -> bool:
    """Spoken with, or tried three times on two days at least, or nobody to call (decision on call-backs)."""
    if result in (*SPOKEN, CallBack.NO_CONTACT):
        return True
    return len(tried_on) >= TRIES_THAT_COUNT and len(set(tried_on)) >= DAYS_OF_TRIES


class Lacking(StrEnum):
    """What keeps a case from being closed."""

    REPLY = "reply"
    CLASS = "class"
    SECOND = "second"
    ANSWER = "answer"
    CALL_BACK = "call_back"
    CONTEST = "contest"


@dataclass(frozen=True, slots=True)
class Standing:
    """What closing looks at."""

    kind: Voice
    state: State
    classified: Class | None
    downgrade_asked: bool = False
    called_back: bool = False
    contest: str = ""


def lacking(case: Standing) -> tuple[Lacking, ...]:
    """Empty when the case may be closed; call-back is obligatory for valid complaints (SA-8)."""
    if case.kind is Voice.PRAISE:
        return ()
    found = []
    if case.state is State.RECEIVED:
        found.append(Lacking.REPLY)
    if case.kind is Voice.COMPLAINT and case.classified is None:
        found.append(Lacking.CLASS)
    if case.downgrade_asked:
        found.append(Lacking.SECOND)
    if case.state is not State.ANSWERED:
        found.append(Lacking.ANSWER)
    if case.classified is Class.VALID and not case.called_back:
        found.append(Lacking.CALL_BACK)
    if case.contest == Contest.CONTESTED:
        found.append(Lacking.CONTEST)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Held:
    """A record and how long its visible state can be held against it."""

    check_id: str
    occurrence_id: int | None
    person_id: str
    done_at: datetime
    valid_minutes: int | None


def contested_by(records: Sequence[Held], at: datetime) -> Held | None:
    """The newest record that a complaint at this instant speaks against; a later one is about the place (SP-8)."""
    within = [
        each
        for each in records
        if each.valid_minutes and each.done_at <= at <= each.done_at + timedelta(minutes=each.valid_minutes)
    ]
    return max(within, key=lambda each: each.done_at, default=None)
