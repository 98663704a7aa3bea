"""RP-4: at midnight after the due date figures freeze; what records say later stands in an addendum.

Read first, then kept in a short transaction. The second time nothing happens.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, tzinfo
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import orjson
from sqlalchemy import insert

from app.days import begins
from app.db import atomically, run
from app.halfyear import rules_changes
from app.halfyear.models import HalfyearAddendum, HalfyearFreeze
from app.halfyear.queries import THE_WHOLE, Kept, is_frozen, kept_of, reporters
from app.halfyear.queries_figures import Look, figures_of
from app.halfyear.rules import Half, Reporter, freezes_at, half_of
from app.halfyear.rules_changes import changes
from app.halfyear.rules_figures import Figures, as_json
from app.tallies.queries_cells import any_within


def tend(now: datetime, zone: tzinfo) -> int:
    """Freeze the last half-year, unless it is frozen or had no windows at all. How many reports."""
    half = half_of(now.astimezone(zone).date()).before
    rows = to_freeze(half, now, zone)
    return atomically(lambda: keep_frozen(half, rows)) if rows else 0


def to_freeze(half: Half, now: datetime, zone: tzinfo) -> list[dict[str, Any]]:
    """The rows of a half-year that is over, in use, and not kept yet; else none."""
    if now < freezes_at(half, zone) or is_frozen(half) or not was_in_use(half, zone):
        return []
    return [_row(unit, half, now, zone) for unit in (*reporters(), THE_WHOLE)]


def was_in_use(half: Half, zone: tzinfo) -> bool:
    """Whether there are windows of that half-year: one from before the system has no report here."""
    return any_within(begins(half.first, zone), freezes_at(half, zone))


def keep_frozen(half: Half, rows: list[dict[str, Any]]) -> int:
    """Kept once. Papers signed before get their addendum with the next look."""
    if not rows or is_frozen(half):
        return 0
    run(insert(HalfyearFreeze), rows)
    return len(rows)


def _row(unit: Reporter, half: Half, now: datetime, zone: tzinfo) -> dict[str, Any]:
    body = as_json(figures_of(Look(unit, half, now, zone)))
    name = str(uuid5(NAMESPACE_URL, f"dabiao:halfyear:{half.key}:{unit.id}"))
    return {
        "id": name, "half": half.key, "unit_id": unit.id, "body": body, "at": now,
        "sha256": digest(half, unit.id, body),
    }  # fmt: skip


def digest(half: Half, unit_id: str, body: dict[str, Any]) -> str:
    """SHA-256 over frozen figures and whose they are."""
    whole = {"half": half.key, "unit": unit_id, "body": body}
    return hashlib.sha256(orjson.dumps(whole, option=orjson.OPT_SORT_KEYS)).hexdigest()


def look_again(now: datetime, zone: tzinfo) -> int:
    """Addenda for the last frozen half-year and the one before. How many."""
    last = half_of(now.astimezone(zone).date()).before
    rows = [row for half in (last.before, last) if is_frozen(half) for row in later_rows(half, now, zone)]
    return atomically(lambda: _keep(rows)) if rows else 0


def later_rows(half: Half, now: datetime, zone: tzinfo) -> list[dict[str, Any]]:
    """One row for each report whose records say something else than was kept last."""
    every = (*reporters(), THE_WHOLE)
    known = kept_of(half, [unit.id for unit in every])
    return [row for unit in every for row in _later(unit, half, known[unit.id], now, zone)]


def _later(unit: Reporter, half: Half, known: Kept, now: datetime, zone: tzinfo) -> list[dict[str, Any]]:
    last, rows = known.last, []
    if last is None or known.frozen is None:
        return []
    if known.paper and known.paper.freeze_id is None and not known.addenda:
        # Signed before the freeze: first of all what moved until then.
        rows += _addendum(unit, half, known.paper.figures, known.frozen.figures, now)
    rows += _addendum(unit, half, last, figures_of(Look(unit, half, now, zone)), now)
    return [row | {"after": len(known.addenda)} for row in rows]


def _addendum(unit: Reporter, half: Half, was: Figures, found: Figures, now: datetime) -> list[dict[str, Any]]:
    told = changes(was, found)
    if not told:
        return []
    body = as_json(found)
    return [
        {
            "half": half.key, "unit_id": unit.id, "changes": rules_changes.as_json(told), "body": body,
            "sha256": digest(half, unit.id, body), "at": now,
        }
    ]  # fmt: skip


def _keep(rows: list[dict[str, Any]]) -> int:
    """All of a report, or none where somebody else added one since: the next look finds what is left."""
    added = 0
    for half, unit_id in dict.fromkeys((row["half"], row["unit_id"]) for row in rows):
        known = kept_of(Half(int(half[:4]), int(half[5])), [unit_id])[unit_id]
        mine = [row for row in rows if (row["half"], row["unit_id"]) == (half, unit_id)]
        for row in mine if len(known.addenda) == mine[0]["after"] else ():
            run(insert(HalfyearAddendum).values(**{name: value for name, value in row.items() if name != "after"}))
            added += 1
    return added
