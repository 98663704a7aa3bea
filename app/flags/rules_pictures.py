"""Pictures: used before, byte for byte or nearly; a file taken long before the visit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from app.flags.rules import Finding, FlagKind, Numbers, PhotoSeen, Visit
from app.flags.rules_limits import DEFAULTS, Thresholds

BITS = 64
# A file whose date lies further back than this carries a camera's unset clock, not a time.
NO_DATE = timedelta(days=3650)


def distance(one: int, other: int) -> int:
    """How many of the 64 bits differ."""
    return ((one ^ other) & ((1 << BITS) - 1)).bit_count()


def is_plain(bits: int, limits: Thresholds = DEFAULTS) -> bool:
    """A wall, a sheet or the dark: many different pictures share such a hash."""
    ones = (bits & ((1 << BITS) - 1)).bit_count()
    return min(ones, BITS - ones) < limits.plain_bits


def reused(photo: PhotoSeen, others: Iterable[PhotoSeen], limits: Thresholds = DEFAULTS) -> Finding | None:
    """The very same bytes stood in another check within 90 days, at whatever point, by whomever (rules EV-8)."""
    used = [each for each in _used_before(photo, others, limits) if each.sha256 == photo.sha256]
    return _reuse(FlagKind.PICTURE_SAME, photo, used, 0, 0) if used else None


def alike(photo: PhotoSeen, others: Iterable[PhotoSeen], limits: Thresholds = DEFAULTS) -> Finding | None:
    """Nearly the same picture as at another point: compressed anew, a little brighter, a narrow border cut off.

    Pictures of one point are not held against each other: among some hundred honest ones of a still scene two are as
    near as a copy is (docs/truth.md).
    """
    bits = photo.bits
    if bits is None or is_plain(bits, limits):
        return None
    near = [
        (distance(bits, each.bits), each)
        for each in _used_before(photo, others, limits)
        if each.bits is not None and each.sha256 != photo.sha256 and each.point != photo.point
    ]
    nearest = min((bits_off for bits_off, _ in near), default=BITS)
    if nearest > limits.alike_bits:
        return None
    first = [each for bits_off, each in near if bits_off == nearest]
    return _reuse(FlagKind.PICTURE_ALIKE, photo, first, nearest, limits.alike_bits)


def older_file(photo: PhotoSeen, visit: Visit, limits: Thresholds = DEFAULTS) -> Finding | None:
    """A file taken long before the page was opened: people work and take pictures first, but not the day before."""
    if photo.taken_at is None or photo.source != "file" or photo.retake:
        return None
    age = visit.opened_at - photo.taken_at
    if not timedelta(minutes=limits.old_minutes) < age < NO_DATE:
        return None
    numbers: Numbers = {"minutes": round(age.total_seconds() / 60), "limit_minutes": limits.old_minutes}
    return Finding(FlagKind.PICTURE_OLD, photo.check, numbers, (), photo.photo)


def _used_before(photo: PhotoSeen, others: Iterable[PhotoSeen], limits: Thresholds) -> list[PhotoSeen]:
    """Earlier pictures of other checks; one picture for two standards of one point in one visit is honest."""
    if photo.retake:
        return []
    return [
        each
        for each in others
        if each.check != photo.check
        and not each.retake
        and timedelta(0) <= photo.sent_at - each.sent_at <= timedelta(days=limits.reuse_days)
        and not _one_visit(photo, each, limits)
    ]


def _one_visit(photo: PhotoSeen, other: PhotoSeen, limits: Thresholds) -> bool:
    """By the times of the visits where they are known: late syncing sends a whole day within a minute."""
    apart = abs((photo.visited_at or photo.sent_at) - (other.visited_at or other.sent_at))
    return photo.point == other.point and apart <= timedelta(minutes=limits.same_visit_minutes)


def _reuse(kind: FlagKind, photo: PhotoSeen, used: list[PhotoSeen], bits_off: int, reach: float) -> Finding:
    last = max(used, key=lambda each: (each.sent_at, each.check))
    apart = photo.sent_at - last.sent_at
    numbers: Numbers = {
        "bits": bits_off,
        "limit_bits": reach,
        "times": len({each.check for each in used}),
        "hours": round(apart.total_seconds() / 3600, 1),
        "same_point": int(last.point == photo.point),
        "same_person": int(last.person == photo.person),
        "other_photo": last.photo,
    }
    return Finding(kind, photo.check, numbers, (last.check,), photo.photo)
