"""What happened at a step before: one level up when it comes back, a revision proposed when it stays (NC-10, NC-11)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from app.nonconformities.rules import Severity

AGAIN_WITHIN = timedelta(days=30)
SPREAD_WITHIN = timedelta(days=7)
SPREAD_POINTS = 3
QUARTER_COUNT = 5
RECHECKS_FAILED = 3
LEVELS = (Severity.MINOR, Severity.MAJOR, Severity.CRITICAL)


@dataclass(frozen=True, slots=True)
class Earlier:
    """A finding at the same step, not put right on the spot and not withdrawn."""

    id: str
    step_id: str
    point_id: str | None
    found_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Repeat:
    """`raised` puts it one level up with a cause analysis by the section; `quarter` are all at the step by now."""

    raised: bool
    quarter: tuple[str, ...]

    @property
    def proposes(self) -> bool:
        """The fifth in a quarter and every later one belong to a proposal (NC-11)."""
        return len(self.quarter) >= QUARTER_COUNT


def one_up(severity: str) -> Severity:
    """The next level; there is none above critical."""
    at = LEVELS.index(Severity(severity))
    return LEVELS[min(at + 1, len(LEVELS) - 1)]


def came_back(point_id: str | None, at: datetime, earlier: Iterable[Earlier]) -> bool:
    """The same point within 30 days after a closure; what is still open never counts (NC-10, NC-17)."""
    return point_id is not None and any(
        each.point_id == point_id and each.closed_at is not None and at - AGAIN_WITHIN <= each.closed_at <= at
        for each in earlier
    )


def spread(point_id: str | None, at: datetime, earlier: Iterable[Earlier]) -> bool:
    """The same step at three points or more within 7 days, this one counted (NC-10)."""
    if point_id is None:
        return False
    points = {each.point_id for each in earlier if at - SPREAD_WITHIN <= each.found_at <= at and each.point_id}
    return len(points | {point_id}) >= SPREAD_POINTS


def quarter_start(at: datetime, zone: tzinfo) -> datetime:
    """Midnight at the site on the first day of the calendar quarter."""
    local = at.astimezone(zone)
    return local.replace(month=(local.month - 1) // 3 * 3 + 1, day=1, hour=0, minute=0, second=0, microsecond=0)


def quarter_name(at: datetime, zone: tzinfo) -> str:
    """2026Q4."""
    local = at.astimezone(zone)
    return f"{local.year}Q{(local.month - 1) // 3 + 1}"


def repeat(finding_id: str, point_id: str | None, at: datetime, earlier: Sequence[Earlier], zone: tzinfo) -> Repeat:
    """What the history of its step makes of a new finding."""
    begins = quarter_start(at, zone)
    quarter = tuple(each.id for each in earlier if begins <= each.found_at <= at)
    raised = came_back(point_id, at, earlier) or spread(point_id, at, earlier)
    return Repeat(raised, (*quarter, finding_id))
