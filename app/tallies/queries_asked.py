"""What is asked of the tallies: months, a reach, keys; and its shape, from which statements are built once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

from sqlalchemy import ColumnElement, Date, String, bindparam, func

from app.days import begins, next_month
from app.db import UtcDateTime
from app.organisations.queries import within
from app.organisations.rules import Scope


@dataclass(frozen=True)
class Span:
    """Days from `first` on, before `until`, are in cells; today's windows ended from `over` to `last`."""

    first: Any
    until: Any
    begins: Any
    over: Any
    last: Any


OPEN = Span(
    bindparam("first", type_=Date),
    bindparam("until", type_=Date),
    *(bindparam(name, type_=UtcDateTime) for name in ("begins", "over", "last")),
)


@dataclass(frozen=True)
class Shape:
    """Whether a reach is held to units, whether to those answered for too, which keys equal one or one of several."""

    bounded: bool
    answering: bool
    equal: tuple[str, ...]
    among: tuple[str, ...] = ()

    def keep(self, columns: Mapping[str, Any]) -> list[ColumnElement[bool]]:
        """As `Asked.keep`, with the values left open."""
        units: Any = bindparam("units", type_=String, expanding=True)
        held = Scope(units, self.answering)
        # Cells of the whole site have no unit to hold them to.
        reach = within(held, columns["implementer_id"], columns["responsible_id"]) if self.bounded else []
        equal = [columns[name] == bindparam(f"is_{name}") for name in self.equal]
        several = [as_filter(columns[name]).in_(bindparam(f"in_{name}", expanding=True)) for name in self.among]
        return [*reach, *equal, *several]


def as_filter(column: Any) -> ColumnElement[Any]:
    """A column for a where-clause: an expression, so that SQLite finds windows by their days.

    By their state, or by fifty points, it would go through all years for one day.
    """
    return func.coalesce(column, "")


@dataclass(frozen=True)
class Asked:
    """Windows whose grace ended in a local month, or in several, up to now, in a reach.

    `equal` holds keys to values, `among` to one of several; `first` is the first day of a month.
    """

    first: date
    now: datetime
    zone: tzinfo
    scope: Scope
    equal: Mapping[str, Any] = field(default_factory=dict)
    months: int = 1
    among: Mapping[str, Collection[str]] = field(default_factory=dict)

    @property
    def after(self) -> date:
        """The first day that is no longer part of it."""
        day = self.first
        for _month in range(self.months):
            day = next_month(day)
        return day

    @property
    def span(self) -> Span:
        ends = begins(self.after, self.zone)
        until = max(self.first, min(self.now.astimezone(self.zone).date(), self.after))
        over = begins(until, self.zone)
        # Nothing of today is in a month that is over.
        last = self.now if over < ends else over - timedelta(microseconds=1)
        return Span(self.first, until, begins(self.first, self.zone), over, last)

    @property
    def is_whole_site(self) -> bool:
        return self.scope.units is None and not self.equal and not self.among

    @property
    def shape(self) -> Shape:
        """What statements of this kind have in common."""
        keys = tuple(sorted(self.equal)), tuple(sorted(self.among))
        return Shape(self.scope.units is not None, self.scope.answering, *keys)

    @property
    def values(self) -> dict[str, Any]:
        """What `grouped` leaves open."""
        units = {} if self.scope.units is None else {"units": sorted(self.scope.units)}
        several = {f"in_{name}": sorted(values) for name, values in self.among.items()}
        return {**vars(self.span), **units, **{f"is_{name}": value for name, value in self.equal.items()}, **several}

    def keep(self, columns: Mapping[str, Any]) -> list[ColumnElement[bool]]:
        """Where-clauses over columns of these names."""
        reach = within(self.scope, columns["implementer_id"], columns["responsible_id"])
        equal = [columns[name] == value for name, value in self.equal.items()]
        return [*reach, *equal, *(as_filter(columns[name]).in_(values) for name, values in self.among.items())]

    def keep_unit(self, table: Any) -> list[ColumnElement[bool]]:
        """Where-clauses over rows that are no windows, such as findings: the reach, and the unit where one is asked."""
        unit = self.equal.get("implementer_id")
        reach = within(self.scope, table.implementer_id, table.responsible_id)
        return [*reach, *([table.implementer_id == unit] if unit else [])]
