"""Keys: made once and shown once, revoked for good, asked at each call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import insert, update

from app.accounts.actions_limits import draw
from app.accounts.rules_limits import Limit
from app.audit.actions import note
from app.data.models import ApiKey
from app.data.queries_keys import key_by_id, key_of_hash
from app.data.rules_keys import NO_KEY, Key, KeyNeeded, fresh, hash_of, hint_of, key_buckets, stranger_buckets
from app.db import atomically, run
from app.refusals import Conflict, NotFound, TooMany
from app.web.words import lazy

USED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class KeyWish:
    """What the administrator filled in; `id` comes with the form, so that it makes one key however often it is sent."""

    id: str
    name: str
    scopes: Sequence[str]
    units: Sequence[str]
    ends_on: date


def make_key(wish: KeyWish, by_id: str, now: datetime) -> str:
    """The key itself, which nobody sees again; raises Conflict when this form has made one already."""
    if key_by_id(wish.id) is not None:
        raise Conflict(lazy("This key was made already and shown once. If it was lost, revoke it and make another."))
    key = fresh()
    row: dict[str, Any] = {"id": wish.id, "name": wish.name, "scopes": list(wish.scopes), "units": list(wish.units)}
    row |= {"hash": hash_of(key), "hint": hint_of(key), "ends_on": wish.ends_on, "made_by_id": by_id, "made_at": now}
    run(insert(ApiKey).values(row))
    data = {
        "name": wish.name,
        "scopes": " ".join(wish.scopes),
        "units": " ".join(wish.units),
        "ends": str(wish.ends_on),
    }
    note("rights.key_made", by_id=by_id, about=wish.id, data=data)
    return key


def revoke_key(key_id: str, by_id: str, now: datetime) -> None:
    """From now on it counts no longer; a second time changes nothing."""
    key = key_by_id(key_id)
    if key is None:
        raise NotFound(lazy("There is no such key."))
    if key.revoked_at is not None:
        return
    run(update(ApiKey).where(ApiKey.id == key_id).values(revoked_at=now, revoked_by_id=by_id))
    note("rights.key_revoked", by_id=by_id, about=key_id, data={"name": key.name})


def admitted(given: str, address: str, what: str, now: datetime, today: date) -> Key:
    """The key that was sent, with one token taken; raises KeyNeeded or TooMany.

    A key that is not known and one that has ended go the same way, with the same statements.
    """
    key = key_of_hash(hash_of(given))
    if key is None or not key.counts(today):
        atomically(lambda: _draw(stranger_buckets(address), now))
        raise KeyNeeded(NO_KEY)
    atomically(lambda: _let_in(key, what, address, now, today))
    return key


def _let_in(key: Key, what: str, address: str, now: datetime, today: date) -> None:
    _draw(key_buckets(key.id), now)
    last = key.last_used_at
    if last is not None and last + USED_EVERY > now >= last:
        return
    run(update(ApiKey).where(ApiKey.id == key.id).values(last_used_at=now))
    if last is None or last.date() != now.date():
        data = {"name": key.name, "first": what, "day": str(today)}
        note("export.api", by_id=None, by_name=key.name, about=key.id, address=address, data=data)


def _draw(buckets: dict[str, Limit], now: datetime) -> None:
    try:
        draw(buckets, now)
    except TooMany as many:
        raise TooMany(lazy("Too many questions in a short time. Wait a little and go on where you were.")) from many
