"""Proposals to revise a standard: why, under which key, and how they are decided (rules NC-7, NC-11)."""

from __future__ import annotations

from datetime import datetime, tzinfo
from enum import StrEnum

from app.nonconformities.rules_repeat import quarter_name


class Reason(StrEnum):
    """Three failed rechecks, five at a step in a quarter, or somebody's decision on a finding."""

    RECHECKS = "rechecks"
    QUARTER = "quarter"
    DECIDED = "decided"


class Answer(StrEnum):
    """What the standards section makes of it; `open` waits."""

    OPEN = "open"
    TAKEN = "taken"
    DECLINED = "declined"


def key_of_quarter(standard_code: str, step_id: str, at: datetime, zone: tzinfo) -> str:
    """One proposal a step and quarter."""
    return f"quarter:{standard_code}:{step_id}:{quarter_name(at, zone)}"


def key_of_finding(finding_id: str) -> str:
    """One proposal a finding, whether three rechecks failed or somebody decided it."""
    return f"finding:{finding_id}"
