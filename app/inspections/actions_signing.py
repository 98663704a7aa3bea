"""Finish, sign by both sides, close; a signature names by its digest what was signed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from sqlalchemy import insert

from app.db import run
from app.inspections.actions_items import at_work, register_item
from app.inspections.actions_moves import hold, move
from app.inspections.actions_telling import tell_to_sign
from app.inspections.models import Signature
from app.inspections.queries import Head, found_head, items_of, signatures_of
from app.inspections.rules import Deed, State, may_inspect, may_sign_for_unit
from app.inspections.rules_items import Conclusion, Overall, finish_faults
from app.inspections.rules_signing import Side, SignWay, closes, sign_faults
from app.refusals import Conflict, Forbidden, Invalid, NotFound, Stale
from app.web.current import CurrentPerson
from app.web.words import lazy


@dataclass(frozen=True, slots=True)
class Wish:
    """A signature as given; `digest` is what the page showed, `name` whom an inspector signs a paper for."""

    side: Side
    way: SignWay
    digest: str
    objects: bool = False
    words: str = ""
    name: str = ""


def finish(head: Head, overall: Overall | None, summary: str, who: CurrentPerson, now: datetime, zone: tzinfo) -> None:
    """All items are concluded: findings are registered, both sides may sign. Raises Invalid with a sentence a field."""
    if head.state is State.TO_SIGN and may_inspect(who, head.subject):
        return
    at_work(head, who)
    items = items_of(head.id)
    if found := finish_faults(items, overall, summary):
        raise Invalid(lazy("The inspection is not finished yet."), fields=found)
    move(head, Deed.FINISH, who.id, now, conclusion=overall, summary=summary, finished_at=now)
    for item in items:
        if item.said.conclusion is Conclusion.NONCONFORMING:
            register_item(head, item, who, now, zone)
    tell_to_sign(head, now)


def reopen(head: Head, reason: str, who: CurrentPerson, now: datetime) -> None:
    """Take it back to be corrected, as long as nobody has signed."""
    if not may_inspect(who, head.subject):
        raise Forbidden(lazy("Only its inspectors fill in this inspection."))
    if head.state is State.UNDER_WAY:
        return
    if signatures_of(head.id):
        raise Conflict(lazy("Somebody has signed; what was signed stays as it is."))
    move(head, Deed.REOPEN, who.id, now, reason[:200], finished_at=None)


def sign(head: Head, wish: Wish, who: CurrentPerson, now: datetime) -> None:
    """Sign for one side; the second side closes the inspection. The same signature again changes nothing."""
    _may_sign(head, wish, who)
    # Two sides at once: the second waits here and sees the first, so that one of them closes it.
    open_still = head.state is State.TO_SIGN and hold(head)
    before = signatures_of(head.id)
    if any((each.side, each.person_id) == (wish.side, who.id) for each in before):
        return
    if not open_still:
        raise Conflict(lazy("The inspection is not open for signatures."))
    digest = head.digest(items_of(head.id))
    if wish.digest != digest:
        raise Stale(lazy("What you saw has been changed meanwhile. Read it again before you sign."))
    if found := sign_faults(wish.way, wish.words, wish.name, objects=wish.objects):
        raise Invalid(lazy("Not signed yet."), fields=found)
    name = who.name if wish.way is SignWay.OWN else wish.name
    said = wish.words if wish.objects or wish.way is SignWay.REFUSED else ""
    values = {"person_id": who.id, "name": name, "way": wish.way, "objection": said, "digest": digest, "at": now}
    run(insert(Signature).values(inspection_id=head.id, side=wish.side, **values))
    if closes([*(each.side for each in before), wish.side]):
        _close(head.id, who, now)


def _may_sign(head: Head, wish: Wish, who: CurrentPerson) -> None:
    if wish.side is Side.INSPECTED and wish.way is SignWay.OWN:
        if not may_sign_for_unit(who, head.subject):
            raise Forbidden(lazy("Somebody of the inspected unit signs here who did not inspect."))
    elif not may_inspect(who, head.subject):
        raise Forbidden(lazy("Only its inspectors sign here."))


def _close(inspection_id: str, who: CurrentPerson, now: datetime) -> None:
    head = found_head(inspection_id)
    if head is None:
        raise NotFound
    move(head, Deed.CLOSE, who.id, now, closed_at=now)
