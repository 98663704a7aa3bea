"""Reads for the demo's voiding: records beside the plan, and readings of the last days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app import db
from app.checks.models import Answer, Check


@dataclass(frozen=True, slots=True)
class Line:
    """A record, and one reading of it where there is one."""

    check_id: str
    responsible_id: str
    step_id: str = ""
    value: float | None = None


def extra_records(since: datetime, most: int) -> list[Line]:
    """Done outside every window, so that no figure of the demo moves."""
    found = select(Check.id, Check.responsible_id).where(Check.timing == "extra", Check.outcome == "done")
    return _lines(found.where(Check.received_at > since).order_by(Check.received_at, Check.id).limit(most))


def readings(since: datetime, most: int) -> list[Line]:
    """Numbers read within their limits, the newest first."""
    found = select(Check.id, Check.responsible_id, Answer.step_id, Answer.value).join(Answer)
    fine = (Answer.value.is_not(None), Answer.result == "pass", Answer.inputs.is_(None), Check.received_at > since)
    return _lines(found.where(*fine).order_by(Check.received_at.desc(), Check.id, Answer.step_id).limit(most))


def _lines(statement: Any) -> list[Line]:
    return [Line(*row) for row in db.rows(statement)]
