from datetime import date, timedelta

import pytest

from app.db import atomically
from app.db import rows as read
from app.meetings.actions import book
from app.meetings.actions_offline import OfflineWish, keep_offline, lift_offline, say
from app.meetings.queries import booking_by_id, bookings_between, said_of
from app.meetings.rules import Part
from app.refusals import Conflict, Invalid, NotFound
from app.schedule.models import ScheduleEvent
from tests.support.builders import standard, works_at
from tests.support.duties import daily, made, rows, window
from tests.support.meetings import IDS, MONDAY, NINE, call, rooms, who, wish

TUESDAY = date(2026, 11, 24)


def kept(number=1, part=Part.MORNING, now=MONDAY, **keys):
    wanted = OfflineWish(IDS[number], keys.pop("point_id", "m1"), TUESDAY, part)
    return atomically(lambda: keep_offline(wanted, call(now, **keys)))


def test_given_hours_kept_offline_when_they_are_stored_then_nothing_but_room_and_hours_is_known(inside):
    rooms()

    assert kept()
    assert not kept()

    (stored,) = read(ScheduleEvent.__table__.select())
    assert (stored.kind, stored.point_id, stored.facts) == ("offline_hours", "m1", {})
    assert rows() == []


def test_given_hours_kept_offline_when_somebody_books_then_they_are_refused_and_the_other_way_round(inside):
    rooms()
    kept()
    with pytest.raises(Conflict):
        atomically(lambda: book(wish(2), call()))
    atomically(lambda: book(wish(3, NINE + timedelta(hours=6)), call()))

    with pytest.raises(Conflict):
        kept(4, Part.AFTERNOON)

    assert booking_by_id(IDS[4]) is None


def test_given_a_daily_check_of_the_room_when_hours_are_kept_then_it_is_not_due_and_comes_back_when_they_are_freed(
    inside,
):
    rooms()
    standard(code="JGSW05003.01", schedules=[daily(window("A1", "08:30", "10:30"), window("A2", "14:00", "15:00"))])
    works_at("m1")
    made(days=2)

    kept()
    states = dict(rows())
    assert (states["2026-11-24/A/A1"], states["2026-11-24/A/A2"]) == ("exempt", "planned")

    assert atomically(lambda: lift_offline(IDS[1], call()))
    assert not atomically(lambda: lift_offline(IDS[1], call()))
    assert dict(rows())["2026-11-24/A/A1"] == "planned"
    assert bookings_between(["m1"], NINE, NINE + timedelta(hours=1)) == []


def test_given_the_hours_when_they_have_begun_then_done_or_not_is_noted_and_the_last_word_counts(inside):
    rooms()
    kept()

    with pytest.raises(Conflict):
        atomically(lambda: say(IDS[1], True, call()))
    assert atomically(lambda: say(IDS[1], False, call(NINE)))
    assert not atomically(lambda: say(IDS[1], False, call(NINE)))
    assert atomically(lambda: say(IDS[1], True, call(NINE)))

    assert said_of([IDS[1]]) == {IDS[1]: True}


def test_given_hours_that_are_over_when_they_are_kept_or_freed_then_it_is_refused(inside):
    rooms()
    after = NINE + timedelta(hours=4)
    with pytest.raises(Invalid):
        kept(now=after)
    kept()

    with pytest.raises(Conflict):
        atomically(lambda: lift_offline(IDS[1], call(after)))


def test_given_another_unit_when_it_asks_then_there_is_no_such_room_or_booking(inside):
    rooms()
    kept()
    tom = who("tom", org_id="other")

    with pytest.raises(NotFound):
        kept(2, person=tom)
    for deed in (lambda: lift_offline(IDS[1], call(person=tom)), lambda: say(IDS[1], True, call(NINE, tom))):
        with pytest.raises(NotFound):
            atomically(deed)


def test_given_a_meeting_when_it_is_treated_as_hours_offline_then_there_are_none(inside):
    rooms()
    atomically(lambda: book(wish(1), call()))

    with pytest.raises(NotFound):
        atomically(lambda: say(IDS[1], True, call(NINE)))
