"""Plays the records of a seed on the real rules, once at the strictest limits, and keeps what was measured.

Every limit that moves is held against one number of the finding, so one play tells what any limit would have found.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from app.flags.rules import Finding, FlagKind, Look, PhotoSeen, Reading, Visit
from app.flags.rules_found import found
from app.flags.rules_limits import BOUNDS, DEFAULTS, Thresholds
from app.flags.rules_pictures import distance
from tools.truth.cheats import CAREFUL, CRUDE, act_of
from tools.truth.honest import live, readings_before
from tools.truth.world import Record, World, way_s, world

SHIFT, WEEK, SCANS = timedelta(hours=12), timedelta(days=7), timedelta(days=14)
NEAR_BITS = 4
ACTS_A_KIND = 2
STRICTEST = replace(DEFAULTS, **{bound.field: bound.strict for bound in BOUNDS.values()})  # type: ignore[arg-type]
ALWAYS = float("inf")


@dataclass(frozen=True)
class Scored:
    """A record as the rules saw it: kind of finding -> what was measured; `act` numbers the cheating, -1 is honest."""

    kind: str
    act: int
    measured: Mapping[FlagKind, float]


def scored(seed: int) -> list[Scored]:
    """All records of a seed: the honest fortnight, then each act on its own after it."""
    drawn = world(seed)
    drawn.readings = readings_before(drawn)
    live(drawn)
    past = Past(drawn, drawn.readings)
    honest = [Scored("", -1, past.seen(each)) for each in sorted(drawn.records, key=_arrival)]
    acts: list[Scored] = []
    for kind in (*CRUDE, *CAREFUL):
        for records in act_of(drawn, kind, ACTS_A_KIND):
            number = len({(each.kind, each.act) for each in acts})
            after = past.copy()
            acts += [Scored(kind.__name__, number, after.seen(each)) for each in records]
    return [*honest, *acts]


class Past:
    """What the server knows when a record arrives."""

    def __init__(self, drawn: World, readings: Iterable[Reading]) -> None:
        self.drawn = drawn
        self.spots = {each.id: each for each in drawn.spots}
        self.people: dict[str, list[Visit]] = defaultdict(list)
        self.phones: dict[str, list[Visit]] = defaultdict(list)
        self.scans: dict[str, datetime] = {}
        self.photos: list[PhotoSeen] = []
        self.readings: dict[str, list[Reading]] = defaultdict(list)
        for each in readings:
            self.readings[each.step].append(each)

    def copy(self) -> Past:
        """The same past, to go on from in another way."""
        other = Past(self.drawn, ())
        other.people.update({key: list(line) for key, line in self.people.items()})
        other.phones.update({key: list(line) for key, line in self.phones.items()})
        other.scans, other.photos = dict(self.scans), list(self.photos)
        other.readings.update({key: list(line) for key, line in self.readings.items()})
        return other

    def seen(self, record: Record) -> dict[FlagKind, float]:
        """Judges a record on arrival at the strictest limits, then remembers it."""
        for each in record.aside:
            self.readings[each.step].append(each)
        measured = {one.kind: score(one) for one in found(self._look(record), STRICTEST)}
        visit = record.visit
        self.people[visit.person].append(visit)
        self.phones[visit.phone or ""].append(visit)
        if visit.via == "scan":
            self.scans[visit.point] = max(visit.ended, self.scans.get(visit.point, visit.ended))
        self.photos += record.photos
        for each in record.readings:
            self.readings[each.step].append(each)
        return measured

    def _look(self, record: Record) -> Look:
        visit = record.visit
        before = _since(self.people[visit.person], visit, SHIFT)
        on_phone = _since(self.phones[visit.phone or ""], visit, SHIFT)
        here = self.spots[visit.point]
        ways = {each.check: way_s(self.spots[each.point], here) for each in (*before, *on_phone)}
        steps = {each.step for each in record.readings}
        return Look(
            visit,
            before=before,
            on_phone=on_phone,
            way_seconds=ways,
            photos=record.photos,
            likely=tuple(each for photo in record.photos for each in self.photos if _is_near(photo, each)),
            readings=(*(each for step in steps for each in self.readings[step]), *record.readings),
            recent=_since(self.people[visit.person], visit, WEEK) if visit.via == "typed" else (),
            scanned=frozenset(point for point, at in self.scans.items() if at >= visit.ended - SCANS),
        )


# The number of a finding that the kind's limit is held against.
MEASURED = {
    FlagKind.PICTURE_ALIKE: "bits",
    FlagKind.PICTURE_OLD: "minutes",
    FlagKind.SHORT_VISIT: "share",
    FlagKind.FAST_WALK: "seconds",
    FlagKind.MANY_ACCOUNTS: "accounts",
    FlagKind.BURST: "points",
    FlagKind.CLOCK: "drift_minutes",
    FlagKind.TYPED: "typed",
}


def score(finding: Finding) -> float:
    """That number; infinitely far over the limit where a fixed one found it."""
    numbers, kind = finding.numbers, finding.kind
    if kind is FlagKind.MANY_ACCOUNTS and int(numbers["switches"]) >= DEFAULTS.switches:
        return ALWAYS
    measured = float(numbers.get(MEASURED.get(kind, "decades"), ALWAYS))
    return measured / float(numbers["usual_seconds"]) if kind is FlagKind.FAST_WALK else measured


def flagged(one: Scored, limits: Thresholds, kinds: Iterable[FlagKind] = tuple(FlagKind)) -> list[FlagKind]:
    """The kinds that these limits would have found."""
    return [kind for kind in kinds if kind in one.measured and _reaches(kind, one.measured[kind], limits)]


def _reaches(kind: FlagKind, measured: float, limits: Thresholds) -> bool:
    bound = BOUNDS.get(kind)
    if bound is None:
        return True
    limit = getattr(limits, bound.field)
    # Strict is the larger number where small numbers are found (bits, shares), the smaller one elsewhere.
    if bound.strict < bound.gentle:
        return measured >= limit if kind not in (FlagKind.PICTURE_OLD, FlagKind.CLOCK) else measured > limit
    return measured <= limit if kind is FlagKind.PICTURE_ALIKE else measured < limit


def _since(visits: Sequence[Visit], visit: Visit, span: timedelta) -> tuple[Visit, ...]:
    return tuple(each for each in visits[-150:] if visit.ended - span <= each.ended <= visit.ended)


def _is_near(photo: PhotoSeen, other: PhotoSeen) -> bool:
    if photo.sha256 == other.sha256:
        return True
    return photo.bits is not None and other.bits is not None and distance(photo.bits, other.bits) <= NEAR_BITS


def _arrival(record: Record) -> tuple[datetime, datetime]:
    return record.visit.received_at, record.visit.ended
