"""Who is told of a call, rung by rung: the person on the round, the crew leader, then supervisor and service desk."""

from datetime import datetime, timedelta

from sqlalchemy import update

from app.db import run
from app.feedback.models import FeedbackCall
from app.feedback.queries_calls import Call, call_by_id, given_up, rising
from app.feedback.rules_calls import GIVEN_UP_AFTER, RUNGS, CallState, next_rung_at
from app.feedback.writes import count_open, note
from app.messages.actions import over, tell
from app.messages.queries_recipients import crew_leaders, crew_of, holders, supervisors_of
from app.messages.rules_words import Kind

DESK_GRANT = "desk"


def tell_rung(call: Call, rung: int, now: datetime) -> int:
    """Tell those of a rung; from the second on it sounds in the duty room. Gives back how many were told."""
    late = rung > 0
    words = {"point": call.point, "topic": call.need}
    return tell(
        Kind.CALL_WAITS if late else Kind.CALL,
        people_of(call, rung, now),
        words,
        f"/feedback#call-{call.id}",
        at=now,
        key=_key(call.id, rung),
        urgent=late,
        unit_id=call.responsible_id or None,
    )


def people_of(call: Call, rung: int, now: datetime) -> list[str]:
    """The person on the round; the leaders of that crew; the supervisors who answer for it and the service desk."""
    if rung == 0:
        return [call.told_id] if call.told_id else []
    if rung == 1:
        crew = crew_of(call.told_id) if call.told_id else None
        return [each for each in crew_leaders(crew, call.implementer_id) if each != call.told_id]
    return sorted({*supervisors_of(call.responsible_id), *holders(DESK_GRANT, now.date())})


def stop_telling(call_id: str, now: datetime) -> None:
    """Nobody needs to come any more: the duty room falls silent."""
    for rung in range(len(RUNGS)):
        over(_key(call_id, rung), now)


def raise_calls(now: datetime) -> int:
    """The timer's job: tell the next one of every call whose time has come; end what nobody answered for a day."""
    risen = rising(now)
    for each in risen:
        call = call_by_id(each.id)
        if call is not None:
            _raise(call, now)
    ended = given_up(now - GIVEN_UP_AFTER)
    for call_id, point_id in ended:
        gone = {"state": CallState.UNANSWERED, "ended_at": now, "next_rung_at": None}
        run(update(FeedbackCall).where(FeedbackCall.id == call_id).values(**gone))
        note(call_id, CallState.UNANSWERED, None, now)
        stop_telling(call_id, now)
        count_open(point_id)
    return len(risen) + len(ended)


def _raise(call: Call, now: datetime) -> None:
    """One rung up; a rung without anybody is passed over. Accepted and nobody there in time: the supervisor at once."""
    rung = 2 if call.state is CallState.ACCEPTED else call.rung + 1
    while rung < len(RUNGS) and not tell_rung(call, rung, now):
        rung += 1
    rung = min(rung, len(RUNGS) - 1)
    later = next_rung_at(call.first_at, call.due_at, rung)
    values = {"rung": rung, "next_rung_at": max(later, now + timedelta(minutes=1)) if later else None}
    run(update(FeedbackCall).where(FeedbackCall.id == call.id).values(**values))
    note(call.id, "raised", None, now, {"rung": RUNGS[rung]})


def _key(call_id: str, rung: int) -> str:
    return f"call/{call_id}/{rung}"
