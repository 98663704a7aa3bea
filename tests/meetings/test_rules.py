from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.meetings.rules import (
    Booking,
    Fault,
    Part,
    clash,
    fault_of,
    imported_id,
    median_minutes,
    next_start,
    part_of,
    reissued,
)
from tests.support.duties import SHANGHAI, minutes

NINE = datetime(2026, 11, 24, 9, 0, tzinfo=SHANGHAI)


def booking(name="a", starts=0, lasts=60, **keys):
    start = NINE + minutes(starts)
    return Booking(name, "p1", start, start + minutes(lasts), **keys)


def test_given_a_neighbour_when_times_touch_but_do_not_overlap_then_they_do_not_clash():
    assert clash([booking()], NINE + minutes(60), NINE + minutes(90)) is None
    assert clash([booking()], NINE - minutes(30), NINE) is None


def test_given_a_neighbour_when_one_minute_is_shared_then_it_is_named():
    assert clash([booking()], NINE + minutes(59), NINE + minutes(90)).id == "a"
    assert clash([booking()], NINE - minutes(30), NINE + minutes(1)).id == "a"


def test_given_several_in_the_way_when_asked_then_the_first_is_named_and_the_own_and_the_cancelled_do_not_count():
    others = [booking("c", 90), booking("b", 30), booking("own", 10), booking("off", 0, cancelled_at=NINE)]

    assert clash(others, NINE, NINE + minutes(120), "own").id == "b"
    assert clash(others[2:], NINE, NINE + minutes(120), "own") is None


def test_given_times_when_judged_then_each_fault_begins_at_its_limit():
    hour = minutes(60)
    assert fault_of(NINE, NINE, NINE) is Fault.BACKWARDS
    assert fault_of(NINE, NINE + minutes(1), NINE) is None
    assert fault_of(NINE - minutes(15), NINE + hour, NINE) is None
    assert fault_of(NINE - minutes(16), NINE + hour, NINE) is Fault.PAST
    assert fault_of(NINE, NINE + 14 * hour, NINE) is None
    assert fault_of(NINE, NINE + 14 * hour + minutes(1), NINE) is Fault.TOO_LONG
    assert fault_of(NINE + timedelta(days=400), NINE + timedelta(days=400, hours=1), NINE) is None
    assert fault_of(NINE + timedelta(days=400, minutes=1), NINE + timedelta(days=400, hours=1), NINE) is Fault.TOO_FAR


def test_given_a_part_of_a_day_when_its_hours_are_asked_then_they_do_not_overlap_and_fill_the_day():
    morning, afternoon, day = (part_of(part, date(2026, 11, 24), SHANGHAI) for part in Part)

    assert morning[1] == afternoon[0]
    assert day == (morning[0], afternoon[1])
    assert f"{day[0]:%H:%M}-{day[1]:%H:%M}" == "07:00-19:00"


def test_given_a_booking_when_it_is_asked_whether_it_runs_then_its_end_is_over_and_its_start_is_on():
    one = booking()

    assert [one.is_on(NINE + minutes(at)) for at in (-1, 0, 59, 60)] == [False, True, True, False]
    assert [one.is_over(NINE + minutes(at)) for at in (59, 60)] == [False, True]
    assert booking(cancelled_at=NINE).is_over(NINE)
    assert not booking(cancelled_at=NINE).is_on(NINE)


def test_given_a_name_when_ids_are_made_then_they_are_the_same_again_and_tell_nothing():
    assert reissued("mt-1") == reissued("mt-1") != reissued("mt-2")
    assert imported_id("ical|secret-topic|") == imported_id("ical|secret-topic|")
    assert "secret" not in imported_id("ical|secret-topic|")
    assert len(reissued("mt-1")) == 36


def test_given_a_moment_when_the_next_start_is_asked_then_it_is_a_half_hour_at_least_ten_minutes_away():
    at = {"09:00": "09:30", "09:20": "09:30", "09:21": "10:00", "09:50": "10:00", "09:51": "10:30", "23:55": "00:30"}
    found = {
        text: f"{next_start(datetime.fromisoformat(f'2026-11-24T{text}').replace(tzinfo=SHANGHAI), SHANGHAI):%H:%M}"
        for text in at
    }

    assert found == at


def test_given_minutes_when_the_median_is_asked_then_it_is_the_middle_or_between_the_two_middles():
    assert median_minutes([]) is None
    assert median_minutes([9, 1, 5]) == 5
    assert median_minutes([9, 1, 5, 6]) == 5.5


@given(starts=st.lists(st.tuples(st.integers(0, 300), st.integers(1, 90)), max_size=6), at=st.integers(0, 300))
def test_given_any_bookings_when_one_is_clashed_then_it_shares_a_minute_and_otherwise_none_does(starts, at):
    others = [booking(str(place), first, lasts) for place, (first, lasts) in enumerate(starts)]
    wanted = range(at, at + 30)

    found = clash(others, NINE + minutes(at), NINE + minutes(at + 30))

    shared = {
        str(place) for place, (first, lasts) in enumerate(starts) if set(range(first, first + lasts)) & set(wanted)
    }
    assert (found is None) == (not shared)
    assert found is None or found.id in shared


def test_given_instants_of_other_zones_when_they_are_compared_then_the_instant_counts():
    assert (
        clash([booking()], datetime(2026, 11, 24, 1, 59, tzinfo=UTC), datetime(2026, 11, 24, 3, tzinfo=UTC)) is not None
    )


def test_given_seconds_when_the_next_start_is_asked_then_it_is_a_full_minute():
    found = next_start(datetime(2026, 11, 24, 9, 0, 30, 5, tzinfo=SHANGHAI), SHANGHAI)

    assert found == NINE + minutes(30)


def test_given_a_name_of_a_file_when_it_is_that_of_a_moved_meeting_then_their_ids_differ():
    assert imported_id("mt-1") == reissued("import:mt-1") != reissued("mt-1")
