"""Sign in by badge: the card names the person, the PIN proves it; the first time a code that came on paper as well."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import literal, update

from app import clock
from app.accounts.actions import Door, keep_pin, note, open_session
from app.accounts.actions_limits import draw, give_back
from app.accounts.models import Badge
from app.accounts.queries_badges import Scanned
from app.accounts.rules import pin_fault
from app.accounts.rules_badges import MOST_STRANGE_TRIES
from app.accounts.rules_limits import Limit
from app.accounts.secrets import matches
from app.db import run
from app.refusals import Conflict, TooMany
from app.web.words import lazy


@dataclass(frozen=True)
class Given:
    """What was typed beside the card; `code` and `again` the first time only."""

    pin: str
    code: str = ""
    again: str = ""


def first_use(found: Scanned | None) -> bool:
    """Whether this card waits for its carrier to set a PIN."""
    return found is not None and found.badge.activated_at is None


def typing_faults(given: Given) -> dict[str, object]:
    """What is wrong with a new PIN before anything is compared: mistyping costs no try."""
    if fault := pin_fault(given.pin):
        return {"pin": fault}
    return {"again": lazy("The two are not the same.")} if given.pin != given.again else {}


def count_try(found: Scanned | None, buckets: Mapping[str, Limit], *, known: bool) -> None:
    """Count a try before anything is compared; commit it. Raises TooMany, also where a card was guessed at too often.

    Such a card opens on phones that its carrier has used and nowhere else, until a new one is printed.
    """
    draw(buckets, clock.now())
    if found is None or known:
        return
    open_still = (Badge.id == found.badge.id, Badge.strange_tries < MOST_STRANGE_TRIES)
    if run(update(Badge).where(*open_still).values(strange_tries=Badge.strange_tries + 1)).rowcount != 1:
        raise TooMany(lazy("This badge was tried too often. Your crew leader can print a new one."))


def proves(found: Scanned | None, given: Given) -> bool:
    """Whether code or PIN is right: one comparison and one duration for every way of being wrong."""
    if found is None:
        return matches("", given.pin)
    if first_use(found):
        in_time = clock.now() < found.badge.code_until
        return matches(found.code_hash, "".join(given.code.split())) and in_time
    return matches(found.pin_hash, given.pin)


def note_guessed(found: Scanned | None, *, known: bool) -> None:
    """The last try that this card had on strange phones was wrong as well."""
    if found and not known and found.badge.strange_tries + 1 == MOST_STRANGE_TRIES:
        note(found.badge.person_id, "badge_guessed", None, number=found.badge.number)


def enter(found: Scanned, given: Given, door: Door, buckets: Mapping[str, Limit], *, known: bool) -> str:
    """Code or PIN was right: activate the card if it is new, and open a session; returns the token for the cookie.

    Raises Conflict when the card was activated or taken back in the same moment.
    """
    badge = found.badge
    give_back(buckets, clock.now())
    live = (Badge.id == badge.id, Badge.revoked_at.is_(None))
    # The right PIN on a strange phone shows that the carrier is there; on a known one it says nothing about others.
    tries = Badge.strange_tries if known else literal(0)
    if first_use(found):
        fresh = {"activated_at": clock.now(), "code_hash": "", "strange_tries": tries}
        changed = run(update(Badge).where(*live, Badge.activated_at.is_(None)).values(fresh)).rowcount
        keep_pin(badge.person_id, given.pin, badge.person_id)
        note(badge.person_id, "badge_activated", badge.person_id, number=badge.number)
    else:
        changed = run(update(Badge).where(*live).values(strange_tries=tries)).rowcount
    if changed != 1:
        raise Conflict(lazy("This badge was used or taken back in the same moment. Scan it again."))
    return open_session(badge.person_id, door.device, door.address, badge.id, team=door.team)
