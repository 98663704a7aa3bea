from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, update

from app import db
from app.db import atomically, run
from app.refusals import Conflict, Invalid, NotFound
from app.schedule.actions_events import NewEvent, cancel_event, move_event, put_event, put_events
from app.schedule.models import ScheduleEvent, ScheduleEventChange
from app.schedule.rules_events import EventKind
from tests.support.duties import MONDAY_NOON, ROWS, SHANGHAI, made, meeting_schedule, minutes, notes, rows, world

NINE = datetime(2026, 11, 24, 9, 0, tzinfo=SHANGHAI)
ELEVEN = NINE + minutes(120)


def stay(**keys):
    """The window while the meeting is on: from twenty minutes before until it ends."""
    trigger = {
        "anchor": "meeting.start_at", "due_anchor": "meeting.end_at", "open_offset_min": -20, "due_offset_min": 0,
        "grace_after_min": 30, "profile": "full",
    }  # fmt: skip
    return meeting_schedule(id="S", trigger=trigger) | keys


def after(**keys):
    trigger = {"anchor": "meeting.end_at", "open_offset_min": 0, "due_offset_min": 40, "profile": "full"}
    return meeting_schedule(id="Z", trigger=trigger | keys)


def meeting(event_id="mt-1", starts=NINE, ends=ELEVEN, **keys):
    return NewEvent(event_id, EventKind.MEETING, "p1", starts, ends, **keys)


def put(new=None, now=MONDAY_NOON):
    return atomically(lambda: put_event(new or meeting(), "sue", SHANGHAI, now))


def move(starts, ends, now=MONDAY_NOON, event_id="mt-1"):
    return atomically(lambda: move_event(event_id, starts, ends, "sue", SHANGHAI, now))


def cancel(now=MONDAY_NOON, event_id="mt-1"):
    return atomically(lambda: cancel_event(event_id, "sue", SHANGHAI, now))


def changes():
    columns = (ScheduleEventChange.kind, ScheduleEventChange.by_id)
    return [tuple(row) for row in db.rows(select(*columns).order_by(ScheduleEventChange.id))]


def windows():
    """Start and end of each row that is due, in local time of the day, by schedule."""
    return {
        key.split("/")[1]: f"{start.astimezone(SHANGHAI):%H:%M}-{end.astimezone(SHANGHAI):%H:%M}"
        for key, start, end, state in rows("window_key", "start_at", "end_at", "state")
        if state == "planned"
    }


def test_given_a_meeting_when_it_is_booked_then_its_windows_stand_at_once(inside):
    world(meeting_schedule(), stay(), after())

    assert put()

    assert windows() == {"E": "07:30-08:30", "S": "08:40-11:00", "Z": "11:00-11:40"}
    assert set(rows("event_id")) == {("mt-1",)}
    assert changes() == [("put", "sue")]


def test_given_a_meeting_when_it_is_put_again_then_nothing_changes(inside):
    world(meeting_schedule())
    put()
    before = rows("id", "start_at", "state")

    assert not put()

    assert rows("id", "start_at", "state") == before
    assert changes() == [("put", "sue")]


def test_given_an_id_of_another_event_when_it_is_put_then_it_is_refused_and_nothing_changes(inside):
    world(meeting_schedule())
    put()

    with pytest.raises(Conflict):
        put(NewEvent("mt-1", EventKind.DISPATCH, "p1", NINE, ELEVEN))

    assert changes() == [("put", "sue")]
    assert len(rows()) == 1


def test_given_an_end_before_the_start_when_it_is_put_or_moved_then_it_is_refused(inside):
    world(meeting_schedule())
    with pytest.raises(Invalid):
        put(meeting(ends=NINE - minutes(1)))
    assert rows() == []
    put()

    with pytest.raises(Invalid):
        move(NINE, NINE - minutes(1))

    assert windows() == {"E": "07:30-08:30"}


def test_given_several_events_when_they_are_put_together_then_each_has_its_rows(inside):
    world(meeting_schedule())
    later = meeting("mt-2", NINE + minutes(400), ELEVEN + minutes(400))

    assert atomically(lambda: put_events([meeting(), later], "sue", SHANGHAI, MONDAY_NOON))
    assert not atomically(lambda: put_events([meeting(), later], "sue", SHANGHAI, MONDAY_NOON))

    assert [event for (event,) in rows("event_id")] == ["mt-1", "mt-2"]


def test_given_rows_of_other_points_when_a_meeting_is_booked_then_only_its_own_point_is_touched(inside):
    world()
    made()
    atomically(lambda: run(update(ROWS).values(label="alt")))

    put()

    assert set(rows("label")) == {("窗口A1",), ("窗口A2",)}
    atomically(lambda: run(update(ROWS).values(label="alt")))
    atomically(lambda: put_events([], "sue", SHANGHAI, MONDAY_NOON))
    assert set(rows("label")) == {("alt",)}


def test_given_a_window_that_has_opened_when_a_meeting_is_booked_late_then_what_can_still_be_kept_is_due(inside):
    world(meeting_schedule(), stay(), after())

    put(now=NINE - minutes(60))

    assert windows() == {"E": "07:30-08:30", "S": "08:40-11:00", "Z": "11:00-11:40"}


def test_given_a_window_that_has_closed_when_a_meeting_is_booked_later_still_then_it_is_not_due(inside):
    world(meeting_schedule(), stay(), after())

    put(now=NINE - minutes(30))

    assert windows() == {"S": "08:40-11:00", "Z": "11:00-11:40"}


def test_given_a_meeting_when_it_moves_before_its_windows_open_then_all_rows_move(inside):
    world(meeting_schedule(), stay(), after())
    put()
    before = rows("id")

    assert move(NINE + minutes(60), ELEVEN + minutes(60))
    assert not move(NINE + minutes(60), ELEVEN + minutes(60))

    assert windows() == {"E": "08:30-09:30", "S": "09:40-12:00", "Z": "12:00-12:40"}
    assert rows("id") == before
    assert changes() == [("put", "sue"), ("moved", "sue")]


def test_given_a_meeting_when_it_moves_to_another_day_then_the_old_rows_are_void_and_new_ones_stand(inside):
    world(meeting_schedule())
    put()

    move(NINE + timedelta(days=1), ELEVEN + timedelta(days=1))

    assert rows() == [("2026-11-24/E/e:mt-1", "void"), ("2026-11-25/E/e:mt-1", "planned")]


def test_given_a_meeting_moved_nearer_when_its_new_window_has_opened_then_the_row_follows_while_it_can_be_kept(inside):
    world(meeting_schedule())
    put()

    move(NINE - minutes(45), ELEVEN, now=NINE - minutes(110))

    assert windows() == {"E": "06:45-07:45"}


def test_given_a_meeting_moved_nearer_when_its_new_window_has_closed_then_the_row_is_void(inside):
    world(meeting_schedule())
    put()

    move(NINE - minutes(80), ELEVEN, now=NINE - minutes(110))

    assert rows() == [("2026-11-24/E/e:mt-1", "void")]


def test_given_a_row_that_has_started_when_the_meeting_moves_then_the_row_keeps_its_times(inside):
    world(meeting_schedule(), after())
    put()

    move(NINE + minutes(60), ELEVEN + minutes(60), now=NINE - minutes(80))

    assert windows() == {"E": "07:30-08:30", "Z": "12:00-12:40"}


def test_given_a_meeting_that_is_on_when_it_takes_longer_then_who_is_at_work_has_longer_and_the_rest_moves(inside):
    world(meeting_schedule(), stay(), after())
    put()

    move(NINE, ELEVEN + minutes(30), now=NINE + minutes(90))

    assert windows() == {"E": "07:30-08:30", "S": "08:40-11:30", "Z": "11:30-12:10"}
    grace_end, expire = rows("grace_end_at", "expire_at")[1]
    assert (grace_end, expire) == (ELEVEN + minutes(60), ELEVEN + minutes(60) + timedelta(hours=24))
    assert [kind for _row, kind, _by in notes()] == ["replanned", "extended"]


def test_given_a_meeting_that_is_on_when_it_ends_early_then_nobody_at_work_has_less_time(inside):
    world(stay(), after())
    put()

    move(NINE, NINE + minutes(90), now=NINE + minutes(90))

    assert windows() == {"S": "08:40-11:00", "Z": "10:30-11:10"}


def test_given_a_row_whose_grace_is_over_when_the_meeting_takes_longer_then_the_row_keeps_its_end(inside):
    world(stay())
    put()

    move(NINE, ELEVEN + minutes(60), now=ELEVEN + minutes(30))

    assert windows() == {"S": "08:40-11:00"}


def test_given_a_meeting_without_an_end_when_the_end_is_known_then_what_waits_for_it_is_due_at_once(inside):
    world(meeting_schedule(), after())
    put(meeting(ends=None))
    assert windows() == {"E": "07:30-08:30"}

    move(NINE, ELEVEN, now=ELEVEN)

    assert windows()["Z"] == "11:00-11:40"


def test_given_a_meeting_when_it_is_cancelled_then_its_rows_are_void_and_again_is_nothing(inside):
    world(meeting_schedule(), stay(), after())
    put()

    assert cancel()
    assert not cancel()

    assert {state for _key, state in rows()} == {"void"}
    assert changes() == [("put", "sue"), ("cancelled", "sue")]
    assert db.scalar(select(ScheduleEvent.cancelled_at)) == MONDAY_NOON


def test_given_an_open_window_when_the_meeting_is_cancelled_then_it_is_void_unless_somebody_has_begun(inside):
    world(meeting_schedule(), stay())
    put()
    first = rows("id")[0][0]

    cancel(now=NINE - minutes(60))

    assert [state for _key, state in rows()] == ["void", "void"]
    assert notes()[0] == (first, "void", "sue")


def test_given_a_claimed_window_when_the_meeting_is_cancelled_then_it_stays(inside):
    world(meeting_schedule())
    put()
    atomically(lambda: run(update(ROWS).values(claimed_by_id="ann")))

    cancel(now=NINE - minutes(60))

    assert [state for _key, state in rows()] == ["planned"]


def test_given_a_window_whose_time_is_over_when_the_meeting_is_cancelled_then_it_stays_due(inside):
    world(meeting_schedule())
    put()

    cancel(now=NINE - minutes(30))

    assert [state for _key, state in rows()] == ["planned"]


def test_given_a_cancelled_or_unknown_event_when_it_is_moved_then_it_is_refused(inside):
    world(meeting_schedule())
    put()
    cancel()

    with pytest.raises(Conflict):
        move(NINE + minutes(60), ELEVEN + minutes(60))
    with pytest.raises(NotFound):
        move(NINE, ELEVEN, event_id="mt-9")
    with pytest.raises(NotFound):
        cancel(event_id="mt-9")

    assert changes() == [("put", "sue"), ("cancelled", "sue")]


def test_given_an_hourly_run_after_a_move_when_rows_are_made_then_nothing_more_changes(inside):
    world(meeting_schedule(), stay(), after())
    put(now=NINE - minutes(60))
    move(NINE, ELEVEN + minutes(30), now=NINE + minutes(10))
    before = rows("window_key", "start_at", "end_at", "expire_at", "state")

    made(NINE + minutes(10))

    assert rows("window_key", "start_at", "end_at", "expire_at", "state")[: len(before)] == before
