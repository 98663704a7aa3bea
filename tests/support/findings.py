"""Builders of findings, and deeds at them through the real pages; call the builders inside an app context."""

import uuid
from datetime import timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app.accounts.queries import person_by_id
from app.db import atomically, row, rows
from app.nonconformities.actions_deeds import do
from app.nonconformities.actions_here import Here
from app.nonconformities.actions_register import register
from app.nonconformities.models import Finding, FindingEvent
from app.nonconformities.rules import FindingSource, NewFinding
from app.nonconformities.rules_deeds import Deed
from app.nonconformities.rules_wish import Wish
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


SAID = {
    "correction": "已拖干",
    "cause_text": "水管漏水",
    "corrective_action": "每周检查",
    "no_photo": "水已干",
    "text": "说明",
}
ROADS = {
    "planned": [("ann", Deed.PLAN)],
    "rectified": [("ann", Deed.RECTIFY)],
    "closed": [("ann", Deed.RECTIFY), ("sue", Deed.CLOSE)],
    "failed": [("ann", Deed.RECTIFY), ("sue", Deed.RETURN)],
    "revision": [("ina", Deed.REVISE)],
    "conceded": [("sue", Deed.CONCEDE)],
}


def who(person_id):
    """An active person of the small world."""
    return person_by_id(person_id)


def played(finding_id, road, times=1):
    """Bring a finding along a road, the way the pages do; a minute between two deeds. Gives back its id."""
    at = finding(finding_id).found_at
    for person_id, what in ROADS[road] * times:
        at += timedelta(minutes=1)
        after = finding(finding_id)
        if after.repeated and what is Deed.CLOSE:
            act(finding_id, "sue", Deed.ANALYSE, at)
        act(finding_id, person_id, what, at)
    return finding_id


def act(finding_id, person_id, what, at):
    """One deed with everything that any deed asks for."""
    until = (NOW + timedelta(days=30)).date()
    wish = Wish(str(uuid.uuid4()), finding(finding_id).version, kind="on_site", until=until, **SAID)
    here = Here(at, ZoneInfo("Asia/Shanghai"), None)
    return atomically(lambda: do(finding_id, what, wish, who(person_id), here))
