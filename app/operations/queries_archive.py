"""What a month's archive holds: its checks and all that speaks of them, as the chain has sealed them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TypeVar

from sqlalchemy import TextClause, bindparam, select, text

from app.chain.models import ChainEntry, DisposalEnd, DisposalItem
from app.chain.queries_rows import ANSWERS, PHOTOS, RECEIPTS, dialect, disposed
from app.chain.rules_history import BUNDLE, history
from app.checks.models import Check
from app.db import AnyRow, rows
from app.operations.rules_archive import Month, Row, packed
from app.photos.models import Picture
from app.privacy.queries_retention import Items, held_checks, with_check

AT_ONCE = 500
T = TypeVar("T")


def checks_of(month: Month) -> list[str]:
    """Ids of all checks received in the month, in the order in which they came."""
    found = select(Check.id).where(Check.received_at >= month.first, Check.received_at < month.after)
    return [each.id for each in rows(found.order_by(Check.received_at, Check.id))]


def held_of(check_ids: Sequence[str]) -> set[str]:
    """Those that something open holds: they stay until it has ended."""
    return {each for part in parts(check_ids) for each in held_checks(part)}


def items_of(check_ids: Sequence[str]) -> Items:
    """(table, key) of the checks and of each record of its own that speaks of them."""
    return [(BUNDLE, each) for each in check_ids] + [each for part in parts(check_ids) for each in with_check(part)]


def entries_of(items: Items) -> list[AnyRow]:
    """(seq, kind, key, digest, link) of those that are sealed, in the order of the chain."""
    found: list[AnyRow] = []
    columns = (ChainEntry.seq, ChainEntry.kind, ChainEntry.key, ChainEntry.digest, ChainEntry.link)
    for kind, keys in _by_kind(items).items():
        for part in parts(keys):
            found += rows(select(*columns).where(ChainEntry.kind == kind, ChainEntry.key.in_(part)))
    return sorted(found, key=lambda each: int(each.seq))


def waiting_list(check_ids: Sequence[str]) -> str | None:
    """Number of an open list of disposal that names one of these checks."""
    over = select(DisposalEnd.disposal_id)
    for part in parts(check_ids):
        named = select(DisposalItem.disposal_id).where(DisposalItem.kind == BUNDLE, DisposalItem.key.in_(part))
        for each in rows(named.where(DisposalItem.disposal_id.not_in(over)).limit(1)):
            return str(each.disposal_id)
    return None


def links_at(seqs: Sequence[int]) -> dict[int, bytes]:
    """The links of these entries; absent where the chain has no such entry."""
    found = (rows(select(ChainEntry.seq, ChainEntry.link).where(ChainEntry.seq.in_(part))) for part in parts(seqs))
    return {each.seq: bytes(each.link) for part in found for each in part}


def rows_behind(items: Items) -> dict[tuple[str, str], list[Row]]:
    """The rows that each entry covers."""
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for kind, keys in _by_kind(items).items():
        kept = history()[kind]
        for part in parts(keys):
            for row in _rows(kind, kept.key[0], part):
                found[kind, str(row.values[kept.columns.index(kept.key[0])])].append(row)
            if kind == BUNDLE:
                _add_parts(found, part)
    return found


def disposed_of(photo_ids: Iterable[str]) -> dict[str, bytes]:
    """What stayed of photos that went before their check."""
    return disposed(PHOTOS, photo_ids)


def places_of(sha256s: Sequence[str]) -> dict[str, str]:
    """Where the bytes lie in the photo store."""
    found = (rows(select(Picture.sha256, Picture.place).where(Picture.sha256.in_(part))) for part in parts(sha256s))
    return {each.sha256: each.place for part in found for each in part}


def parts(listed: Sequence[T]) -> list[Sequence[T]]:
    return [listed[start : start + AT_ONCE] for start in range(0, len(listed), AT_ONCE)]


def _add_parts(found: dict[tuple[str, str], list[Row]], check_ids: Sequence[str]) -> None:
    for table, own in ((RECEIPTS, None), (ANSWERS, "step_id"), (PHOTOS, "id")):
        columns = history()[table].columns
        whose = columns.index("check_id")
        for row in _rows(table, "check_id", check_ids):
            part = str(row.values[columns.index(own)]) if own else ""
            if table != PHOTOS or row.values[columns.index("part")] != "retake":
                found[BUNDLE, str(row.values[whose])].append(Row(table, part, row.values))


def _rows(table: str, column: str, keys: Sequence[str]) -> list[Row]:
    kept, database = history()[table], dialect()
    asked = [int(key) for key in keys] if kept.counted else list(keys)
    return [Row(table, "", packed(kept, row, database)) for row in rows(_by(table, column), {"keys": asked})]


@lru_cache(maxsize=64)
def _by(table: str, column: str) -> TextClause:
    listed = ", ".join(f'"{name}"' for name in history()[table].columns)
    asked = f"SELECT {listed} FROM {table} WHERE {column} IN :keys ORDER BY 1"  # noqa: S608  names of the list
    return text(asked).bindparams(bindparam("keys", expanding=True))


def _by_kind(items: Items) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for kind, key in items:
        found[kind].append(key)
    return found
