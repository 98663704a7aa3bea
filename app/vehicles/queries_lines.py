"""The whole time line of a vehicle: what was noted, every check, every finding, in one order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app import db
from app.checks.models import Check
from app.nonconformities.models import Finding
from app.standards.queries import standards
from app.vehicles.queries_entries import newest_entries
from app.vehicles.rules import EntryKind

SHOWN = 60
CHECK, FINDING = "check", "finding"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: an entry of ours, a check or a finding; `href` leads to the record."""

    at: datetime
    kind: EntryKind | str
    id: str
    by: str | None
    title: str = ""
    text: str = ""
    km: int | None = None
    quantity: float | None = None
    cost: float | None = None
    full: bool | None = None
    href: str = ""
    photos: tuple[str, ...] = ()
    fails: int = 0
    data: Mapping[str, Any] = field(default_factory=dict)
    ref: str | None = None
    by_id: str | None = None


def lines_of(point_id: str, until: datetime, limit: int = SHOWN) -> list[Line]:
    """The newest lines up to an instant, newest first. Four queries."""
    several = [*_entries(point_id, until, limit), *_checks(point_id, until, limit), *_findings(point_id, until, limit)]
    return sorted(several, key=lambda line: (line.at, line.id), reverse=True)[:limit]


def _entries(point_id: str, until: datetime, limit: int) -> list[Line]:
    return [
        Line(
            each.at, each.kind, each.id, each.by, text=each.text, km=each.km, quantity=each.quantity, cost=each.cost,
            full=each.full, photos=each.photos, data=each.data, ref=each.ref, by_id=each.by_id,
        )
        for each in newest_entries(point_id, until, limit)
    ]  # fmt: skip


def _checks(point_id: str, until: datetime, limit: int) -> list[Line]:
    columns = (Check.id, Check.effective_at, Check.person_name, Check.standard_code, Check.outcome, Check.steps_fail)
    mine = select(*columns).where(Check.point_id == point_id, Check.effective_at <= until)
    found = db.rows(mine.order_by(Check.effective_at.desc(), Check.id).limit(limit))
    titles = {each.code: each.title for each in standards()} if found else {}
    return [
        Line(
            row.effective_at, CHECK, row.id, row.person_name, title=titles.get(row.standard_code, row.standard_code),
            href=f"/checks/{row.id}", fails=row.steps_fail, text=row.outcome,
        )
        for row in found
    ]  # fmt: skip


def _findings(point_id: str, until: datetime, limit: int) -> list[Line]:
    columns = (Finding.id, Finding.found_at, Finding.number, Finding.text)
    mine = select(*columns).where(Finding.point_id == point_id, Finding.found_at <= until)
    found = db.rows(mine.order_by(Finding.found_at.desc(), Finding.id).limit(limit))
    return [
        Line(row.found_at, FINDING, row.id, None, title=row.number, text=row.text, href=f"/nonconformities/{row.id}")
        for row in found
    ]
