"""Inserts of entries, seals, anchors and walks; the marks of how far the tables were looked through."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, cast

from sqlalchemy import Table, insert, text
from sqlalchemy.dialects import postgresql, sqlite

from app.chain.models import ChainAnchor, ChainEntry, ChainMark, ChainSeal, ChainVerification
from app.chain.rules_marks import Mark
from app.db import Prepared, db, run, write

MARKS = cast("Table", ChainMark.__table__)
_NEW_ENTRY = Prepared(insert(cast("Table", ChainEntry.__table__)), ("seq", "kind", "key", "digest", "link"))
ORDER = 7_203_114_920
"""The number under which PostgreSQL knows the lock of whoever seals."""


def take_turn() -> None:
    """One seals at a time; on SQLite the write lock of the transaction does that."""
    if db.engine.dialect.name == "postgresql":
        run(text("SELECT pg_advisory_xact_lock(:order)"), {"order": ORDER})


def insert_entries(entries: Sequence[Mapping[str, Any]]) -> None:
    write(_NEW_ENTRY, list(entries))


def insert_seal(seal: Mapping[str, Any]) -> None:
    run(insert(ChainSeal), seal)


def insert_anchor(day: date, seq: int, link: bytes, at: datetime) -> None:
    """The head of a day; the first of a day stays."""
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    new = dialect.insert(ChainAnchor).values(day=day, seq=seq, link=link, at=at)
    run(new.on_conflict_do_nothing(index_elements=["day"]))


def insert_verification(walk: Mapping[str, Any]) -> None:
    run(insert(ChainVerification), walk)


def keep_marks(marks: Mapping[str, Mark]) -> None:
    for name, mark in marks.items():
        _keep_mark(name, mark)


def _keep_mark(name: str, mark: Mark) -> None:
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    said = {"low": mark.low, "middle": mark.middle, "high": mark.high, "since": mark.since}
    run(dialect.insert(MARKS).values(name=name, **said).on_conflict_do_update(index_elements=["name"], set_=said))
