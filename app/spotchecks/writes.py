"""Inserts of draws and their lists, of reviews, and the one row of state that a dispute has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import insert, update

from app import db
from app.spotchecks.models import (
    Draw,
    Item,
    Plan,
    Result,
    Review,
    ReviewEvent,
    ReviewState,
    ReviewStep,
    SealedSeed,
)

AT_ONCE = 500


def insert_plan(values: Mapping[str, Any]) -> None:
    db.run(insert(Plan).values(**values))


def end_plan(plan_id: str, at: Any) -> None:
    db.run(update(Plan).where(Plan.id == plan_id).values(ended_at=at))


def insert_draws(rows: Iterable[tuple[Mapping[str, Any], str]]) -> int:
    """Promised draws, each with its sealed seed."""
    pairs = list(rows)
    if pairs:
        db.run(insert(Draw), [dict(draw) for draw, _seed in pairs])
        db.run(insert(SealedSeed), [{"draw_id": draw["id"], "seed": seed} for draw, seed in pairs])
    return len(pairs)


def insert_result(values: Mapping[str, Any], items: Iterable[Mapping[str, Any]]) -> None:
    """A drawn list with its items."""
    db.run(insert(Result).values(**values))
    rows = [dict(each) for each in items]
    for start in range(0, len(rows), AT_ONCE):
        db.run(insert(Item), rows[start : start + AT_ONCE])


def insert_review(values: Mapping[str, Any], steps: Iterable[Mapping[str, Any]]) -> None:
    """A second opinion with its steps."""
    db.run(insert(Review).values(**values))
    rows = [dict(each) for each in steps]
    if rows:
        db.run(insert(ReviewStep), rows)


def insert_event(values: Mapping[str, Any]) -> None:
    db.run(insert(ReviewEvent).values(**values))


def insert_state(values: Mapping[str, Any]) -> None:
    db.run(insert(ReviewState).values(**values))


def move_state(review_id: str, was: str, **values: Any) -> bool:
    """Change the state if it is still what the caller saw; False when somebody was faster."""
    mine = update(ReviewState).where(ReviewState.review_id == review_id, ReviewState.state == was)
    return db.run(mine.values(**values)).rowcount == 1


def link_finding(review_id: str, finding_id: str) -> None:
    """The finding that a difference became."""
    db.run(update(ReviewState).where(ReviewState.review_id == review_id).values(finding_id=finding_id))
