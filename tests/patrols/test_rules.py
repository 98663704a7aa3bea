from dataclasses import replace
from datetime import date, datetime

from hypothesis import given
from hypothesis import strategies as st

from app.patrols.rules import Mark, Route, Visit, judged
from app.schedule.rules_states import State
from tests.support.duties import SHANGHAI, minutes

TEN = datetime(2026, 11, 23, 22, 0, tzinfo=SHANGHAI)
NIGHT = date(2026, 11, 23)


def route(*points, ordered=True, least=None, most=None):
    return Route("r", "夜巡", "clean", "JGSW05006.01", points or ("a", "b", "c"), ordered, least, most)


def visit(point_id, after=None, state=None):
    """At the point so many minutes after ten; without it nobody was there."""
    done = None if after is None else TEN + minutes(after)
    found = state or (State.PLANNED if done is None else State.IN_WINDOW)
    return Visit(point_id, found, TEN, TEN + minutes(60), TEN + minutes(90), done, "人员")


def run(*visits, on=None):
    return judged(on or route(), NIGHT, "A/A3", "夜间", visits)


def marks(*visits, **keys):
    return {stop.point_id: set(stop.marks) for stop in run(*visits, on=route(**keys)).stops if stop.marks}


def test_given_points_walked_in_order_when_judged_then_nothing_is_marked_and_all_are_done():
    found = run(visit("a", 0), visit("b", 10), visit("c", 20))

    assert [stop.marks for stop in found.stops] == [(), (), ()]
    assert (found.done, found.due, found.missed(TEN + minutes(500))) == (3, 3, 0)
    assert found.following(TEN) is None


def test_given_a_point_walked_before_an_earlier_one_when_order_counts_then_it_is_marked_and_otherwise_not():
    walked = visit("a", 20), visit("b", 10), visit("c", 30)

    assert marks(*walked) == {"b": {Mark.OUT_OF_ORDER}}
    assert marks(*walked, ordered=False) == {}


def test_given_a_missed_point_when_order_is_judged_then_it_makes_none_of_the_others_wrong():
    assert marks(visit("a"), visit("b", 10), visit("c", 20)) == {}


def test_given_times_between_two_when_judged_then_each_limit_itself_is_in_order():
    walked = visit("a", 0), visit("b", 5), visit("c", 20)

    assert marks(*walked, least=5, most=15) == {}
    assert marks(*walked, least=6, most=15) == {"b": {Mark.TOO_SOON}}
    assert marks(*walked, least=5, most=14) == {"c": {Mark.TOO_LATE}}


def test_given_a_free_route_when_times_are_judged_then_the_order_walked_counts():
    walked = visit("c", 0), visit("a", 3), visit("b", 30)

    assert marks(*walked, ordered=False, least=5, most=20) == {"a": {Mark.TOO_SOON}, "b": {Mark.TOO_LATE}}


def test_given_a_point_nobody_walked_to_when_its_time_is_over_then_it_is_missed_and_not_before():
    found = run(visit("a", 0), visit("b"), visit("c", 20))

    assert [found.missed(TEN + minutes(at)) for at in (90, 91)] == [0, 1]
    assert [stop.missed(TEN + minutes(91)) for stop in found.stops] == [False, True, False]
    assert run(visit("b", state=State.MISSED)).missed(TEN) == 1


def test_given_a_run_under_way_when_the_next_is_asked_then_it_is_the_first_left_and_missed_ones_are_passed():
    found = run(visit("a", 0), visit("b"), visit("c"))

    assert found.following(TEN + minutes(30)) == "b"
    assert run(visit("a", state=State.MISSED), visit("b", 3), visit("c")).following(TEN) == "c"
    assert found.following(TEN + minutes(91)) is None


def test_given_exempt_and_void_points_when_counted_then_they_are_not_asked_for():
    found = run(visit("a", state=State.EXEMPT), visit("b", state=State.VOID), visit("c"))

    assert (found.due, found.done, found.following(TEN)) == (1, 0, "c")


def test_given_a_point_that_the_run_does_not_ask_for_when_judged_then_it_stands_empty():
    found = run(visit("a", 0))

    assert [stop.visit is None for stop in found.stops] == [False, True, True]
    assert (found.due, found.following(TEN)) == (1, None)
    assert (found.starts_at, found.ends_at) == (TEN, TEN + minutes(60))
    assert (run().starts_at, run().ends_at) == (None, None)


@given(st.permutations(["a", "b", "c", "d"]), st.lists(st.integers(0, 40), min_size=3, max_size=3))
def test_given_any_walk_when_judged_then_it_is_marked_exactly_where_order_or_times_break(order, gaps):
    at, times = 0, {}
    for place, point_id in enumerate(order):
        at += gaps[place - 1] + 1 if place else 0
        times[point_id] = at
    walked = [visit(point_id, when) for point_id, when in times.items()]

    found = {stop.point_id: set(stop.marks) for stop in run(*walked, on=route(*"abcd", least=5, most=20)).stops}

    for place, point_id in enumerate(order):
        gap = times[point_id] - times[order[place - 1]] if place else 10
        wanted = {Mark.TOO_SOON} if gap < 5 else {Mark.TOO_LATE} if gap > 20 else set()
        if any(times[before] > times[point_id] for before in "abcd"[: "abcd".index(point_id)]):
            wanted.add(Mark.OUT_OF_ORDER)
        assert found[point_id] == wanted


def test_given_windows_of_several_times_when_the_run_is_asked_then_it_lasts_from_the_first_to_the_last():
    early = visit("b", 5)
    late = replace(visit("a", 3), start_at=TEN + minutes(7), grace_end_at=TEN + minutes(99))
    found = run(late, early)

    assert (found.starts_at, found.ends_at) == (TEN, TEN + minutes(99))


def test_given_a_visit_that_does_not_count_when_times_are_judged_then_it_lies_between_nothing():
    walked = visit("a", 0), visit("b", 10, State.VOID), visit("c", 12)

    assert marks(*walked, least=5, most=15) == {}


def test_given_a_window_done_at_an_unknown_time_when_judged_then_it_counts_and_makes_nobody_late():
    found = run(visit("a", 0), visit("b", state=State.IN_WINDOW), visit("c", 12), on=route(least=5, most=15))

    assert found.done == 3
    assert [stop.marks for stop in found.stops] == [(), (), ()]


def test_given_two_points_of_the_same_moment_when_order_counts_then_neither_is_out_of_it():
    assert marks(visit("a", 5), visit("b", 5)) == {}
