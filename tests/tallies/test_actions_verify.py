"""After any history the tallies say what a recount in SQL of its own says; what differs is named, and mended."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from app import clock
from app.db import atomically, rows, run
from app.organisations.rules import Scope
from app.stats.queries_sums import points
from app.tallies import actions
from app.tallies.actions_verify import tonight, verify, watch
from app.tallies.queries import Asked
from app.tallies.queries_cells import anything_noted
from tests.support import builders as make
from tests.support import histories
from tests.support.builders import NOW
from tests.support.histories import SITE


@pytest.fixture
def world(inside):
    histories.world()
    return inside


@settings(max_examples=6)
@given(seed=st.integers(0, 10**6), steps=st.integers(15, 40))
def test_given_any_history_when_recounted_then_every_cell_agrees(world, seed, steps):
    history = histories.played(seed, steps)

    assert verify(SITE).first is None
    history.close()
    assert not anything_noted()
    assert verify(SITE).first is None


def test_given_cells_and_a_history_when_counted_anew_then_nothing_moves(world):
    histories.played(5, 40).close()
    before = cells()

    months = actions.rebuild(SITE)

    assert months == len(actions.all_months(SITE)) > 1
    assert cells() == before
    assert verify(SITE).first is None


def test_given_changes_not_folded_when_counted_anew_then_they_are_not_counted_twice(world):
    histories.played(6, 40)

    actions.rebuild(SITE)
    actions.fold(SITE)

    assert verify(SITE).first is None


def test_given_a_month_whose_windows_are_archived_when_counted_anew_then_its_figures_stay(world):
    start = NOW - timedelta(days=40)
    make.occurrence("p1", "X1", start, state="missed", business_on=start.date())
    actions.fold(SITE)
    kept = cells()
    atomically(lambda: run(text("DELETE FROM occurrences WHERE state = 'missed'")))
    atomically(lambda: run(text("DELETE FROM tally_deltas")))  # as when a partition is taken away: no trigger fires

    actions.rebuild(SITE)

    assert cells() == kept
    assert verify(SITE).first is None


def test_given_a_cell_that_was_changed_when_recounted_then_it_is_named_and_a_rebuild_mends_it(world):
    make.occurrence("p1", "X1", NOW - timedelta(days=1), state="missed", business_on=NOW.date())
    actions.fold(SITE)
    broken = "UPDATE tally_points SET missed = missed + 2 WHERE missed = 1"
    atomically(lambda: run(text(broken)))

    with clock.at(NOW):
        found = verify(SITE)

    assert found.differing == 1
    assert str(found.first) == (
        "tally_points 2026-11-01 clean care p1 JGSW05003.01: missed is 1 by the windows, 3 is kept"
    )
    actions.rebuild(SITE)
    assert verify(SITE).first is None


@pytest.mark.parametrize("table", ["tally_days", "tally_people", "tally_misses", "tally_site_misses", "tally_deltas"])
def test_given_cells_that_are_gone_when_recounted_then_that_is_seen(world, table):
    make.occurrence("p1", "X1", NOW - timedelta(days=1), state="missed", business_on=NOW.date())
    if table != "tally_deltas":
        actions.fold(SITE)
    atomically(lambda: run(text(f"DELETE FROM {table}")))

    assert verify(SITE).first is not None


def test_given_a_month_that_is_over_when_it_is_brought_together_then_a_late_change_still_finds_its_cell(world):
    start = NOW - timedelta(days=40)
    number = make.occurrence("p1", "X1", start, state="missed", business_on=start.date())
    make.occurrence("p1", "X2", start + timedelta(days=2), state="missed", business_on=start.date())
    actions.fold(SITE)
    actions.close_days(NOW.date())

    atomically(lambda: run(text(f"UPDATE occurrences SET state = 'late' WHERE id = {number}")))
    actions.fold(SITE)

    found = rows(text('SELECT "on", late, missed FROM tally_points WHERE late > 0'))
    assert [(str(each[0]), *each[1:]) for each in found] == [("2026-10-01", 1, 1)]
    assert verify(SITE).first is None


def test_given_days_of_the_running_month_when_brought_together_then_its_figures_stay_and_yesterday_is_by_itself(world):
    for days in range(1, 6):
        start = NOW - timedelta(days=days)
        oldest = make.occurrence("p1", f"X{days}", start, state="missed", business_on=start.date())
    actions.fold(SITE)
    before = points(Asked(NOW.date().replace(day=1), NOW, SITE, Scope(None)))

    actions.close_days(NOW.date())

    assert points(Asked(NOW.date().replace(day=1), NOW, SITE, Scope(None))) == before
    kept = rows(text('SELECT "on", missed FROM tally_points WHERE missed > 0 ORDER BY "on"'))
    assert [(str(each[0]), each[1]) for each in kept] == [("2026-11-01", 4), ("2026-11-22", 1)]
    atomically(lambda: run(text(f"UPDATE occurrences SET state = 'late' WHERE id = {oldest}")))
    actions.fold(SITE)
    actions.close_days(NOW.date() + timedelta(days=1))
    with clock.at(NOW + timedelta(days=1)):
        assert verify(SITE).first is None
    actions.rebuild(SITE)
    kept = rows(text('SELECT "on", missed, late FROM tally_points WHERE missed > 0 ORDER BY "on"'))
    assert [(str(each[0]), *each[1:]) for each in kept] == [("2026-11-01", 4, 1)]


def test_given_years_of_months_when_a_night_is_planned_then_the_newest_and_one_older_in_turn_are_counted(world):
    for months in range(1, 6):
        start = NOW - timedelta(days=31 * months)
        make.occurrence("p1", f"Y{months}", start, business_on=start.date())

    nights = [tonight(NOW.date() + timedelta(days=each), SITE) for each in range(4)]

    assert {night[0].month for night in nights} == {6, 7, 8, 9}
    assert all([each.month for each in night[1:]] == [10, 11] for night in nights)


def test_given_a_night_when_the_figures_are_watched_then_once_a_day_and_the_administrator_is_told(world):
    make.person("root", "admin", "bureau")
    make.occurrence("p1", "X1", NOW - timedelta(days=1), state="missed", business_on=NOW.date())
    with clock.at(NOW):
        assert watch(NOW, SITE) == 1
        assert watch(NOW + timedelta(hours=1), SITE) == 0
    atomically(lambda: run(text("UPDATE tally_days SET missed = missed + 1 WHERE missed = 1")))
    with clock.at(NOW + timedelta(days=1)):
        watch(NOW + timedelta(days=1), SITE)

    told = rows(text("SELECT kind, person_id FROM messages"))
    assert [tuple(each) for each in told] == [("tallies_differ", "root")]
    kept = rows(text("SELECT differing, first FROM tally_verifications ORDER BY id"))
    assert [each[0] for each in kept] == [0, 1]
    assert "tally_days 2026-11-22 clean care" in kept[1][1]


def cells():
    """Every cell of every tally."""
    names = ("days", "points", "people", "misses", "holidays")
    return {name: sorted(map(str, rows(text(f"SELECT * FROM tally_{name}")))) for name in names}
