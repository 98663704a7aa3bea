"""Sealing: new rows of history become entries of the chain, within a minute and beside the requests that made them.

Rows are found and digested by reading only; the transaction that writes is short and takes the turn first.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import orjson

from app.chain import store, writes
from app.chain.queries import NOWHERE, Unsealed, link_at, marks, positioned, sealed_among, tail, unsealed
from app.chain.queries_rows import digests
from app.chain.rules_digest import GAP, key_id, next_link, seal_of
from app.chain.rules_history import Kept, history
from app.chain.rules_marks import WHOLE_LOOK, Mark, advanced
from app.db import atomically

AT_ONCE = 500


@dataclass
class _Look:
    """One way through the tables; `since` is where each is read on from."""

    now: datetime
    whole: bool
    before: dict[str, Mark]
    since: dict[str, int] = field(default_factory=dict)
    reached: dict[str, int] = field(default_factory=dict)
    looked: set[str] = field(default_factory=set)


def seal(folder: Path, now: datetime, *, whole: bool = False) -> int:
    """Seal what has no entry yet, each batch in a transaction of its own; gives back how many records were sealed.

    `whole` reads every table from its start: at the first time, and once a day for what came by unusual ways.
    """
    look = _Look(now, whole, marks())
    sealed = _note_gap(folder, now)
    for kept in history().values():
        if kept.stands_alone and _wanted(kept, look):
            sealed += _table(kept, look, folder)
    _keep_marks(look)
    return sealed


def _wanted(kept: Kept, look: _Look) -> bool:
    mark = look.before.get(kept.name)
    look.since[kept.name] = NOWHERE if look.whole or mark is None else mark.low
    return positioned(kept) or look.whole or mark is None or look.now - mark.since >= WHOLE_LOOK


def _table(kept: Kept, look: _Look, folder: Path) -> int:
    sealed = 0
    look.looked.add(kept.name)
    while found := unsealed(kept, look.since[kept.name], AT_ONCE):
        _write(found, folder, look.now)
        sealed += len(found)
        look.reached[kept.name] = max(each.position for each in found)
        look.since[kept.name] = look.reached[kept.name] if positioned(kept) else NOWHERE
        if len(found) < AT_ONCE:
            break
    return sealed


def _write(found: Sequence[Unsealed], folder: Path, now: datetime) -> None:
    kind = found[0].kind
    there = digests(kind, [each.key for each in found])
    records = [(kind, each.key, there[each.key].digest) for each in found if each.key in there]
    if records:
        _append(records, folder, now)


def _append(records: Sequence[tuple[str, str, bytes]], folder: Path, now: datetime) -> None:
    secret = store.secret(folder)
    seq, link = atomically(lambda: _chained(records, secret, now))
    store.keep_head(folder, seq, link)


def _chained(records: Sequence[tuple[str, str, bytes]], secret: bytes, now: datetime) -> tuple[int, bytes]:
    writes.take_turn()
    seq, link = tail()
    # Another run may have been quicker with these between the look and the turn.
    there = sealed_among(records[0][0], [key for _, key, _ in records])
    first, entries = seq + 1, []
    for kind, key, digest in records:
        if key in there:
            continue
        seq += 1
        link = next_link(link, seq, kind, key, digest)
        entries.append({"seq": seq, "kind": kind, "key": key, "digest": digest, "link": link})
    if not entries:
        return seq, link
    writes.insert_entries(entries)
    mac = seal_of(secret, seq, first, now, link)
    row = {"seq": seq, "first_seq": first, "at": now, "link": link, "key_id": key_id(secret), "mac": mac}
    writes.insert_seal(row)
    return seq, link


def _note_gap(folder: Path, now: datetime) -> int:
    """An older copy of the database was put back: the chain says so itself, for ever."""
    known = store.head(folder)
    if known is None or link_at(known[0]) == known[1]:
        return 0
    seq, link = tail()
    said = orjson.dumps({"known": known[0], "head": known[1].hex(), "found": seq, "link": link.hex()})
    _append([(GAP, f"{known[0]}/{seq}/{now:%Y%m%dT%H%M%S%f}", hashlib.sha256(said).digest())], folder, now)
    return 1


def _keep_marks(look: _Look) -> None:
    changed = {}
    for name in look.looked:
        before = look.before.get(name)
        after = _mark(name, before, look)
        if before is None or (after != before and (after.high > before.low or not positioned(history()[name]))):
            changed[name] = after
    if changed:
        atomically(lambda: writes.keep_marks(changed))


def _mark(name: str, before: Mark | None, look: _Look) -> Mark:
    if not positioned(history()[name]):
        return Mark(0, 0, 0, look.now)
    before = before or Mark(0, 0, 0, look.now)
    return advanced(before, look.reached.get(name, before.high), look.now)
