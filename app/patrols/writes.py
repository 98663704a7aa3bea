"""Inserts and updates of patrol routes."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import insert, update

from app.db import run
from app.patrols.models import PatrolRoute


def insert_route(values: Mapping[str, Any]) -> None:
    """A new route."""
    run(insert(PatrolRoute).values(dict(values)))


def retire_route(route_id: str, by_id: str, at: datetime) -> bool:
    """The route is walked no longer; False when it was retired before."""
    statement = update(PatrolRoute).where(PatrolRoute.id == route_id, PatrolRoute.retired_at.is_(None))
    return run(statement.values(retired_by_id=by_id, retired_at=at)).rowcount == 1
