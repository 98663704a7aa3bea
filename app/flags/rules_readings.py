"""Invented readings: one value again and again, last digits that cluster, equal to the neighbour shift.

Instruments differ: a gauge may stand still for months. Each rule therefore asks how others read the same step, and
says nothing without enough of them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise, takewhile
from statistics import fmean, pstdev

from app.flags.rules import Finding, FlagKind, Numbers, Reading
from app.flags.rules_chance import at_least, below, chi_square, chi_square_tail, decades
from app.flags.rules_limits import DEFAULTS, Thresholds

DIGITS = 10
FAVOURITES = 2


def same_value(reading: Reading, readings: Iterable[Reading], limits: Thresholds = DEFAULTS) -> Finding | None:
    """The author's last readings of this step at this point are all equal, while others' of that time vary.

    With too few of others then, all that was read there before counts. An instrument that is stuck shows others the
    same.
    """
    here = [each for each in _of_step(reading, readings) if each.point == reading.point]
    own = [each for each in here if each.person == reading.person]
    run = list(takewhile(lambda each: each.value == reading.value, reversed(own)))
    others = _others_of_that_time(here, run, limits)
    if len(run) < limits.least_readings or len(others) < limits.least_readings:
        return None
    # One more than seen, as if the next reading had been the same: a value nobody else read is not impossible.
    share = (sum(each.value == reading.value for each in others) + 1) / (len(others) + 1)
    unlikely = len(run) * decades(share)
    if unlikely < limits.same_value:
        return None
    numbers: Numbers = {
        "value": reading.value,
        "times": len(run),
        "others": len(others),
        "others_share": round(share, 3),
        "decades": round(unlikely, 1),
        "limit_decades": limits.same_value,
    }
    return Finding(FlagKind.SAME_VALUE, reading.check, numbers, _checks(run[:0:-1]), reading.step)


def last_digits(reading: Reading, readings: Iterable[Reading], limits: Thresholds = DEFAULTS) -> Finding | None:
    """The author's last digits cluster where a smooth spread would not, and more than those of others do."""
    step = _of_step(reading, readings)
    own = _wandering([each for each in step if each.person == reading.person], limits.least_spread)
    others = _wandering([each for each in step if each.person != reading.person], limits.least_spread)
    if reading not in own or len(own) < limits.least_digits or len(others) < limits.least_digits:
        return None
    seen, due = _digits(own), _expected(own)
    value, degrees = chi_square([seen[digit] for digit in range(DIGITS)], due)
    unlikely = decades(chi_square_tail(value, degrees))
    top = tuple(digit for digit, _ in seen.most_common(FAVOURITES))
    own_share = sum(seen[digit] for digit in top) / len(own)
    # Others may heap on the same digits, as on a dial with half degrees; then it is the instrument.
    theirs = (sum(_digits(others)[digit] for digit in top) + 1) / (len(others) + 2)
    fair = max(theirs, sum(due[digit] for digit in top) / len(own))
    unlikely = min(unlikely, decades(at_least(round(own_share * len(own)), len(own), fair)))
    if unlikely < limits.last_digits:
        return None
    numbers: Numbers = {
        "readings": len(own),
        "digits": ", ".join(str(digit) for digit in sorted(top)),
        "share": round(own_share, 2),
        "fair_share": round(fair, 2),
        "decades": round(unlikely, 1),
        "limit_decades": limits.last_digits,
    }
    return Finding(FlagKind.LAST_DIGITS, reading.check, numbers, _checks(own[:-1]), reading.step)


def neighbour_shift(reading: Reading, readings: Iterable[Reading], limits: Thresholds = DEFAULTS) -> Finding | None:
    """The author's readings repeat those of whoever read before, more often than others repeat theirs."""
    own, others = _repeats(reading, readings)
    if len(own) < limits.least_readings or not own[-1][1]:
        return None
    chance = (sum(hit for _, hit in others) + 1) / (len(others) + 2)
    hits = sum(hit for _, hit in own)
    unlikely = decades(at_least(hits, len(own), chance))
    if len(others) < limits.least_readings or unlikely < limits.neighbour:
        return None
    numbers: Numbers = {
        "equal": hits,
        "of": len(own),
        "others": len(others),
        "others_share": round(chance, 3),
        "decades": round(unlikely, 1),
        "limit_decades": limits.neighbour,
    }
    repeated = [each for each, hit in own if hit]
    return Finding(FlagKind.NEIGHBOUR_SHIFT, reading.check, numbers, _checks(repeated[:-1]), reading.step)


def _others_of_that_time(here: Sequence[Reading], run: Sequence[Reading], limits: Thresholds) -> list[Reading]:
    since, person = run[-1].read_at, run[0].person
    then = [each for each in here if each.person != person and each.read_at >= since]
    return then if len(then) >= limits.least_readings else [each for each in here if each not in run]


def _repeats(
    reading: Reading, readings: Iterable[Reading]
) -> tuple[list[tuple[Reading, bool]], list[tuple[Reading, bool]]]:
    """The author's readings that followed somebody else's at a point, with whether they were equal; and the others'."""
    own: list[tuple[Reading, bool]] = []
    others: list[tuple[Reading, bool]] = []
    for before, after in (pair for line in _at_points(_of_step(reading, readings)).values() for pair in pairwise(line)):
        if before.person != after.person:
            (own if after.person == reading.person else others).append((after, before.value == after.value))
    return sorted(own, key=lambda pair: (pair[0].read_at, pair[0].check)), others


def _of_step(reading: Reading, readings: Iterable[Reading]) -> list[Reading]:
    """All readings of the step until now, this one last."""
    earlier = [
        each
        for each in readings
        if each.step == reading.step and each.check != reading.check and each.read_at <= reading.read_at
    ]
    return [*sorted(earlier, key=lambda each: (each.read_at, each.check)), reading]


def _digits(readings: Sequence[Reading]) -> Counter[int]:
    return Counter(round(abs(each.value) * 10**each.digits) % DIGITS for each in readings)


def _wandering(readings: Sequence[Reading], least: float) -> list[Reading]:
    """Those of points where values wander over several last digits; a gauge that stands still has no choice."""
    kept = [line for line in _at_points(readings).values() if pstdev(_units(line)) >= least]
    return sorted((each for line in kept for each in line), key=lambda each: (each.read_at, each.check))


def _at_points(readings: Iterable[Reading]) -> dict[str, list[Reading]]:
    found: dict[str, list[Reading]] = defaultdict(list)
    for each in readings:
        found[each.point].append(each)
    return found


def _units(readings: Iterable[Reading]) -> list[float]:
    """Values in units of their last digit."""
    return [each.value * 10**each.digits for each in readings]


def _expected(readings: Sequence[Reading]) -> list[float]:
    """How many of each last digit a smooth (normal) spread with the same mean and deviation a point would bring."""
    due = [0.0] * DIGITS
    for line in _at_points(readings).values():
        for digit, share in enumerate(_smooth(_units(line))):
            due[digit] += share * len(line)
    return due


def _smooth(units: Sequence[float]) -> list[float]:
    """Shares of the last digits; the values spread over at least one unit."""
    mean, spread = fmean(units), max(pstdev(units), 1.0)
    shares = [0.0] * DIGITS
    for whole in range(int(mean - 5 * spread) - 1, int(mean + 5 * spread) + 2):
        shares[abs(whole) % DIGITS] += below(whole + 0.5, mean, spread) - below(whole - 0.5, mean, spread)
    return shares


def _checks(readings: Sequence[Reading]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.check for each in readings))[-10:]
