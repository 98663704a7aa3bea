"""Second signatures: who may give one, and which steps are covered (contract, Second signature)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from app.web.current import Role

LOOKERS = (Role.AUDITOR, Role.ADMIN, Role.LEADER)
WATCHERS = (Role.INSPECTOR, Role.STANDARDS)


@dataclass(frozen=True, slots=True)
class Signed:
    """A second signature and the steps it covers; unit and role are the signer's."""

    id: str
    check_id: str
    steps: tuple[str, ...]
    person_id: str
    person_name: str
    author_id: str
    method: str
    signed_at: datetime
    org_id: str | None
    role: str | None


def may_sign(signer_id: str, org_id: str | None, role: str | None, *, author_id: str, units: Collection[str]) -> bool:
    """Somebody else who has to do with the point: of its units or the author's, or of the inspection."""
    if signer_id == author_id or role in LOOKERS:
        return False
    return role in WATCHERS or org_id in units


def may_release(role: str | None) -> bool:
    """A release (放行确认) is a supervisor's to sign (rules RL-1)."""
    return role == Role.SUPERVISOR


def covered_steps(
    signed: Iterable[Signed], *, author_id: str, units: Collection[str], release: Collection[str] = ()
) -> frozenset[str]:
    """The steps that a valid second signature stands for; `release` are those that only a supervisor signs."""
    valid = [
        each
        for each in signed
        if each.author_id == author_id
        and may_sign(each.person_id, each.org_id, each.role, author_id=author_id, units=units)
    ]
    return frozenset(step for each in valid for step in permitted(each.steps, each.role, release))


def permitted(steps: Iterable[str], role: str | None, release: Collection[str]) -> tuple[str, ...]:
    """Of these steps the ones that somebody of this role signs."""
    return tuple(step for step in steps if may_release(role) or step not in release)
