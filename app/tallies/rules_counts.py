"""What the measures are made of: counts of due windows, summed and never averaged (rules MT-30)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from operator import add, attrgetter

from app.schedule.rules_days import DayType
from app.schedule.rules_states import DONE, ON_TIME, State
from app.schedule.rules_windows import WindowKind

REPORTED = frozenset({State.UNABLE, State.EXEMPT})
"""无法作业: out of D from the moment it is reported; a refused report becomes a missed window (rules MT-3)."""
NOT_DUE = REPORTED | {State.VOID}
UNSETTLED = frozenset({State.UNKNOWN, State.PLANNED})


@dataclass(frozen=True, slots=True)
class Line:
    """What the measures need of one window whose grace has ended; the step and photo counts are those of its check."""

    state: State
    day_type: str = DayType.WORKDAY
    kind: str = WindowKind.REGULAR
    dual_due: bool = False
    signed: bool = False
    scanned: bool = False
    short_visit: bool = False
    helped: bool = False
    steps_pass: int = 0
    steps_fail: int = 0
    key_due: int = 0
    key_evidenced: int = 0
    key_pass: int = 0
    photos_due: int = 0
    photos_sent: int = 0
    photos_valid: int = 0


@dataclass(frozen=True, slots=True)
class Counts:
    """Sums over windows. `due` is D of rules 2.1; `found` counts windows in which somebody reported what is wrong.

    `unknown` is 未同步: in D, not done, and said beside every rate over D (rules MT-3a).
    Every field adds up over any split of the windows.
    """

    due: int = 0
    in_window: int = 0
    in_grace: int = 0
    late: int = 0
    missed: int = 0
    unknown: int = 0
    waiting: int = 0
    reported: int = 0
    holiday_due: int = 0
    holiday_on_time: int = 0
    handover_due: int = 0
    handover_covered: int = 0
    scanned: int = 0
    short: int = 0
    found: int = 0
    steps_pass: int = 0
    steps_fail: int = 0
    key_due: int = 0
    key_evidenced: int = 0
    key_pass: int = 0
    photos_due: int = 0
    photos_sent: int = 0
    photos_valid: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(*map(add, _values(self), _values(other)))

    @property
    def on_time(self) -> int:
        return self.in_window + self.in_grace

    @property
    def done(self) -> int:
        return self.on_time + self.late

    @property
    def planned(self) -> int:
        """All that the outcome bar shows: D and what was reported as not possible."""
        return self.due + self.reported


# All of them in their order: dataclasses' own way copies each number, and a dashboard adds up tens of thousands.
_values = attrgetter(*(each.name for each in fields(Counts)))


def counts_of(line: Line) -> Counts:
    """The counts of a single window."""
    if line.state in NOT_DUE:
        return Counts(reported=int(line.state in REPORTED))
    on_time, done = line.state in ON_TIME, line.state in DONE
    holiday, handover = line.day_type == DayType.HOLIDAY, line.kind == WindowKind.HANDOVER
    return Counts(
        due=1,
        in_window=int(line.state is State.IN_WINDOW),
        in_grace=int(line.state is State.IN_GRACE),
        late=int(line.state is State.LATE),
        missed=int(line.state is State.MISSED),
        unknown=int(line.state is State.UNKNOWN),
        waiting=int(line.state is State.PLANNED),
        holiday_due=int(holiday),
        holiday_on_time=int(holiday and on_time),
        handover_due=int(handover),
        handover_covered=int(handover and on_time and (line.signed or not line.dual_due)),
        scanned=int(done and line.scanned),
        short=int(done and line.short_visit),
        found=int(line.steps_fail > 0),
        steps_pass=line.steps_pass,
        steps_fail=line.steps_fail,
        key_due=line.key_due,
        key_evidenced=line.key_evidenced,
        key_pass=line.key_pass,
        photos_due=line.photos_due,
        photos_sent=line.photos_sent,
        photos_valid=line.photos_valid,
    )


def total(lines: Iterable[Line]) -> Counts:
    """The counts of many windows."""
    return added(counts_of(line) for line in lines)


def added(parts: Iterable[Counts]) -> Counts:
    """Roll up by summing numerators and denominators (rules MT-30)."""
    columns = [_values(part) for part in parts]
    return Counts(*map(sum, zip(*columns, strict=True))) if columns else Counts()
