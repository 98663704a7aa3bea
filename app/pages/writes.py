"""Writes of a person's own page."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import update

from app import db
from app.accounts.models import Person


def keep_preferences(person_id: str, chosen: Mapping[str, Any]) -> None:
    """Language and text size of an account; `chosen` holds locale and large_text only."""
    db.run(update(Person).where(Person.id == person_id).values(**chosen))
