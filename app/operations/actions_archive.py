"""Closed months into files, and the proposal to remove what a file holds: two persons decide, as on any disposal."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app import clock
from app.audit.actions import note
from app.chain.actions_disposal import propose
from app.chain.rules_digest import START
from app.chain.rules_history import BUNDLE, history
from app.operations import queries_archive as queries
from app.operations.archives import Archive, Writing
from app.operations.rules_archive import Month, Row, named_values
from app.photos.store_protocol import PhotoStore
from app.refusals import Conflict, Unavailable
from app.web.words import _, lazy

A_LIST = 10_000
"""Checks of one proposal: the second yes removes them within seconds."""


@dataclass(frozen=True)
class Made:
    """What a file got: checks in it, checks that stay because something holds them, photos that cannot be read."""

    checks: int
    held: int
    missing: list[str]


def fill(file: Writing, month: Month, store: PhotoStore, secret: bytes) -> Made:
    """All sealed checks of the month and what speaks of them. Raises Conflict while some are not sealed yet."""
    all_ids = queries.checks_of(month)
    held = queries.held_of(all_ids)
    ids = [each for each in all_ids if each not in held]
    missing: list[str] = []
    for part in queries.parts(ids):
        items = queries.items_of(part)
        entries = queries.entries_of(items)
        if len(entries) != len(items):
            raise Conflict(lazy("Some records of this month are not sealed yet: run dabiao seal first."))
        before, behind = queries.links_at([each.seq - 1 for each in entries]), queries.rows_behind(items)
        for entry in entries:
            rows = behind[entry.kind, entry.key]
            file.entry(entry, before.get(entry.seq - 1, START), rows, _gone(entry.kind, rows))
        missing += _photos(file, [row for rows in behind.values() for row in rows], store)
    file.finish(
        {"month": month.name, "made_at": clock.now().isoformat(), "checks": len(ids), "missing": missing}, secret
    )
    return Made(len(ids), len(held), missing)


def unknown_here(archive: Archive) -> list[int]:
    """Entries of the file that this site's chain does not have, or has otherwise."""
    own = archive.links()
    here = queries.links_at(list(own))
    return [seq for seq, link in own.items() if here.get(seq) != link]


def propose_removal(archive: Archive, file: Path, sha256: str, now: datetime) -> list[str]:
    """Lists for two persons, of exactly what the file holds; their numbers.

    Raises Conflict when the file does not fit this site, or a list that waits names its records already; Invalid when
    nothing of it is here any more.
    """
    if unknown_here(archive):
        raise Conflict(lazy("This archive is not of this site: its entries are not in the chain."))
    ids = [key for kind, key in archive.items() if kind == BUNDLE]
    if waiting := queries.waiting_list(ids):
        sentence = lazy("List %(number)s names these records already: decide it or put it aside first.", number=waiting)
        raise Conflict(sentence)
    inside, numbers = set(archive.items()), []
    for start in range(0, len(ids), A_LIST):
        items = queries.items_of(ids[start : start + A_LIST])
        if not inside.issuperset(items):
            raise Conflict(lazy("Something was added to these records since: make the archive anew."))
        words = {"month": archive.about["month"], "file": file.name, "sha": sha256}
        reason = _("archived: %(month)s, file %(file)s, SHA-256 %(sha)s", **words)
        number = propose(items, reason=reason, by_id=None, now=now)
        note("disposal.proposed", by_id=None, about=number, data={"kind": "archive", "records": len(items), **words})
        numbers.append(number)
    return numbers


def sha256_of(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _gone(kind: str, rows: list[Row]) -> dict[str, bytes]:
    """Photos that the receipt names and that were disposed of before their check."""
    if kind != BUNDLE:
        return {}
    receipt = next(named_values(row.table, row.values) for row in rows if row.table == "receipts")
    named = {each["id"] for each in receipt["answer"].get("photos", ())}
    return queries.disposed_of(named - {row.part for row in rows if row.table == "photos"})


def _photos(file: Writing, rows: list[Row], store: PhotoStore) -> list[str]:
    """Write the bytes of all photo rows; gives back the hashes of those that cannot be read."""
    columns = history()["photos"].columns
    wanted = {
        row.values[columns.index("sha256")]: row.values[columns.index("media_type")]
        for row in rows if row.table == "photos"
    }  # fmt: skip
    places, missing = queries.places_of(list(wanted)), []
    for sha256, media_type in wanted.items():
        try:
            _kept, body = store.read(places[sha256])
        except (KeyError, ValueError, Unavailable):
            missing.append(sha256)
            continue
        file.photo(sha256, media_type, body)
    return missing
