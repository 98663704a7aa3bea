"""Rows of history as the drivers give them, and their digests; a check's entry covers all that arrived with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import orjson
from sqlalchemy import TextClause, bindparam, text

from app.chain.rules_digest import Plain, bundle_digest, conversions, row_digest
from app.chain.rules_history import BUNDLE, Kept, history
from app.db import db, rows

ANSWERS, PHOTOS, RECEIPTS = "answers", "photos", "receipts"


def dialect() -> str:
    """Which database this is."""
    return db.engine.dialect.name


def key_sql(kept: Kept) -> str:
    """The key of a row as one text; the plain column where that is text already, so that its index serves."""
    if len(kept.key) == 1 and not kept.counted:
        return kept.key[0]
    return " || '/' || ".join(f"CAST({column} AS TEXT)" for column in kept.key)


def digests(kind: str, keys: Sequence[str]) -> dict[str, bytes]:
    """The digest of each record of this kind that is there, by its key."""
    kept = history()[kind]
    if kind == BUNDLE:
        return _bundles(keys)
    found = _found(kept, keys)
    return {key: _digest(kept, row) for key, row in found}


def photo_digests(check_ids: Sequence[str]) -> dict[str, dict[str, bytes]]:
    """By check the digests of its photo rows."""
    kept = history()[PHOTOS]
    out: dict[str, dict[str, bytes]] = defaultdict(dict)
    place, own = kept.columns.index("check_id"), kept.columns.index("id")
    for row in rows(_by(PHOTOS, "check_id"), {"keys": list(check_ids)}):
        out[row[place]][row[own]] = _digest(kept, row)
    return out


def _bundles(keys: Sequence[str]) -> dict[str, bytes]:
    checks, receipts, answers = history()[BUNDLE], history()[RECEIPTS], history()[ANSWERS]
    parts: dict[str, list[tuple[str, str, bytes | None]]] = {
        key: [(BUNDLE, "", _digest(checks, row))] for key, row in _found(checks, keys)
    }
    named = _named_photos(receipts, parts, keys)
    step = answers.columns.index("step_id")
    for row in rows(_by(ANSWERS, "check_id"), {"keys": list(keys)}):
        parts.setdefault(row[0], []).append((ANSWERS, row[step], _digest(answers, row)))
    if any(named.values()):
        _add_photos(parts, named)
    there = {key for key, listed in parts.items() if listed[0][0] == BUNDLE}
    return {key: bundle_digest(listed) for key, listed in parts.items() if key in there}


def _named_photos(receipts: Kept, parts: dict[str, Any], keys: Sequence[str]) -> dict[str, list[str]]:
    said, own = receipts.columns.index("answer"), receipts.columns.index("check_id")
    named = {}
    for row in rows(_by(RECEIPTS, "check_id"), {"keys": list(keys)}):
        answer = orjson.loads(row[said]) if isinstance(row[said], str) else row[said]
        parts.setdefault(row[own], []).append((RECEIPTS, "", _digest(receipts, row)))
        named[row[own]] = [each["id"] for each in answer.get("photos", ())]
    return named


def _add_photos(parts: dict[str, Any], named: dict[str, list[str]]) -> None:
    """A photo that was disposed of is there by the digest that stayed of it."""
    there = photo_digests([key for key, photos in named.items() if photos])
    gone = [photo for key, photos in named.items() for photo in photos if photo not in there.get(key, {})]
    left = disposed(PHOTOS, gone)
    for key, photos in named.items():
        own = there.get(key, {})
        parts.setdefault(key, []).extend((PHOTOS, each, own.get(each) or left.get(each)) for each in photos)


def disposed(kind: str, keys: Iterable[str]) -> dict[str, bytes]:
    """What stayed of records that were disposed of, by two persons' word."""
    keys = list(keys)
    if not keys:
        return {}
    found = rows(_DISPOSED, {"kind": kind, "keys": keys})
    return {row.key: bytes.fromhex(row.digest) for row in found}


_DISPOSED = text(
    "SELECT i.key, i.digest FROM disposal_items i JOIN disposal_ends e ON e.disposal_id = i.disposal_id "
    "WHERE i.kind = :kind AND i.key IN :keys AND e.outcome = 'carried'"
).bindparams(bindparam("keys", expanding=True))


def _found(kept: Kept, keys: Sequence[str]) -> list[tuple[str, Sequence[Any]]]:
    """Rows by key; a counted table is asked by numbers, any other single key by itself."""
    asked: list[Any] = [int(key) for key in keys if key.isdigit()] if kept.counted else list(keys)
    if len(kept.key) == 1:
        place = kept.columns.index(kept.key[0])
        return [(str(row[place]), row) for row in rows(_by(kept.name, kept.key[0]), {"keys": asked})]
    places = [kept.columns.index(column) for column in kept.key]
    first = sorted({key.split("/")[0] for key in keys})
    near = rows(_by(kept.name, kept.key[0]), {"keys": first})
    wanted = set(keys)
    named = (("/".join(str(row[place]) for place in places), row) for row in near)
    return [(key, row) for key, row in named if key in wanted]


@lru_cache(maxsize=256)
def _by(table: str, column: str) -> TextClause:
    listed = ", ".join(f'"{name}"' for name in history()[table].columns)
    asked = f"SELECT {listed} FROM {table} WHERE {column} IN :keys"  # noqa: S608  names of the list, no input
    return text(asked).bindparams(bindparam("keys", expanding=True))


def _digest(kept: Kept, row: Sequence[Any]) -> bytes:
    return row_digest(kept, row, _plain(kept.name, dialect()))


@lru_cache(maxsize=256)
def _plain(table: str, name: str) -> list[tuple[int, Plain]]:
    return conversions(history()[table], name)
