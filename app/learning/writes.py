"""Inserts of suggestions, of what became of them, and of the evidence of a project."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Table, insert

from app.db import run
from app.learning.models import ProjectEvidence, Suggestion, SuggestionEvent

SUGGESTIONS, EVENTS, EVIDENCE = (
    cast("Table", each.__table__) for each in (Suggestion, SuggestionEvent, ProjectEvidence)
)


def insert_suggestion(values: Mapping[str, Any]) -> None:
    """A suggestion as it was said."""
    run(insert(SUGGESTIONS).values(dict(values)))


def insert_event(suggestion_id: str, kind: str, **values: Any) -> None:
    """What became of it."""
    run(insert(EVENTS).values(suggestion_id=suggestion_id, kind=kind, **values))


def insert_evidence(lines: Sequence[Mapping[str, Any]]) -> None:
    """The records behind a project."""
    if lines:
        run(insert(EVIDENCE), [dict(line) for line in lines])
