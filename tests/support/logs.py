"""Builders of log lines: a window of the daily log as plain data."""

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.schedule.rules_states import State
from app.stats.rules_log import LogLine
from tests.support.answers import at

SITE = ZoneInfo("Asia/Shanghai")


def line(start: str = "08:30", minutes: int = 50, **values: Any) -> LogLine:
    """A window at the first restroom, done or not as `state` says; other columns by name."""
    begins = at(start)
    ends = begins + timedelta(minutes=minutes)
    defaults = {
        "id": 1, "standard_code": "JGSW05003.01", "edition": "JGSW05003.01-2026", "window_key": "2026-11-23/A/A2",
        "business_on": date(2026, 11, 23), "day_type": "workday", "kind": "regular", "label": "上午巡回",
        "open_at": begins, "start_at": begins, "end_at": ends, "grace_end_at": ends + timedelta(minutes=15),
        "expire_at": ends + timedelta(hours=3), "implementer_id": "clean", "responsible_id": "care",
        "assignee_id": "ann", "state": State.PLANNED, "check_id": None, "done_at": None, "done_by_id": None,
        "claimed_by_id": None, "unable_reason": None, "awaiting_signature": False, "signed": False, "dual_due": False,
        "helped": False, "offline": False, "short_visit": False, "steps_pass": 0, "steps_fail": 0, "key_due": 0,
        "key_evidenced": 0, "key_pass": 0, "photos_due": 0, "photos_sent": 0, "photos_valid": 0,
        "announced_at": None, "point_id": "p1",
        "point_code": "01-01-WC-01", "point": "1号楼1层男卫生间", "point_kind": "restroom", "floor": "1F",
        "zone": "red", "building_id": "b1", "building": "1号楼", "title": "卫生间日常保洁", "unit": "保洁公司",
        "assignee": "保洁一班-01", "done_by": None, "claimed_by": None, "receipt": None, "via": None,
        "dwell_seconds": None, "floor_seconds": None, "marks": None, "late_reason": None, "note": None,
        "verdicts": None,
    }  # fmt: skip
    return LogLine(**(defaults | values))


def done(start: str = "08:30", at_time: str = "08:41", state: State = State.IN_WINDOW, **values: Any) -> LogLine:
    """A window done by its own person."""
    filled = {"done_at": at(at_time), "done_by_id": "ann", "done_by": "保洁一班-01", "via": "scan", "check_id": "c1"}
    return line(start, **(filled | {"state": state} | values))
