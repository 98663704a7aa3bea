"""What must stand before a finding is rechecked and closed, and who rechecks it (rules NC-3, NC-4, NC-8, NC-9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.nonconformities.rules import INSPECTED, RECHECK_LIMITS, Severity


class Group(StrEnum):
    """Who rechecks: the supervisor of the responsible department, or the inspection group."""

    DEPARTMENT = "department"
    INSPECTION = "inspection"


class Wanting(StrEnum):
    """What is still missing."""

    CONTAINMENT = "containment"
    CAUSE = "cause"
    ACTION = "action"
    SECTION_CAUSE = "section_cause"
    FOLLOW_UP = "follow_up"


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in the finding so far."""

    severity: str
    repeated: bool
    major: bool
    containment: str
    cause_text: str
    corrective_action: str
    section_cause: str
    follow_up: str


def wanting_for_recheck(filled: Filled) -> tuple[Wanting, ...]:
    """严重 needs containment (NC-9), 一般 and up a cause and an action against recurrence (NC-6, NC-8)."""
    found = []
    if filled.severity == Severity.CRITICAL and not filled.containment:
        found.append(Wanting.CONTAINMENT)
    if filled.severity != Severity.MINOR:
        found += [Wanting.CAUSE] if not filled.cause_text else []
        found += [Wanting.ACTION] if not filled.corrective_action else []
    return tuple(found)


def wanting_for_closure(filled: Filled) -> tuple[Wanting, ...]:
    """Besides: the section's analysis of what came back (NC-10), a written follow-up of major measures (NC-3)."""
    found = list(wanting_for_recheck(filled))
    found += [Wanting.SECTION_CAUSE] if filled.repeated and not filled.section_cause else []
    found += [Wanting.FOLLOW_UP] if filled.major and not filled.follow_up else []
    return tuple(found)


def recheck_group(source: str, severity: str, *, own_work: bool) -> Group:
    """NC-4; `own_work` is a department's own doing, which nobody of it may recheck."""
    if source in INSPECTED or severity == Severity.CRITICAL or own_work:
        return Group.INSPECTION
    return Group.DEPARTMENT


def recheck_by(severity: str, rectified_at: datetime) -> datetime:
    """When the recheck is due (NC-9)."""
    return rectified_at + RECHECK_LIMITS[severity]
