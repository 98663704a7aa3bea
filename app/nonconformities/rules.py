"""Findings: sources, states, limits and what is registered, as plain values (rules NC-1, NC-9, NC-15 to NC-17)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

# A finding takes both from its step; of the causes only `work` found by somebody else counts (NC-15).
from app.standards.rules import Cause as Cause  # noqa: PLC0414
from app.standards.rules import Severity as Severity  # noqa: PLC0414


class FindingState(StrEnum):
    """The states of rules 6; a finding of a worker may go from registered straight to the recheck."""

    REGISTERED = "registered"
    TO_CONFIRM = "to_confirm"
    TO_RECTIFY = "to_rectify"
    RECTIFYING = "rectifying"
    TO_RECHECK = "to_recheck"
    APPEALED = "appealed"
    CONCESSION = "concession"
    REVISION = "revision"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


SETTLED = (FindingState.CLOSED, FindingState.WITHDRAWN)
"""Nobody has to do anything more about these."""
STANDING = tuple(state for state in FindingState if state not in SETTLED)
"""Known at the point: not registered again (NC-17)."""
ASKED_AGAIN = tuple(state for state in STANDING if state is not FindingState.TO_RECHECK)
"""Shown on the next scan as 仍存在 / 已好; what waits for its recheck is not asked for again."""
TO_BE_DONE = (
    FindingState.REGISTERED,
    FindingState.TO_CONFIRM,
    FindingState.TO_RECTIFY,
    FindingState.RECTIFYING,
)
"""The unit still has to put it right; its limit runs."""


class FindingSource(StrEnum):
    """Where it comes from (NC-1)."""

    CHECK = "check"
    DESK = "desk"
    SELFCHECK = "selfcheck"
    SPOTCHECK = "spotcheck"
    SUPERVISION = "supervision"
    COMPLAINT = "complaint"
    REPORT = "report"
    DRILL = "drill"


INSPECTED = (FindingSource.SPOTCHECK, FindingSource.SUPERVISION)
"""Findings of inspections keep the full loop (NC-16) and are rechecked by the inspection group (NC-4)."""


class Seen(StrEnum):
    """What a worker says of a finding that was open already."""

    STILL = "still"
    GONE = "gone"


class Part(StrEnum):
    """What a picture of a finding shows."""

    BEFORE = "before"
    AFTER = "after"
    CONTAINED = "contain"
    RECHECK = "recheck"


LIMITS = {"critical": timedelta(hours=4), "major": timedelta(hours=24), "minor": timedelta(hours=72)}
"""Time to put right by severity (NC-9)."""
RECHECK_LIMITS = {"critical": timedelta(hours=24), "major": timedelta(hours=72), "minor": timedelta(days=7)}
"""Time to recheck from the hour it is put up for it (NC-9)."""
A_YEAR_MINUTES = 525_600
NO_LIMITS: Mapping[str, timedelta] = {}


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


@dataclass(frozen=True, slots=True)
class NewFinding:
    """What another room has to register; `source_id` is its own row there, `found_by_id` None stands for the public.

    `photos` are hashes of kept pictures. The same `key`, where the source has one, registers once.
    """

    source: FindingSource
    implementer_id: str
    responsible_id: str
    severity: str
    text: str
    at: datetime
    source_id: str | None = None
    point_id: str | None = None
    standard_code: str | None = None
    edition: str | None = None
    step_id: str | None = None
    step_title: str = ""
    cause: str | None = None
    fail_action: str = "nc"
    photos: tuple[str, ...] = ()
    check_id: str | None = None
    found_by_id: str | None = None
    fixed: bool = False
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Registered:
    """What a finding is called; `known` stood already and was not registered again (NC-17)."""

    id: str
    number: str
    known: bool = False


def time_allowed(severity: str, contract: Mapping[str, timedelta] = NO_LIMITS) -> timedelta:
    """The house's limit, or the contract's where that is shorter (NC-9)."""
    return min(LIMITS[severity], contract.get(severity, LIMITS[severity]))


def due_at(severity: str, found_at: datetime, contract: Mapping[str, timedelta] = NO_LIMITS) -> datetime:
    """When it must be put right."""
    return found_at + time_allowed(severity, contract)


def contract_limits(profile: Mapping[str, object] | None) -> dict[str, timedelta]:
    """Severity -> minutes to put right, as a unit's profile states its contract (`rectify_minutes`)."""
    stated = (profile or {}).get("rectify_minutes")
    if not isinstance(stated, Mapping):
        return {}
    return {
        name: timedelta(minutes=minutes)
        for name, minutes in stated.items()
        if name in LIMITS and isinstance(minutes, int) and 0 < minutes <= A_YEAR_MINUTES
    }


def first_state(source: str, *, fixed: bool) -> FindingState:
    """Put right on the spot is closed at once; what inspections find waits for the unit's yes (NC-16)."""
    if source in INSPECTED:
        return FindingState.TO_CONFIRM
    return FindingState.CLOSED if fixed else FindingState.REGISTERED


def still_open(open_now: Iterable[OpenFinding], said: Mapping[str, str]) -> dict[str, OpenFinding]:
    """Step -> a finding there that nobody says is gone: such a step is not registered again (NC-17)."""
    return {each.step_id: each for each in open_now if said.get(each.id) != Seen.GONE}
