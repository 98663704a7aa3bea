"""Reads behind the home page, the own page and the public page."""

from datetime import date, timedelta

import pytest

from app.pages.queries import mates_of, responsible_unit, served_publicly, shift_of, tasks_of
from tests.support import builders as a
from tests.support.repairs import order, trades_of_small_world

TODAY = date(2026, 11, 23)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def world(inside):
    """The small world of builders, its window on nobody's round."""
    a.small_world()
    return inside


def test_given_windows_of_several_people_when_a_day_is_read_then_only_the_own_claimed_and_done_ones_come():
    a.occurrence(window="A3", start=a.NOW + HOUR, assignee_id="ann")
    a.occurrence(window="A4", start=a.NOW + 2 * HOUR, assignee_id="lea", claimed_by_id="ann")
    a.occurrence(window="A5", start=a.NOW + 3 * HOUR, assignee_id="lea", done_by_id="ann", state="in_window")
    a.occurrence(window="A6", start=a.NOW + 4 * HOUR, assignee_id="lea")
    a.occurrence(window="A7", start=a.NOW + 5 * HOUR, assignee_id="ann", state="void")

    tasks = tasks_of("ann", TODAY, a.NOW)

    assert [task.window_key[-2:] for task in tasks] == ["A3", "A4", "A5"]
    assert (tasks[0].point, tasks[0].building, tasks[0].code) == ("1号楼1层男卫生间", "1号楼", a.CODE)


def test_given_a_window_of_the_eve_when_still_open_after_midnight_then_it_is_on_the_list():
    eve = date(2026, 11, 22)
    a.occurrence(window="N1", start=a.NOW - HOUR, assignee_id="ann", business_on=eve)
    a.occurrence(window="N2", start=a.NOW - 9 * HOUR, assignee_id="ann", business_on=eve)
    a.occurrence(window="N3", start=a.NOW - HOUR, assignee_id="ann", business_on=eve, state="in_window")

    assert [task.window_key[-2:] for task in tasks_of("ann", TODAY, a.NOW)] == ["N1"]


def test_given_windows_of_the_next_date_when_they_begin_within_half_a_day_then_they_are_on_the_list():
    night = TODAY + timedelta(days=1)
    a.occurrence(window="N1", start=a.NOW + 12 * HOUR, assignee_id="ann", business_on=night)
    a.occurrence(window="N2", start=a.NOW + 13 * HOUR, assignee_id="ann", business_on=night)
    a.occurrence(window="N3", start=a.NOW + 2 * HOUR, assignee_id="ann", business_on=night + timedelta(days=1))

    tasks = tasks_of("ann", TODAY, a.NOW)

    assert [(task.window_key[-2:], task.business_on) for task in tasks] == [("N1", night)]


def test_given_a_unit_when_colleagues_are_listed_then_neither_oneself_nor_strangers_nor_the_disabled_are():
    a.person("cat", name="陈")
    a.person("dan", active=False)

    assert [mate.id for mate in mates_of("ann", "clean")] == ["lea", "cat"]


def test_given_a_shift_when_asked_for_then_its_hours_come():
    assert (shift_of("early").starts, shift_of("early").ends) == ("06:30", "14:30")
    assert shift_of(None) is None


def test_given_an_order_out_when_the_public_page_asks_then_it_is_counted_with_the_unit():
    trades_of_small_world()
    order()
    order(state="repaired", open_key=None)

    assert responsible_unit("p1") == ("单位care", "", 1)


def test_given_a_public_standard_when_visitors_ask_then_the_last_time_done_and_the_next_window_come():
    a.occurrence(window="A1", start=a.NOW - 2 * HOUR, state="in_window", done_at=a.NOW - HOUR)
    a.occurrence(window="A3", start=a.NOW + 2 * HOUR)
    a.occurrence(window="A4", start=a.NOW + 5 * HOUR)

    [served] = served_publicly("p1", a.NOW)

    assert (served.done_at, served.next_start) == (a.NOW - HOUR, a.NOW + 2 * HOUR)


def test_given_a_standard_that_is_not_public_when_visitors_ask_then_no_time_is_told():
    a.standard(code="JGSW05007.01", public=False)
    a.works_at(code="JGSW05007.01")

    assert [served.code for served in served_publicly("p1", a.NOW)] == ["JGSW05003.01"]


def test_given_a_point_when_its_unit_is_asked_for_then_the_department_that_answers_comes():
    assert responsible_unit("p1")[0] == "单位care"
    assert responsible_unit("nowhere") == ("", "", 0)
