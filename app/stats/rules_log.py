"""The daily log as plain data: a line for every window of the day from 06:00 to 06:00, what to look at, worst first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from app.schedule.rules_states import DONE, Deadlines, State
from app.stats.rules import Counts, Line, total
from app.stats.rules_outcomes import MISSED_PATROL, PATROLLED, SEVERITY, WORDS, Look, look_of

DAY_BEGINS = time(6)
PHOTO_SEEN = "photo_seen_before"
# The point's setting asks for more than the record brings.
UNPROVEN = frozenset({"no_live", "no_secret"})


@dataclass(frozen=True, slots=True)
class LogLine:
    """A due window with its place, its people and the record that filled it; instants are aware."""

    id: int
    standard_code: str
    edition: str
    window_key: str
    business_on: date
    day_type: str
    kind: str
    label: str
    open_at: datetime
    start_at: datetime
    end_at: datetime
    grace_end_at: datetime
    expire_at: datetime
    implementer_id: str
    responsible_id: str
    assignee_id: str | None
    state: State
    check_id: str | None
    done_at: datetime | None
    done_by_id: str | None
    claimed_by_id: str | None
    unable_reason: str | None
    awaiting_signature: bool
    signed: bool
    dual_due: bool
    helped: bool
    offline: bool
    short_visit: bool
    steps_pass: int
    steps_fail: int
    key_due: int
    key_evidenced: int
    key_pass: int
    photos_due: int
    photos_sent: int
    photos_valid: int
    announced_at: datetime | None
    point_id: str
    point_code: str
    point: str
    point_kind: str
    floor: str
    zone: str
    building_id: str
    building: str
    title: str
    unit: str
    assignee: str | None
    done_by: str | None
    claimed_by: str | None
    receipt: str | None
    via: str | None
    dwell_seconds: int | None
    floor_seconds: int | None
    marks: Sequence[str] | None
    late_reason: str | None
    note: str | None
    verdicts: Mapping[str, str] | None
    flagged: bool = False

    @property
    def pending_steps(self) -> list[str]:
        """Steps said not to apply, by hand, that wait for a yes or no."""
        return sorted(step for step, said in (self.verdicts or {}).items() if said == "pending")

    @property
    def measured(self) -> Line:
        """What the measures take from it."""
        names = [name for name in Line.__dataclass_fields__ if name != "scanned"]
        return Line(**{name: getattr(self, name) for name in names}, scanned=self.via == "scan")

    def look(self, now: datetime) -> Look:
        due = Deadlines(self.open_at, self.grace_end_at, self.expire_at)
        return look_of(self.state, due, now, failed=self.steps_fail > 0, claimed=self.claimed_by_id is not None)

    def word(self, now: datetime) -> object:
        """The state in the words of the trade: a missed patrol is 漏巡."""
        look = self.look(now)
        return MISSED_PATROL if look is Look.MISSED and self.point_kind in PATROLLED else WORDS[look]

    @property
    def who(self) -> str | None:
        """Who did it, else who has it in hand, else whose round it is."""
        return self.done_by or self.claimed_by or self.assignee

    @property
    def person_ids(self) -> frozenset[str]:
        return frozenset(each for each in (self.done_by_id, self.claimed_by_id, self.assignee_id) if each)

    @property
    def photo_repeated(self) -> bool:
        """Bytes that another record carries too (rules EV-8)."""
        return PHOTO_SEEN in (self.marks or ()) or self.photos_valid < self.photos_sent

    @property
    def why_missed(self) -> str:
        """What is known about a missed window: its report was refused, it was claimed and left, nobody had it."""
        if self.state is not State.MISSED:
            return ""
        if self.unable_reason:
            return "refused"
        if self.claimed_by_id:
            return "claimed"
        return "" if self.assignee_id else "nobody"

    @property
    def is_announced(self) -> bool:
        """已报到，照片待传: a phone has said that it was done, its record waits for a Wi-Fi."""
        return self.announced_at is not None and self.check_id is None and self.state is not State.MISSED

    @property
    def has_facts(self) -> bool:
        """Something stands beside the state that a reader should see."""
        marked = self.short_visit or self.offline or self.helped or self.awaiting_signature or self.photo_repeated
        asked = self.flagged or self.is_announced
        return bool(marked or asked or self.late_reason or self.unable_reason or self.why_missed)


@dataclass(frozen=True, slots=True)
class LogFilter:
    """What the reader wants to see; empty means all."""

    building: str = ""
    unit: str = ""
    standard: str = ""
    state: str = ""
    person: str = ""

    @property
    def is_empty(self) -> bool:
        return not any((self.building, self.unit, self.standard, self.state, self.person))

    def admits(self, line: LogLine, now: datetime) -> bool:
        return (
            self.building in ("", line.building_id)
            and self.unit in ("", line.implementer_id)
            and self.standard in ("", line.standard_code)
            and (not self.person or self.person in line.person_ids)
            and (not self.state or self.state == line.look(now))
        )


def day_bounds(day: date, zone: tzinfo) -> tuple[datetime, datetime]:
    """From 06:00 of the day to 06:00 of the next, at the site."""
    first = datetime.combine(day, DAY_BEGINS, zone)
    return first, datetime.combine(day + timedelta(days=1), DAY_BEGINS, zone)


def log_day(now: datetime, zone: tzinfo) -> date:
    """The day whose log is running: before 06:00 it is still yesterday's."""
    local = now.astimezone(zone)
    return local.date() if local.time() >= DAY_BEGINS else local.date() - timedelta(days=1)


def settled_counts(lines: Iterable[LogLine], now: datetime) -> Counts:
    """The figures of the windows whose grace has ended (rules 2.1, D)."""
    return total(line.measured for line in lines if line.grace_end_at <= now)


def worst_first(lines: Iterable[LogLine], now: datetime) -> list[LogLine]:
    """Missed, then with a nonconformity … then what is not due yet; by time within."""
    return sorted(lines, key=lambda line: (SEVERITY[line.look(now)], line.start_at, line.point_code))


@dataclass(frozen=True, slots=True)
class Glance:
    """A line that deserves a look, and why."""

    line: LogLine
    why: str


GLANCES: tuple[tuple[str, Callable[[LogLine], bool]], ...] = (
    ("photo", lambda line: line.photo_repeated),
    ("flag", lambda line: line.flagged),
    ("short", lambda line: line.short_visit),
    ("proof", lambda line: not UNPROVEN.isdisjoint(line.marks or ())),
    ("signature", lambda line: line.awaiting_signature),
    ("clock", lambda line: "clock" in (line.marks or ())),
    ("typed", lambda line: line.via == "typed"),
    ("offline", lambda line: line.offline),
)


def worth_a_look(lines: Iterable[LogLine], limit: int = 8) -> list[Glance]:
    """What a supervisor should open first; each line once, under its weightiest reason."""
    found = [
        Glance(line, why)
        for line in lines
        if line.state in DONE
        for why in [next((name for name, fits in GLANCES if fits(line)), "")]
        if why
    ]
    order = [name for name, _fits in GLANCES]
    newest = sorted(found, key=lambda each: each.line.done_at or each.line.start_at, reverse=True)
    return sorted(newest, key=lambda each: order.index(each.why))[:limit]


def choices(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Distinct (key, word) in the order of the words, for a filter."""
    return sorted({key: word for key, word in pairs if key}.items(), key=lambda pair: pair[1])
