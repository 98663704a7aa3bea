from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update

from app.db import atomically, rows, run
from app.messages.models import Message, MessageChoice
from app.schedule.actions_notices import notice_windows, notice_yesterday
from app.schedule.models import Occurrence
from tests.support.builders import NOW, kept, occurrence, person, small_world

SITE = ZoneInfo("Asia/Shanghai")
# The window of the small world ends 40 minutes after NOW and its grace 15 later.
END, GRACE_END = NOW + timedelta(minutes=40), NOW + timedelta(minutes=55)


@pytest.fixture
def world(inside):
    small_world()
    person("bos", "supervisor", "bureau")
    kept(
        MessageChoice, person_id="bob", muted=[], way="all", quiet_from="", quiet_to="", ahead_minutes=5, changed_at=NOW
    )
    run_update(round_id="r-ann", assignee_id="ann")
    return inside


def run_update(**values):
    atomically(lambda: run(update(Occurrence).values(**values)))


def looked(at):
    return atomically(lambda: notice_windows(SITE, at))


def told():
    return sorted(tuple(row) for row in rows(select(Message.person_id, Message.kind)))


def test_given_a_window_that_ends_in_ten_minutes_when_looked_at_twice_then_the_worker_hears_once(world):
    made = [looked(END - timedelta(minutes=left)) for left in (11, 10, 9)]

    assert made == [0, 1, 0]
    assert told() == [("ann", "due_soon")]
    params = rows(select(Message.params))[0].params
    assert params["time"] == "09:20" and params["point"] == "1号楼1层男卫生间"


def test_given_a_claim_by_another_when_it_ends_soon_then_they_hear_at_their_own_minutes(world):
    run_update(claimed_by_id="bob")

    assert [looked(END - timedelta(minutes=left)) for left in (6, 5)] == [0, 1]
    assert told() == [("bob", "due_soon")]


@pytest.mark.parametrize("done", [{"check_id": "x"}, {"unable_reason": "locked"}, {"announced_at": NOW}])
def test_given_something_that_came_when_time_runs_out_then_nobody_hears(world, done):
    run_update(**done)

    assert looked(END - timedelta(minutes=5)) == looked(GRACE_END + timedelta(minutes=45)) == 0


@pytest.mark.parametrize("state", ["exempt", "void", "unknown"])
def test_given_a_window_that_is_not_due_or_not_known_when_time_runs_out_then_nobody_hears(world, state):
    run_update(state=state)

    assert looked(GRACE_END + timedelta(minutes=45)) == 0


def test_given_nothing_came_when_time_goes_on_then_the_leader_hears_and_after_half_an_hour_the_supervisor(world):
    at_grace, at_once, later, again = (looked(GRACE_END + timedelta(minutes=late)) for late in (0, 1, 31, 32))

    assert (at_grace, at_once, later, again) == (0, 1, 1, 0)
    assert told() == [("lea", "missed"), ("sue", "missed_still")]


def test_given_a_late_record_within_half_an_hour_when_looked_again_then_the_supervisor_is_spared(world):
    looked(GRACE_END + timedelta(minutes=1))
    run_update(state="late", check_id="x")

    assert looked(GRACE_END + timedelta(minutes=31)) == 0


def test_given_a_timer_that_stood_still_for_a_day_when_it_looks_then_old_things_stay_old(world):
    assert looked(GRACE_END + timedelta(days=1)) == 0


def test_given_yesterday_when_the_morning_comes_then_leader_and_supervisors_get_it_once(world):
    occurrence(window="A1", business_on=date(2026, 11, 22), round_id="r-ann", state="missed")
    occurrence(window="A3", business_on=date(2026, 11, 22), round_id="r-ann", state="in_window")

    made = [
        atomically(lambda: notice_yesterday(SITE, NOW + timedelta(minutes=late)))  # noqa: B023
        for late in (-120, 0, 10)
    ]

    assert made == [0, 3, 0]
    assert told() == [("bos", "digest"), ("lea", "digest"), ("sue", "digest")]
    message = rows(select(Message.params, Message.link).where(Message.person_id == "lea"))[0]
    assert message.link == "/log?day=2026-11-22"
    assert message.params == {"day": "11-22", "due": "2", "done": "1", "late": "0", "missed": "1"}
