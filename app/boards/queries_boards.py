"""A dashboard as its page needs it, put together from tallies and a few reads of the month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, tzinfo

from sqlalchemy import ColumnElement

from app.boards.forms import BoardQuery
from app.boards.queries_figures import (
    ShiftLine,
    StepLine,
    TopicLine,
    by_shift,
    by_topic,
    last_accident,
    last_valid_complaint,
    top_steps,
)
from app.boards.queries_today import Today, Waiting, today_of, waiting_for
from app.boards.rules import Board, Change, Since, board_for
from app.boards.rules_months import MONTHS, Line, line_of
from app.days import months_on, previous_month
from app.organisations.queries import scope_of
from app.schedule.models import Occurrence
from app.schedule.queries_gaps import Gaps
from app.stats.queries_beside import gaps_of
from app.stats.queries_closed import closings
from app.stats.queries_lines import lines_of
from app.stats.rules_formulas import closed_in_time
from app.stats.rules_measures import MEASURES, Measure
from app.stats.rules_month import Cut, Part, TableLine
from app.stats.rules_trend import heat_of
from app.tallies.models import PEOPLE
from app.tallies.queries import Asked, missed_starts
from app.tallies.queries_months import counts_by_month
from app.tallies.rules_counts import Counts
from app.web.current import CurrentPerson

MOST_POINTS = 30
"""So many stand in a chart, whatever the size of the compound; the others are counted beside it."""
BY_POINT = ("missed", "due", "in_window", "in_grace", "unknown", "reported")
"""What the chart shows of a point, with what its rate says beside itself."""


@dataclass(frozen=True)
class BoardPage:
    """What the page shows; `changes` go by the key of the figure."""

    board: Board
    query: BoardQuery
    now: datetime
    today: Today
    waiting: Waiting
    counts: Counts
    line: Line
    changes: Sequence[tuple[Measure, Change]]
    findings: Change
    heat: dict[tuple[int, int], int]
    shifts: Sequence[ShiftLine]
    steps: Sequence[StepLine]
    topics: Sequence[TopicLine]
    points: Part
    units: Sequence[TableLine]
    accident: Since
    complaint: Since
    gaps: Gaps | None = None
    most: int = field(default=0)


def board_page(who: CurrentPerson, query: BoardQuery, now: datetime, zone: tzinfo) -> BoardPage:
    """For whoever reads a unit, a section or the bureau. At most twenty-seven queries, each of cells or of few rows."""
    board = board_for(who)
    asked = Asked(query.first, now, zone, scope_of(who), {"implementer_id": query.unit} if query.unit else {})
    before = replace(asked, first=previous_month(query.first))
    # By person, since those cells stand together by month: a thirtieth of the cells by day.
    year = counts_by_month(PEOPLE, replace(asked, first=months_on(query.first, 1 - MONTHS), months=MONTHS))
    counts = year.get(query.first, Counts())
    heat = heat_of(missed_starts(asked), zone) if counts.missed else {}
    return BoardPage(
        board=board,
        query=query,
        now=now,
        today=today_of(asked.scope, now, zone, _of_unit(query.unit)),
        waiting=waiting_for(who, asked, now),
        counts=counts,
        line=line_of(year, query.first),
        changes=changes_of(year, query.first),
        findings=Change(*(closed_in_time(closings(each)) for each in (asked, before))),
        heat=heat,
        most=max(heat.values(), default=0),
        shifts=by_shift(asked),
        steps=top_steps(asked),
        topics=by_topic(asked, before),
        points=lines_of("point", asked, Cut(sort="missed", most=MOST_POINTS, sums=BY_POINT)),
        units=lines_of("unit", replace(asked, equal={})).lines,
        accident=last_accident(asked.scope, zone, query.unit),
        complaint=last_valid_complaint(who, zone, query.unit),
        gaps=gaps_of(who, asked) if board is Board.LEADER else None,
    )


def _of_unit(unit: str) -> list[ColumnElement[bool]]:
    return [Occurrence.implementer_id == unit] if unit else []


def changes_of(year: Mapping[date, Counts], first: date) -> list[tuple[Measure, Change]]:
    """The measures of the windows against the month before; what was due in neither is left out."""
    now, before = year.get(first, Counts()), year.get(previous_month(first), Counts())
    pairs = [(each, Change(each.rate(now), each.rate(before))) for each in MEASURES]
    return [(measure, change) for measure, change in pairs if change.now.denominator or change.before.denominator]
