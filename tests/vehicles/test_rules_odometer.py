"""VH-7: an odometer never falls, a leap is confirmed, a correction counts once agreed."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from app.vehicles.rules_odometer import Fault, Odometer, Reading, fault_of, gained_too_much, walk

SITE = ZoneInfo("Asia/Shanghai")
MORNING = datetime(2026, 11, 23, 0, tzinfo=UTC)  # 08:00 at the site
NOTHING = {}


def reading(hours, km, source=None, sure=False):
    return Reading(MORNING + timedelta(hours=hours), km, source or f"r{hours}", sure)


def test_vh7_given_a_reading_when_the_next_is_lower_then_it_does_not_count_and_says_what_stood_before():
    found = walk([reading(0, 68240), reading(1, 68239)], NOTHING, SITE)

    assert found.km == 68240
    [doubt] = found.doubts
    assert (doubt.fault, doubt.before_km, doubt.reading.km) == (Fault.FALLS, 68240, 68239)


def test_vh7_given_a_reading_when_the_next_is_the_same_then_it_counts():
    assert walk([reading(0, 68240), reading(1, 68240)], NOTHING, SITE).doubts == ()


def test_vh7_given_a_day_when_exactly_800_km_are_gained_then_it_counts_and_801_ask_to_be_confirmed():
    yesterday = reading(-24, 1000)

    assert fault_of(Odometer((yesterday,), ()), MORNING, 1800, SITE) is None
    assert fault_of(Odometer((yesterday,), ()), MORNING, 1801, SITE) is Fault.JUMPS
    assert fault_of(Odometer((yesterday,), ()), MORNING, 1801, SITE, sure=True) is None


def test_vh7_given_two_trips_of_one_day_when_they_sum_up_to_more_than_800_then_the_second_asks():
    counted = (reading(-24, 1000), reading(0, 1500))

    assert gained_too_much(counted, MORNING + timedelta(hours=3), 1801, SITE)
    assert not gained_too_much(counted, MORNING + timedelta(hours=3), 1800, SITE)


def test_vh7_given_the_first_day_when_nothing_was_read_before_then_the_first_reading_of_the_day_is_the_base():
    counted = (reading(0, 1000), reading(1, 1100))

    assert gained_too_much(counted, MORNING + timedelta(hours=3), 1801, SITE)
    assert not gained_too_much(counted, MORNING + timedelta(hours=3), 1800, SITE)
    assert not gained_too_much((), MORNING, 900_000, SITE)


def test_vh7_given_three_days_since_the_last_reading_when_it_leaps_then_each_day_has_its_800():
    counted = (reading(-72, 1000),)

    assert not gained_too_much(counted, MORNING, 1000 + 2400, SITE)
    assert gained_too_much(counted, MORNING, 1000 + 2401, SITE)


def test_vh7_given_a_vehicle_that_stood_for_long_when_it_goes_out_today_then_its_way_of_today_counts():
    stood, of_today = reading(-24 * 8, 1000), reading(0, 1000)

    assert not gained_too_much((stood,), MORNING, 1000 + 6400, SITE)
    assert gained_too_much((stood,), MORNING, 1000 + 6401, SITE)
    assert gained_too_much((stood, of_today), MORNING, 1801, SITE)
    assert not gained_too_much((reading(-24 * 7, 1000), of_today), MORNING, 1000 + 5600, SITE)


def test_vh7_given_the_days_of_the_site_when_midnight_passes_there_then_a_new_day_begins():
    late = Reading(datetime(2026, 11, 22, 15, 30, tzinfo=UTC), 1000, "a")  # 23:30
    early = datetime(2026, 11, 22, 16, 30, tzinfo=UTC)  # 00:30 of the next day

    assert not gained_too_much((late,), early, 1800, SITE)
    assert gained_too_much((late,), early, 1801, SITE)


def test_vh7_given_an_agreed_correction_when_walked_then_the_new_value_counts_and_frees_what_came_after():
    typed_wrong = [reading(0, 1000), reading(1, 1790, "wrong"), reading(2, 1050)]

    before, after = walk(typed_wrong, NOTHING, SITE), walk(typed_wrong, {"wrong": 1040}, SITE)

    assert (before.km, [each.reading.km for each in before.doubts]) == (1790, [1050])
    assert (after.km, after.doubts) == (1050, ())
    assert [each.km for each in after.counted] == [1000, 1040, 1050]


def test_vh7_given_a_leap_when_a_second_person_agreed_to_the_very_value_then_it_counts():
    leap = [reading(0, 1000), reading(30, 3000, "far")]

    assert walk(leap, NOTHING, SITE).doubts[0].fault is Fault.JUMPS
    assert walk(leap, {"far": 3000}, SITE).km == 3000


def test_given_readings_when_asked_what_stood_before_then_the_last_that_counted_up_to_then():
    found = walk([reading(0, 1000), reading(2, 1100)], NOTHING, SITE)

    assert found.before(MORNING + timedelta(hours=1)).km == 1000
    assert found.before(MORNING + timedelta(hours=2)).km == 1100
    assert found.before(MORNING - timedelta(hours=1)) is None
    assert Odometer((), ()).km == 0


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 5000), st.booleans()), max_size=30), st.randoms())
def test_vh7_given_any_readings_in_any_order_when_walked_then_what_counts_never_falls_and_nothing_is_lost(
    given_, chance
):
    readings = [reading(hours, km, f"s{place}", sure) for place, (hours, km, sure) in enumerate(given_)]
    shuffled = list(readings)
    chance.shuffle(shuffled)

    found = walk(readings, NOTHING, SITE)

    counted = [each.km for each in found.counted]
    assert counted == sorted(counted)
    assert found == walk(shuffled, NOTHING, SITE)
    assert {each.source for each in found.counted} | {each.reading.source for each in found.doubts} == {
        each.source for each in readings
    }
