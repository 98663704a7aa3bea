"""Builders of schedules and of the rows that a small world owes; call inside an app context."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.db import atomically, db
from app.schedule.actions_rows import Made, make_rows
from app.schedule.models import Occurrence, OccurrenceEvent
from tests.support import builders
from tests.support.standards import step_document

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY_NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
ROWS, NOTES = Occurrence.__table__, OccurrenceEvent.__table__


def window(window_id: str, start: str, end: str, **keys: Any) -> dict[str, Any]:
    return {
        "id": window_id, "start": start, "end": end, "end_day_offset": 0, "grace_before_min": 10, "grace_after_min": 15,
        "profile": "full", "kind": "regular", "expected_minutes": 8, "label_zh": f"窗口{window_id}",
    } | keys  # fmt: skip


def daily(*windows: dict[str, Any], **keys: Any) -> dict[str, Any]:
    usual = [window("A1", "06:40", "08:10"), window("A2", "14:00", "15:00")]
    return {
        "id": "A", "kind": "calendar", "rrule": "FREQ=DAILY", "dtstart": "20260101", "roll": "none",
        "day_types": ["workday", "restday", "holiday"], "applies_when": None, "windows": list(windows) or usual,
    } | keys  # fmt: skip


def meeting_schedule(**keys: Any) -> dict[str, Any]:
    trigger = {"anchor": "meeting.start_at", "open_offset_min": -90, "due_offset_min": -30, "profile": "full"}
    return {"id": "E", "kind": "event", "label_zh": "会前", "day_types": ["workday"], "trigger": trigger} | keys


def world(*schedules: dict[str, Any], attrs: dict[str, Any] | None = None) -> None:
    """One restroom of the contractor with a key photo step, Ann's round over A1 and A2; no rows yet."""
    builders.orgs()
    builders.person("ann", "worker", "clean", crew_id="c1", shift_id="early")
    builders.person("ben", "worker", "clean", crew_id="c1", shift_id="early")
    builders.person("lea", "crew_leader", "clean", crew_id="c1", shift_id="early")
    builders.place()
    builders.point(attrs=attrs or {})
    builders.standard(
        step_document("S01"),
        step_document("S02", "photo", key=True, photo_min=2),
        schedules=list(schedules) or [daily()],
    )
    builders.works_at()
    builders.crew()
    builders.round_of("ann")


def made(now: datetime = MONDAY_NOON, **keys: Any) -> Made:
    return atomically(lambda: make_rows(SHANGHAI, now, **keys))


def rows(*columns: str) -> list[tuple]:
    """Chosen columns of all occurrences by start."""
    picked = [ROWS.c[name] for name in columns or ("window_key", "state")]
    found = db.session.execute(ROWS.select().with_only_columns(*picked).order_by(ROWS.c.start_at, ROWS.c.id)).all()
    db.session.rollback()
    return [tuple(row) for row in found]


def notes() -> list[tuple]:
    """The history lines by number: occurrence, kind, by whom."""
    columns = (NOTES.c.occurrence_id, NOTES.c.kind, NOTES.c.by_id)
    found = db.session.execute(NOTES.select().with_only_columns(*columns).order_by(NOTES.c.id)).all()
    db.session.rollback()
    return [tuple(row) for row in found]


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)
