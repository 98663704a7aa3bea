"""Addenda of issued bulletins: the paper stays, what its records say later is added; read first, then kept."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Any

from sqlalchemy import insert

from app.db import atomically, run
from app.papers.models import PaperAddendum
from app.papers.queries import Issued, addenda_of, issued_since
from app.papers.queries_bulletin import bulletin
from app.papers.queries_reach import by_id
from app.papers.rules import PaperKind, before_of, changes
from app.papers.rules_kept import as_json, digest, from_json

MONTHS_BACK = 3
"""So long records of a month still arrive, are ruled upon or made void."""


def look_again(now: datetime, zone: tzinfo) -> int:
    """Addenda for the bulletins of the last months whose figures are others now. How many."""
    since = before_of(now.astimezone(zone).date().replace(day=1), MONTHS_BACK)
    rows = [row for each in issued_since(since, PaperKind.BULLETIN) for row in _later(each, now, zone)]
    if rows:
        atomically(lambda: run(insert(PaperAddendum), rows))
    return len(rows)


def _later(one: Issued, now: datetime, zone: tzinfo) -> list[dict[str, Any]]:
    whom, kept = by_id(one.unit_id), addenda_of(one.id)
    if whom is None:
        return []
    before, after = from_json(kept[-1].body if kept else one.body), bulletin(whom, one.first, now, zone)
    if not changes(before, after):
        return []
    body = as_json(after)
    return [{"paper_id": one.id, "body": body, "sha256": digest({"paper": one.sha256, "body": body}), "at": now}]
