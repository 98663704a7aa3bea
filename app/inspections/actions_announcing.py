"""Tell the result to everybody inside the compound; what was told is corrected by an addendum only."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import insert

from app.db import run
from app.inspections.actions_moves import move, note
from app.inspections.actions_telling import tell_announced
from app.inspections.models import Addendum
from app.inspections.queries import Head, addenda_of
from app.inspections.queries_people import all_names
from app.inspections.rules import Deed, State, may_announce
from app.inspections.rules_announcing import announcement_faults
from app.refusals import Conflict, Forbidden, Invalid
from app.web.current import CurrentPerson
from app.web.words import lazy

OFFICE_ONLY = lazy("The office and the inspection group announce results.")


def announce(head: Head, text: str, who: CurrentPerson, now: datetime) -> None:
    """Announce a closed inspection. Raises Invalid when a person is named, Conflict before both sides signed."""
    if not may_announce(who):
        raise Forbidden(OFFICE_ONLY)
    if head.state is State.ANNOUNCED:
        return
    if found := announcement_faults(text, all_names()):
        raise Invalid(lazy("Not announced yet."), fields=found)
    move(head, Deed.ANNOUNCE, who.id, now, announced_at=now, announced_by_id=who.id, announcement=text)
    tell_announced(head, now)


def add_addendum(head: Head, addendum_id: str, text: str, who: CurrentPerson, now: datetime) -> None:
    """Correct or complete an announcement; the same id again changes nothing."""
    if not may_announce(who):
        raise Forbidden(OFFICE_ONLY)
    if head.state is not State.ANNOUNCED:
        raise Conflict(lazy("Only what was announced gets an addendum."))
    if any(each.id == addendum_id for each in addenda_of([head.id])[head.id]):
        return
    if found := announcement_faults(text, all_names()):
        raise Invalid(lazy("Not announced yet."), fields=found)
    run(insert(Addendum).values(id=addendum_id, inspection_id=head.id, text=text, by_id=who.id, at=now))
    note(head.id, "addendum", who.id, now)
