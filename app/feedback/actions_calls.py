"""Calls: placed or joined, accepted, arrived at, seen to; the next one is told while nobody comes. Never commits."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert, update

from app.checks.rules_meeting import may_work
from app.db import run
from app.feedback.actions_telling import stop_telling, tell_rung
from app.feedback.actions_walls import pass_walls
from app.feedback.models import FeedbackCall, FeedbackItem
from app.feedback.queries_calls import Call, Target, call_by_id, standing_call, tapped_before, targets_at
from app.feedback.queries_items import Item, item_by_id
from app.feedback.rules_calls import CallState, Need, next_rung_at, response_minutes
from app.feedback.rules_public import Kind, NewItem, Source
from app.feedback.writes import count_open, note
from app.organisations.queries import unit_by_id
from app.refusals import Conflict, Forbidden, Invalid, NotFound, TooMany, Unavailable
from app.repairs.actions import open_order
from app.repairs.rules import NewOrder
from app.schedule.queries_owner import on_duty_here
from app.web.current import HANDS, CurrentPerson
from app.web.words import lazy

# What an order says when a visitor only tapped: kept in the language of the records.
BROKEN = "坏了"


@dataclass(frozen=True)
class Called:
    """The call that stands now; `joined` when it stood before."""

    id: str
    joined: bool


def place_call(new: NewItem, zone: ZoneInfo) -> Called:
    """Call somebody to a point, or join the call that stands (rules SA-7b). Raises TooMany at the walls.

    A tap that joins costs nothing: when the walls are full it is answered and not counted.
    """
    before = item_by_id(new.id)
    if before is not None and before.call_id:
        return Called(before.call_id, joined=True)
    need = _need(new)
    standing = standing_call(new.point_id, need)
    if standing is not None:
        _join(new, standing)
        return Called(standing.id, joined=True)
    target = target_for(new.point_id, need)
    if target is None:
        raise NotFound(lazy("Nobody can be called to this place. Please call the service telephone."))
    if new.source is Source.VISITOR:
        pass_walls(Kind.CALL, new.point_id, new.visitor, new.at)
    return Called(_open(new, need, target, zone), joined=False)


def target_for(point_id: str, need: Need) -> Target | None:
    """What is broken goes to who keeps the facility, where somebody does; the rest to who serves the public there."""
    here = targets_at(point_id)
    wanted = [each for each in here if each.public is (need is not Need.BROKEN)]
    return next(iter([*wanted, *here]), None)


def accept(call_id: str, me: CurrentPerson, now: datetime) -> Call:
    """I am on my way. Raises Conflict when a colleague was faster; the same person again changes nothing."""
    call = _mine(call_id, me)
    if call.accepted_by_id == me.id:
        return call
    if call.accepted_by_id is not None or not _move(call, CallState.ACCEPTED, (CallState.WAITING,), me, now):
        raise Conflict(lazy("A colleague has taken this call already."))
    return call


def arrive(call_id: str, me: CurrentPerson, now: datetime) -> Call:
    """I am there; whoever is there first has the call."""
    call = _mine(call_id, me)
    if call.state is not CallState.ARRIVED:
        _move(call, CallState.ARRIVED, (CallState.WAITING, CallState.ACCEPTED), me, now)
    return call


def finish(call_id: str, label: str, me: CurrentPerson, now: datetime, *, found: bool = True) -> Call:
    """Seen to, said with the label of the point in hand; not `found`: there was nothing. Again changes nothing."""
    call = _reachable(call_id, me)
    ended = CallState.DONE if found else CallState.NOTHING
    if call.ended_at is not None:
        return call
    if label != call.code:
        sentence = lazy("Scan the label at the place: there the call is ended.")
        raise Invalid(sentence, fields={"code": sentence})
    end_call(call, ended, me.id, now)
    return call


def end_call(call: Call, state: CallState, by_id: str | None, now: datetime) -> None:
    """The call is over, whatever came of it."""
    open_now = (CallState.WAITING, CallState.ACCEPTED, CallState.ARRIVED)
    values: dict[str, Any] = {"state": state, "ended_at": now, "ended_by_id": by_id, "next_rung_at": None}
    if by_id is not None:
        values |= {"arrived_at": call.arrived_at or now, "accepted_at": call.accepted_at or now}
        values["accepted_by_id"] = call.accepted_by_id or by_id
    changed = run(
        update(FeedbackCall).where(FeedbackCall.id == call.id, FeedbackCall.state.in_(open_now)).values(**values)
    )
    if changed.rowcount:
        note(call.id, state, by_id, now)
        stop_telling(call.id, now)
        count_open(call.point_id)


def _need(new: NewItem) -> Need:
    if new.said.need is None:
        raise Invalid(lazy("Choose what is wrong."), fields={"need": lazy("Choose what is wrong.")})
    return new.said.need


def _open(new: NewItem, need: Need, target: Target, zone: ZoneInfo) -> str:
    call_id = str(uuid.uuid5(uuid.UUID(new.id), "call"))
    due_at = new.at + timedelta(minutes=response_minutes(target.profile))
    duty = on_duty_here(new.point_id, target.standard_code, target.implementer_id, new.at, zone)
    # With nobody on the round the crew leader is told at once.
    rung = 0 if duty else 1
    call = {
        "id": call_id, "point_id": new.point_id, "need": need, "state": CallState.WAITING, "taps": 1,
        "first_at": new.at, "last_at": new.at, "due_at": due_at, "standard_code": target.standard_code,
        "implementer_id": target.implementer_id, "responsible_id": target.responsible_id,
        "told_id": duty.person_id if duty else None, "rung": rung,
        "next_rung_at": next_rung_at(new.at, due_at, rung), "repair_id": _repair(new, need),
    }  # fmt: skip
    run(insert(FeedbackCall), call)
    keep_item(new, target.standard_code, (target.implementer_id, target.responsible_id), call_id=call_id)
    note(call_id, CallState.WAITING, new.by_id, new.at)
    count_open(new.point_id)
    called = call_by_id(call_id)
    if called is not None:
        tell_rung(called, rung, new.at)
    return call_id


def _repair(new: NewItem, need: Need) -> str | None:
    """What is broken goes to the trade as well, at once."""
    if need is not Need.BROKEN:
        return None
    text = new.said.words or BROKEN
    order = NewOrder(new.point_id, text, new.at, id=new.id, by_id=new.by_id, feedback_id=new.id)
    try:
        return open_order(order).id
    except Unavailable:
        # No trade is on duty at all: the call itself still brings somebody.
        return None


def _join(new: NewItem, standing: Call) -> None:
    if new.visitor.device and tapped_before(standing.id, new.visitor.device):
        return
    try:
        pass_walls(Kind.CALL, new.point_id, new.visitor, new.at)
    except TooMany:
        return
    keep_item(new, "", (standing.implementer_id, standing.responsible_id), call_id=standing.id)
    joined = {"taps": FeedbackCall.taps + 1, "last_at": new.at}
    run(update(FeedbackCall).where(FeedbackCall.id == standing.id).values(**joined))


def keep_item(
    new: NewItem, standard: str, units: tuple[str, str], *, call_id: str | None = None, **more: Any
) -> None:  # fmt: skip
    """The row of one thing said."""
    said = new.said
    row = {
        "id": new.id, "point_id": new.point_id, "kind": said.kind, "need": said.need or "", "topic": said.topic or "",
        "face": said.face, "words": said.words, "source": new.source, "device": new.visitor.device,
        "address": new.visitor.address, "by_id": new.by_id, "standard_code": standard, "implementer_id": units[0],
        "responsible_id": units[1], "call_id": call_id, "at": new.at, "photo": None, "excluded": "",
    }  # fmt: skip
    run(insert(FeedbackItem), {**row, **more})


def _move(call: Call, to: CallState, from_: tuple[CallState, ...], me: CurrentPerson, now: datetime) -> bool:
    values: dict[str, Any] = {"state": to, "accepted_by_id": me.id, "accepted_at": call.accepted_at or now}
    # Who has accepted and does not come in time is not asked twice: then the next one is told.
    values["next_rung_at"] = None if to is CallState.ARRIVED or call.rung >= 2 else call.due_at
    if to is CallState.ARRIVED:
        values["arrived_at"] = now
    moved = run(update(FeedbackCall).where(FeedbackCall.id == call.id, FeedbackCall.state.in_(from_)).values(**values))
    if moved.rowcount:
        note(call.id, to, me.id, now)
    return bool(moved.rowcount)


def _mine(call_id: str, me: CurrentPerson) -> Call:
    call = _reachable(call_id, me)
    if call.ended_at is not None:
        raise Conflict(lazy("This call has been seen to already."))
    return call


def _reachable(call_id: str, me: CurrentPerson) -> Call:
    """A call of the own unit; a foreign one is as good as none."""
    call = call_by_id(call_id)
    unit = unit_by_id(call.implementer_id) if call else None
    if call is None or unit is None:
        raise NotFound(lazy("There is no such call."))
    if me.role not in HANDS:
        raise Forbidden(lazy("Calls are answered by those who work there."))
    if not may_work(me, unit.path):
        raise NotFound(lazy("There is no such call."))
    return call


def said_before(item_id: str) -> Item | None:
    """The same form pressed twice: the first one counts."""
    return item_by_id(item_id)
