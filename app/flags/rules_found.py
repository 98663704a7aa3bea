"""The front door: all that the rules find about one record."""

from __future__ import annotations

from collections.abc import Iterator

from app.flags.rules import Finding, FlagKind, Look
from app.flags.rules_limits import DEFAULTS, Thresholds
from app.flags.rules_people import many_accounts, typed
from app.flags.rules_pictures import alike, older_file, reused
from app.flags.rules_readings import last_digits, neighbour_shift, same_value
from app.flags.rules_times import burst, clock, fast_walk, short_visit

ORDER = tuple(FlagKind)


def found(look: Look, limits: Thresholds = DEFAULTS) -> tuple[Finding, ...]:
    """At most one finding a kind, in the order of FlagKind; () for nearly every honest record."""
    first = {each.kind: each for each in reversed([*_found(look, limits)])}
    return tuple(sorted(first.values(), key=lambda each: ORDER.index(each.kind)))


def _found(look: Look, limits: Thresholds) -> Iterator[Finding]:
    visit = look.visit
    for photo in look.photos:
        yield from _each(reused(photo, look.likely, limits))
        yield from _each(alike(photo, look.likely, limits))
        yield from _each(older_file(photo, visit, limits))
    yield from _each(short_visit(visit, look.before, limits))
    yield from _each(fast_walk(visit, look.before, look.way_seconds, limits))
    yield from _each(fast_walk(visit, look.on_phone, look.way_seconds, limits))
    yield from _each(many_accounts(visit, look.on_phone, limits))
    yield from _each(burst(visit, look.before, limits))
    yield from _each(clock(visit, look.on_phone, limits))
    own = [each for each in look.readings if each.check == visit.check]
    for reading in own:
        yield from _each(same_value(reading, look.readings, limits))
        yield from _each(last_digits(reading, look.readings, limits))
        yield from _each(neighbour_shift(reading, look.readings, limits))
    yield from _each(typed(visit, look.recent, look.scanned, limits))


def _each(finding: Finding | None) -> Iterator[Finding]:
    if finding is not None:
        yield finding
