"""What people look at, by the product's own functions, and the same answers scanned from raw windows by DuckDB.

A dashboard gives figures as plain values; its peer gives the same from nothing but the windows. Figures first, so that
a wrong one is never called quick.
"""

from collections.abc import Callable, Mapping
from dataclasses import astuple, dataclass, fields, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import duckdb

from app.boards.forms import BoardQuery
from app.boards.queries_boards import BoardPage, board_page
from app.boards.rules_months import MONTHS
from app.days import begins, months_on, next_month
from app.stats import queries_sums as sums
from app.stats.queries_beside import ItemsPage, page_of_items
from app.stats.queries_logpage import LogPage, LogQuery, log_page
from app.stats.queries_monthpage import MonthPage, MonthQuery, RecordQuery, Records, asked_for, month_page, records
from app.stats.rules_log import LogFilter
from app.tallies.models import PEOPLE
from app.tallies.queries import Asked, missed_starts
from app.tallies.queries_months import counts_by_month
from app.tallies.rules_counts import Counts
from app.web.current import CurrentPerson, Role
from bench.years_shape import NOW, SECTIONS

ZONE = ZoneInfo("Asia/Shanghai")
RUNNING, LAST = date(2026, 11, 1), date(2026, 10, 1)
LEADER = CurrentPerson("leader", "局领导", Role.LEADER, "bureau", "/bureau/")
MANAGER = CurrentPerson("man7", "经理7", Role.MANAGER, "unit7", f"/bureau/section{7 % SECTIONS}/unit7/")

_DUE = "state NOT IN ('unable', 'exempt', 'void')"
_TIMELY, _DONE = "state IN ('in_window', 'in_grace')", "state IN ('in_window', 'in_grace', 'late')"
_WHEN = {
    "due": _DUE,
    **{name: f"state = '{name}'" for name in ("in_window", "in_grace", "late", "missed", "unknown")},
    "waiting": "state = 'planned'",
    "reported": "state IN ('unable', 'exempt')",
    "holiday_due": f"{_DUE} AND day_type = 'holiday'",
    "holiday_on_time": f"{_TIMELY} AND day_type = 'holiday'",
    "handover_due": f"{_DUE} AND kind = 'handover'",
    "handover_covered": f"{_TIMELY} AND kind = 'handover' AND (signed = 1 OR dual_due = 0)",
    "scanned": f"{_DONE} AND scanned = 1",
    "short": f"{_DONE} AND short_visit = 1",
    "found": f"{_DUE} AND steps_fail > 0",
}
_SUMS = ", ".join(
    f"count(*) FILTER ({_WHEN[each.name]})"
    if each.name in _WHEN
    else f"coalesce(sum({each.name}) FILTER ({_DUE}), 0)::BIGINT"
    for each in fields(Counts)
)


class Raw:
    """The windows in DuckDB; every answer is a scan of a month."""

    def __init__(self, file: str) -> None:
        self.link = duckdb.connect(file, read_only=True, config={"threads": 1})

    def ask(self, what: str, first: date, then: str = "", also: str = "") -> list[tuple[Any, ...]]:
        start = begins(first, ZONE).astimezone(UTC).replace(tzinfo=None)
        end = min(begins(next_month(first), ZONE).astimezone(UTC) - timedelta(microseconds=1), NOW).replace(tzinfo=None)
        text = f"SELECT {what} FROM occurrences WHERE grace_end_at BETWEEN ? AND ? AND state <> 'void' {also} {then}"
        return self.link.execute(text, [start, end]).fetchall()

    def by(self, key: str, first: date) -> dict[Any, tuple[int, ...]]:
        """Every count by one column."""
        return {row[0]: row[1:] for row in self.ask(f"{key}, {_SUMS}", first, f"GROUP BY {key}")}

    def all(self, first: date) -> tuple[int, ...]:
        """Every count of the month."""
        return self.ask(_SUMS, first)[0]

    def starts(self, first: date) -> dict[datetime, int]:
        found = self.ask("start_at, count(*)", first, "GROUP BY start_at", "AND state = 'missed'")
        return {row[0].replace(tzinfo=UTC): row[1] for row in found}

    def days(self, first: date) -> dict[date, tuple[int, ...]]:
        return self.by("(grace_end_at + INTERVAL 8 HOUR)::DATE", first)

    def reached(self, first: date, key: str) -> tuple[int, int]:
        each = self.ask(f"count(*) FILTER ({_DONE})", first, f"GROUP BY {key}", f"AND {_DUE}")
        return sum(row[0] > 0 for row in each), len(each)

    def each_reached(self, first: date, key: str) -> tuple[int, int]:
        """The same as a list, as a page that opens the figure needs it."""
        each = self.ask(f"{key}, count(*) FILTER ({_DONE})", first, f"GROUP BY {key} ORDER BY {key}", f"AND {_DUE}")
        return sum(row[1] > 0 for row in each), len(each)

    def of_unit(self, first: date, unit: str) -> int:
        return int(self.ask("count(*)", first, also=f"AND implementer_id = '{unit}'")[0][0])

    def covered(self, first: date) -> tuple[int, int]:
        each = self.ask(
            f"count(*) FILTER ({_TIMELY})",
            first,
            "GROUP BY point_id, business_on",
            f"AND {_DUE} AND day_type = 'holiday'",
        )
        return sum(row[0] > 0 for row in each), len(each)


@dataclass(frozen=True)
class Dashboard:
    """`ours` is what the product does, `theirs` the same from raw windows; None where a scan has nothing to say.

    `figures` takes what is compared out of ours, outside the time.
    """

    name: str
    ours: Callable[[], Any]
    figures: Callable[[Any], Any]
    theirs: Callable[[Raw], Any] | None = None


def dashboards() -> list[Dashboard]:
    """Every one that is timed; `last` is the month before, which is over."""
    first, last = RUNNING, LAST
    return [
        Dashboard("month", lambda: _page(first), _of_page, lambda raw: _raw_page(raw, first)),
        Dashboard("month_last", lambda: _page(last), _of_page, lambda raw: _raw_page(raw, last)),
        Dashboard("points", lambda: _page(first, "point"), _of_page, lambda raw: _raw_page(raw, first, "point_id")),
        Dashboard("points_last", lambda: _page(last, "point"), _of_page, lambda raw: _raw_page(raw, last, "point_id")),
        Dashboard("by_unit", lambda: sums.units(_asked(first)), _of_names, lambda raw: raw.by("implementer_id", first)),
        Dashboard("by_point", lambda: sums.points(_asked(first)), _of_names, lambda raw: raw.by("point_id", first)),
        Dashboard("heat", lambda: missed_starts(_asked(first)), dict, lambda raw: raw.starts(first)),
        Dashboard("board", lambda: _board(first), _of_board, lambda raw: _raw_board(raw, first)),
        Dashboard("board_last", lambda: _board(last), _of_board, lambda raw: _raw_board(raw, last)),
        Dashboard("trend", _trend, _of_trend, lambda raw: {each: raw.all(each) for each in _thirteen()}),
        Dashboard("beside", _beside, _of_items, lambda raw: raw.each_reached(first, "point_id")),
        Dashboard("newest", _newest, lambda page: page.whole, lambda raw: raw.of_unit(first, MANAGER.org_id)),
        Dashboard("log", _log, lambda page: len(page.lines)),
    ]


def _asked(first: date) -> Asked:
    return asked_for(LEADER, MonthQuery(first), NOW, ZONE)


def _page(first: date, by: str = "unit") -> MonthPage:
    return month_page(LEADER, MonthQuery(first, by=by), NOW, ZONE)


def _of_page(page: MonthPage) -> dict[str, Any]:
    beside = page.beside
    return {
        "counts": astuple(page.counts),
        "days": {day.on: astuple(day.counts) for day in page.days},
        "missed": sum(page.heat.values()),
        "scope_points": (beside["scope_points"].numerator, beside["scope_points"].denominator),
        "coverage": (beside["coverage"].numerator, beside["coverage"].denominator),
    }


def _raw_page(raw: Raw, first: date, by: str = "implementer_id") -> dict[str, Any]:
    table = raw.by(by, first)
    return {
        "counts": tuple(map(sum, zip(*table.values(), strict=True))),
        "days": raw.days(first),
        "missed": sum(raw.starts(first).values()),
        "scope_points": raw.reached(first, "point_id"),
        "coverage": raw.covered(first),
    }


def _of_names(found: list[sums.Named]) -> dict[str, tuple[int, ...]]:
    return {each.key: astuple(each.counts) for each in found}


def _thirteen(last: date = RUNNING) -> list[date]:
    return [months_on(last, -number) for number in range(MONTHS)]


def _trend() -> Mapping[date, Counts]:
    """Thirteen months in a row, as every board shows them."""
    return counts_by_month(PEOPLE, replace(_asked(_thirteen()[-1]), months=MONTHS))


def _of_trend(months: Mapping[date, Counts]) -> dict[date, tuple[int, ...]]:
    return {first: astuple(counts) for first, counts in months.items()}


def _board(first: date) -> BoardPage:
    return board_page(LEADER, BoardQuery(first), NOW, ZONE)


def _of_board(page: BoardPage) -> dict[str, Any]:
    return {
        "counts": astuple(page.counts),
        "year": {month.first: month.counts.due for month in page.line.months if month.counts.due},
        "missed": sum(page.heat.values()),
    }


def _raw_board(raw: Raw, first: date) -> dict[str, Any]:
    year = {each: raw.all(each)[0] for each in _thirteen(first)}
    return {
        "counts": raw.all(first),
        "year": {each: due for each, due in year.items() if due},
        "missed": sum(raw.starts(first).values()),
    }


def _beside() -> ItemsPage:
    return page_of_items("scope_points", LEADER, _asked(RUNNING), 1)


def _of_items(found: ItemsPage) -> tuple[int, int]:
    return found.rate.numerator, found.rate.denominator


def _newest() -> Records:
    """The newest 50 of a unit's log, with how many there are in the month."""
    return records(MANAGER, RecordQuery(RUNNING), NOW, ZONE)


def _log() -> LogPage:
    """Today's log of one unit."""
    return log_page(MANAGER, LogQuery(NOW.astimezone(ZONE).date(), "", LogFilter()), NOW, ZONE)
