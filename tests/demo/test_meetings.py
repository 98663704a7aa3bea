"""Rooms, patrols and events of the demo: what a visitor of the demo finds, and that loading again changes nothing."""

from datetime import UTC, datetime, timedelta

from app.db import atomically, rows
from app.demo.actions_meetings import play_events
from app.patrols.models import PatrolRoute
from app.schedule.models import Occurrence, ScheduleEvent
from tests.support.duties import SHANGHAI

NOW = datetime.now(UTC).replace(hour=6, minute=40, second=0, microsecond=0)  # 14:40 at the site


def test_given_the_demo_in_office_hours_when_events_are_played_then_each_case_is_there_once(demo_app):
    with demo_app.app_context():
        for _ in range(2):
            atomically(lambda: play_events(SHANGHAI, NOW))
        events = rows(ScheduleEvent.__table__.select().where(ScheduleEvent.starts_at > NOW - timedelta(hours=2)))
        turns = rows(Occurrence.__table__.select().where(Occurrence.profile == "turn"))
        routes = rows(PatrolRoute.__table__.select())

    played = [each for each in events if len(each.id) >= 36]
    kinds = [each.kind for each in played if each.cancelled_at is None]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {
        "meeting": 5, "offline_hours": 1, "rain_snow": 3, "print_job": 1,
    }  # fmt: skip
    assert [each.kind for each in played if each.cancelled_at is not None] == ["meeting"]
    assert len(turns) >= 1
    assert [route.name for route in routes] == ["停车场巡查路线"]
