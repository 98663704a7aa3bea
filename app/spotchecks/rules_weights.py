"""How much a record weighs in a risk-weighted draw, and why, in parts that a reader can add up (rules SP-9, SP-14)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from app.spotchecks.rules_draws import WEIGHT_DIGITS

FLAG_MARKS = frozenset({"short_visit", "photo_seen_before"})
TYPED = "typed"


@dataclass(frozen=True, slots=True)
class Sampling:
    """The factors of the weight as proposed; `event` is that of SP-14."""

    nc_window_days: int = 90
    nc_factor: float = 0.5
    nc_cap: int = 4
    age_factor: float = 0.25
    age_unit_days: int = 30
    age_cap: int = 4
    handover_holiday_factor: float = 1.5
    newcomer_days: int = 30
    newcomer_factor: float = 1.3
    flag_factor: float = 2.0
    event_factor: float = 2.0


DEFAULTS = Sampling()


@dataclass(frozen=True, slots=True)
class Risk:
    """What is known of a record when its lot is drawn; `checked_days` is None when nobody ever looked at the point."""

    level: int
    findings: int = 0
    checked_days: int | None = None
    handover_or_off: bool = False
    newcomer: bool = False
    flagged: bool = False
    event: bool = False


@dataclass(frozen=True, slots=True)
class Weight:
    """The product, and its parts in order: what stands in `why`."""

    value: float
    parts: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        """The parts as the population list prints them: risk=3;findings=1;unseen=45."""
        return ";".join(f"{name}={value}" for name, value in self.parts)


def weight_of(risk: Risk, by: Sampling = DEFAULTS) -> Weight:
    """`risk × findings × age × handover or day off × newcomer × flag`, before events × 2 (SP-9, SP-14)."""
    value = float(risk.level) * (1 + by.nc_factor * min(by.nc_cap, risk.findings))
    value *= 1 + by.age_factor * _ages(risk.checked_days, by)
    value *= by.handover_holiday_factor if risk.handover_or_off else 1
    value *= by.newcomer_factor if risk.newcomer else 1
    value *= by.flag_factor if risk.flagged else 1
    value *= by.event_factor if risk.event else 1
    return Weight(round(value, WEIGHT_DIGITS), _parts(risk, by))


def _ages(days: int | None, by: Sampling) -> float:
    """Units of age since the last look, capped; a point that nobody ever looked at counts as the oldest."""
    return by.age_cap if days is None else min(by.age_cap, max(0, days) / by.age_unit_days)


def _parts(risk: Risk, by: Sampling) -> tuple[tuple[str, str], ...]:
    unseen = "never" if risk.checked_days is None else str(min(by.age_cap * by.age_unit_days, risk.checked_days))
    said = [
        ("risk", str(risk.level)),
        ("findings", str(risk.findings) if risk.findings else ""),
        ("unseen", unseen),
        ("special", "1" if risk.handover_or_off else ""),
        ("new", "1" if risk.newcomer else ""),
        ("flag", "1" if risk.flagged else ""),
        ("event", "1" if risk.event else ""),
    ]
    return tuple((name, value) for name, value in said if value)


def is_flagged(marks: Collection[str], via: str) -> bool:
    """A short visit, a photo seen before, or a code that was typed (SP-9)."""
    return via == TYPED or not FLAG_MARKS.isdisjoint(marks)


def is_new(since: date | None, day: date, by: Sampling = DEFAULTS) -> bool:
    """At most 30 days of experience on the day: of the person in the work, or of the edition in force (SP-9)."""
    return since is not None and 0 <= (day - since).days <= by.newcomer_days
