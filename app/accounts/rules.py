"""Who may do what to an account, and what a password or PIN must be: pure rules."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from app.web.current import HANDS, CurrentPerson, Role
from app.web.words import lazy

PASSWORD_LENGTH = (10, 200)
PIN_LENGTH = (4, 6)
GRANTS = ("release", "dispatch", "recheck", "desk", "duty")
READERS = (Role.ADMIN, Role.CREW_LEADER, Role.SUPERVISOR, Role.MANAGER, Role.AUDITOR)
# PINs that somebody looking over a shoulder or guessing tries first, beside rows and repetitions.
_WEAK_PINS = frozenset({"1212", "1122", "2580", "1314", "520520", "521521", "112233", "123321", "147258"})

ROLE_WORDS = {
    Role.WORKER: lazy("Worker"),
    Role.DRIVER: lazy("Driver"),
    Role.CREW_LEADER: lazy("Crew leader"),
    Role.SUPERVISOR: lazy("Supervisor"),
    Role.MANAGER: lazy("Contractor manager"),
    Role.INSPECTOR: lazy("Inspector"),
    Role.STANDARDS: lazy("Standards section"),
    Role.LEADER: lazy("Leader"),
    Role.AUDITOR: lazy("Auditor"),
    Role.ADMIN: lazy("Administrator"),
}
GRANT_WORDS = {
    "release": lazy("Release vehicles"),
    "dispatch": lazy("Dispatch vehicles"),
    "recheck": lazy("Recheck rectifications"),
    "desk": lazy("Service desk"),
    "duty": lazy("Duty room"),
}


@dataclass(frozen=True)
class Target:
    """The account that something is to be done to."""

    id: str
    role: Role
    org_path: str
    crew_id: str | None
    active: bool


@dataclass(frozen=True)
class Reach:
    """Whose accounts a person may read: everybody's, those of a subtree of units, or those of one crew."""

    everybody: bool = False
    org_path: str | None = None
    crew_id: str | None = None

    def holds(self, org_path: str, crew_id: str | None) -> bool:
        """Whether an account of this unit and crew lies within."""
        if self.everybody:
            return True
        if self.crew_id:
            return crew_id == self.crew_id
        return bool(self.org_path) and org_path.startswith(str(self.org_path))


def reach_of(person: CurrentPerson) -> Reach:
    """Admin and auditor read all, supervisor and manager their subtree, a crew leader the own crew, others nobody."""
    if person.role in (Role.ADMIN, Role.AUDITOR):
        return Reach(everybody=True)
    if person.role in (Role.SUPERVISOR, Role.MANAGER):
        return Reach(org_path=person.org_path)
    if person.role is Role.CREW_LEADER and person.crew_id:
        return Reach(crew_id=person.crew_id)
    return Reach()


def may_set_pin(actor: CurrentPerson, target: Target) -> bool:
    """A crew leader resets PINs of the own crew's hands; an admin those of everybody (contract, Roles)."""
    if actor.role is Role.ADMIN:
        return True
    own_crew = actor.role is Role.CREW_LEADER and bool(actor.crew_id) and actor.crew_id == target.crew_id
    return own_crew and target.role in HANDS and target.active


def password_fault(password: str, person_id: str, name: str) -> object | None:
    """Why this password is not taken, or None (OWASP ASVS 5.0, 6.2: length counts, no rules of composition)."""
    least, most = PASSWORD_LENGTH
    if len(password) < least:
        return lazy("Take at least %(n)d characters. Several words are easy to remember.", n=least)
    if len(password) > most:
        return lazy("Take at most %(n)d characters.", n=most)
    plain = password.casefold()
    if (
        len(set(plain)) < 4
        or plain in (person_id.casefold() * 3, name.casefold())
        or plain.strip("0123456789") == person_id
    ):
        return lazy("This is too easy to guess. Take other words.")
    return None


def pin_fault(pin: str) -> object | None:
    """Why this PIN is not taken, or None."""
    least, most = PIN_LENGTH
    if not least <= len(pin) <= most or not pin.isascii() or not pin.isdigit():
        return lazy("A PIN has four to six digits.")
    strides = {(int(later) - int(digit)) % 10 for digit, later in pairwise(pin)}
    if pin in _WEAK_PINS or (len(strides) == 1 and strides <= {0, 1, 9}):
        return lazy("This PIN is too easy to guess. Take another.")
    return None


def grants_in_force(grants: Iterable[tuple[str, date, date | None]], day: date) -> frozenset[str]:
    """Names of the grants that count on this day, both ends included."""
    return frozenset(name for name, first, last in grants if first <= day and (last is None or day <= last))
