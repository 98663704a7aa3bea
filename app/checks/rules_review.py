"""Who may decide what about a record, and what a no to 不适用 changes (rules MT-3, SP-13)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from app.checks.rules import Result
from app.standards.rules import Evidence, FailAction, Step
from app.web.current import CurrentPerson, Role

REVIEWERS = (Role.SUPERVISOR,)
CLOCK_JUDGES = (Role.SUPERVISOR,)
CORRECTED = "corrected"
"""Behind a step's id and a dot in check_states.verdicts: `pass>fail`, what was sent and what counts instead."""


class PhotoVerdict(StrEnum):
    OK = "ok"
    RETAKE = "retake"


class StepVerdict(StrEnum):
    """What stands behind a step in check_states.verdicts besides the photo verdicts."""

    PENDING = "pending"
    NA_ACCEPTED = "na_accepted"
    NA_REFUSED = "na_refused"
    UNREADABLE = "unreadable"
    RETAKEN = "retaken"


NOT_APPLIED = frozenset({StepVerdict.PENDING, StepVerdict.NA_ACCEPTED, StepVerdict.NA_REFUSED})


def photo_key(step_id: str, verdicts: Mapping[str, str], lasting: frozenset[str] = NOT_APPLIED) -> str:
    """Where what is said of a step's photos stands: beside what counts for the step itself, never in its place."""
    return f"{step_id}.photo" if verdicts.get(step_id) in lasting else step_id


def photo_said(step_id: str, verdicts: Mapping[str, str]) -> str:
    """What was said of them last; empty when nothing was."""
    return verdicts.get(f"{step_id}.photo") or verdicts.get(step_id, "")


class UnableVerdict(StrEnum):
    PENDING = "pending"
    ACCEPTED = "accepted"
    REFUSED = "refused"


def may_judge(who: CurrentPerson, *, author_id: str, implementer_id: str, responsible_id: str) -> bool:
    """A reviewer, never the author, and from outside the executing unit unless the department does the work itself."""
    if who.role not in REVIEWERS or who.id == author_id:
        return False
    return who.org_id != implementer_id or implementer_id == responsible_id


def counts_moved(step: Step, said: str) -> dict[str, int]:
    """What a verdict adds to the counts of the record in the figures; the record itself stays as it was sent.

    A refused 不适用 is a fail without evidence, and everything that the step had asked for is due. A photo that cannot
    be opened is no valid photo (EV-8) until it was taken again.
    """
    if said == StepVerdict.NA_REFUSED:
        photos = step.photo_min if step.evidence is Evidence.PHOTO else 0
        return {"steps_fail": 1, "key_due": int(step.key), "photos_due": photos}
    if said == StepVerdict.UNREADABLE and step.evidence is Evidence.PHOTO:
        return {"photos_valid": -1}
    return {}


def counts_corrected(step: Step, said: str) -> dict[str, int]:
    """What `pass>fail` or `fail>pass` adds to the counts; where failing only reminds, nothing is counted at all."""
    was, _, now = said.partition(">")
    if step.fail_action is FailAction.REMIND or was == now:
        return {}
    return {f"steps_{was}": -1, f"steps_{now}": 1}


def key_counted(step: Step, sent: str, evidenced: bool, verdicts: Mapping[str, str]) -> dict[str, int]:
    """What a step answered `sent` adds to the key steps with evidence, and to those of them that pass (MT-13).

    `evidenced` is how it came; a photo that cannot be opened is no evidence, and a corrected result is the one judged.
    """
    if not step.key or step.fail_action is FailAction.REMIND or sent == Result.NOT_APPLICABLE:
        return {}
    unreadable = verdicts.get(step.id) == StepVerdict.UNREADABLE and step.evidence is Evidence.PHOTO
    now = verdicts.get(f"{step.id}.{CORRECTED}", sent).rpartition(">")[2]
    has = int(evidenced and not unreadable)
    return {"key_evidenced": has, "key_pass": has * int(now == Result.PASS)}
