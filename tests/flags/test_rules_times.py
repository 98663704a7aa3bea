"""Times of visits: what is too short, too fast, too many at once; and what honest people do every day."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.flags.rules import Finding, FlagKind
from app.flags.rules_limits import Thresholds
from app.flags.rules_times import burst, clock, fast_walk, short_visit
from tests.support.sightings import after, visit

LIMITS = Thresholds(
    short_share=0.5, pool=3, walk_share=0.2, walk_from_seconds=150, burst=4, burst_minutes=10, burst_share=0.6,
    clock_minutes=15,
)  # fmt: skip


def short(this, *before):
    return short_visit(this, before, LIMITS)


def test_given_a_visit_under_half_the_floor_when_looked_at_then_the_finding_says_what_was_compared():
    found = short(visit("b", 20, dwell=10, floor=60), visit("a", 0))

    numbers = {"seconds": 20, "floor_seconds": 60, "share": 0.33, "limit_share": 0.5, "hands": 1}
    assert found == Finding(FlagKind.SHORT_VISIT, "b", numbers, ("a",))


@pytest.mark.parametrize(("at", "flagged"), [(29, True), (30, False), (31, False)])
def test_given_time_since_the_record_before_when_it_reaches_the_share_then_people_worked_first(at, flagged):
    assert (short(visit("b", at, dwell=10), visit("a", 0)) is not None) is flagged


@pytest.mark.parametrize(("dwell", "flagged"), [(29, True), (30, False)])
def test_given_a_dwell_when_it_reaches_the_share_of_the_floor_then_nothing_is_asked_of_the_rest(dwell, flagged):
    assert (short(visit("b", 1, dwell=dwell), visit("a", 0)) is not None) is flagged


def test_given_nothing_before_when_a_visit_is_short_then_nothing_is_known():
    assert short(visit("a", 0, dwell=1)) is None
    assert short(visit("a", 0, dwell=1), visit("a", -5), visit("later", 5)) is None


def test_given_no_floor_when_looked_at_then_no_time_is_too_short():
    assert short(visit("b", 1, dwell=0, floor=0), visit("a", 0)) is None


@pytest.mark.parametrize(("hands", "flagged"), [(1, True), (2, False)])
def test_given_two_together_when_they_need_half_as_long_then_it_is_no_short_visit(hands, flagged):
    assert (short(visit("b", 20, dwell=10, hands=hands), visit("a", 0)) is not None) is flagged


def test_given_three_points_worked_at_and_ticked_in_one_go_when_looked_at_then_all_the_time_counts():
    worked = [visit("before", -90), visit("a", 0, dwell=5), visit("b", 5, dwell=5)]

    assert short(visit("c", 10, dwell=5), *worked) is None


def test_given_three_ticked_in_one_go_when_the_time_for_all_was_short_then_it_is_found():
    hurried = [visit("before", -70), visit("a", 0, dwell=5), visit("b", 5, dwell=5)]

    found = short(visit("c", 10, dwell=5), *hurried)

    assert (found.numbers["share"], found.numbers["seconds"], found.compared_with) == (0.44, 5, ("b",))


def test_given_four_ticked_in_one_go_when_looked_at_then_the_fourth_finds_no_time():
    worked = [visit("before", -9000), visit("a", 0, dwell=5), visit("b", 5, dwell=5), visit("c", 10, dwell=5)]

    assert short(visit("d", 15, dwell=5), *worked).kind is FlagKind.SHORT_VISIT


@given(st.floats(0, 40_000), st.floats(-3000, 3000))
def test_given_any_late_sync_and_any_steady_wrong_clock_when_looked_at_then_nothing_changes(behind, wrong):
    on_time = [visit("a", 0), visit("b", 20, dwell=10)]
    late = [visit("a", 0, behind=behind, offset=wrong), visit("b", 20, dwell=10, behind=behind, offset=wrong)]

    assert short(on_time[1], on_time[0]) == short(late[1], late[0])


def walk(this, *before, ways=300, **more):
    return fast_walk(this, before, {each.check: ways for each in before} | more, LIMITS)


def test_given_another_building_a_moment_later_when_both_were_scanned_then_the_finding_says_so():
    found = walk(visit("b", 90, dwell=60), visit("a", 0))

    numbers = {"seconds": 30, "usual_seconds": 300, "limit_share": 0.2, "same_person": 1}
    assert found == Finding(FlagKind.FAST_WALK, "b", numbers, ("a",))


@pytest.mark.parametrize(("opened", "flagged"), [(59, True), (60, False)])
def test_given_a_way_when_it_took_a_fifth_of_the_usual_then_somebody_ran(opened, flagged):
    assert (walk(visit("b", opened + 60), visit("a", 0)) is not None) is flagged


@pytest.mark.parametrize(("usual", "flagged"), [(149, False), (150, True)])
def test_given_doors_side_by_side_when_both_are_scanned_then_nothing_is_said(usual, flagged):
    assert (walk(visit("b", 61), visit("a", 0), ways=usual) is not None) is flagged


def test_given_no_way_known_or_the_same_point_when_looked_at_then_nothing_is_said():
    before = visit("a", 0, point="here")

    assert fast_walk(visit("b", 61), [before], {}, LIMITS) is None
    assert walk(visit("b", 61, point="here"), before) is None
    assert walk(visit("b", 61)) is None


@pytest.mark.parametrize(("one", "other"), [("list", "scan"), ("scan", "list"), ("typed", "list")])
def test_given_points_ticked_in_one_go_from_the_list_when_the_work_took_its_time_then_nothing_is_said(one, other):
    before = [visit("z", -1000), visit("a", 0, via=one)]

    assert walk(visit("b", 61, via=other), *before) is None


def test_given_both_were_scanned_when_the_point_before_lies_long_ago_then_that_explains_nothing():
    assert walk(visit("b", 61), visit("z", -1000), visit("a", 0)).compared_with == ("a",)


def test_given_another_person_on_this_phone_when_the_way_is_too_fast_then_ticking_in_one_go_explains_nothing():
    before = [visit("z", -1000, via="list", person="wk-02"), visit("a", 0, via="list", person="wk-02")]

    assert walk(visit("b", 61, via="list"), *before).numbers["same_person"] == 0


def test_given_four_ticked_from_the_list_when_only_three_may_be_then_the_fourth_is_found():
    before = [visit("z", -1000, via="list"), *(visit(name, n, via="list") for n, name in enumerate("abc"))]

    assert walk(visit("d", 63, via="list"), *before).kind is FlagKind.FAST_WALK
    assert walk(visit("d", 63, via="list"), *before[:-1]) is None


def test_given_a_visit_begun_before_the_last_ended_when_looked_at_then_the_way_took_nothing():
    assert walk(visit("b", 10, dwell=60), visit("a", 0)).numbers["seconds"] == 0


def run(count, apart, *, floor=60, **rest):
    return [visit(f"v{number}", number * apart, floor=floor, **rest) for number in range(count)]


def test_given_four_points_in_a_minute_when_looked_at_then_all_of_them_are_named():
    *before, last = run(4, 20)

    numbers = {"points": 4, "limit_points": 4, "seconds": 60, "floor_seconds": 180}
    assert burst(last, before, LIMITS) == Finding(FlagKind.BURST, "v3", numbers, ("v0", "v1", "v2"))


@pytest.mark.parametrize(("count", "apart", "flagged"), [(3, 20, False), (4, 35, True), (4, 36, False)])
def test_given_points_in_a_row_when_they_are_few_or_take_their_time_then_it_is_no_burst(count, apart, flagged):
    *before, last = run(count, apart)

    assert (burst(last, before, LIMITS) is not None) is flagged


def test_given_a_patrol_of_short_stops_when_looked_at_then_it_is_no_burst():
    *before, last = run(12, 25, floor=10)

    assert burst(last, before, LIMITS) is None


def test_given_one_point_again_and_again_when_looked_at_then_it_is_one_point():
    *before, last = run(6, 10, point="here")

    assert burst(last, before, LIMITS) is None


@pytest.mark.parametrize(("first", "flagged"), [(-600, True), (-601, False)])
def test_given_ten_minutes_when_a_point_lies_further_back_then_it_does_not_count(first, flagged):
    before = [visit("v0", first, floor=9000), visit("v1", -20, floor=9000), visit("v2", -10, floor=9000)]

    assert (burst(visit("v3", 0, floor=9000), before, LIMITS) is not None) is flagged


@given(st.integers(2, 20), st.floats(60, 300), st.floats(0, 40_000))
def test_given_honest_stops_when_all_arrive_in_one_second_then_late_syncing_flags_nothing(count, apart, behind):
    ended = [visit(f"v{n}", n * apart, behind=behind + (count - n) * apart) for n in range(count)]

    assert burst(ended[-1], ended[:-1], LIMITS) is None


def test_given_a_clock_that_moved_away_when_looked_at_then_the_drift_is_named():
    found = clock(visit("b", 60, offset=7230), [visit("a", 0, offset=30)], LIMITS)

    numbers = {"drift_minutes": 120.0, "limit_minutes": 15, "offset_minutes": 120.5}
    assert found == Finding(FlagKind.CLOCK, "b", numbers, ("a",))


@pytest.mark.parametrize(
    ("was", "now", "flagged"),
    [(0, 901, True), (0, 900, False), (0, -901, True), (3000, 3000, False), (7200, 0, False), (7200, 120, False),
     (7200, 121, True)],
)  # fmt: skip
def test_given_a_wrong_clock_when_it_is_steady_or_put_right_then_nothing_is_said(was, now, flagged):
    found = clock(visit("b", 60, offset=now), [visit("a", 0, offset=was)], LIMITS)

    assert (found is not None) is flagged


def test_given_clocks_that_contradict_each_other_when_looked_at_then_no_comparison_is_needed():
    found = clock(visit("b", 0, offset=90, contradicts=True), [], LIMITS)

    assert found == Finding(FlagKind.CLOCK, "b", {"contradicts": 1, "offset_minutes": 1.5})


def test_given_a_wrong_clock_on_a_new_phone_when_nothing_came_from_it_before_then_nothing_is_said():
    assert clock(visit("b", 0, offset=9000), [], LIMITS) is None


def test_given_a_photo_before_opening_when_the_visit_is_timed_then_it_began_with_the_photo_by_the_true_clock():
    this = replace(visit("a", 0, dwell=60, offset=600), dwell_seconds=200)

    assert (this.began, this.ended) == (after(-200), after(0))
    assert visit("a", 0, dwell=60, offset=600).began == after(-60)
    assert replace(this, dwell_seconds=10).began == after(-60)


def test_given_a_clock_ahead_when_the_visit_is_timed_then_it_ended_no_later_than_it_arrived():
    this = visit("a", 0)

    assert replace(this, received_at=after(-5)).ended == after(-5)


def test_given_two_that_ended_together_when_looked_at_then_the_one_is_before_the_other():
    assert short(visit("b", 0, dwell=10), visit("a", 0)).numbers["seconds"] == 0


def test_given_a_drift_when_told_then_it_is_to_a_tenth_of_a_minute():
    found = clock(visit("b", 60, offset=2000), [visit("a", 0)], LIMITS)

    assert (found.numbers["drift_minutes"], found.numbers["offset_minutes"]) == (33.3, 33.3)
