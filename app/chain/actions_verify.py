"""Verification: walks the chain from its start, counts every digest again and names what does not fit, first first."""

from __future__ import annotations

import time
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from app.chain import store
from app.chain.queries import (
    NOWHERE,
    entries_after,
    last_seal,
    link_at,
    marks,
    positioned,
    range_between,
    seals,
    tail,
    unsealed,
)  # fmt: skip
from app.chain.queries_rows import digests, disposed, received_of, strays
from app.chain.rules_digest import GAP, START, instant_text, key_id, next_link, seal_of
from app.chain.rules_faults import LATE, Fault, Kind, Outcome
from app.chain.rules_history import history
from app.db import AnyRow

AT_ONCE = 1000
KEEP = 20


@dataclass
class _Walk:
    """Where the walk is and what it found."""

    secret: bytes | None
    seals: Sequence[AnyRow]
    ends: list[int] = field(default_factory=list)
    limits: list[str | None] = field(default_factory=list)
    link: bytes = START
    seq: int = 0
    entries: int = 0
    disposed: int = 0
    without_key: int = 0
    faults: list[Fault] = field(default_factory=list)
    links: dict[int, bytes] = field(default_factory=dict)

    def fault(self, kind: Kind, seq: int, table: str = "", key: str = "") -> None:
        self.faults.append(Fault(kind, seq, table, key))


def verify(folder: Path, *, since: datetime | None = None, until: datetime | None = None) -> Outcome:
    """Walk the whole chain, or the entries sealed between two instants; reads only.

    A record that waits for its first sealing is no fault; one that should have been sealed long ago is.
    """
    began = time.perf_counter()
    whole = since is None and until is None
    first, last = (1, tail()[0]) if whole else range_between(since, until)
    walk = _Walk(store.present_secret(folder), seals(first, last))
    walk.ends, walk.limits = [each.seq for each in walk.seals], _limits(walk.seals)
    walk.seq = first - 1
    walk.link = START if first <= 1 else link_at(first - 1) or START
    while batch := entries_after(walk.seq, last, AT_ONCE):
        _entries(walk, batch)
    _seals(walk)
    if whole:
        _ends(walk, folder)
        _unsealed(walk)
    order = sorted(walk.faults, key=lambda fault: (fault.seq or 2**62, fault.table, fault.key))
    seconds = time.perf_counter() - began
    return Outcome(
        walk.entries, seconds, tuple(order[:KEEP]), len(order), walk.without_key, walk.link.hex(), walk.disposed
    )


def _entries(walk: _Walk, batch: Sequence[AnyRow]) -> None:
    wanted: dict[str, list[tuple[int, str, bytes]]] = defaultdict(list)
    ends = set(walk.ends)
    for seq, kind, key, digest, link in batch:
        if seq != walk.seq + 1:
            walk.fault(Kind.ENTRY, walk.seq + 1)
        own = next_link(walk.link, seq, kind, key, bytes(digest))
        if own != bytes(link):
            walk.fault(Kind.LINK, seq, kind, key)
        walk.seq, walk.link = seq, bytes(link)
        if seq in ends:
            walk.links[seq] = walk.link
        if kind == GAP:
            walk.fault(Kind.GAP, seq)
        else:
            wanted[kind].append((seq, key, bytes(digest)))
    walk.entries += len(batch)
    for kind, listed in wanted.items():
        _records(walk, kind, listed)


def _records(walk: _Walk, kind: str, listed: Sequence[tuple[int, str, bytes]]) -> None:
    if kind not in history():
        for seq, key, _ in listed:
            walk.fault(Kind.LINK, seq, kind, key)
        return
    there = digests(kind, [key for _, key, _ in listed])
    gone = disposed(kind, [key for _, key, _ in listed if key not in there])
    for seq, key, digest in listed:
        found = there.get(key)
        if found is None:
            walk.disposed += key in gone
            if gone.get(key) != digest:
                walk.fault(Kind.MISSING, seq, kind, key)
        elif found.digest != digest:
            walk.fault(Kind.CHANGED, seq, kind, key)
        elif found.received and _too_late(walk, seq, found.received):
            walk.fault(Kind.BACKDATED, seq, kind, key)


def _too_late(walk: _Walk, seq: int, received: str) -> bool:
    """Whether the chain had been sealed well after this record says it came, and without it."""
    place = bisect_left(walk.ends, seq)
    limit = walk.limits[place] if place < len(walk.limits) else None
    return limit is not None and received < limit


def _limits(walk_seals: Sequence[AnyRow]) -> list[str | None]:
    """For each seal, before which time nothing new may have come: well before the run that was before its own."""
    limits: list[str | None] = []
    before = None
    for nth, seal in enumerate(walk_seals):
        if nth and walk_seals[nth - 1].at < seal.at:
            before = instant_text(walk_seals[nth - 1].at - LATE)
        limits.append(before)
    return limits


def _seals(walk: _Walk) -> None:
    """Every entry stands under a seal that fits; the seals follow one another without a hole."""
    own = key_id(walk.secret) if walk.secret else ""
    before = walk.seals[0].first_seq - 1 if walk.seals else 0
    for seal in walk.seals:
        if seal.first_seq != before + 1 or walk.links.get(seal.seq) != bytes(seal.link):
            walk.fault(Kind.SEAL, seal.first_seq)
        elif seal.key_id != own:
            walk.without_key += seal.seq - seal.first_seq + 1
        elif seal_of(walk.secret or b"", seal.seq, seal.first_seq, seal.at, bytes(seal.link)) != bytes(seal.mac):
            walk.fault(Kind.SEAL, seal.first_seq)
        before = seal.seq
    if walk.entries and walk.seq > before:
        walk.fault(Kind.SEAL, before + 1)


def _ends(walk: _Walk, folder: Path) -> None:
    if walk.seals and walk.seals[0].first_seq != 1:
        walk.fault(Kind.ENTRY, 1)
    known = store.head(folder)
    if known is not None and link_at(known[0]) != known[1]:
        walk.fault(Kind.TAIL, walk.seq + 1)
    last = last_seal()
    if last is not None and last.seq > walk.seq:
        walk.fault(Kind.TAIL, walk.seq + 1)


def _unsealed(walk: _Walk) -> None:
    """Rows that no entry covers: those that just came wait for the timer, the others came in past the program."""
    last, looked = last_seal(), marks()
    if last is None:
        return
    limit = instant_text(last.at - LATE)
    for kept in history().values():
        for each in unsealed(kept, NOWHERE, KEEP * 5) if kept.stands_alone else ():
            mark = looked.get(kept.name)
            received = received_of(kept, each.key) if kept.received else None
            if (received and received < limit) or (mark and positioned(kept) and each.position <= mark.low):
                walk.fault(Kind.UNSEALED, 0, kept.name, each.key)
    for table, key in strays():
        walk.fault(Kind.UNSEALED, 0, table, key)
