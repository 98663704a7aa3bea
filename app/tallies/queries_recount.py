"""The tallies held against a recount of the windows themselves, in plain SQL of its own.

Nothing here is shared with what keeps the tallies: the rules are written down a second time (rules 2.1 and 2.2).
One statement compares one span of days, so that what is compared is of one moment, and nobody waits.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from sqlalchemy import Date, TextClause, bindparam, text

from app import db
from app.db import UtcDateTime

_DUE = "state NOT IN ('unable', 'exempt', 'void')"
_TIMELY = "state IN ('in_window', 'in_grace')"
_DONE = "state IN ('in_window', 'in_grace', 'late')"
# In a where-clause an expression: SQLite would otherwise find the windows of a day by their state, through all years.
_STATE = "COALESCE(state, '')"
_WHEN = {
    "due": _DUE,
    "in_window": "state = 'in_window'",
    "in_grace": "state = 'in_grace'",
    "late": "state = 'late'",
    "missed": "state = 'missed'",
    "unknown": "state = 'unknown'",
    "waiting": "state = 'planned'",
    "reported": "state IN ('unable', 'exempt')",
    "holiday_due": f"{_DUE} AND day_type = 'holiday'",
    "holiday_on_time": f"{_TIMELY} AND day_type = 'holiday'",
    "handover_due": f"{_DUE} AND kind = 'handover'",
    "handover_covered": f"{_TIMELY} AND kind = 'handover' AND (signed OR NOT dual_due)",
    "scanned": f"{_DONE} AND scanned",
    "short": f"{_DONE} AND short_visit",
    "found": f"{_DUE} AND steps_fail > 0",
}
_TAKEN = (
    "steps_pass", "steps_fail", "key_due", "key_evidenced", "key_pass", "photos_due", "photos_sent", "photos_valid",
)  # fmt: skip
_UNITS = {"implementer_id": "implementer_id", "responsible_id": "responsible_id"}
# Whose a window is (rules GR-9): what one has claimed and done is one's own, and no help for the round's person.
_HELPED = (
    f"{_STATE} IN ('in_window', 'in_grace', 'late') AND done_by_id <> assignee_id "
    "AND (claimed_by_id IS NULL OR claimed_by_id <> done_by_id)"
)
_WHOSE = (
    f"COALESCE(CASE WHEN NOT ({_DONE}) THEN COALESCE(claimed_by_id, assignee_id) "
    "WHEN claimed_by_id = done_by_id THEN claimed_by_id ELSE COALESCE(assignee_id, done_by_id) END, '')"
)


@dataclass(frozen=True)
class Recount:
    """How one table of cells is counted again: its keys and counts in SQL, and which windows it looks at.

    `by_day`: read by day however old; the others stand or are read by month once a month is over.
    """

    table: str
    keys: dict[str, str]
    counts: tuple[str, ...]
    which: str = "state <> 'void'"
    by_day: bool = False
    helpers: bool = False


_ALL = (*_WHEN, *_TAKEN)
RECOUNTS = (
    Recount("tally_days", {**_UNITS, "standard_code": "standard_code", "day_type": "day_type"}, _ALL, by_day=True),
    Recount(
        "tally_points",
        {**_UNITS, "point_id": "point_id", "standard_code": "standard_code"},
        _ALL,
    ),
    Recount(
        "tally_people",
        {**_UNITS, "person_id": _WHOSE, "round_id": "COALESCE(round_id, '')"},
        (*_ALL, "helped", "helped_with"),
        helpers=True,
    ),
    Recount("tally_misses", {**_UNITS, "start_at": "start_at"}, ("missed",), f"{_STATE} = 'missed'"),
    Recount("tally_site_misses", {"start_at": "start_at"}, ("missed",), f"{_STATE} = 'missed'"),
    Recount(
        "tally_holidays",
        {**_UNITS, "point_id": "point_id", "business_on": "business_on"},
        ("holiday_due", "holiday_on_time"),
        f"{_DUE} AND day_type = 'holiday'",
    ),
)


@dataclass(frozen=True)
class Difference:
    """A cell that does not say what its windows say."""

    table: str
    on: date
    keys: tuple[str, ...]
    count: str
    counted: int
    kept: int

    def __str__(self) -> str:
        named = " ".join(self.keys)
        return f"{self.table} {self.on} {named}: {self.count} is {self.counted} by the windows, {self.kept} is kept"


def differences(recount: Recount, first: date, until: date, begins: datetime, ends: datetime) -> list[Difference]:
    """Cells of these days that differ from what their windows say. One query."""
    width, found = len(recount.keys), []
    for row in db.rows(_comparing(recount.table), {"first": first, "until": until, "begins": begins, "ends": ends}):
        numbers = zip(recount.counts, row[width::2], row[width + 1 :: 2], strict=True)
        name, counted, kept = next(each for each in numbers if each[1] != each[2])
        found.append(Difference(recount.table, first, tuple(map(str, row[:width])), name, counted, kept))
    return found


@cache
def _comparing(table: str) -> TextClause:
    """The statement of a table, built once: it runs for each day."""
    recount = next(each for each in RECOUNTS if each.table == table)
    return text(_statement(recount)).bindparams(
        *(bindparam(name, type_=Date) for name in ("first", "until")),
        *(bindparam(name, type_=UtcDateTime) for name in ("begins", "ends")),
    )


def _statement(recount: Recount) -> str:
    names = ", ".join(recount.keys)
    sides = ", ".join(f"SUM(r_{each}) AS r_{each}, SUM(k_{each}) AS k_{each}" for each in recount.counts)
    differ = " OR ".join(f"SUM(r_{each}) <> SUM(k_{each})" for each in recount.counts)
    parts = " UNION ALL ".join(_parts(recount))
    return f"SELECT {names}, {sides} FROM ({parts}) AS both_sides GROUP BY {names} HAVING {differ} ORDER BY {names}"  # noqa: S608


def _parts(recount: Recount) -> Iterator[str]:
    """The windows themselves, the cells, and what was noted and is not in the cells yet."""
    yield from _counted(recount, "occurrences", "1", "r")
    kept = ", ".join(f"0 AS r_{each}, {each} AS k_{each}" for each in recount.counts)
    days = '"on" >= :first AND "on" < :until'
    yield f"SELECT {', '.join(recount.keys)}, {kept} FROM {recount.table} WHERE {days}"  # noqa: S608
    yield from _counted(recount, "tally_deltas", "sign", "k")


def _counted(recount: Recount, table: str, weight: str, side: str) -> Iterator[str]:
    values = {name: f"SUM(CASE WHEN {when} THEN {weight} ELSE 0 END)" for name, when in _WHEN.items()}
    values |= {name: f"SUM(CASE WHEN {_DUE} THEN {name} * {weight} ELSE 0 END)" for name in _TAKEN}
    values |= {"helped": "0", "helped_with": f"SUM(CASE WHEN {_HELPED} THEN {weight} ELSE 0 END)"}
    yield _half(recount, table, recount.keys, values, recount.which, side)
    if recount.helpers:
        keys = {**recount.keys, "person_id": "done_by_id"}
        values = {**dict.fromkeys(values, "0"), "helped": f"SUM({weight})"}
        yield _half(recount, table, keys, values, _HELPED, side)


def _half(recount: Recount, table: str, keys: dict[str, str], values: dict[str, str], which: str, side: str) -> str:
    """The counts on their side, noughts on the other."""
    other = {"r": "k", "k": "r"}[side]
    named = ", ".join(f"{sql} AS {name}" for name, sql in keys.items())
    pairs = [(f"{values[each]} AS {side}_{each}", f"0 AS {other}_{each}") for each in recount.counts]
    columns = ", ".join(", ".join(pair if side == "r" else reversed(pair)) for pair in pairs)
    within = "grace_end_at >= :begins AND grace_end_at < :ends"
    return f"SELECT {named}, {columns} FROM {table} WHERE {within} AND {which} GROUP BY {', '.join(keys.values())}"  # noqa: S608


def verified_since(instant: datetime) -> bool:
    """Whether a recount was made at or after this instant."""
    asked = text("SELECT 1 FROM tally_verifications WHERE at >= :instant LIMIT 1")
    return db.scalar(asked.bindparams(bindparam("instant", type_=UtcDateTime)), {"instant": instant}) is not None
