"""Reads of the audit log: a page by cursor, all rows of a search in portions, one person's own."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Select, String, column, or_, select, table

from app.audit.models import AuditEvent
from app.audit.rules import span_of_group
from app.db import rows

LINES_A_PAGE = 50
_PORTION = 1000
# Names only; the rooms of people and of everything else lie above this one.
_PEOPLE = table("people", column("id", String), column("name", String))


@dataclass(frozen=True)
class Search:
    """What to look for; `before` is the number of the last line of the page before, 0 at the start."""

    who: str = ""
    group: str = ""
    since: datetime | None = None
    until: datetime | None = None
    before: int = 0


@dataclass(frozen=True)
class Line:
    """One thing that somebody did."""

    id: int
    at: datetime
    kind: str
    by_id: str | None
    by_name: str
    about: str
    about_name: str
    address: str
    data: dict[str, Any]


def lines(search: Search, most: int = LINES_A_PAGE) -> list[Line]:
    """The newest first, at most that many."""
    return [_line(row) for row in rows(_found(search).limit(most))]


def all_lines(search: Search) -> Iterator[Line]:
    """Every line of a search, in portions, so that a long log needs little memory."""
    while portion := lines(search, _PORTION):
        yield from portion
        search = replace(search, before=portion[-1].id)


def lines_of(person_id: str, most: int) -> list[Line]:
    """What this person did, and what was done to the account, the newest first."""
    return lines(Search(who=person_id), most)


def _found(search: Search) -> Select[Any]:
    about, by = _PEOPLE.alias("about"), _PEOPLE.alias("doer")
    log = AuditEvent
    statement = (
        select(log.id, log.at, log.kind, log.by_id, log.by_name, log.about, log.address, log.data)
        .add_columns(by.c.name.label("doer"), about.c.name.label("about_name"))
        .join_from(log, by, by.c.id == log.by_id, isouter=True)
        .join(about, about.c.id == log.about, isouter=True)
        .order_by(log.id.desc())
    )
    return statement.where(*_conditions(search))


def _conditions(search: Search) -> list[Any]:
    log, found = AuditEvent, []
    if search.before:
        found.append(log.id < search.before)
    if search.group:
        first, end = span_of_group(search.group)
        found += [log.kind >= first, log.kind < end]
    if search.since:
        found.append(log.at >= search.since)
    if search.until:
        found.append(log.at < search.until)
    if search.who:
        named = select(_PEOPLE.c.id).where(_PEOPLE.c.name == search.who)
        same = (log.by_id == search.who, log.about == search.who, log.by_name == search.who)
        found.append(or_(*same, log.by_id.in_(named), log.about.in_(named)))
    return found


def _line(row: Any) -> Line:
    name = row.doer or row.by_name
    return Line(
        row.id, row.at, row.kind, row.by_id, name, row.about, row.about_name or "", row.address, dict(row.data or {})
    )
