"""The chain itself: its end, its entries and seals in order, and which rows have no entry yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import TextClause, func, select, text

from app.chain.models import ChainAnchor, ChainEntry, ChainMark, ChainSeal, ChainVerification
from app.chain.queries_rows import PHOTOS, dialect, key_sql
from app.chain.rules_digest import START
from app.chain.rules_history import Kept, history
from app.chain.rules_marks import Mark
from app.db import AnyRow, row, rows, scalar

NOWHERE = -(2**62)


@dataclass(frozen=True)
class Unsealed:
    """A row without an entry: where it stands in its table, and its key."""

    kind: str
    key: str
    position: int


def tail() -> tuple[int, bytes]:
    """Number and link of the last entry; of an empty chain the start."""
    found = row(select(ChainEntry.seq, ChainEntry.link).order_by(ChainEntry.seq.desc()).limit(1))
    return (found.seq, bytes(found.link)) if found else (0, START)


def link_at(seq: int) -> bytes | None:
    found = scalar(select(ChainEntry.link).where(ChainEntry.seq == seq))
    return bytes(found) if found is not None else None


def entries_after(seq: int, upto: int, limit: int) -> Sequence[AnyRow]:
    """(seq, kind, key, digest, link) in order."""
    return rows(_ENTRIES, {"after": seq, "upto": upto, "most": limit})


_ENTRIES = text(
    "SELECT seq, kind, key, digest, link FROM chain_entries "
    "WHERE seq > :after AND seq <= :upto ORDER BY seq LIMIT :most"
)


def entry_of(kind: str, key: str) -> AnyRow | None:
    """(seq, digest, link) of a record's entry."""
    found = select(ChainEntry.seq, ChainEntry.digest, ChainEntry.link)
    return row(found.where(ChainEntry.kind == kind, ChainEntry.key == key))


def sealed_among(kind: str, keys: Sequence[str]) -> frozenset[str]:
    """Those of these records of one kind that have an entry."""
    there = select(ChainEntry.key).where(ChainEntry.kind == kind, ChainEntry.key.in_(keys))
    return frozenset(each.key for each in rows(there))


def sealed_at(seq: int) -> datetime | None:
    """When the entry was sealed."""
    over = select(ChainSeal.at).where(ChainSeal.seq >= seq).order_by(ChainSeal.seq).limit(1)
    found: datetime | None = scalar(over)
    return found


def seals(first: int = 0, last: int = 2**62) -> Sequence[AnyRow]:
    """Every seal of entries in this range, in order."""
    columns = (ChainSeal.seq, ChainSeal.first_seq, ChainSeal.at, ChainSeal.link, ChainSeal.key_id, ChainSeal.mac)
    return rows(select(*columns).where(ChainSeal.seq >= first, ChainSeal.first_seq <= last).order_by(ChainSeal.seq))


def last_seal() -> AnyRow | None:
    columns = (ChainSeal.seq, ChainSeal.at, ChainSeal.link)
    return row(select(*columns).order_by(ChainSeal.seq.desc()).limit(1))


def range_between(since: datetime | None, until: datetime | None) -> tuple[int, int]:
    """First and last number of the entries sealed in this time."""
    wanted = select(func.min(ChainSeal.first_seq), func.max(ChainSeal.seq))
    if since:
        wanted = wanted.where(ChainSeal.at >= since)
    if until:
        wanted = wanted.where(ChainSeal.at < until)
    found = row(wanted)
    return (found[0] or 1, found[1] or 0) if found else (1, 0)


def anchors(limit: int = 30) -> Sequence[AnyRow]:
    """Newest first: (day, seq, link, at)."""
    columns = (ChainAnchor.day, ChainAnchor.seq, ChainAnchor.link, ChainAnchor.at)
    return rows(select(*columns).order_by(ChainAnchor.day.desc()).limit(limit))


def anchor_of(day: date) -> AnyRow | None:
    return row(select(ChainAnchor.seq, ChainAnchor.link, ChainAnchor.at).where(ChainAnchor.day == day))


def verifications(limit: int = 10) -> Sequence[AnyRow]:
    """Newest first."""
    newest = select(*ChainVerification.__table__.columns).order_by(ChainVerification.at.desc())
    return rows(newest.limit(limit))


def marks() -> dict[str, Mark]:
    columns = (ChainMark.name, ChainMark.low, ChainMark.middle, ChainMark.high, ChainMark.since)
    return {each.name: Mark(each.low, each.middle, each.high, each.since) for each in rows(select(*columns))}


def counted(table: str) -> int:
    """How many rows a table has."""
    return int(scalar(text(f"SELECT count(*) FROM {table}")) or 0)  # noqa: S608  a name of the list


def positioned(kept: Kept) -> bool:
    """Whether new rows of this table can be found without reading all of it."""
    return dialect() == "sqlite" or kept.counted or (kept.received is not None and kept.name != PHOTOS)


def unsealed(kept: Kept, low: int, limit: int) -> list[Unsealed]:
    """Rows from `low` on that have no entry, in the order in which they came."""
    found = rows(_unsealed(kept.name, dialect()), {"kind": kept.name, "low": low, "most": limit})
    return [Unsealed(kept.name, str(each.key), int(each.position)) for each in found]


@lru_cache(maxsize=256)
def _unsealed(name: str, database: str) -> TextClause:
    kept = history()[name]
    position, since = _position(kept, database)
    key = key_sql(kept)
    alone = ""
    if name == PHOTOS:
        alone = "AND (part = 'retake' OR NOT EXISTS (SELECT 1 FROM receipts r WHERE r.check_id = photos.check_id)) "
    return text(
        f"SELECT {position} AS position, {key} AS key FROM {name} WHERE {since} {alone}"  # noqa: S608  own names
        f"AND NOT EXISTS (SELECT 1 FROM chain_entries e WHERE e.kind = :kind AND e.key = {_of(key, kept)}) "
        f"ORDER BY 1 LIMIT :most"
    )


def _of(key: str, kept: Kept) -> str:
    """The key with the table's name before each column: the entries have columns of the same names."""
    if key == kept.key[0]:
        return f"{kept.name}.{key}"
    return " || '/' || ".join(f"CAST({kept.name}.{column} AS TEXT)" for column in kept.key)


def _position(kept: Kept, database: str) -> tuple[str, str]:
    """Where a row stands, and which rows may be new."""
    if database == "sqlite":
        return "rowid", "rowid >= :low"
    if kept.counted:
        return "id", "id >= :low"
    if kept.received and kept.name != PHOTOS:
        micros = f"(extract(epoch FROM {kept.received}) * 1000000)::bigint"
        instant = "TIMESTAMPTZ 'epoch' + greatest(CAST(:low AS bigint), 0) * INTERVAL '1 microsecond'"
        return micros, f"{kept.received} >= {instant}"
    return "0", "CAST(:low AS bigint) <= 0"
