"""Builders of findings, and deeds at them through the real pages; call the builders inside an app context."""

import uuid
from datetime import timedelta

from sqlalchemy import select

from app.db import atomically, row, rows
from app.nonconformities.actions_register import register
from app.nonconformities.models import Finding, FindingEvent
from app.nonconformities.rules import FindingSource, NewFinding
from tests.support.builders import NOW

THEN = NOW - timedelta(hours=1)


def found(source=FindingSource.CHECK, severity="minor", **values):
    """A finding of Ann's restroom; gives back its id."""
    defaults = {
        "implementer_id": "clean", "responsible_id": "care", "text": "地面有水", "at": THEN, "point_id": "p1",
        "standard_code": "JGSW05003.01", "edition": "JGSW05003.01-2026", "step_id": "S01", "step_title": "地面",
        "cause": "work", "found_by_id": "ann",
    }  # fmt: skip
    new = NewFinding(source=source, severity=severity, **{**defaults, **values})
    return atomically(lambda: register(new)).id


def finding(finding_id):
    """Its row as it is now."""
    return row(select(Finding.__table__).where(Finding.id == finding_id))


def events(finding_id):
    """The kinds of its history, oldest first."""
    statement = select(FindingEvent.kind).where(FindingEvent.finding_id == finding_id).order_by(FindingEvent.id)
    return [each.kind for each in rows(statement)]


def deed(app, client, finding_id, what, *, version=None, deed_id=None, **data):
    """Send a deed as the page of the finding would; gives back the answer."""
    with app.app_context():
        seen = finding(finding_id)
    fields = {"id": deed_id or str(uuid.uuid4()), "version": seen.version if version is None else version, **data}
    return client.send(f"/nonconformities/{finding_id}/{what}", fields, page="/me")
