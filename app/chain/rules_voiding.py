"""Who may make a record void or correct it, and when a second person is asked (docs/history.md)."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from app.web.current import CurrentPerson, Role

PROPOSERS = (Role.CREW_LEADER, Role.SUPERVISOR, Role.LEADER)
DECIDERS = (Role.SUPERVISOR, Role.LEADER)
REASON_LENGTH = 500
SAID_LENGTH = 500
RESULTS = ("pass", "fail")


class Standing(StrEnum):
    """How far a proposal got; a correction that turns no result stands at once."""

    OPEN = "open"
    STANDS = "stands"
    REFUSED = "refused"


class Field(StrEnum):
    """What of a step can be corrected."""

    VALUE = "value"
    CHOICE = "choice"
    TEXT = "text"
    RESULT = "result"


def may_propose(who: CurrentPerson, concerned: Collection[str]) -> bool:
    """Somebody of the desk whose own record it is not: neither its author's nor a signer's word is enough."""
    return who.role in PROPOSERS and who.id not in concerned


def may_decide(
    who: CurrentPerson, concerned: Collection[str], *, by_id: str, implementer_id: str, responsible_id: str
) -> bool:
    """A second person, from outside the unit that did the work unless the department does it itself."""
    if who.role not in DECIDERS or who.id in concerned or who.id == by_id:
        return False
    return who.org_id != implementer_id or implementer_id == responsible_id


def needs_second(was: str | None, now: str | None) -> bool:
    """A correction that turns 符合 into 不符合, or back, waits for a second person."""
    return was != now
