"""Checkers from outside on an inspection: invited with an account that ends, prolonged, ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from sqlalchemy import insert

from app.accounts.actions_externals import Outsider, invite_external, set_end
from app.days import ONE_DAY, begins
from app.db import run
from app.inspections.actions_moves import note
from app.inspections.models import Inspector
from app.inspections.queries import Head
from app.inspections.rules import OPEN
from app.organisations.queries import units
from app.refusals import Conflict, Invalid, NotFound
from app.web.current import CurrentPerson
from app.web.words import lazy

LONGEST = timedelta(days=92)


@dataclass(frozen=True, slots=True)
class Invitation:
    """What the office fills in about a checker from outside."""

    id: str
    name: str
    body: str
    last_on: date


def invite(head: Head, wish: Invitation, password: str, who: CurrentPerson, now: datetime, zone: tzinfo) -> None:
    """An account for this inspection only, to the end of its last day. Raises Invalid or Conflict."""
    if head.state not in OPEN:
        raise Conflict(lazy("The inspection is closed; nobody is invited any more."))
    ends_at = _end(wish.last_on, now, zone)
    root = min(units(), key=lambda unit: len(unit.path))
    invite_external(Outsider(wish.id, wish.name, wish.body, ends_at, root.id), head.id, password, who.id)
    values = {"person_id": wish.id, "name": wish.name, "org_name": wish.body}
    run(insert(Inspector).values(inspection_id=head.id, **values))
    note(head.id, "invited", who.id, now, f"{wish.body} {wish.name}")


def prolong(head: Head, person_id: str, last_on: date, who: CurrentPerson, now: datetime, zone: tzinfo) -> None:
    """Another last day, from today on."""
    _invited(head, person_id)
    set_end(person_id, _end(last_on, now, zone), who.id)
    note(head.id, "changed", who.id, now, person_id)


def end_pass(head: Head, person_id: str, who: CurrentPerson, now: datetime) -> None:
    """The account ends now, with its sessions; what it wrote stays."""
    _invited(head, person_id)
    set_end(person_id, now, who.id)
    note(head.id, "pass_ended", who.id, now, person_id)


def _invited(head: Head, person_id: str) -> None:
    if not any(each.id == person_id and each.external_of for each in head.members):
        raise NotFound(lazy("There is no such checker from outside."))


def _end(last_on: date, now: datetime, zone: tzinfo) -> datetime:
    today = now.astimezone(zone).date()
    if not today <= last_on <= today + LONGEST:
        sentence = lazy("Choose a last day from today on, at most %(n)d days ahead.", n=LONGEST.days)
        raise Invalid(sentence, fields={"last_on": sentence})
    return begins(last_on + ONE_DAY, zone)
