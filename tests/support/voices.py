"""Builders of calls, ratings and leads at the restroom of the small world."""

import uuid
from datetime import timedelta
from typing import Any

from app.feedback.models import FeedbackCall, FeedbackItem, FeedbackLead
from app.feedback.rules_public import Kind, NewItem, Said, Visitor
from app.feedback.rules_ratings import Face, Topic
from tests.support.builders import NOW, kept

UNITS = {"implementer_id": "clean", "responsible_id": "care"}


def call(call_id: str | None = None, **values: Any) -> str:
    """A call that waits for Ann."""
    defaults = {
        "id": call_id or str(uuid.uuid4()), "point_id": "p1", "need": "paper", "state": "waiting", "first_at": NOW,
        "last_at": NOW, "due_at": NOW + timedelta(minutes=15), "told_id": "ann",
        "next_rung_at": NOW + timedelta(minutes=5), **UNITS,
    }  # fmt: skip
    return kept(FeedbackCall, **(defaults | values))


def rating(item_id: str | None = None, face: int = 5, **values: Any) -> str:
    """A rating of the restroom that counts."""
    defaults = {
        "id": item_id or str(uuid.uuid4()), "point_id": "p1", "kind": "rating", "face": face, "source": "visitor",
        "at": NOW, "excluded": "", **UNITS,
    }  # fmt: skip
    return kept(FeedbackItem, **(defaults | values))


def lead(item_id: str | None = None, words: str = "地上有水", **values: Any) -> str:
    """A low rating with words that waits for a look."""
    units = {name: values.pop(name) for name in ("implementer_id", "responsible_id", "point_id") if name in values}
    item = rating(item_id, face=1, words=words, **units)
    return kept(
        FeedbackLead, **({"item_id": item, "point_id": "p1", "due_at": NOW + timedelta(days=1), **UNITS} | units)
    )


def new_item(kind: Kind = Kind.RATING, device: str = "d1", address: str = "a1", **said: Any) -> NewItem:
    """What a visitor is about to say; `at` and `id` may be given."""
    at, item_id = said.pop("at", NOW), said.pop("id", str(uuid.uuid4()))
    if kind is Kind.RATING:
        said = {"face": Face.GOOD, "topic": Topic.CLEAN} | said
    return NewItem(item_id, "p1", Said(kind, **said), Visitor(device, address), at)
