"""Reads of what has been delivered already."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from app import db
from app.training.models import Delivery


def delivered_pairs(numbers: Collection[str]) -> set[tuple[str, str]]:
    """(person, edition) of what has reached somebody."""
    statement = select(Delivery.person_id, Delivery.edition).where(Delivery.edition.in_(list(numbers)))
    return {(row.person_id, row.edition) for row in db.rows(statement)}
