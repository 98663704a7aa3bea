"""The freeze of a month and what its records say later; read first, then kept in a short transaction."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, tzinfo
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import orjson
from sqlalchemy import insert

from app.days import ONE_DAY
from app.db import atomically, run
from app.grades.models import GradeAddendum, GradeSheet
from app.grades.queries import Sheet, addenda, frozen, is_frozen, month_of, of_live
from app.grades.queries_live import live
from app.grades.rules import Kind
from app.grades.rules_figures import Figures, as_json, propose
from app.grades.rules_score import told_by
from app.grades.rules_time import Phase


def tend(now: datetime, zone: tzinfo) -> int:
    """Freeze the last month once its time for appeals is over. How many sheets."""
    month = before_this(now, zone)
    rows = to_freeze(month, now, zone)
    return atomically(lambda: keep_frozen(month, rows)) if rows else 0


def look_again(now: datetime, zone: tzinfo) -> int:
    """Addenda for the last two frozen months whose records say something else now. How many."""
    month = before_this(now, zone)
    months = ((month - ONE_DAY).replace(day=1), month)
    rows = [row for each in months for row in later_rows(each, now, zone)]
    if rows:
        atomically(lambda: run(insert(GradeAddendum), rows))
    return len(rows)


def before_this(now: datetime, zone: tzinfo) -> date:
    """The first day of the last month."""
    return (now.astimezone(zone).date().replace(day=1) - ONE_DAY).replace(day=1)


def to_freeze(month: date, now: datetime, zone: tzinfo) -> list[dict[str, Any]]:
    """The rows of a month whose time for appeals is over and that is not kept yet; else none."""
    if is_frozen(month) or month_of(month, now.astimezone(zone).date()).phase is not Phase.FROZEN:
        return []
    return [_row(of_live(each, month), now) for kind in Kind for each in live(kind, month, now, zone)]


def keep_frozen(month: date, rows: list[dict[str, Any]]) -> int:
    """The second time nothing. How many."""
    if not rows or is_frozen(month):
        return 0
    run(insert(GradeSheet), rows)
    return len(rows)


def digest(kind: str, subject_id: str, month: date, body: dict[str, Any], told: tuple[str, str | None]) -> str:
    """SHA-256 over what a sheet says."""
    whole = {
        "kind": kind, "subject": subject_id, "month": month.isoformat(), "body": body, "score": told[0],
        "grade": told[1],
    }  # fmt: skip
    return hashlib.sha256(orjson.dumps(whole, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _row(one: Sheet, now: datetime) -> dict[str, Any]:
    body, told = as_json(one.figures), told_by(one.proposal)
    name = str(uuid5(NAMESPACE_URL, f"dabiao:grade:{one.month}:{one.kind}:{one.subject_id}"))
    reach = {"implementers": sorted(one.implementers), "responsibles": sorted(one.responsibles)}
    return {
        "id": name, "month": one.month, "kind": str(one.kind), "subject_id": one.subject_id, "name": one.name,
        "sub": one.sub, "reach": reach, "body": body, "score": told[0], "grade": told[1], "at": now,
        "sha256": digest(one.kind, one.subject_id, one.month, body, told),
    }  # fmt: skip


def later_rows(month: date, now: datetime, zone: tzinfo) -> list[dict[str, Any]]:
    """Of a frozen month: one row for each sheet whose records say something else than was kept last."""
    found: list[dict[str, Any]] = []
    for kind in Kind:
        kept = {each.subject_id: each for each in frozen(kind, month)}
        for each in live(kind, month, now, zone) if kept else ():
            if (old := kept.get(each.subject.id)) is not None:
                found += _addendum(old, each.figures, now)
    return found


def _addendum(old: Sheet, figures: Figures, now: datetime) -> list[dict[str, Any]]:
    body, later = as_json(figures), addenda(old.id)
    if body == as_json(later[-1].figures if later else old.figures):
        return []
    told = told_by(propose(old.kind, figures))
    sha256 = digest(old.kind, old.subject_id, old.month, body, told)
    return [{"sheet_id": old.id, "body": body, "score": told[0], "grade": told[1], "sha256": sha256, "at": now}]
