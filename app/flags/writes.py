"""Inserts of flags and their events, moves of their state, the watermark, and the index of likeness."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, insert, update
from sqlalchemy.dialects import postgresql, sqlite

from app.db import db, run
from app.flags.models import (
    Flag,
    FlagEvent,
    FlagLook,
    FlagMark,
    FlagState,
    FlagThreshold,
    LikePicture,
    LikePiece,
)
from app.flags.rules_hearing import WATERMARK, State

FLAGS, EVENTS, STATES, LOOKS, MARKS, THRESHOLDS, PIECES, PICTURES = (
    cast("Table", each.__table__)
    for each in (Flag, FlagEvent, FlagState, FlagLook, FlagMark, FlagThreshold, LikePiece, LikePicture)
)
AT_ONCE = 400


def insert_flags(flags: Sequence[Mapping[str, Any]]) -> None:
    """Those not there yet, each open."""
    _new(FLAGS, flags)
    _new(STATES, [{"flag_id": each["id"], "state": State.OPEN.value} for each in flags])


def insert_looks(looks: Sequence[Mapping[str, Any]]) -> None:
    """These records have been looked at."""
    _new(LOOKS, looks)


def insert_event(values: Mapping[str, Any]) -> None:
    """What was said or judged."""
    run(insert(EVENTS).values(dict(values)))


def move_state(flag_id: str, was: State, to: State) -> bool:
    """From one state to another; False when somebody else was faster."""
    mine = update(STATES).where(STATES.c.flag_id == flag_id, STATES.c.state == was.value)
    return run(mine.values(state=to.value)).rowcount == 1


def insert_threshold(values: Mapping[str, Any]) -> None:
    """A limit moved."""
    run(insert(THRESHOLDS).values(dict(values)))


def set_mark(at: datetime, name: str = WATERMARK) -> None:
    """Everything received before has been looked at."""
    if run(update(MARKS).where(MARKS.c.name == name).values(at=at)).rowcount == 0:
        run(insert(MARKS).values(name=name, at=at))


def keep_pieces(pieces: Sequence[Mapping[str, int]], pictures: Iterable[tuple[int, str]]) -> None:
    """Pictures into the index of likeness."""
    _new(PIECES, pieces)
    _new(PICTURES, [{"phash": bits, "sha256": sha256} for bits, sha256 in pictures])


def _new(table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Rows whose key is not there yet: the job may look twice and adds nothing."""
    dialect = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    for first in range(0, len(rows), AT_ONCE):
        part = [dict(row) for row in rows[first : first + AT_ONCE]]
        run(dialect.insert(table).on_conflict_do_nothing(), part)
