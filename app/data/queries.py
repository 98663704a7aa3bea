"""Rows of a period, a page at a time in an order that stands; the same for the API and for files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import Any

from sqlalchemy import Select, and_, func, literal, or_, select

from app import db
from app.data.queries_sources import SOURCES, Source
from app.data.rules_fields import Row
from app.data.rules_wanted import MOST_ROWS, Reach, Wanted
from app.organisations.models import Organisation
from app.organisations.queries import scope_of, within
from app.organisations.rules import Scope
from app.places.models import PointStandard
from app.standards.models import Standard
from app.standards.queries import edition, edition_row
from app.web.current import CurrentPerson

Position = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """Rows and where the next page begins; None when there is no more."""

    rows: list[Row]
    after: Position | None


def page_of(name: str, wanted: Wanted, reach: Reach, after: Position | None, limit: int) -> Page:
    """At most `limit` rows behind a position. One query; for answers one more an edition that was not seen yet."""
    source = SOURCES[name]
    width = len(source.dataset.fields)
    statement = source.statement.add_columns(*source.order).where(*source.clauses(wanted, reach))
    if after is not None:
        statement = _behind(statement, source, after)
    found = db.rows(statement.order_by(*source.order).limit(limit + 1))
    shown = _finished(name, [row[:width] for row in found[:limit]], reach.zone)
    more = tuple(_position(value) for value in found[limit - 1][width:]) if len(found) > limit else None
    return Page(shown, more)


def count_of(name: str, wanted: Wanted, reach: Reach) -> int:
    """How many rows, counted up to one more than a file may hold. One query."""
    source = SOURCES[name]
    some = source.statement.with_only_columns(literal(1)).where(*source.clauses(wanted, reach)).limit(MOST_ROWS + 1)
    return int(db.scalar(select(func.count()).select_from(some.subquery())) or 0)


def reach_of(who: CurrentPerson, wanted: Wanted, zone: tzinfo) -> Reach:
    """What a person reaches, and of it the units asked for. At most two queries."""
    return Reach(scope_of(who), _below((wanted.unit,)) if wanted.unit else None, zone)


def reach_of_units(units: Sequence[str], wanted: Wanted, zone: tzinfo) -> Reach:
    """What a key reaches: its units and all below them, or everything; what they implement or answer for."""
    scope = Scope(_below(units) if units else None, answering=True)
    return Reach(scope, _below((wanted.unit,)) if wanted.unit else None, zone)


def _below(units: Sequence[str]) -> frozenset[str]:
    """These units and all below them. Two queries."""
    paths = [row[0] for row in db.rows(select(Organisation.path).where(Organisation.id.in_(units)))]
    if not paths:
        return frozenset()
    each = or_(*(Organisation.path.startswith(path, autoescape=True) for path in paths))
    return frozenset(row[0] for row in db.rows(select(Organisation.id).where(each)))


def _behind(statement: Select[Any], source: Source, after: Position) -> Select[Any]:
    """(a, b) > (x, y), spelled out so that both databases go to the place by the index of `a`."""
    values = [
        literal(read(text), column.type) for read, text, column in zip(source.read, after, source.order, strict=True)
    ]
    steps = [
        and_(*(source.order[i] == values[i] for i in range(n)), source.order[n] > values[n])
        for n in range(len(source.order))
    ]
    return statement.where(source.order[0] >= values[0], or_(*steps))


def _position(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


class _Titles(dict[str, dict[str, str]]):
    """Titles of the steps, by edition; each is looked up once a page."""

    def __missing__(self, number: str) -> dict[str, str]:
        row = edition_row(number)
        self[number] = {step.id: step.title for step in edition(row).steps} if row else {}
        return self[number]


def _finished(name: str, rows: Sequence[Sequence[Any]], zone: tzinfo) -> list[Row]:
    """What the database cannot say: the day at the site, the title of a step."""
    at = {field: number for number, field in enumerate(SOURCES[name].dataset.names)}
    titles, finished = _Titles(), list[Row]()
    for row in rows:
        values = list(row)
        if name == "findings":
            values[at["day"]] = values[at["day"]].astimezone(zone).date()
        elif name == "answers":
            values[at["step_title"]] = titles[values[at["edition"]]].get(values[at["step"]], "")
        else:
            values[at["void"]] = bool(values[at["void"]])
        finished.append(values)
    return finished


def codes_in_reach(scope: Scope) -> list[tuple[str, str]]:
    """(number, title) of the standards that somebody's points have. One query."""
    here = select(PointStandard.standard_code).where(
        *within(scope, PointStandard.implementer_id, PointStandard.responsible_id)
    )
    statement = select(Standard.code, Standard.title).where(Standard.code.in_(here)).order_by(Standard.code)
    return [(row[0], row[1]) for row in db.rows(statement)]
