"""Deeds of a crew leader: cover (顶班) for a round or a person on a day, and taking it back. Rows are only added."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from app.refusals import Invalid, NotFound, Stale
from app.schedule.queries_crew import Member, RoundRow, duties_on, members, on_duty, round_within, rounds_within
from app.schedule.rules_rounds import CoverFault, cover_fault
from app.schedule.rules_words import FAULT_WORDS
from app.schedule.writes import Note, add_notes, assign_round, insert_cover
from app.web.current import CurrentPerson
from app.web.words import lazy


@dataclass(frozen=True)
class Covered:
    """What changed hands: the rounds, and how many windows still to be done went along."""

    person: Member
    rounds: Sequence[RoundRow]
    windows: int


@dataclass(frozen=True)
class Moment:
    """When a deed is done: the instant and the crew's day."""

    now: datetime
    today: date


def cover_round(leader: CurrentPerson, round_id: str, on: date, *, to_id: str, was: str, at: Moment) -> Covered:
    """One round of the own crew goes to somebody of the unit. Asking again for the same changes nothing.

    Raises NotFound, Invalid, or Stale when the round is no longer with whom the page showed.
    """
    return _cover(leader, [round_within(leader, round_id)], on, to_id, was, at)


def cover_person(leader: CurrentPerson, on: date, *, to_id: str, was: str, at: Moment) -> Covered:
    """All rounds that a person has that day go to somebody else; asked again it finds nothing left and says so."""
    rounds = rounds_within(leader)
    doing = on_duty(rounds, on)
    busy = {duty.round_id for duty in duties_on((each.id for each in rounds), on)}
    held = [each for each in rounds if doing[each.id] == was and each.id in busy]
    if held:
        return _cover(leader, held, on, to_id, was, at)
    person = members([to_id]).get(to_id)
    if person is None or was not in {each.person_id for each in rounds}:
        raise NotFound(lazy("This person has no round in your crew that day."))
    return Covered(person, [each for each in rounds if each.person_id == was and doing[each.id] == to_id], 0)


def uncover_round(leader: CurrentPerson, round_id: str, on: date, at: Moment) -> Covered:
    """Back to whose round it is; what the stand-in has done stays done. Asking again changes nothing."""
    found = round_within(leader, round_id)
    now_with = on_duty([found], on)[found.id]
    return _cover(leader, [found], on, found.person_id, now_with, at, reason="undo")


def _cover(
    leader: CurrentPerson,
    rounds: Sequence[RoundRow],
    on: date,
    to_id: str,
    was: str,
    at: Moment,
    reason: str = "",
) -> Covered:
    person = members([to_id]).get(to_id)
    if person is None:
        raise Invalid(FAULT_WORDS[CoverFault.OTHER_CREW], fields={"to": FAULT_WORDS[CoverFault.OTHER_CREW]})
    doing, windows = on_duty(rounds, on), 0
    for each in rounds:
        if _refused(each, on, doing[each.id], person, was, at, undo=reason == "undo"):
            continue
        number = insert_cover(
            {"round_id": each.id, "on": on, "person_id": to_id, "by_id": leader.id, "at": at.now, "reason": reason}
        )
        moved = assign_round(each.id, on, to_id)
        add_notes(moved, Note("assigned", at.now, leader.id, {"to": to_id, "cover": number}))
        windows += len(moved)
    return Covered(person, rounds, windows)


def _refused(each: RoundRow, on: date, now_with: str, person: Member, was: str, at: Moment, *, undo: bool) -> bool:
    """True when nothing is left to do; raises when it may not be done. The owner always gets the round back."""
    fault = cover_fault(
        on,
        at.today,
        now_with,
        person.id,
        same_unit=undo or person.org_id == each.org_id,
        active=undo or person.active,
    )
    if fault is CoverFault.ALREADY:
        return True
    if fault is not None:
        raise Invalid(FAULT_WORDS[fault], fields={"day" if fault is CoverFault.PAST else "to": FAULT_WORDS[fault]})
    if now_with != was:
        raise Stale(lazy("Somebody has changed this round meanwhile. Load the page again."))
    return False
