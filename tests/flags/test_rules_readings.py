"""Readings that look invented, and instruments that are like that."""

from random import Random

import pytest

from app.flags.rules import Finding, FlagKind
from app.flags.rules_chance import at_least, decades
from app.flags.rules_limits import Thresholds
from app.flags.rules_readings import (
    _expected,
    _others_of_that_time,
    _smooth,
    _units,
    _wandering,
    last_digits,
    neighbour_shift,
    same_value,
)
from tests.support.sightings import readings

LIMITS = Thresholds(
    same_value=6, last_digits=6, neighbour=6, least_readings=8, least_digits=40, least_spread=3
)  # fmt: skip
VARIED = [3.6, 4.1, 3.9, 4.4, 4.0, 3.5, 4.2, 3.8, 4.3, 3.7]


def others(values, **rest):
    return readings(values, **{"person": "wk-02", "start": 6.0, "name": "o", **rest})


def same(own, *rest):
    return same_value(own[-1], [*own, *(each for line in rest for each in line)], LIMITS)


def test_given_one_value_ten_times_while_others_vary_when_looked_at_then_both_are_named():
    own = readings([4.0] * 10)

    found = same(own, others(VARIED[:9]))

    numbers = {"value": 4.0, "times": 10, "others": 9, "others_share": 0.2, "decades": 7.0, "limit_decades": 6}
    assert found == Finding(FlagKind.SAME_VALUE, "r9", numbers, tuple(f"r{n}" for n in range(9)), "S03")


@pytest.mark.parametrize(("times", "flagged"), [(7, False), (8, True)])
def test_given_a_run_when_it_is_shorter_than_eight_then_nothing_is_said(times, flagged):
    assert (same(readings([4.0] * times), others([3.1] * 20, hours=3.0)) is not None) is flagged


@pytest.mark.parametrize(("count", "flagged"), [(7, False), (8, True)])
def test_given_too_few_others_when_looked_at_then_nothing_is_said(count, flagged):
    own = readings([4.0] * 12)

    assert (same(own, others([3.1] * count)) is not None) is flagged


def test_given_a_gauge_that_stands_still_when_others_read_the_same_then_nothing_is_said():
    assert same(readings([0.4] * 40), others([0.4] * 39)) is None
    assert same(readings([0.4] * 20), others([0.4] * 15 + [0.5] * 4)) is None


def test_given_a_run_that_another_value_broke_when_counted_then_only_the_last_ones_count():
    own = readings([4.0] * 9 + [4.1] + [4.0] * 8)

    assert same(own, others([3.1] * 80, hours=3.0)).numbers["times"] == 8


def test_given_a_gauge_that_got_stuck_when_others_of_that_time_read_the_same_then_nothing_is_said():
    own = readings([4.0] * 12, start=500.0)
    before = others(VARIED * 4, start=0.0)
    meanwhile = others([4.0] * 12, start=506.0, name="m")

    assert same(own, before, meanwhile) is None
    assert same(own, before).numbers["others"] == 40


def test_given_one_who_reads_alone_when_the_own_readings_once_varied_then_that_is_compared():
    found = same(readings(VARIED * 2 + [4.0] * 14))

    assert (found.numbers["times"], found.numbers["others"]) == (14, 20)


def test_given_other_points_steps_and_later_readings_when_looked_at_then_they_do_not_count():
    own = readings([4.0] * 10)

    assert same(own, others(VARIED, point="there")) is None
    assert same(own, others(VARIED, step="S04")) is None
    assert same(own, others(VARIED, start=109.0)) is None


def test_given_how_unlikely_it_must_be_when_the_limit_is_just_reached_then_it_is_found():
    own, rest = readings([4.0] * 8), others([3.1] * 9, hours=6.0)

    assert same_value(own[-1], [*own, *rest], Thresholds(same_value=8.0)).numbers["decades"] == 8.0
    assert same_value(own[-1], [*own, *rest], Thresholds(same_value=8.1)) is None


def drawn(count, *, seed=1, favourites=(), share=0.0, mean=40.0, spread=8.0):
    chance, values = Random(seed), []
    for _ in range(count):
        units = round(chance.gauss(mean, spread))
        if favourites and chance.random() < share:
            units = units // 10 * 10 + chance.choice(favourites)
        values.append(units / 10)
    return values


def digits(own, *rest, limits=LIMITS):
    return last_digits(own[-1], [*own, *(each for line in rest for each in line)], limits)


def test_given_favourite_digits_when_others_have_none_then_they_are_named():
    own = readings(drawn(60, favourites=(2, 8), share=0.9))

    found = digits(own, others(drawn(60, seed=2)))

    assert (found.kind, found.about, found.subject) == (FlagKind.LAST_DIGITS, "r59", "S03")
    assert (found.numbers["digits"], found.numbers["readings"], found.numbers["limit_decades"]) == ("2, 8", 60, 6)
    assert found.numbers["share"] > 0.85
    assert 0.1 < found.numbers["fair_share"] < 0.4
    assert found.numbers["decades"] > 20
    assert found.compared_with == tuple(f"r{n}" for n in range(49, 59))


@pytest.mark.parametrize("seed", range(30))
def test_given_honest_readings_when_looked_at_then_nothing_is_said(seed):
    own = readings(drawn(80, seed=seed, spread=4.0))

    assert digits(own, others(drawn(80, seed=seed + 1000, spread=4.0))) is None


def test_given_a_dial_with_half_degrees_when_others_heap_alike_then_it_is_the_instrument():
    own = readings(drawn(60, favourites=(0, 5), share=1))

    assert digits(own, others(drawn(60, seed=2, favourites=(0, 5), share=1))) is None
    assert digits(own, others(drawn(60, seed=2))) is not None


def test_given_a_gauge_that_hardly_moves_when_looked_at_then_it_has_no_choice():
    still = readings([4.0, 4.1] * 30)

    assert digits(still, others(drawn(60))) is None


@pytest.mark.parametrize(
    ("own", "theirs", "flagged"), [(39, 60, False), (40, 60, True), (60, 39, False), (60, 40, True)]
)
def test_given_fewer_than_forty_when_looked_at_then_nothing_is_said(own, theirs, flagged):
    invented = readings(drawn(own, favourites=(2, 8), share=1, spread=12.0))

    assert (digits(invented, others(drawn(theirs, seed=2, spread=12.0), hours=6.0)) is not None) is flagged


def test_given_points_with_other_usual_values_when_looked_at_then_each_is_held_against_itself():
    own = [
        *readings(drawn(60, mean=40, spread=4.0)),
        *readings(drawn(60, seed=7, mean=65, spread=4.0), point="there", name="s", start=1.0),
    ]

    assert digits(sorted(own, key=lambda each: each.read_at), others(drawn(80, seed=2, mean=90))) is None


def neighbours(own, theirs, *rest):
    """They read at noon, the author six hours later; `rest` are pairs of others."""
    before = readings(theirs, person="wk-02", name="n")
    mine = readings(own, start=6.0)
    return neighbour_shift(mine[-1], [*before, *mine, *(each for line in rest for each in line)], LIMITS)


def pairs(count=12, equal=0):
    """Two others who read one after the other at another point."""
    first = readings(drawn(count), person="wk-03", point="there", name="p")
    second = [each.value if n < equal else each.value + 0.3 for n, each in enumerate(first)]
    return [*first, *readings(second, person="wk-04", point="there", name="q", start=6.0)]


def test_given_the_neighbours_readings_copied_when_others_read_their_own_then_it_is_found():
    found = neighbours(VARIED, VARIED, pairs())

    numbers = {"equal": 10, "of": 10, "others": 28, "others_share": 0.033, "decades": 14.8, "limit_decades": 6}
    assert found == Finding(FlagKind.NEIGHBOUR_SHIFT, "r9", numbers, tuple(f"r{n}" for n in range(9)), "S03")


def test_given_a_meter_that_stands_still_when_all_repeat_each_other_then_nothing_is_said():
    assert neighbours([7.0] * 12, [7.0] * 12, pairs(12, equal=12)) is None


def test_given_this_reading_is_another_when_earlier_ones_were_copied_then_nothing_is_said():
    assert neighbours([*VARIED[:-1], 9.9], VARIED, pairs()) is None


@pytest.mark.parametrize(("count", "flagged"), [(7, False), (8, True)])
def test_given_few_readings_after_a_neighbour_when_looked_at_then_nothing_is_said(count, flagged):
    assert (neighbours(VARIED[:count], VARIED[:count], pairs(40)) is not None) is flagged


def test_given_few_pairs_of_others_when_looked_at_then_nothing_is_said():
    own = readings(VARIED * 3)
    theirs = [each for n, each in enumerate(readings(VARIED * 3, person="wk-02", start=-6.0, name="n")) if n < 40]
    quiet = [each for n, each in enumerate(theirs) if n >= 23]

    assert neighbour_shift(own[-1], [*own, *quiet], LIMITS) is None


def test_given_the_author_read_before_when_the_value_is_the_own_then_it_is_no_copy():
    own = readings([4.0] * 12)

    assert neighbour_shift(own[-1], [*own, *pairs()], LIMITS) is None


def test_given_the_limit_just_reached_when_readings_repeat_the_neighbours_then_it_is_found():
    exactly = decades(at_least(10, 10, 1 / 30))
    before, mine = readings(VARIED, person="wk-02", name="n"), readings(VARIED, start=6.0)
    seen = [*before, *mine, *pairs()]

    assert neighbour_shift(mine[-1], seen, Thresholds(neighbour=exactly)) is not None
    assert neighbour_shift(mine[-1], seen, Thresholds(neighbour=exactly + 0.001)) is None


@pytest.mark.parametrize(("count", "flagged"), [(8, False), (9, True)])
def test_given_pairs_of_others_when_there_are_eight_then_they_are_enough(count, flagged):
    """The neighbour who follows the author counts too: one pair fewer than readings."""
    own, theirs = readings(VARIED[:count], start=6.0), readings(VARIED[:count], person="wk-02", name="n")

    assert (neighbour_shift(own[-1], [*own, *theirs], Thresholds(neighbour=5)) is not None) is flagged


def test_given_readings_since_the_run_began_when_there_are_eight_then_earlier_ones_do_not_count():
    run = readings([4.0] * 3, start=50.0)[::-1]
    earlier, then = (
        readings(VARIED, person="wk-02", name="e"),
        readings([3.1] * 8, person="wk-02", start=50.0, hours=1.0),
    )
    early = [each for each in earlier if each.read_at < run[-1].read_at]

    assert _others_of_that_time([*early, *then, *run], run, LIMITS) == then
    assert _others_of_that_time([*early, *then[1:], *run], run, LIMITS) == [*early, *then[1:]]


def test_given_a_spread_of_three_units_when_it_is_just_so_wide_then_the_point_counts():
    wide, narrow = readings([3.7, 4.3] * 4), readings([3.8, 4.3] * 4, point="there", name="s")

    assert _wandering([*narrow, *wide], 3) == wide


def test_given_values_when_written_in_units_of_the_last_digit_then_the_digits_after_the_point_count():
    assert _units(readings([4.1, 12.0])) == [41.0, 120.0]


def test_given_a_narrow_and_a_wide_spread_when_smoothed_then_the_last_digits_are_those_of_a_normal_law():
    narrow, wide = _smooth([43.0, 45.0]), _smooth([420.0, 480.0])

    assert narrow == pytest.approx([0, 0.0060, 0.0606, 0.2417, 0.3829, 0.2417, 0.0606, 0.0060, 0.0002, 0], abs=0.0003)
    assert _smooth([44.0, 44.0]) == pytest.approx(narrow)
    assert sum(_smooth([41.0, 47.0])) == pytest.approx(1, abs=1e-5)
    assert wide == pytest.approx([0.1] * 10, abs=0.001)


def test_given_two_points_when_digits_are_expected_then_each_brings_as_many_as_its_readings():
    due = _expected([*readings([4.3, 4.5]), *readings([5.9, 6.1] * 3, point="there")])

    assert sum(due) == pytest.approx(8, abs=1e-4)
    assert (due[4], due[0]) == (pytest.approx(0.7672, abs=0.001), pytest.approx(6 * 0.3829, abs=0.001))


def test_given_favourite_digits_when_told_then_the_numbers_are_exact():
    own = readings([value / 10 for value in (12, 18, 22, 28, 32, 38, 42, 48, 52, 58) * 4])
    rest = others([value / 10 for value in range(20, 60)], hours=6.0)

    found = digits(own, rest)

    assert found.numbers == {
        "readings": 40, "digits": "2, 8", "share": 1.0, "fair_share": 0.21, "decades": found.numbers["decades"],
        "limit_decades": 6,
    }  # fmt: skip
    assert found.numbers["decades"] == round(found.numbers["decades"], 1)


def test_given_shares_that_go_on_when_told_then_they_are_rounded():
    own = readings([6.1, 6.5, *(value / 10 for value in (12, 18, 22, 28, 32, 38, 42, 48, 52, 58) * 4)])
    rest = others([value / 10 for value in range(18, 60)], hours=6.0)

    found = digits(own, rest)

    assert (found.numbers["share"], found.numbers["fair_share"]) == (0.95, 0.23)
    assert same(readings([4.0] * 10), others(VARIED, hours=3.0)).numbers["others_share"] == 0.182
