"""Inserts and guarded updates of occurrences: a state changes only from the states that the writer expects."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, TypeVar, cast

from sqlalchemy import Table, bindparam, delete, insert, or_, update
from sqlalchemy.dialects import postgresql, sqlite

from app.db import Prepared, dialect_name, run, write
from app.schedule.models import (
    CalendarDay,
    Cover,
    Occurrence,
    OccurrenceEvent,
    PhoneCall,
    PhoneFetch,
    PointExemption,
)
from app.schedule.rules_states import State

OCCURRENCES = cast("Table", Occurrence.__table__)
EVENTS = cast("Table", OccurrenceEvent.__table__)
FETCHES = cast("Table", PhoneFetch.__table__)
CALLS = cast("Table", PhoneCall.__table__)
DAYS = cast("Table", CalendarDay.__table__)
EXEMPTIONS = cast("Table", PointExemption.__table__)
COVERS = cast("Table", Cover.__table__)
AT_ONCE = 500
# Every check writes one: built once.
_NEW_NOTE = Prepared(insert(EVENTS), ("occurrence_id", "kind", "by_id", "at", "data"))
T = TypeVar("T")


@dataclass(frozen=True)
class Note:
    """A line of an occurrence's history; `by_id` None is the timer."""

    kind: str
    at: datetime
    by_id: str | None = None
    data: Mapping[str, Any] | None = None


def insert_rows(rows: Sequence[Mapping[str, Any]]) -> None:
    """New occurrences; one that another writer made meanwhile stays as it is."""
    statement = _insert(OCCURRENCES).on_conflict_do_nothing(index_elements=["point_id", "standard_code", "window_key"])
    for part in _parts(rows):
        run(statement, part)


def change_planned(changes: Mapping[int, Mapping[str, Any]], now: datetime) -> None:
    """Set planned values and state of rows by id, all with the same fields, while their start has not passed."""
    if not changes:
        return
    fields = list(next(iter(changes.values())))
    statement = (
        update(OCCURRENCES)
        .where(OCCURRENCES.c.id == bindparam("row_id"), OCCURRENCES.c.start_at > now)
        .where(or_(*(OCCURRENCES.c.state == state for state in (State.PLANNED, State.VOID, State.EXEMPT))))
        .values({name: bindparam(f"new_{name}", type_=OCCURRENCES.c[name].type) for name in fields})
    )
    for part in _parts(list(changes.items())):
        run(
            statement,
            [{"row_id": row_id, **{f"new_{name}": values[name] for name in fields}} for row_id, values in part],
        )


def move_state(
    ids: Iterable[int], old: Iterable[State], new: State, note: Note, values: Mapping[str, Any] | None = None
) -> list[int]:
    """Bring the occurrences that are in an old state into the new one and note it; gives back those that moved."""
    moved: list[int] = []
    changed = {**(values or {}), "state": new}
    statement = _moving(tuple(changed))
    given = {"old_states": [*old], **{f"new_{name}": value for name, value in changed.items()}}
    for part in _parts(sorted(ids)):
        moved += [row.id for row in write(statement, {"row_ids": part, **given})]
    add_notes(moved, note)
    return moved


@lru_cache(maxsize=32)
def _moving(fields: tuple[str, ...]) -> Prepared:
    """The statement of `move_state`, built once a set of columns: it runs with every check."""
    return Prepared(
        update(OCCURRENCES)
        .where(
            OCCURRENCES.c.id.in_(bindparam("row_ids", expanding=True)),
            OCCURRENCES.c.state.in_(bindparam("old_states", expanding=True)),
        )
        .values({name: bindparam(f"new_{name}", type_=OCCURRENCES.c[name].type) for name in fields})
        .returning(OCCURRENCES.c.id)
    )


def set_columns(occurrence_id: int, values: Mapping[str, Any], *clauses: Any) -> bool:
    """Set columns of one occurrence where the clauses hold; False when they do not."""
    return (
        run(update(OCCURRENCES).where(OCCURRENCES.c.id == occurrence_id, *clauses).values(dict(values))).rowcount == 1
    )


def add_notes(ids: Iterable[int], note: Note) -> None:
    """One line of history for each occurrence."""
    lines = [
        {
            "occurrence_id": each,
            "kind": note.kind,
            "by_id": note.by_id,
            "at": note.at,
            "data": dict(note.data) if note.data is not None else None,
        }
        for each in ids
    ]
    for part in _parts(lines):
        write(_NEW_NOTE, part)


def keep_fetches(occurrence_ids: Iterable[int], person_id: str, at: datetime) -> None:
    """This person's phone holds these occurrences; the newest fetch counts."""
    rows = [{"occurrence_id": each, "person_id": person_id, "fetched_at": at} for each in sorted(set(occurrence_ids))]
    for part in _parts(rows):
        write(_fetching(dialect_name()), part)


@lru_cache(maxsize=2)
def _fetching(_dialect: str) -> Prepared:
    """The statement of `keep_fetches`, built once: it runs with every page of a worker."""
    statement = _insert(FETCHES)
    newest = statement.on_conflict_do_update(
        index_elements=["occurrence_id", "person_id"], set_={"fetched_at": statement.excluded.fetched_at}
    )
    return Prepared(newest, ("occurrence_id", "person_id", "fetched_at"))


def keep_call(person_id: str, at: datetime) -> None:
    """This person's phone has called; a later call is never set back."""
    write(_calling(dialect_name()), {"person_id": person_id, "last_at": at})


@lru_cache(maxsize=2)
def _calling(_dialect: str) -> Prepared:
    """The statement of `keep_call`, built once: it runs with every call of a phone."""
    statement = _insert(CALLS)
    later = CALLS.c.last_at < statement.excluded.last_at
    newest = statement.on_conflict_do_update(
        index_elements=["person_id"], set_={"last_at": statement.excluded.last_at}, where=later
    )
    return Prepared(newest, ("person_id", "last_at"))


def insert_days(rows: Sequence[Mapping[str, Any]]) -> None:
    """Lines of the holiday list; a day that stands already stays as it is."""
    for part in _parts(rows):
        run(_insert(DAYS).on_conflict_do_nothing(index_elements=["on"]), part)


def replace_day(row: Mapping[str, Any]) -> None:
    """One line of the holiday list, new or changed."""
    said = {name: row[name] for name in ("kind", "name", "source")}
    run(_insert(DAYS).values(dict(row)).on_conflict_do_update(index_elements=["on"], set_=said))


def remove_day(on: date) -> None:
    """A line of the holiday list goes."""
    run(delete(DAYS).where(DAYS.c.on == on))


def insert_exemption(row: Mapping[str, Any]) -> None:
    """A planned exemption of a point."""
    run(insert(EXEMPTIONS).values(dict(row)))


def shorten_exemption(exemption_id: int, at: datetime) -> bool:
    """A planned exemption ends at this instant; False when it had ended before."""
    running = update(EXEMPTIONS).where(EXEMPTIONS.c.id == exemption_id, EXEMPTIONS.c.to_at > at)
    return run(running.values(to_at=at)).rowcount == 1


def insert_cover(row: Mapping[str, Any]) -> int:
    """A cover row; gives back its number."""
    return int(run(insert(COVERS).values(dict(row)).returning(COVERS.c.id)).scalar_one())


def assign_round(round_id: str, on: date, person_id: str) -> list[int]:
    """The round's occurrences of the day not done yet go to this person; gives back those that changed hands."""
    statement = (
        update(OCCURRENCES)
        .where(OCCURRENCES.c.round_id == round_id, OCCURRENCES.c.business_on == on)
        .where(OCCURRENCES.c.state.in_((State.PLANNED, State.UNKNOWN)))
        .where(OCCURRENCES.c.assignee_id.is_distinct_from(person_id))
        .values(assignee_id=person_id)
        .returning(OCCURRENCES.c.id)
    )
    return [row.id for row in run(statement)]


def _insert(table: Table) -> Any:
    dialect = postgresql if dialect_name() == "postgresql" else sqlite
    return dialect.insert(table)


def _parts(items: Sequence[T]) -> Iterable[Sequence[T]]:
    return (items[start : start + AT_ONCE] for start in range(0, len(items), AT_ONCE))
