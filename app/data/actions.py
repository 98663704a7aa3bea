"""A question to the API, answered: the rows of a page, and the cursor of the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from app.data.forms import MONTHLY, Asked
from app.data.queries import Page, page_of, reach_of_units
from app.data.queries_figures import Month, figures_page, measures_page
from app.data.queries_points import points_page
from app.data.queries_sources import SOURCES
from app.data.rules_cursor import made, read
from app.data.rules_keys import PEOPLE, Key, refuse_without
from app.data.rules_schema import as_json
from app.data.rules_sets import SETS
from app.data.rules_wanted import Reach
from app.refusals import Forbidden
from app.web.words import lazy


@dataclass(frozen=True, repr=False)
class Call:
    """When and where the question comes in; `secrets` sign cursors, the newest last."""

    now: datetime
    zone: tzinfo
    secrets: Sequence[str]


@dataclass(frozen=True)
class Answer:
    """Rows as JSON, and the cursor of the next page."""

    rows: list[dict[str, Any]]
    cursor: str | None


def answer(name: str, asked: Asked, key: Key, call: Call) -> Answer:
    """Raises Forbidden without the scope or outside the key's units, WrongCursor for a cursor of another question."""
    refuse_without(SETS[name].scope, key.scopes)
    people = PEOPLE in key.scopes
    if name in MONTHLY and asked.by == "person":
        refuse_without(PEOPLE, key.scopes)
    reach = reach_of_units(key.units, asked.wanted, call.zone)
    _refuse_outside(asked.wanted.unit, reach)
    question = asked.wanted.question(name) | {"by": asked.by, "key": key.id}
    after = read(asked.cursor, question, call.secrets, _width(name)) if asked.cursor else None
    page = _page(name, asked, reach, after, call.now)
    cursor = made(page.after, question, call.secrets) if page.after else None
    return Answer([as_json(SETS[name], row, people=people) for row in page.rows], cursor)


def _page(name: str, asked: Asked, reach: Reach, after: tuple[str, ...] | None, now: datetime) -> Page:
    if name == "points":
        return points_page(asked.wanted, reach, after, asked.limit)
    if name == "figures":
        return figures_page(Month(asked.wanted.first, asked.by), reach, now, after, asked.limit)
    if name == "measures":
        return measures_page(Month(asked.wanted.first, asked.by, asked.wanted.unit), reach, now, after, asked.limit)
    return page_of(name, asked.wanted, reach, after, asked.limit)


def _refuse_outside(unit: str, reach: Reach) -> None:
    """A unit that is not there and one that is not the key's get the same answer."""
    if not unit:
        return
    mine = reach.units or frozenset()
    if not mine or (reach.scope.units is not None and not mine <= reach.scope.units):
        raise Forbidden(lazy("This key does not reach this unit."), problem="unit")


def _width(name: str) -> int:
    """Of how many values a position is made."""
    if name == "measures":
        return 2
    return len(SOURCES[name].order) if name in SOURCES else 1
