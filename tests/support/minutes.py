"""A minute-by-minute model of a rota: it walks the wall clock and shares no code with the rules it is held against."""

import calendar
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass
class Rule:
    """A recurrence in parts; `text()` is what the rules read, `names()` what the model thinks it means."""

    freq: str
    interval: int = 1
    months: tuple = ()
    month_days: tuple = ()
    weekdays: tuple = ()  # (ordinal or 0, 0..6)
    until: date | None = None

    def text(self):
        parts = [f"FREQ={self.freq}"]
        if self.interval > 1:
            parts.append(f"INTERVAL={self.interval}")
        if self.months:
            parts.append("BYMONTH=" + ",".join(map(str, self.months)))
        if self.month_days:
            parts.append("BYMONTHDAY=" + ",".join(map(str, self.month_days)))
        if self.weekdays:
            parts.append("BYDAY=" + ",".join(f"{ordinal or ''}{NAMES[weekday]}" for ordinal, weekday in self.weekdays))
        if self.until:
            parts.append(f"UNTIL={self.until:%Y%m%d}")
        return ";".join(parts)

    def names(self, day, dtstart):
        if day == dtstart:
            return True
        if day < dtstart or (self.until and day > self.until):
            return False
        return self._turn(day, dtstart) and self._filters(day, dtstart)

    def _turn(self, day, dtstart):
        if self.freq == "DAILY":
            return (day - dtstart).days % self.interval == 0
        if self.freq == "WEEKLY":
            monday, first = (each - each.weekday() * DAY for each in (day, dtstart))
            return ((monday - first).days // 7) % self.interval == 0
        if self.freq == "MONTHLY":
            return ((day.year - dtstart.year) * 12 + day.month - dtstart.month) % self.interval == 0
        return (day.year - dtstart.year) % self.interval == 0

    def _filters(self, day, dtstart):
        if self.months and day.month not in self.months:
            return False
        length = calendar.monthrange(day.year, day.month)[1]
        if self.month_days and not {day.day, day.day - length - 1} & set(self.month_days):
            return False
        if self.weekdays:
            return any(self._weekday(day, length, ordinal, weekday) for ordinal, weekday in self.weekdays)
        if self.freq == "WEEKLY" and not self.month_days:
            return day.weekday() == dtstart.weekday()
        if self.freq in ("MONTHLY", "YEARLY") and not self.month_days:
            return day.day == dtstart.day and (
                self.freq == "MONTHLY" or bool(self.months) or day.month == dtstart.month
            )
        return True

    def _weekday(self, day, length, ordinal, weekday):
        if day.weekday() != weekday:
            return False
        from_start, from_end = (day.day - 1) // 7 + 1, -((length - day.day) // 7 + 1)
        return not ordinal or ordinal in (from_start, from_end)


@dataclass
class Plan:
    """A schedule of one edition: windows are (id, start, end, offset, before, after) with minutes of the day."""

    rule: Rule
    dtstart: date
    types: tuple
    roll: bool
    windows: tuple
    applies: object
    effective: date
    ended: date | None = None
    number: str = ""


@dataclass
class Running:
    """One occurrence while the model walks."""

    key: tuple
    marks: dict = field(default_factory=dict)
    next_started: bool = False


class Walk:
    """Walks every minute of a span of days in a zone and notes when each occurrence starts, ends and expires."""

    def __init__(self, plans, points, holidays, makeups, zone):
        self.plans, self.points, self.zone = plans, points, zone
        self.holidays, self.makeups = holidays, makeups
        self.running, self.alarms, self.over = [], [], []
        self.due_days = {}

    def kind_of(self, day):
        if day in self.holidays:
            return "holiday"
        if day in self.makeups:
            return "workday"
        return "restday" if day.weekday() in (5, 6) else "workday"

    def run(self, first, last):
        """The finished occurrences that started on business dates from first to last."""
        for plan in self.plans:
            self.due_days[id(plan)] = self._simulate_days(plan, last + 7 * DAY)
        minute = datetime(first.year, first.month, first.day, tzinfo=UTC) - 2 * DAY
        end = datetime(last.year, last.month, last.day, tzinfo=UTC) + 7 * DAY
        latest, today = None, None
        while minute < end:
            wall = minute.astimezone(self.zone).replace(tzinfo=None)
            latest = wall if latest is None or wall > latest else latest
            if latest.date() != today:
                today = latest.date()
                self._arm(today)
            self._tick(minute, latest)
            minute += MINUTE
        done = self.over + self.running
        return {each.key: each.marks for each in done if first <= each.key[2] <= last}

    def _simulate_days(self, plan, until):
        """Day by day from dtstart, carrying a pending recurrence over the days outside the types."""
        day, pending, due = plan.dtstart, False, set()
        while day <= until:
            if plan.rule.names(day, plan.dtstart):
                pending = True
            if self.kind_of(day) in plan.types:
                if pending:
                    due.add(day)
                pending = False
            elif not plan.roll:
                pending = False
            day += DAY
        return due

    def _ruling(self, day):
        best = None
        for plan in self.plans:
            ruling = plan.effective <= day and (plan.ended is None or day <= plan.ended)
            if ruling and (best is None or plan.effective > best.effective):
                best = plan
        return best

    def _arm(self, day):
        plan = self._ruling(day)
        if plan is None or day not in self.due_days[id(plan)]:
            return
        for point, facts in self.points.items():
            if plan.applies(facts, day, self.kind_of(day)):
                for window in plan.windows:
                    self.alarms.append((_wall(day, window[1]), point, plan, window, day))

    def _tick(self, minute, latest):
        rung = [alarm for alarm in self.alarms if latest >= alarm[0]]
        self.alarms = [alarm for alarm in self.alarms if latest < alarm[0]]
        for each in self.running:
            each.next_started = each.next_started or any(alarm[1] == each.key[0] for alarm in rung)
        for _at, point, plan, window, day in rung:
            started = Running(
                (point, plan.number, day, window[0]), {"start": minute, "opens": minute - window[4] * MINUTE}
            )
            started.ends_at, started.after = _wall(day + window[3] * DAY, window[2]), window[5]
            self.running.append(started)
        for each in list(self.running):
            self._advance(each, minute, latest)

    def _advance(self, each, minute, latest):
        marks = each.marks
        if "end" not in marks and latest >= each.ends_at:
            marks["end"] = minute
        if "end" in marks and "grace" not in marks and minute - marks["end"] >= each.after * MINUTE:
            marks["grace"] = minute
        if "grace" in marks and (each.next_started or minute - marks["grace"] >= 1440 * MINUTE):
            marks["expire"] = minute
            self.running.remove(each)
            self.over.append(each)


def _wall(day, minute_of_day):
    return datetime(day.year, day.month, day.day) + minute_of_day * MINUTE
