"""A worker's own page of figures: the own month beside the last one, help and praise; nobody else's figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo

from sqlalchemy import ColumnElement, or_

from app.boards.queries_boards import changes_of
from app.boards.queries_today import Today, today_of
from app.boards.rules import Change
from app.boards.rules_months import MONTHS, Line, line_of
from app.days import months_on, previous_month
from app.feedback.queries import Praised, praise_for
from app.organisations.rules import Scope
from app.schedule.models import Occurrence as Row
from app.stats.queries_month import PERSON, own_help
from app.stats.rules_measures import Measure
from app.tallies.models import PEOPLE
from app.tallies.queries import Asked
from app.tallies.queries_months import counts_by_month
from app.tallies.rules_counts import Counts
from app.web.current import CurrentPerson

REMEMBERED = timedelta(days=90)


@dataclass(frozen=True)
class OwnPage:
    """What the page shows; `last` is the month before."""

    now: datetime
    today: Today
    counts: Counts
    last: Counts
    helped: int
    line: Line
    changes: Sequence[tuple[Measure, Change]]
    praise: Sequence[Praised]


def _mine(who: CurrentPerson) -> list[ColumnElement[bool]]:
    """Windows that count for this person, of those that can: nobody's figure is worked out for the whole site."""
    touched = or_(*(column == who.id for column in (Row.assignee_id, Row.claimed_by_id, Row.done_by_id)))
    return [touched, PERSON.in_([who.id])]


def own_board(who: CurrentPerson, first: date, now: datetime, zone: tzinfo) -> OwnPage:
    """At most seven queries."""
    whose = Asked(months_on(first, 1 - MONTHS), now, zone, Scope(None), {"person_id": who.id}, MONTHS)
    year = counts_by_month(PEOPLE, whose)
    return OwnPage(
        now=now,
        today=today_of(Scope(None), now, zone, _mine(who)),
        counts=year.get(first, Counts()),
        last=year.get(previous_month(first), Counts()),
        helped=own_help(who.id, first, now, zone),
        line=line_of(year, first),
        changes=[pair for pair in changes_of(year, first) if pair[0].scored],
        praise=praise_for(who.id, now - REMEMBERED),
    )
