from datetime import timedelta

from sqlalchemy import func, select

from app import clock
from app.accounts.models import Grant
from app.db import atomically, rows, scalar
from app.demo.actions_history import Site
from app.demo.actions_messages import DUTY_ROOM, play_messages
from app.messages.models import Message, MessageChannel


def test_given_the_compound_when_its_last_days_are_played_then_people_were_told_and_nothing_will_go_outside(
    inside_demo,
):
    settings = inside_demo.extensions["settings"]
    site = Site(settings.zone, None, settings.max_photo_bytes)
    now = clock.now() + timedelta(days=2)

    with clock.at(now):
        atomically(lambda: play_messages(1, site, now, settings.secret_key))

    kinds = {row.kind for row in rows(select(Message.kind))}
    assert kinds >= {"missed", "missed_still", "digest", "due_soon"}
    assert {row.person_id for row in rows(select(Grant.person_id).where(Grant.name == "duty"))} >= set(DUTY_ROOM)
    assert [row.active for row in rows(select(MessageChannel.active))] == [False, False]
    assert scalar(select(func.count()).select_from(Message).where(Message.spread_at.is_(None))) == 0
    assert scalar(select(func.count()).select_from(Message).where(Message.read_at.is_not(None)))
