"""Reads of the rows that stand already, to be compared with what the plan says now."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from app import db
from app.schedule.models import Occurrence as Row
from app.schedule.rules_states import State

PLANNED_FIELDS = (
    "edition",
    "business_on",
    "day_type",
    "profile",
    "kind",
    "label",
    "open_at",
    "start_at",
    "end_at",
    "grace_end_at",
    "expire_at",
    "expected_minutes",
    "implementer_id",
    "responsible_id",
    "round_id",
    "assignee_id",
    "event_id",
    "facts",
    "key_due",
    "photos_due",
    "dual_due",
)
FOLLOWING = (State.PLANNED, State.VOID, State.EXEMPT)
Key = tuple[str, str, str]


@dataclass(frozen=True)
class Standing:
    """A stored row: its planned values, and whether it still follows changes of the plan."""

    id: int
    state: State
    planned: dict[str, Any]
    follows: bool


def standing_rows(
    first: date, last: date, now: datetime, point_ids: Collection[str] | None = None
) -> dict[Key, Standing]:
    """The rows of these business dates by point, standard and window key; of these points only, where they are named.

    A row follows the plan until its start, while nobody has claimed, done or reported it.
    """
    columns = [getattr(Row, name) for name in PLANNED_FIELDS]
    untouched = (Row.start_at > now) & Row.state.in_(FOLLOWING)
    untouched &= Row.claimed_by_id.is_(None) & Row.check_id.is_(None) & Row.unable_reason.is_(None)
    statement = select(
        Row.id, Row.point_id, Row.standard_code, Row.window_key, Row.state, untouched.label("follows"), *columns
    )
    return {
        (row.point_id, row.standard_code, row.window_key): Standing(
            row.id, State(row.state), {name: getattr(row, name) for name in PLANNED_FIELDS}, bool(row.follows)
        )
        for row in db.rows(statement.where(Row.business_on.between(first, last), *_at(point_ids)))
    }


def _at(point_ids: Collection[str] | None) -> tuple[Any, ...]:
    return () if point_ids is None else (Row.point_id.in_(sorted(point_ids)),)
