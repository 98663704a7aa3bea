"""Rows of history as the drivers give them, and their digests; a check's entry covers all that arrived with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import orjson
from sqlalchemy import TextClause, bindparam, text

from app.chain.rules_digest import Plain, bundle_digest, conversions, instant_text, row_digest
from app.chain.rules_history import BUNDLE, Kept, history
from app.db import db, rows

Parts = dict[str, list[tuple[str, str, bytes | None]]]
ANSWERS, PHOTOS, RECEIPTS = "answers", "photos", "receipts"


def dialect() -> str:
    """Which database this is."""
    return db.engine.dialect.name


def key_sql(kept: Kept) -> str:
    """The key of a row as one text; the plain column where that is text already, so that its index serves."""
    if len(kept.key) == 1 and not kept.counted:
        return kept.key[0]
    return " || '/' || ".join(f"CAST({column} AS TEXT)" for column in kept.key)


@dataclass(frozen=True, slots=True)
class Found:
    """A record that is there: its digest, when the server says it came (UTC text)."""

    digest: bytes
    received: str | None


def digests(kind: str, keys: Sequence[str]) -> dict[str, Found]:
    """Each record of this kind that is there, by its key."""
    kept = history()[kind]
    if kind == BUNDLE:
        return _bundles(keys)
    digest = _digester(kept)
    return {key: Found(digest(row), _received(kept, row)) for key, row in _found(kept, keys)}


def received_of(kept: Kept, key: str) -> str | None:
    """When the server says that this record came."""
    return next((_received(kept, row) for found, row in _found(kept, [key]) if found == key), None)


def _received(kept: Kept, row: Sequence[Any]) -> str | None:
    value = row[kept.columns.index(kept.received)] if kept.received else None
    return value if value is None or isinstance(value, str) else instant_text(value)


def photo_digests(check_ids: Sequence[str]) -> dict[str, dict[str, bytes]]:
    """By check the digests of its photo rows."""
    kept = history()[PHOTOS]
    out: dict[str, dict[str, bytes]] = defaultdict(dict)
    place, own, digest = kept.columns.index("check_id"), kept.columns.index("id"), _digester(kept)
    for row in rows(_by(PHOTOS, "check_id"), {"keys": list(check_ids)}):
        out[row[place]][row[own]] = digest(row)
    return out


def _bundles(keys: Sequence[str]) -> dict[str, Found]:
    checks, receipts, answers = history()[BUNDLE], history()[RECEIPTS], history()[ANSWERS]
    there, digest, of_answer = dict(_found(checks, keys)), _digester(checks), _digester(answers)
    parts: Parts = {key: [(BUNDLE, "", digest(row))] for key, row in there.items()}
    named = _named_photos(receipts, parts, keys)
    step = answers.columns.index("step_id")
    for row in rows(_by(ANSWERS, "check_id"), {"keys": list(keys)}):
        parts.setdefault(row[0], []).append((ANSWERS, row[step], of_answer(row)))
    if any(named.values()):
        _add_photos(parts, named)
    return {key: Found(bundle_digest(parts[key]), _received(checks, row)) for key, row in there.items()}


def _named_photos(receipts: Kept, parts: Parts, keys: Sequence[str]) -> dict[str, list[str]]:
    said, own, digest = receipts.columns.index("answer"), receipts.columns.index("check_id"), _digester(receipts)
    named = {}
    for row in rows(_by(RECEIPTS, "check_id"), {"keys": list(keys)}):
        answer = orjson.loads(row[said]) if isinstance(row[said], str) else row[said]
        parts.setdefault(row[own], []).append((RECEIPTS, "", digest(row)))
        named[row[own]] = [each["id"] for each in answer.get("photos", ())]
    return named


def _add_photos(parts: Parts, named: dict[str, list[str]]) -> None:
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


def strays() -> list[tuple[str, str]]:
    """Rows that belong to a check whose entry does not cover them: (table, key)."""
    named = (
        "(r.answer -> 'photos') @> jsonb_build_array(jsonb_build_object('id', p.id))"
        if dialect() == "postgresql"
        else "EXISTS (SELECT 1 FROM json_each(r.answer, '$.photos') j WHERE json_extract(j.value, '$.id') = p.id)"
    )
    photos = "SELECT p.id AS key FROM photos p JOIN receipts r ON r.check_id = p.check_id "
    photos += "WHERE p.part <> 'retake' AND NOT "
    found = [(PHOTOS, row.key) for row in rows(text(photos + named + " LIMIT 100"))]
    for table in (RECEIPTS, ANSWERS):
        orphans = f"SELECT DISTINCT check_id AS key FROM {table} t "  # noqa: S608  own names
        orphans += "WHERE NOT EXISTS (SELECT 1 FROM checks c WHERE c.id = t.check_id) LIMIT 100"
        found += [(table, row.key) for row in rows(text(orphans))]
    return found


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


def _digester(kept: Kept) -> Callable[[Sequence[Any]], bytes]:
    """The digest of one row after another; which database it is, is asked once."""
    plain = _plain(kept.name, dialect())
    return lambda row: row_digest(kept, row, plain)


@lru_cache(maxsize=256)
def _plain(table: str, name: str) -> list[tuple[int, Plain]]:
    return conversions(history()[table], name)
