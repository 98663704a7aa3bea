"""Reads that the demo loader needs."""

from sqlalchemy import func, select

from app import db
from app.accounts.models import Person
from app.organisations.models import Organisation


def is_empty() -> bool:
    """Nothing has been set up yet."""
    return not db.scalar(select(func.count()).select_from(Organisation))


def is_demo() -> bool:
    """The database carries the demo mark: its accounts have the published password."""
    return bool(db.scalar(select(func.count()).select_from(Person).where(Person.demo)))
