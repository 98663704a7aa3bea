"""Who may decide what about a record, and what a no to 不适用 changes (rules MT-3, SP-13)."""

from __future__ import annotations

from enum import StrEnum

from app.standards.rules import Evidence, Step
from app.web.current import CurrentPerson, Role

REVIEWERS = (Role.SUPERVISOR, Role.INSPECTOR, Role.STANDARDS)
CLOCK_JUDGES = (Role.SUPERVISOR, Role.INSPECTOR)


class PhotoVerdict(StrEnum):
    OK = "ok"
    RETAKE = "retake"


UNREADABLE = "unreadable"
"""The verdict of the picture queue: it could not be decoded and is asked for again."""


class UnableVerdict(StrEnum):
    PENDING = "pending"
    ACCEPTED = "accepted"
    REFUSED = "refused"


def may_judge(who: CurrentPerson, *, author_id: str, implementer_id: str, responsible_id: str) -> bool:
    """A reviewer, never the author, and from outside the executing unit unless the department does the work itself."""
    if who.role not in REVIEWERS or who.id == author_id:
        return False
    return who.org_id != implementer_id or implementer_id == responsible_id


def counts_after_no(step: Step) -> dict[str, int]:
    """What a refused 不适用 adds: a fail without evidence, and everything that the step had asked for."""
    photos = step.photo_min if step.evidence is Evidence.PHOTO else 0
    return {"steps_fail": 1, "key_due": int(step.key), "photos_due": photos}
