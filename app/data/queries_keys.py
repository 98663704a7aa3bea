"""Reads of keys: one by its hash, and the list of the administrator."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from app import db
from app.data.models import ApiKey
from app.data.rules_keys import Key

_COLUMNS = (
    ApiKey.id, ApiKey.name, ApiKey.hint, ApiKey.scopes, ApiKey.units, ApiKey.ends_on, ApiKey.made_at, ApiKey.made_by_id,
    ApiKey.revoked_at, ApiKey.last_used_at,
)  # fmt: skip


def key_of_hash(digest: str) -> Key | None:
    """One query, the same for a key that is there and one that is not."""
    return _key(db.row(select(*_COLUMNS).where(ApiKey.hash == digest)))


def key_by_id(key_id: str) -> Key | None:
    """One key."""
    return _key(db.row(select(*_COLUMNS).where(ApiKey.id == key_id)))


def keys() -> list[Key]:
    """All keys, the newest first."""
    found = db.rows(select(*_COLUMNS).order_by(ApiKey.made_at.desc(), ApiKey.id))
    return [key for row in found if (key := _key(row)) is not None]


def _key(row: Any) -> Key | None:
    if row is None:
        return None
    values = list(row)
    values[3], values[4] = frozenset(values[3]), tuple(values[4])
    return Key(*values)
