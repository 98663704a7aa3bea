"""Who may do what in which state: one table of deeds, states and sides (rules 6; contract, Roles)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.nonconformities.rules import STANDING, TO_BE_DONE, FindingState, Severity
from app.nonconformities.rules_close import Group, recheck_group
from app.organisations.rules import Scope
from app.web.current import CurrentPerson, Role


class Deed(StrEnum):
    """What can be done with a finding, in the order in which a page offers it."""

    CONFIRM = "confirm"
    CONTAIN = "contain"
    RECTIFY = "rectify"
    CLOSE = "close"
    RETURN = "return"
    MAINTAIN = "maintain"
    WITHDRAW = "withdraw"
    PLAN = "plan"
    COMPLETE = "complete"
    ANALYSE = "analyse"
    FOLLOW_UP = "follow_up"
    SEND = "send"
    APPEAL = "appeal"
    CONCEDE = "concede"
    REVISE = "revise"
    COMMENT = "comment"


class Side(StrEnum):
    """How a person stands to a finding."""

    DOER = "doer"
    LEAD = "lead"
    MANAGER = "manager"
    ANSWERING = "answering"
    INSPECTION = "inspection"
    RECHECKER = "rechecker"
    READER = "reader"


@dataclass(frozen=True, slots=True)
class Line:
    """From which states, to which one (None: it stays), for which sides."""

    states: tuple[FindingState, ...]
    to: FindingState | None
    sides: frozenset[Side]


@dataclass(frozen=True, slots=True)
class Subject:
    """What the table looks at in a finding."""

    state: FindingState
    source: str
    severity: str
    implementer_id: str
    responsible_id: str
    found_by_id: str | None
    rectifier_id: str | None
    rectifier_org_id: str | None

    @property
    def group(self) -> Group:
        """Who rechecks it (NC-4)."""
        return recheck_group(self.source, self.severity, own_work=self.implementer_id == self.responsible_id)


_S = FindingState
_UNIT = frozenset({Side.DOER, Side.LEAD})
TABLE: Mapping[Deed, Line] = {
    Deed.SEND: Line((_S.REGISTERED,), _S.TO_CONFIRM, frozenset({Side.ANSWERING, Side.INSPECTION})),
    Deed.CONFIRM: Line((_S.TO_CONFIRM,), _S.TO_RECTIFY, frozenset({Side.LEAD})),
    Deed.PLAN: Line(TO_BE_DONE, _S.RECTIFYING, _UNIT),
    Deed.COMPLETE: Line((_S.TO_RECHECK,), None, _UNIT | {Side.ANSWERING}),
    Deed.CONTAIN: Line(STANDING, None, _UNIT | {Side.ANSWERING, Side.INSPECTION}),
    Deed.RECTIFY: Line(TO_BE_DONE, _S.TO_RECHECK, _UNIT),
    Deed.CLOSE: Line((_S.TO_RECHECK,), _S.CLOSED, frozenset({Side.RECHECKER})),
    Deed.RETURN: Line((_S.TO_RECHECK,), _S.RECTIFYING, frozenset({Side.RECHECKER})),
    Deed.CONCEDE: Line(TO_BE_DONE, _S.CONCESSION, frozenset({Side.ANSWERING, Side.INSPECTION})),
    Deed.APPEAL: Line((_S.REGISTERED, _S.TO_CONFIRM, _S.TO_RECTIFY), _S.APPEALED, frozenset({Side.LEAD, Side.MANAGER})),
    Deed.MAINTAIN: Line((_S.APPEALED,), _S.TO_RECTIFY, frozenset({Side.INSPECTION})),
    Deed.WITHDRAW: Line((_S.APPEALED,), _S.WITHDRAWN, frozenset({Side.INSPECTION})),
    Deed.REVISE: Line((*TO_BE_DONE, _S.TO_RECHECK), _S.REVISION, frozenset({Side.INSPECTION})),
    Deed.ANALYSE: Line(STANDING, None, frozenset({Side.ANSWERING})),
    Deed.FOLLOW_UP: Line(STANDING, None, frozenset({Side.INSPECTION})),
    Deed.COMMENT: Line(tuple(_S), None, _UNIT | {Side.MANAGER, Side.ANSWERING, Side.INSPECTION}),
}
"""Closing, withdrawing and everything else is only what stands here; nothing is ever deleted (NC-14)."""


def sides_of(who: CurrentPerson, about: Subject, scope: Scope) -> frozenset[Side]:
    """How this person stands to a finding that lies in their scope; empty when it does not."""
    if not scope.reaches(about.implementer_id, about.responsible_id):
        return frozenset()
    own = who.org_id == about.implementer_id
    found = {Side.READER}
    if own and (who.is_hands or who.role is Role.SUPERVISOR):
        found.add(Side.DOER)
    if own and who.role in (Role.CREW_LEADER, Role.SUPERVISOR):
        found.add(Side.LEAD)
    if who.role is Role.MANAGER:
        found.add(Side.MANAGER)
    if _answers(who, about, scope):
        found.add(Side.ANSWERING)
    if not own and (who.role is Role.INSPECTOR or "recheck" in who.grants):
        found.add(Side.INSPECTION)
    if _rechecks(who, about, found):
        found.add(Side.RECHECKER)
    return frozenset(found)


def _answers(who: CurrentPerson, about: Subject, scope: Scope) -> bool:
    """A supervisor of the responsible department, from outside the executing unit unless that is the department."""
    if who.role is not Role.SUPERVISOR or not (scope.units and about.responsible_id in scope.units):
        return False
    return who.org_id != about.implementer_id or about.implementer_id == about.responsible_id


def _rechecks(who: CurrentPerson, about: Subject, sides: set[Side]) -> bool:
    """NC-4: never the rectifier or the rectifier's unit, nor the unit that the finding is about."""
    if who.id == about.rectifier_id or who.org_id in (about.rectifier_org_id, about.implementer_id):
        return False
    return Side.INSPECTION in sides or (about.group is Group.DEPARTMENT and Side.ANSWERING in sides)


def may(deed: Deed, who: CurrentPerson, about: Subject, scope: Scope) -> bool:
    """Whether this person may do this now, by the table and what a row of it cannot say."""
    line, sides = TABLE[deed], sides_of(who, about, scope)
    return about.state in line.states and bool(line.sides & sides) and not barred(deed, who, about, sides)


def barred(deed: Deed, who: CurrentPerson, about: Subject, sides: frozenset[Side]) -> bool:
    """A concession on what the inspection group rechecks is the group's; an appeal is not decided by the finder."""
    if deed is Deed.CONCEDE:
        return about.group is Group.INSPECTION and Side.INSPECTION not in sides
    if deed in (Deed.MAINTAIN, Deed.WITHDRAW):
        return who.id == about.found_by_id
    return False


def deeds_for(who: CurrentPerson, about: Subject, scope: Scope) -> tuple[Deed, ...]:
    """All that this person may do now, the next one first."""
    return tuple(deed for deed in Deed if may(deed, who, about, scope))


def next_deed(open_deeds: tuple[Deed, ...], about: Subject, *, contained: bool, planned: bool) -> Deed | None:
    """The one that the page shows as its largest button; containment of what is critical comes before all else."""
    left = [deed for deed in open_deeds if deed not in (Deed.COMMENT, Deed.CONCEDE, Deed.REVISE, Deed.APPEAL)]
    if about.severity == Severity.CRITICAL and not contained and Deed.CONTAIN in left:
        return Deed.CONTAIN
    left = [deed for deed in left if deed is not Deed.CONTAIN]
    if Deed.RECTIFY in left and about.severity != Severity.MINOR and not planned:
        return Deed.CONFIRM if Deed.CONFIRM in left else Deed.PLAN
    return left[0] if left else None
