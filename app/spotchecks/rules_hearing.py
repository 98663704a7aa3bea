"""What follows when record and second opinion differ: the person is heard before anything is said of them (SP-8)."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from app.spotchecks.rules import Executed, Kind, is_independent
from app.web.current import CurrentPerson, Role
from app.web.words import lazy

HEARING = timedelta(days=3)
APPEAL = timedelta(days=5)
"""Time to give an account, then time to appeal against the decision."""
MAX_WORDS = 1000


class State(StrEnum):
    """OPEN waits for the account, HEARD for the decision, APPEALED for a decision by somebody else."""

    OPEN = "open"
    HEARD = "heard"
    STANDS = "stands"
    UNTRUE = "untrue"
    WITHDRAWN = "withdrawn"
    APPEALED = "appealed"


class Deed(StrEnum):
    """HEAR keeps the person's account; STANDS 抽查不一致 stands; UNTRUE 失实; WITHDRAW the record was right."""

    HEAR = "hear"
    STANDS = "stands"
    UNTRUE = "untrue"
    WITHDRAW = "withdraw"
    APPEAL = "appeal"


DECISIONS = (Deed.STANDS, Deed.UNTRUE, Deed.WITHDRAW)
AFTER = {
    Deed.HEAR: State.HEARD,
    Deed.STANDS: State.STANDS,
    Deed.UNTRUE: State.UNTRUE,
    Deed.WITHDRAW: State.WITHDRAWN,
    Deed.APPEAL: State.APPEALED,
}
ALREADY = lazy("This has been settled already. Load the page again.")
NOT_HEARD = lazy("Hear the person first: their own words belong here before anything is decided.")
WAIT = lazy("The person may still say how it was. Decide once they were heard, or once their time is over.")
TOO_LATE = lazy("The time to appeal is over.")
OTHER_EYES = lazy("An appeal is decided by somebody else than the one who decided before.")


def refusal(deed: Deed, state: State, until: datetime | None, now: datetime, *, heard: bool) -> object | None:
    """Why the deed cannot be done now, as a sentence; None when it can.

    `until` is the end of the time to give an account, or to appeal. 失实 is never set without an account.
    """
    if deed is Deed.HEAR:
        return None if state is State.OPEN else ALREADY
    if deed is Deed.APPEAL:
        if state not in (State.STANDS, State.UNTRUE) or until is None:
            return ALREADY
        return TOO_LATE if now > until else None
    if state not in (State.OPEN, State.HEARD, State.APPEALED):
        return ALREADY
    if deed is Deed.UNTRUE and not heard:
        return NOT_HEARD
    waiting = deed is Deed.STANDS and state is State.OPEN and until is not None and now <= until
    return WAIT if waiting else None


def term_after(deed: Deed, was: State, now: datetime) -> datetime | None:
    """Until when an appeal is taken against the decision; none against a decision on an appeal."""
    if deed in (Deed.STANDS, Deed.UNTRUE) and was is not State.APPEALED:
        return now + APPEAL
    return None


def may_speak(who: CurrentPerson, done: Executed) -> bool:
    """The person whose record it is, and the manager of the contractor (contract, Roles: appeal and comment)."""
    return who.id == done.person_id or (who.role is Role.MANAGER and who.org_id == done.implementer_id)


def may_write_down(who: CurrentPerson, done: Executed) -> bool:
    """Who heard the person may put their words down too: supervisors and inspectors from outside."""
    return who.role in (Role.SUPERVISOR, Role.INSPECTOR) and is_independent(who, done, Kind.SPOT)


def may_decide(who: CurrentPerson, done: Executed, decided_by: str | None, state: State) -> bool:
    """Supervisors and inspectors from outside the contractor; an appeal goes to somebody else."""
    if not may_write_down(who, done):
        return False
    return state is not State.APPEALED or who.id != decided_by
