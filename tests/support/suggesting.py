"""Builders of suggestions, and of records whose steps say something; call inside an app context."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from app.checks.models import Answer
from app.learning.models import Suggestion, SuggestionEvent
from tests.support.builders import NOW, kept, occurrence
from tests.support.world import check_row


def said(suggestion_id: str | None = None, by: str = "ann", **values: Any) -> str:
    """A suggestion at the first step of the restroom; gives back its id."""
    edition = values.pop("edition", "JGSW05003.01-2026")
    defaults = {
        "id": suggestion_id or str(uuid.uuid4()), "standard_code": edition.rsplit("-", 1)[0], "edition": edition,
        "step_id": "S01", "step_title": "地面", "text": "改为每两小时一次", "sha256": None, "anonymous": False,
        "check_id": None, "by_id": by, "unit_id": "clean", "responsible_id": "care", "at": NOW - timedelta(days=2),
    }  # fmt: skip
    return kept(Suggestion, **(defaults | values))


def became(suggestion_id: str, kind: str, text: str = "", by: str | None = "stan", at: datetime = NOW) -> None:
    """What became of it."""
    kept(SuggestionEvent, suggestion_id=suggestion_id, kind=kind, by_id=by, at=at, text=text)


def answered(*results: str, step: str = "S01", start: datetime = NOW - timedelta(days=3), **values: Any) -> list[str]:
    """A done window at p1 for each result, an hour apart, with one answer; gives back the ids of the checks."""
    found = []
    for number, result in enumerate(results):
        at = start - number * timedelta(hours=1)
        window = occurrence("p1", f"{step}{number}", at, state="in_window")
        check_id = check_row("p1", at, window)
        answer(check_id, step, result, **values)
        found.append(check_id)
    return found


def answer(check_id: str, step: str, result: str, **values: Any) -> None:
    """One step of a record."""
    defaults = {"position": 1, "applicable": True, "key": False, "photos_due": 0, "photos_valid": 0}
    kept(Answer, check_id=check_id, step_id=step, result=result, **(defaults | values))
