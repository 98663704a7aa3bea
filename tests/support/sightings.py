"""Builders of what the rules of flags look at: visits, pictures and readings with sensible rest."""

from datetime import UTC, datetime, timedelta

from app.flags.rules import PhotoSeen, Reading, Visit

NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)
SCENE = 0x0F3C_5A96_C3A5_6699


def after(seconds: float = 0, *, minutes: float = 0, days: float = 0) -> datetime:
    return NOON + timedelta(seconds=seconds, minutes=minutes, days=days)


def visit(check="c", at=0.0, *, dwell=60, floor=60, offset=0.0, behind=1.0, **rest):
    """Submitted `at` seconds after noon by the true clock; the phone is `offset` s slow, synced `behind` s later."""
    ended = after(at)
    slow = timedelta(seconds=offset)
    known = {"point": f"point of {check}", "person": "wk-01", **rest}
    return Visit(
        check=check,
        opened_at=ended - slow - timedelta(seconds=dwell),
        submitted_at=ended - slow,
        received_at=ended + timedelta(seconds=behind),
        dwell_seconds=dwell,
        floor_seconds=floor,
        offset=slow,
        **known,
    )


def photo(check="c", at=0.0, *, sha256="a", bits=SCENE, days=0.0, **rest):
    known = {"point": "here", "person": "wk-01", "source": "file", **rest}
    return PhotoSeen(
        photo=f"photo of {check}", check=check, sha256=sha256, bits=bits, sent_at=after(at, days=days), **known
    )


def changed(count: int, bits: int = SCENE) -> int:
    """The hash with so many bits turned over."""
    return bits ^ ((1 << count) - 1)


def readings(values, *, person="wk-01", point="here", step="S03", hours=12.0, start=0.0, name="r"):
    """One every `hours`, from `start` hours after noon."""
    return [
        Reading(f"{name}{number}", point, person, step, value, after(3600 * (start + hours * number)))
        for number, value in enumerate(values)
    ]
