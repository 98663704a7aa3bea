"""Findings: severity, limits and what is registered, as plain values (rules NC-9, NC-15 to NC-17)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class FindingState(StrEnum):
    """`gone` is what the next scanner says; closing it is for a recheck by somebody else (NC-4)."""

    REGISTERED = "registered"
    GONE = "gone"
    CLOSED = "closed"


class FindingSource(StrEnum):
    CHECK = "check"
    DESK = "desk"


class Seen(StrEnum):
    """What a worker says of a finding that was open already."""

    STILL = "still"
    GONE = "gone"


LIMITS = {"critical": timedelta(hours=4), "major": timedelta(hours=24), "minor": timedelta(hours=72)}
"""Time to put right by severity (NC-9)."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A finding about to be registered; `fixed` was put right on the spot with an after-photo (NC-16)."""

    step_id: str
    step_title: str
    severity: str
    cause: str
    fail_action: str
    text: str
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Where:
    """Point, standard and units that a finding belongs to."""

    point_id: str
    standard_code: str
    edition: str
    implementer_id: str
    responsible_id: str


@dataclass(frozen=True, slots=True)
class OpenFinding:
    id: str
    step_id: str
    text: str
    since: datetime


def due_at(severity: str, found_at: datetime) -> datetime:
    """When it must be put right."""
    return found_at + LIMITS[severity]


def still_open(open_now: Iterable[OpenFinding], said: Mapping[str, str]) -> dict[str, OpenFinding]:
    """Step -> a finding there that nobody says is gone: such a step is not registered again (NC-17)."""
    return {each.step_id: each for each in open_now if said.get(each.id) != Seen.GONE}
