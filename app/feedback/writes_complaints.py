"""Inserts of items, cases, contacts and events; a case's row is its current state, the events are what happened."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import insert, update

from app.db import run
from app.feedback.models import FeedbackCase, FeedbackContact, FeedbackEvent, FeedbackItem, FeedbackLead


def insert_item(row: Mapping[str, Any]) -> None:
    """Something said, as it came."""
    run(insert(FeedbackItem), dict(row))


def insert_case(row: Mapping[str, Any]) -> None:
    run(insert(FeedbackCase), dict(row))


def insert_contact(item_id: str, name: str, contact: str, at: datetime) -> None:
    run(insert(FeedbackContact), {"item_id": item_id, "name": name, "contact": contact, "left_at": at})


def insert_lead(row: Mapping[str, Any]) -> None:
    """A low rating with words, to be looked at."""
    run(insert(FeedbackLead), dict(row))


def insert_event(
    subject_id: str, kind: str, at: datetime, by_id: str | None = None, data: Mapping[str, Any] | None = None
) -> None:
    """What happened; never changed, never deleted. No contact data goes in here."""
    row = {"subject_id": subject_id, "kind": kind, "by_id": by_id, "at": at, "data": dict(data) if data else None}
    run(insert(FeedbackEvent), row)


def lock_case(item_id: str) -> None:
    """Whoever changes a case waits here for whoever was first."""
    run(update(FeedbackCase).where(FeedbackCase.item_id == item_id).values(item_id=item_id))


def change_case(item_id: str, **changed: Any) -> None:
    run(update(FeedbackCase).where(FeedbackCase.item_id == item_id).values(**changed))


def wipe_contact(item_id: str, at: datetime) -> bool:
    """Empty the contact; the row stays as proof. False when it was wiped before."""
    standing = update(FeedbackContact).where(FeedbackContact.item_id == item_id, FeedbackContact.wiped_at.is_(None))
    return run(standing.values(name="", contact="", wiped_at=at)).rowcount == 1
