from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update

from app.checks.actions_notices import notice_unsigned
from app.checks.models import CheckState
from app.db import atomically, rows, run
from app.messages.models import Message
from tests.authorisation.world import OWN_CHECK, OWN_FINDING, _record
from tests.support.builders import NOW, small_world

SITE = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def world(inside):
    """One record, received an hour before NOW."""
    small_world()
    _record(OWN_CHECK, OWN_FINDING, "p1", "ann", "clean", "care", 1)
    return inside


def waits(*steps):
    atomically(lambda: run(update(CheckState).values(unsigned_steps=list(steps))))


def looked(hours):
    return atomically(lambda: notice_unsigned(SITE, NOW + timedelta(hours=hours)))


def test_given_a_record_without_its_second_signature_when_a_day_has_gone_then_author_and_leader_hear_once(world):
    waits("S01")

    made = [looked(hours) for hours in (22, 23, 24)]

    assert made == [0, 2, 0]
    found = rows(select(Message.person_id, Message.kind, Message.link).order_by(Message.person_id))
    assert [tuple(row) for row in found] == [
        ("ann", "unsigned", f"/checks/{OWN_CHECK}"), ("lea", "unsigned", f"/checks/{OWN_CHECK}"),
    ]  # fmt: skip


def test_given_a_record_that_is_signed_or_very_old_when_looked_then_nobody_hears(world):
    assert looked(30) == 0

    waits("S01")
    assert looked(24 * 8) == 0
