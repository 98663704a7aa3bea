from datetime import timedelta

import pytest

from app.db import atomically
from app.meetings.actions import book, cancel, end_early, extend, move
from app.meetings.queries import booking_by_id, bookings_between, works_of
from app.meetings.rules import reissued
from app.refusals import Conflict, Invalid, NotFound, Stale
from tests.support.duties import SHANGHAI, minutes, rows
from tests.support.meetings import AFTER, ELEVEN, IDS, MONDAY, NINE, call, rooms, who, wish

DAY = timedelta(days=1)


def booked(number=1, now=MONDAY, **keys):
    return atomically(lambda: book(wish(number, **keys), call(now)))


def work(event_id=IDS[1]):
    """Start and end of what the booking asks for, by label."""
    return {
        each.label: f"{each.start_at.astimezone(SHANGHAI):%H:%M}-{each.end_at.astimezone(SHANGHAI):%H:%M}"
        for each in works_of([event_id])
    }


def times(booking_id=IDS[1]):
    booking = booking_by_id(booking_id)
    return booking.starts_at, booking.ends_at


def test_given_nine_to_eleven_when_it_is_booked_then_the_three_windows_stand_on_the_round_of_the_room(inside):
    rooms()

    assert booked(people=20, name_cards=True)

    assert work() == {"会前": "07:30-08:30", "会中": "08:40-11:00", "会后": "11:00-11:40"}
    assert set(rows("assignee_id")) == {("ann",)}
    assert booking_by_id(IDS[1]).people == 20
    assert rows("facts")[0][0] == {
        "booking.has_name_cards": True,
        "booking.has_av": False,
        "booking.classified": False,
        "booking.people": 20,
    }


def test_given_a_booking_when_it_is_sent_again_then_there_is_one(inside):
    rooms()
    booked()

    assert not booked()

    assert len(bookings_between(["m1"], NINE - DAY, NINE + DAY)) == 1
    assert len(rows()) == 3


def test_given_a_taken_hour_when_it_is_booked_then_the_neighbours_time_is_said_and_nothing_changes(inside):
    rooms()
    booked()

    with pytest.raises(Conflict) as refused:
        booked(2, starts=NINE + minutes(119))

    assert "09:00" in str(refused.value.sentence) and "11:00" in str(refused.value.sentence)
    assert booking_by_id(IDS[2]) is None
    assert booked(3, starts=ELEVEN)
    assert booked(4, starts=NINE, point_id="m2")


def test_given_a_foreign_or_unknown_room_when_it_is_booked_then_it_is_not_there(inside):
    rooms()

    for point_id in ("m3", "m9"):
        with pytest.raises(NotFound):
            booked(point_id=point_id)

    assert rows() == []


def test_given_a_past_start_when_it_is_booked_then_it_is_refused(inside):
    rooms()

    with pytest.raises(Invalid) as refused:
        booked(now=NINE + minutes(16))

    assert set(refused.value.fields) == {"start"}
    assert rows() == []


def test_given_a_booking_when_it_moves_in_time_then_its_rows_move_and_it_keeps_its_name(inside):
    rooms()
    booked()

    found = atomically(lambda: move(IDS[1], NINE + DAY, ELEVEN + DAY, (NINE, ELEVEN), call()))
    again = atomically(lambda: move(IDS[1], NINE + DAY, ELEVEN + DAY, (NINE, ELEVEN), call()))

    assert found == again == IDS[1]
    assert times() == (NINE + DAY, ELEVEN + DAY)
    assert {state for key, state in rows() if key.startswith("2026-11-24")} == {"void"}
    assert work() == {"会前": "07:30-08:30", "会中": "08:40-11:00", "会后": "11:00-11:40"}


def test_given_preparing_that_has_opened_when_the_meeting_moves_then_it_goes_on_under_a_new_name_with_new_work(inside):
    rooms()
    booked()
    late = call(NINE - minutes(80))

    found = atomically(lambda: move(IDS[1], NINE + minutes(180), ELEVEN + minutes(180), (NINE, ELEVEN), late))
    again = atomically(lambda: move(IDS[1], NINE + minutes(180), ELEVEN + minutes(180), (NINE, ELEVEN), late))

    assert found == again == reissued(IDS[1])
    assert booking_by_id(IDS[1]).cancelled_at is not None
    assert work(IDS[1]) == {}
    assert work(found) == {"会前": "10:30-11:30", "会中": "11:40-14:00", "会后": "14:00-14:40"}


def test_given_an_old_page_when_it_moves_a_booking_then_it_is_told_and_nothing_changes(inside):
    rooms()
    booked()

    with pytest.raises(Stale):
        atomically(lambda: move(IDS[1], NINE + DAY, ELEVEN + DAY, (NINE, NINE), call()))

    assert times() == (NINE, ELEVEN)


def test_given_a_neighbour_when_a_booking_moves_onto_it_then_it_is_refused_but_its_own_hour_is_free(inside):
    rooms()
    booked()
    booked(2, starts=ELEVEN + minutes(60))

    with pytest.raises(Conflict):
        atomically(lambda: move(IDS[1], NINE, ELEVEN + minutes(61), (NINE, ELEVEN), call()))
    atomically(lambda: move(IDS[1], NINE + minutes(60), ELEVEN + minutes(60), (NINE, ELEVEN), call()))

    assert times() == (NINE + minutes(60), ELEVEN + minutes(60))


def test_given_a_meeting_that_is_on_when_it_takes_longer_then_half_an_hour_more_once(inside):
    rooms()
    booked()
    at = call(NINE + minutes(100), who("ann"))

    assert atomically(lambda: extend(IDS[1], ELEVEN, at)) == ELEVEN + minutes(30)
    assert atomically(lambda: extend(IDS[1], ELEVEN, at)) == ELEVEN + minutes(30)

    assert work() == {"会前": "07:30-08:30", "会中": "08:40-11:30", "会后": "11:30-12:10"}


def test_given_a_next_meeting_when_one_would_reach_into_it_then_longer_is_refused(inside):
    rooms()
    booked()
    booked(2, starts=ELEVEN + minutes(29))

    with pytest.raises(Conflict) as refused:
        atomically(lambda: extend(IDS[1], ELEVEN, call(NINE)))

    assert "11:29" in str(refused.value.sentence)
    assert times() == (NINE, ELEVEN)


def test_given_another_end_meanwhile_when_it_is_prolonged_then_it_is_told(inside):
    rooms()
    booked()

    with pytest.raises(Stale):
        atomically(lambda: extend(IDS[1], ELEVEN - minutes(10), call(NINE)))


def test_given_a_meeting_long_over_when_it_is_prolonged_then_it_is_refused(inside):
    rooms()
    booked()

    with pytest.raises(Conflict):
        atomically(lambda: extend(IDS[1], ELEVEN, call(ELEVEN + minutes(30))))

    assert times() == (NINE, ELEVEN)


def test_given_a_meeting_that_is_on_when_it_ends_early_then_restoring_is_due_at_once_and_again_is_nothing(inside):
    rooms()
    booked()

    ended = atomically(lambda: end_early(IDS[1], ELEVEN, call(NINE + timedelta(minutes=75, seconds=20))))
    again = atomically(lambda: end_early(IDS[1], ELEVEN, call(NINE + minutes(76))))

    assert ended == again == NINE + minutes(75)
    assert work()["会后"] == "10:15-10:55"


def test_given_a_meeting_to_come_when_it_is_ended_then_it_is_refused(inside):
    rooms()
    booked()

    with pytest.raises(Conflict):
        atomically(lambda: end_early(IDS[1], ELEVEN, call(NINE - minutes(1))))

    assert times() == (NINE, ELEVEN)


def test_given_a_booking_when_it_is_cancelled_then_nothing_is_due_and_the_room_is_free(inside):
    rooms()
    booked()

    assert atomically(lambda: cancel(IDS[1], call()))
    assert not atomically(lambda: cancel(IDS[1], call()))

    assert work() == {}
    assert booked(2)


def test_given_a_meeting_that_is_over_when_it_is_cancelled_then_what_was_due_stays_due(inside):
    rooms()
    booked()

    with pytest.raises(Conflict):
        atomically(lambda: cancel(IDS[1], call(ELEVEN)))

    assert booking_by_id(IDS[1]).cancelled_at is None


def test_given_a_cancelled_booking_when_it_is_changed_then_it_is_refused(inside):
    rooms()
    booked()
    atomically(lambda: cancel(IDS[1], call()))

    for deed in (
        lambda: move(IDS[1], NINE + DAY, ELEVEN + DAY, (NINE, ELEVEN), call()),
        lambda: extend(IDS[1], ELEVEN, call()),
    ):
        with pytest.raises(Conflict):
            atomically(deed)


def test_given_another_unit_when_it_asks_for_a_booking_then_there_is_none(inside):
    rooms()
    booked()
    tom = call(person=who("tom", org_id="other"))

    for deed in (
        lambda: move(IDS[1], NINE + DAY, ELEVEN + DAY, (NINE, ELEVEN), tom),
        lambda: extend(IDS[1], ELEVEN, tom),
        lambda: end_early(IDS[1], ELEVEN, tom),
        lambda: cancel(IDS[1], tom),
    ):
        with pytest.raises(NotFound):
            atomically(deed)

    assert times() == (NINE, ELEVEN)


def test_given_an_hour_between_two_when_both_are_booked_then_one_quick_turn_is_due(inside):
    rooms()
    booked()
    assert work()["会后"] == "11:00-11:40"

    booked(2, starts=ELEVEN + minutes(60))

    assert work() == {"会前": "07:30-08:30", "会中": "08:40-11:00", "快速翻台": "11:00-11:30"}
    assert work(IDS[2])["会前"] == "11:00-11:30"
    assert [profile for code, profile in rows("standard_code", "profile") if code == AFTER] == ["turn", "full"]
