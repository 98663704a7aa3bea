"""The crew leader's dashboard: who is behind today, what can still be saved, and the crew's month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo

from app.boards.queries_boards import changes_of
from app.boards.queries_today import Today, today_of
from app.boards.rules import Change
from app.boards.rules_months import MONTHS, Line, line_of
from app.days import months_on
from app.feedback.queries_calls import Call, calls_for
from app.organisations.queries import scope_of
from app.schedule.models import Occurrence
from app.schedule.queries_board import CrewDay, crew_day
from app.schedule.queries_crew import rounds_within
from app.stats.queries_lines import lines_of
from app.stats.rules_log import log_day
from app.stats.rules_measures import Measure
from app.stats.rules_month import TableLine
from app.tallies.models import PEOPLE
from app.tallies.queries import Asked
from app.tallies.queries_months import counts_by_month
from app.tallies.rules_counts import Counts
from app.web.current import CurrentPerson


@dataclass(frozen=True)
class CrewPage:
    """What the page shows; `people` are those on the crew's rounds, worst first."""

    now: datetime
    today: Today
    crew: CrewDay
    calls: Sequence[Call]
    counts: Counts
    line: Line
    changes: Sequence[tuple[Measure, Change]]
    people: Sequence[TableLine]


def crew_rounds(who: CurrentPerson) -> frozenset[str]:
    """One query."""
    return frozenset(each.id for each in rounds_within(who))


def crew_board(who: CurrentPerson, first: date, now: datetime, zone: tzinfo) -> CrewPage:
    """Of the own crew's rounds. At most sixteen queries."""
    rounds = crew_rounds(who)
    asked = Asked(first, now, zone, scope_of(who), among={"round_id": rounds})
    year = counts_by_month(PEOPLE, replace(asked, first=months_on(first, 1 - MONTHS), months=MONTHS))
    return CrewPage(
        now=now,
        today=today_of(asked.scope, now, zone, [Occurrence.round_id.in_(rounds)]),
        crew=crew_day(who, log_day(now, zone), now),
        calls=calls_for(who),
        counts=year.get(first, Counts()),
        line=line_of(year, first),
        changes=[pair for pair in changes_of(year, first) if pair[0].scored],
        people=lines_of("person", asked).lines,
    )
