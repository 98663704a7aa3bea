"""The public in the demo: believable, the same every time, and nothing that the rules would not allow."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select

from app import clock, db
from app.db import atomically
from app.demo.actions_arrivals import Site
from app.demo.actions_voices import play_open_calls, play_voices
from app.feedback.models import FeedbackCall, FeedbackItem, FeedbackLead

ZONE = ZoneInfo("Asia/Shanghai")


def played(app):
    now, site = clock.now(), Site(ZONE, app.extensions["photo_store"], 1_000_000)
    count = atomically(lambda: play_voices(5, site, now))
    atomically(lambda: play_open_calls(site, now))
    return count, now


def test_given_days_when_played_then_ratings_calls_and_leads_and_two_calls_stand(inside_demo):
    count, now = played(inside_demo)

    items = db.rows(select(FeedbackItem.__table__))
    calls = db.rows(select(FeedbackCall.__table__))
    leads = db.rows(select(FeedbackLead.__table__))
    assert count > 20
    assert {item.face for item in items if item.kind == "rating"} >= {2, 3, 4, 5}
    assert sum(call.ended_at is None for call in calls) == 2
    assert [call.taps for call in calls if call.ended_at is None and call.need == "paper"] == [2]
    assert all(item.at <= now for item in items)
    assert all(
        call.due_at - call.first_at == timedelta(minutes=15) for call in calls if call.implementer_id == "ctr-clean"
    )
    assert all(lead.due_at > now - timedelta(days=9) for lead in leads)
