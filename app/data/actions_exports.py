"""Files of a period: asked for with a purpose, made in the background, kept for a day."""

from __future__ import annotations

import logging
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from app import clock
from app.accounts.queries import person_by_id
from app.audit.actions import note
from app.audit.actions_exports import mark
from app.data import writes_exports as writes
from app.data.queries import count_of, page_of, reach_of
from app.data.queries_exports import export_by_id, next_left, open_exports, outlived
from app.data.rules_exports import (
    MOST_OPEN,
    MOST_TRIES,
    ROWS_A_TURN,
    Export,
    State,
    meanings,
    query_of,
    refuse_too_many,
)
from app.data.rules_schema import as_cells
from app.data.rules_sets import SETS
from app.data.rules_wanted import Reach, Wanted
from app.data.store import KINDS, Head, TableFile, pieces, scratch
from app.db import atomically
from app.refusals import Conflict, StorageFull, Unavailable
from app.web.current import CurrentPerson
from app.web.languages import speaking
from app.web.words import _, lazy

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class FileWish:
    """What somebody asks for; `id` comes with the form, so that one form makes one file. `purpose` is in words."""

    id: str
    what: str
    form: str
    wanted: Wanted
    purpose: str
    locale: str
    address: str


@dataclass(frozen=True)
class Workshop:
    """Where scratch files lie, and the zone of the site."""

    folder: Path
    zone: ZoneInfo

    @classmethod
    def of(cls, settings: Any) -> Workshop:
        return cls(settings.instance / "exports", settings.zone)


class _Taken(Exception):
    """Somebody else makes this file now, or nobody wants it any more."""


def order(wish: FileWish, who: CurrentPerson, zone: ZoneInfo) -> None:
    """Note it in the audit log and queue it; a form sent twice is one. Raises Conflict while too many wait."""
    if export_by_id(wish.id) is not None:
        return
    if open_exports(who.id) >= MOST_OPEN:
        raise Conflict(lazy("%(n)d files of yours are still being made. Wait for one of them.", n=MOST_OPEN))
    whole = count_of(wish.what, wish.wanted, reach_of(who, wish.wanted, zone))
    refuse_too_many(whole)
    data = {"what": wish.what, "purpose": wish.purpose, "rows": whole, **query_of(wish.wanted)}
    number = note("export.file", by_id=who.id, about=f"data {wish.what}", address=wish.address, data=data)
    marked = mark(number, who.name, who.id, wish.purpose, zone)
    row = {"id": wish.id, "number": number, "what": wish.what, "form": wish.form, "query": query_of(wish.wanted)}
    row |= {"mark": marked[:400], "locale": wish.locale, "by_id": who.id, "at": clock.now()}
    writes.add(row | {"state": State.WAITING.value, "rows_whole": whole})


def make_waiting(workshop: Workshop) -> int:
    """Make what waits, the oldest first, and forget what has had its day; gives back how many were made."""
    made, now = 0, clock.now()
    while export_id := next_left(now):
        made += make(export_id, workshop)
    for export_id in outlived(now):
        atomically(lambda: writes.remove(export_id))  # noqa: B023
    return made


def make_due(host: Any) -> int:
    """The job of the timer."""
    return make_waiting(Workshop.of(host.extensions["settings"]))


def make(export_id: str, workshop: Workshop) -> bool:
    """Make one file; False when somebody else does or it failed, which its row then says."""
    maker, now = uuid.uuid4().hex, clock.now()
    if not atomically(lambda: writes.take(export_id, maker, now)):
        return False
    export = export_by_id(export_id)
    fault = _try(export, maker, workshop) if export else ""
    if fault:
        atomically(lambda: writes.fail(export_id, maker, fault, clock.now()))
    return not fault


def _try(export: Export, maker: str, workshop: Workshop) -> str:
    """The fault, "" when all went well or somebody else makes it."""
    who = person_by_id(export.by_id)
    if who is None or export.tries > MOST_TRIES:
        return "tries" if who else "gone"
    fault = ""
    try:
        with scratch(workshop.folder, clock.now()) as place, speaking(export.locale):
            _write(export, maker, place / export.name, reach_of(who, export.wanted, workshop.zone))
    except _Taken:
        log.info("export %s was taken away", export.id)
    except StorageFull:
        fault = "full"
    except Unavailable as why:
        # SQLite says it in words: the disk that is full may be that of the database.
        fault = "full" if "full" in str(why.__cause__) else "busy"
    except Exception:
        log.exception("export %s failed", export.id)
        fault = "server"
    return fault


def _write(export: Export, maker: str, path: Path, reach: Reach) -> None:
    dataset = SETS[export.what]
    titles = [str(each.title) for each in dataset.fields]
    meant = [_("What the columns mean"), meanings(dataset)]
    file = KINDS[export.form](path, Head(str(dataset.title), titles, export.mark, clock.now(), *meant))
    try:
        rows = _fill(export, maker, file, reach)
        file.close()
    except BaseException:
        file.abandon()
        raise
    size = 0
    for position, piece in enumerate(pieces(path)):
        size += len(piece)
        _held(atomically(lambda: writes.add_part(export.id, maker, position, piece, clock.now())))  # noqa: B023
    _held(atomically(lambda: writes.end(export.id, maker, size, rows, clock.now())))


def _fill(export: Export, maker: str, file: TableFile, reach: Reach) -> int:
    """How many rows there were; after each turn the list can show how far it is."""
    dataset, rows, after = SETS[export.what], 0, None
    while True:
        page = page_of(export.what, export.wanted, reach, after, ROWS_A_TURN)
        for row in page.rows:
            file.add(as_cells(dataset, row, reach.zone))
        rows, after = rows + len(page.rows), page.after
        _held(atomically(lambda: writes.went_on(export.id, maker, rows, clock.now())))  # noqa: B023
        if after is None:
            return rows


def _held(mine: bool) -> None:
    if not mine:
        raise _Taken
