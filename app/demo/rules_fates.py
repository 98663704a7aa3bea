"""What becomes of a window in the demo's history: mostly done well, honestly reported when not; chance from a seed."""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from heapq import heappop, heappush
from random import Random

REASONS = ("occupied", "occupied", "outage", "meeting", "locked", "weather")
LATE_REASONS = ("任务撞在一起", "替同事顶班", "当时有人使用", "做了忘扫码")


class Fate(StrEnum):
    """The outcome that the seed has in store; a person's full day may still move it."""

    DONE = "done"
    LATE = "late"
    MISSED = "missed"
    UNABLE = "unable"


@dataclass(frozen=True)
class Times:
    """The deadlines of a window."""

    start_at: datetime
    end_at: datetime
    grace_end_at: datetime
    expire_at: datetime
    expected_minutes: int


@dataclass(frozen=True)
class Visit:
    """One arrival: opened and sent on the phone's clock, received by the server (later when it was offline)."""

    fate: Fate
    opened_at: datetime
    submitted_at: datetime
    received_at: datetime
    fails: bool
    fixed: bool
    occupied: bool
    typed: bool
    hasty: bool
    reason: str
    late_reason: str | None


def visit(times: Times, chance: Random, free_from: datetime | None, *, hours_to_miss: bool) -> Visit | None:
    """When and how a person with other work until `free_from` does this window; None when it stays undone.

    `hours_to_miss` marks the weak hours of the day, at noon and at the handover, where more is missed.
    """
    fate = _fate(chance, 1.9 if hours_to_miss else 1.0)
    if fate is Fate.MISSED:
        return None
    hasty = chance.random() < 0.015
    opened = _opening(times, fate, chance, free_from)
    submitted = opened + _spent(times, fate, chance, hasty=hasty)
    if submitted > times.expire_at:
        return None
    offline = chance.random() < 0.04
    received = submitted + (
        timedelta(minutes=chance.uniform(8, 95)) if offline else timedelta(seconds=chance.randint(1, 6))
    )
    return Visit(
        fate=fate,
        opened_at=opened,
        submitted_at=submitted,
        received_at=received,
        fails=fate is Fate.DONE and chance.random() < 0.022,
        fixed=chance.random() < 0.55,
        occupied=chance.random() < 0.012,
        typed=chance.random() < 0.03,
        hasty=hasty,
        reason=chance.choice(REASONS),
        late_reason=chance.choice(LATE_REASONS) if submitted > times.grace_end_at else None,
    )


def working_order(windows: Sequence[tuple[str | None, Times]]) -> list[int]:
    """Positions in the order in which sensible people work: of what is open, what ends first.

    Each window belongs to a person; it takes its minutes and three for the way.
    """
    by_person: dict[str | None, list[int]] = {}
    for position, (person, _times) in enumerate(windows):
        by_person.setdefault(person, []).append(position)
    begun = [each for positions in by_person.values() for each in _in_turn(positions, windows)]
    # By the clock over all people: who helps a mate at noon is free again for the own evening.
    return [position for _at, position in sorted(begun)]


def _in_turn(positions: list[int], windows: Sequence[tuple[str | None, Times]]) -> Iterator[tuple[datetime, int]]:
    ahead = deque(sorted(positions, key=lambda each: windows[each][1].start_at))
    standing: list[tuple[datetime, int]] = []
    at = windows[ahead[0]][1].start_at
    while ahead or standing:
        at = at if standing else max(at, windows[ahead[0]][1].start_at)
        while ahead and windows[ahead[0]][1].start_at <= at:
            position = ahead.popleft()
            heappush(standing, (windows[position][1].grace_end_at, position))
        _ends, position = heappop(standing)
        yield at, position
        at += timedelta(minutes=windows[position][1].expected_minutes + 3)


def _opening(times: Times, fate: Fate, chance: Random, free_from: datetime | None) -> datetime:
    if fate is Fate.LATE:
        return times.grace_end_at + timedelta(minutes=chance.uniform(4, 50))
    length = (times.end_at - times.start_at) / timedelta(minutes=1)
    opened = times.start_at + timedelta(minutes=chance.uniform(1, max(2.0, min(25.0, length * 0.25))))
    return max(opened, free_from + timedelta(minutes=chance.uniform(2, 4))) if free_from else opened


def _spent(times: Times, fate: Fate, chance: Random, *, hasty: bool) -> timedelta:
    if fate is Fate.UNABLE:
        return timedelta(seconds=chance.randint(15, 60))
    return timedelta(seconds=20) if hasty else timedelta(minutes=times.expected_minutes * chance.uniform(0.7, 1.1))


def _fate(chance: Random, weight: float) -> Fate:
    roll = chance.random() / weight
    for share, fate in ((0.016, Fate.MISSED), (0.030, Fate.LATE), (0.042, Fate.UNABLE)):
        if roll < share:
            return fate
    return Fate.DONE
