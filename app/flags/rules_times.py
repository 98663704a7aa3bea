"""Times: too short for the work, too fast for the way, too many at once, a clock that moved; by what the phone noted.

Receipts never count: whoever syncs late sends a whole shift within seconds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from app.flags.rules import Finding, FlagKind, Numbers, Visit
from app.flags.rules_limits import DEFAULTS, Thresholds

RIGHT = timedelta(minutes=2)


def short_visit(visit: Visit, before: Sequence[Visit], limits: Thresholds = DEFAULTS) -> Finding | None:
    """Less time than the steps with a photo or reading take at least (rules MT-18), per visit and never per tick.

    People work first and tick afterwards, up to `pool` points in one go: what counts is all the time since the
    record before. Without a record before nothing is known. Two who work together need half as long.
    """
    earlier = _others(visit, before)
    if not earlier or visit.dwell_seconds >= limits.short_share * _floor(visit):
        return None
    best = max(_share_since(earlier, back, visit) for back in range(1, min(limits.pool, len(earlier)) + 1))
    if best >= limits.short_share:
        return None
    numbers: Numbers = {
        "seconds": round(_seconds(visit.ended - earlier[-1].ended)),
        "floor_seconds": round(_floor(visit)),
        "share": round(best, 2),
        "limit_share": limits.short_share,
        "hands": visit.hands,
    }
    return Finding(FlagKind.SHORT_VISIT, visit.check, numbers, (earlier[-1].check,))


def _share_since(earlier: Sequence[Visit], back: int, visit: Visit) -> float:
    """Time since the visit so many back, of what this one and those between take at least."""
    between = earlier[len(earlier) - back + 1 :]
    return _seconds(visit.ended - earlier[-back].ended) / sum(map(_floor, (*between, visit)))


def fast_walk(
    visit: Visit, before: Sequence[Visit], way_seconds: Mapping[str, int], limits: Thresholds = DEFAULTS
) -> Finding | None:
    """The next point was opened sooner after the one before than anybody walks there.

    `way_seconds`: usual seconds to this point by check. Doors side by side say nothing. Whoever works at several
    points and then ticks them in one go from the list is held against the way since the point before those.
    """
    earlier = _others(visit, before)
    trips = [(each, *_trip(each, visit, way_seconds)) for each in reversed(earlier[-limits.pool :])]
    if not trips or not _is_fast(*trips[0][1:], limits):
        return None
    last, took, usual = trips[0]
    own = [each[1:] for each in trips if each[0].person == visit.person]
    in_one_go = last.person == visit.person and not _both_scanned(last, visit)
    if in_one_go and any(not _is_fast(*each, limits) for each in own):
        return None
    numbers: Numbers = {
        "seconds": round(took),
        "usual_seconds": usual,
        "limit_share": limits.walk_share,
        "same_person": int(last.person == visit.person),
    }
    return Finding(FlagKind.FAST_WALK, visit.check, numbers, (last.check,))


def burst(visit: Visit, before: Sequence[Visit], limits: Thresholds = DEFAULTS) -> Finding | None:
    """Many points ticked within minutes, which all together take longer; a patrol of short stops is none."""
    since = visit.ended - timedelta(minutes=limits.burst_minutes)
    run = [*(each for each in _others(visit, before) if each.ended >= since), visit]
    points = {each.point for each in run}
    span = _seconds(visit.ended - run[0].ended)
    needed = sum(_floor(each) for each in run[1:])
    if len(points) < limits.burst or span >= needed * limits.burst_share:
        return None
    numbers: Numbers = {
        "points": len(points),
        "limit_points": limits.burst,
        "seconds": round(span),
        "floor_seconds": round(needed),
    }
    return Finding(FlagKind.BURST, visit.check, numbers, tuple(each.check for each in run[:-1]))


def clock(visit: Visit, on_phone: Sequence[Visit], limits: Thresholds = DEFAULTS) -> Finding | None:
    """A clock that contradicts itself, or moved away from the truth since the phone's last record.

    One that is always wrong by the same is nobody's fault, and one that was put right is welcome.
    """
    if visit.contradicts:
        return Finding(FlagKind.CLOCK, visit.check, {"contradicts": 1, "offset_minutes": _minutes(visit.offset)})
    earlier = _others(visit, on_phone)
    if not earlier:
        return None
    drift = abs(visit.offset - earlier[-1].offset)
    if drift <= timedelta(minutes=limits.clock_minutes) or abs(visit.offset) <= RIGHT:
        return None
    numbers: Numbers = {
        "drift_minutes": _minutes(drift),
        "limit_minutes": limits.clock_minutes,
        "offset_minutes": _minutes(visit.offset),
    }
    return Finding(FlagKind.CLOCK, visit.check, numbers, (earlier[-1].check,))


def _trip(before: Visit, visit: Visit, way_seconds: Mapping[str, int]) -> tuple[float, int]:
    """Seconds from the end of one visit to the begin of another, and the usual ones; 0 where the way is not known."""
    usual = way_seconds.get(before.check, 0) if before.point != visit.point else 0
    return _seconds(visit.began - before.ended), usual


def _is_fast(took: float, usual: int, limits: Thresholds) -> bool:
    return usual >= limits.walk_from_seconds and took < limits.walk_share * usual


def _both_scanned(one: Visit, other: Visit) -> bool:
    """Who scans stands at the label each time; from the list people tick what they did before."""
    return one.via == other.via == "scan"


def _others(visit: Visit, visits: Sequence[Visit]) -> list[Visit]:
    """Visits that ended no later, in order."""
    return sorted(
        (each for each in visits if each.check != visit.check and each.ended <= visit.ended),
        key=lambda each: (each.ended, each.check),
    )


def _floor(visit: Visit) -> float:
    return visit.floor_seconds / visit.hands


def _seconds(span: timedelta) -> float:
    return max(0.0, span.total_seconds())


def _minutes(span: timedelta) -> float:
    return round(span.total_seconds() / 60, 1)
