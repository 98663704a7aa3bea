"""Writes of files of a period; each that a maker does holds only while the file is still its own."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, update

from app.data.models import DataExport, DataExportPart, left
from app.data.rules_exports import TAKEN, State
from app.db import run


def add(values: dict[str, Any]) -> None:
    run(insert(DataExport).values(values))


def take(export_id: str, maker: str, now: datetime) -> bool:
    """Mine for a while; False when somebody else was quicker. What an earlier maker had written goes."""
    mine = {"state": State.RUNNING.value, "taken_by": maker, "taken_until": now + TAKEN, "rows_done": 0}
    statement = update(DataExport).where(DataExport.id == export_id, left(now))
    if not run(statement.values(mine | {"tries": DataExport.tries + 1})).rowcount:
        return False
    run(delete(DataExportPart).where(DataExportPart.export_id == export_id))
    return True


def went_on(export_id: str, maker: str, rows: int, now: datetime) -> bool:
    """So many rows are written; False when the file is no longer this maker's."""
    return _by_maker(export_id, maker, rows_done=rows, taken_until=now + TAKEN)


def add_part(export_id: str, maker: str, position: int, body: bytes, now: datetime) -> bool:
    """One piece of the file; False when it is no longer this maker's."""
    if not _by_maker(export_id, maker, taken_until=now + TAKEN):
        return False
    run(insert(DataExportPart).values(export_id=export_id, position=position, body=body))
    return True


def end(export_id: str, maker: str, size: int, rows: int, now: datetime) -> bool:
    """The file is whole."""
    done = {"rows_done": rows, "rows_whole": rows, "bytes": size, "ended_at": now}
    return _by_maker(export_id, maker, state=State.READY.value, **done)


def fail(export_id: str, maker: str, fault: str, now: datetime) -> None:
    """No file, and nothing of one."""
    if _by_maker(export_id, maker, state=State.FAILED.value, fault=fault, ended_at=now):
        run(delete(DataExportPart).where(DataExportPart.export_id == export_id))


def remove(export_id: str) -> None:
    run(delete(DataExportPart).where(DataExportPart.export_id == export_id))
    run(delete(DataExport).where(DataExport.id == export_id))


def _by_maker(export_id: str, maker: str, **values: Any) -> bool:
    mine = update(DataExport).where(
        DataExport.id == export_id, DataExport.taken_by == maker, DataExport.state == State.RUNNING.value
    )
    return run(mine.values(values)).rowcount == 1
