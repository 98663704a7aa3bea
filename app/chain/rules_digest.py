"""Digests of records and the links of the chain: the same bytes whatever the database, so that anybody can count again.

A record is the JSON list of its values in the order of `history.json`, without the empty ones at its end; instants are
UTC text, JSON has sorted keys, bytes stand as their SHA-256.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import orjson

from app.chain.rules_history import Kept

START = b"\0" * 32
"""What the first link is counted from."""
GAP = "#gap"
"""The entry that says: what the chain knew was not in the database any more."""
Plain = Callable[[Any], Any]


def row_digest(kept: Kept, row: Sequence[Any], plain: Sequence[tuple[int, Plain]]) -> bytes:
    """SHA-256 of one row, its values in the order of the list; `plain` says which ones need which conversion."""
    values = list(row)
    for place, convert in plain:
        if values[place] is not None:
            values[place] = convert(values[place])
    while values and values[-1] == kept.blank.get(kept.columns[len(values) - 1]):
        values.pop()
    return hashlib.sha256(kept.name.encode() + b"\n" + orjson.dumps(values, option=orjson.OPT_SORT_KEYS)).digest()


def bundle_digest(parts: Iterable[tuple[str, str, bytes | None]]) -> bytes:
    """SHA-256 over the digests of the rows that one entry covers: (table, key, digest), sorted."""
    listed = sorted((table, key, digest.hex() if digest else "") for table, key, digest in parts)
    return hashlib.sha256(orjson.dumps(listed)).digest()


def next_link(link: bytes, seq: int, kind: str, key: str, digest: bytes) -> bytes:
    """The link of entry `seq`: it holds everything before it."""
    return hashlib.sha256(b"%b%d\n%b\n%b\n%b" % (link, seq, kind.encode(), key.encode(), digest)).digest()


def seal_of(secret: bytes, seq: int, first_seq: int, at: datetime, link: bytes) -> bytes:
    """HMAC-SHA256 over the head of a run: only who has the key outside the database can make it."""
    said = f"{first_seq} {seq} {at.astimezone(UTC).isoformat(timespec='microseconds')} ".encode() + link
    return hmac.digest(secret, said, "sha256")


def key_id(secret: bytes) -> str:
    """A name of the key that gives nothing of it away."""
    return hashlib.sha256(b"dabiao chain key\n" + secret).hexdigest()[:16]


def conversions(kept: Kept, dialect: str) -> list[tuple[int, Plain]]:
    """What a driver's values need to be the same everywhere."""
    made = _POSTGRES if dialect == "postgresql" else _SQLITE
    return [(place, made[kind]) for place, kind in enumerate(kept.kinds) if kind in made]


def _sha(value: bytes | memoryview) -> str:
    return hashlib.sha256(value).hexdigest()


def instant_text(value: datetime) -> str:
    """An instant as SQLite keeps it."""
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


_SQLITE: dict[str, Plain] = {"j": orjson.loads, "x": _sha}
_POSTGRES: dict[str, Plain] = {"x": _sha, "t": instant_text, "b": int}
