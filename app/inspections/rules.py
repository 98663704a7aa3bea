"""Inspections of units: kinds, states and who may do what; pure (rules SP-1 to SP-6, SP-13)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.refusals import Conflict
from app.web.current import CurrentPerson, Role
from app.web.words import lazy

MAKERS = (Role.INSPECTOR, Role.STANDARDS)
PLANNERS = (*MAKERS, Role.SUPERVISOR)
OF_THE_UNIT = (Role.SUPERVISOR, Role.MANAGER, Role.CREW_LEADER)
READERS = (*OF_THE_UNIT, *MAKERS, Role.LEADER, Role.AUDITOR)
SIGNERS = (*OF_THE_UNIT, *MAKERS)


class Kind(StrEnum):
    """自查 / 抽查 / 监查 (SP-1)."""

    SELF = "self"
    SPOT = "spot"
    SUPERVISION = "supervision"


class Occasion(StrEnum):
    """What the inspection is held for (SP-2 to SP-6)."""

    SELF = "self"
    MONTHLY = "monthly"
    HALF_YEARLY = "half_yearly"
    MUTUAL = "mutual"
    IRREGULAR = "irregular"
    EVENT = "event"
    SUPERIOR = "superior"
    THIRD_PARTY = "third_party"


# The seed does not pair kinds with dates; this is the mapping of rules section 4.
KINDS = {
    Occasion.SELF: Kind.SELF,
    Occasion.MONTHLY: Kind.SUPERVISION,
    Occasion.HALF_YEARLY: Kind.SUPERVISION,
    Occasion.MUTUAL: Kind.SUPERVISION,
    Occasion.IRREGULAR: Kind.SPOT,
    Occasion.EVENT: Kind.SPOT,
    Occasion.SUPERIOR: Kind.SPOT,
    Occasion.THIRD_PARTY: Kind.SPOT,
}


class State(StrEnum):
    PLANNED = "planned"
    UNDER_WAY = "under_way"
    TO_SIGN = "to_sign"
    CLOSED = "closed"
    ANNOUNCED = "announced"
    CANCELLED = "cancelled"


class Deed(StrEnum):
    """What moves an inspection on."""

    BEGIN = "begin"
    FINISH = "finish"
    REOPEN = "reopen"
    CLOSE = "close"
    ANNOUNCE = "announce"
    CANCEL = "cancel"


STEPS = {
    Deed.BEGIN: ((State.PLANNED,), State.UNDER_WAY),
    Deed.FINISH: ((State.UNDER_WAY,), State.TO_SIGN),
    Deed.REOPEN: ((State.TO_SIGN,), State.UNDER_WAY),
    Deed.CLOSE: ((State.TO_SIGN,), State.CLOSED),
    Deed.ANNOUNCE: ((State.CLOSED,), State.ANNOUNCED),
    Deed.CANCEL: ((State.PLANNED, State.UNDER_WAY), State.CANCELLED),
}
OPEN = (State.PLANNED, State.UNDER_WAY, State.TO_SIGN)


@dataclass(frozen=True, slots=True)
class Target:
    """The unit that is inspected."""

    id: str
    path: str
    kind: str

    def holds(self, org_path: str) -> bool:
        """Whether somebody of this path belongs to the unit."""
        return org_path.startswith(self.path)


@dataclass(frozen=True, slots=True)
class Subject:
    """What the rules of access judge an inspection by; `inspectors` are ids."""

    target: Target
    occasion: Occasion
    state: State
    inspectors: frozenset[str]


def after(state: State, deed: Deed) -> State:
    """The state that the deed leads to; raises Conflict where it does not fit."""
    befores, then = STEPS[deed]
    if state not in befores:
        raise Conflict(lazy("The inspection has moved on meanwhile. Open it again and look."))
    return then


def independent(org_path: str, target: Target, occasion: Occasion) -> bool:
    """SP-13: nobody inspects the own unit, nobody of a contractor that contractor; a self-check is the own unit's."""
    return occasion is Occasion.SELF or not target.holds(org_path)


def may_plan(who: CurrentPerson, occasion: Occasion, target: Target) -> bool:
    """The office and the group plan all; a supervisor the own units' self-checks and their contractors' month."""
    if who.external or who.role not in PLANNERS:
        return False
    own = target.path.startswith(who.org_path)
    if occasion is Occasion.SELF:
        return own or target.holds(who.org_path)
    if who.role is Role.SUPERVISOR:
        return occasion is Occasion.MONTHLY and own and target.path != who.org_path
    return True


def may_see(who: CurrentPerson, subject: Subject) -> bool:
    """Inspectors their own, the office all, the inspected side what it may know: a spot check comes unannounced."""
    if who.id in subject.inspectors:
        return True
    if who.external or who.role not in READERS:
        return False
    if who.role not in OF_THE_UNIT:
        return True
    surprise = subject.state is State.PLANNED and KINDS[subject.occasion] is Kind.SPOT
    return _reaches(who, subject.target) and not surprise and subject.state is not State.CANCELLED


def _reaches(who: CurrentPerson, target: Target) -> bool:
    """A supervisor the own subtree and the units it belongs to, others their own unit only (CT-9)."""
    above = who.role is Role.SUPERVISOR and target.path.startswith(who.org_path)
    return above or _belongs(who, target)


def _belongs(who: CurrentPerson, target: Target) -> bool:
    """A contractor under a section is not the section."""
    if who.role in (Role.MANAGER, Role.CREW_LEADER):
        return target.path == who.org_path
    return target.holds(who.org_path)


def may_inspect(who: CurrentPerson, subject: Subject) -> bool:
    """Only those named as inspectors fill it in."""
    return who.id in subject.inspectors


def may_run(who: CurrentPerson, subject: Subject) -> bool:
    """Change the plan, name inspectors, call it off: who could plan it, or an inspector of it; nobody from outside."""
    if who.external:
        return False
    return who.id in subject.inspectors or may_plan(who, subject.occasion, subject.target)


def may_sign_for_unit(who: CurrentPerson, subject: Subject) -> bool:
    """Somebody who belongs to the inspected unit and did not inspect."""
    mine = _belongs(who, subject.target) and not who.external
    return mine and who.role in SIGNERS and who.id not in subject.inspectors


def may_announce(who: CurrentPerson) -> bool:
    """The office and the inspection group announce (SP-6, RP-5)."""
    return who.role in MAKERS and not who.external
