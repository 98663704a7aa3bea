"""What the pages read from the tallies against the same windows summed one by one, at any moment of any history."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from app.db import rows
from app.organisations.rules import Scope
from app.schedule.models import Occurrence
from app.schedule.rules_states import DONE
from app.stats import queries_sums as sums
from app.stats.queries_month import PERSON, holiday_coverage, in_reach, people_of, period, spots_of, sums_by_instant
from app.stats.queries_month import missed_starts as raw_starts
from app.stats.rules import Coverage, added
from app.stats.rules_trend import days_of
from app.tallies.actions import advance, close_days, fold
from app.tallies.actions_verify import verify
from app.tallies.models import PEOPLE
from app.tallies.queries import Asked, counts_by_day, holiday_points, missed_starts, own, reached_of
from app.tallies.rules_counts import NOT_DUE
from tests.support import builders as make
from tests.support import histories
from tests.support.builders import NOW
from tests.support.counting import queries_counted
from tests.support.histories import SITE
from tests.support.world import change, filled

NOVEMBER, LEAP = date(2026, 11, 1), date(2028, 2, 1)
EVERYTHING = Scope(None, answering=True)


@pytest.fixture
def world(inside):
    histories.world()
    return inside


def asked(first, now, scope=EVERYTHING, **equal):
    return Asked(first, now, SITE, scope, equal)


def agree(first, now, scope, unit):
    """Every read of the month, both ways."""
    clauses = [*in_reach(scope), *period(first, now, SITE), *([Occurrence.implementer_id == unit] if unit else [])]
    mine = asked(first, now, scope, **({"implementer_id": unit} if unit else {}))
    spots = spots_of(clauses)
    for found, key in ((sums.units(mine), "unit_id"), (sums.points(mine), "point_id")):
        assert {each.key: each.counts for each in found} == by_key(spots, key)
    assert {each.key: each.counts for each in sums.standards(mine)} == by_key(spots, "standard_code")
    people = {each.person_id: (each.counts, each.helped) for each in sums.people(mine)}
    assert people == {each.person_id: (each.counts, each.helped) for each in people_of(clauses)}
    in_use = reached(clauses)
    assert {row[0]: row[3] for row in sums.used_people(mine)} == in_use
    assert reached_of(PEOPLE, "person_id", mine) == (sum(in_use.values()), len(in_use))
    assert days_of(counts_by_day(mine), SITE) == days_of(sums_by_instant(clauses), SITE)
    assert missed_starts(mine) == raw_starts(clauses)
    assert Coverage(*holiday_points(mine)) == holiday_coverage(clauses)


def reached(clauses):
    """Who had something due -> whether they did anything themselves, told window by window (MT-25)."""
    columns = (PERSON, Occurrence.done_by_id, Occurrence.state)
    windows = [tuple(row) for row in rows(select(*columns).where(*clauses))]
    deeds = {doer for _person, doer, state in windows if state in DONE}
    return {person: person in deeds for person, _doer, state in windows if person and state not in NOT_DUE}


def by_key(spots, name):
    groups = {}
    for each in spots:
        groups.setdefault(getattr(each, name), []).append(each.counts)
    return {key: added(parts) for key, parts in groups.items()}


@settings(max_examples=5)
@given(seed=st.integers(0, 10**6), steps=st.integers(10, 30), back=st.integers(0, 3000))
def test_given_any_history_at_any_moment_when_the_month_is_read_then_it_is_what_its_windows_say(
    world, seed, steps, back
):
    history = histories.played(seed, steps)
    now = history.now - timedelta(minutes=back)
    first = now.astimezone(SITE).date().replace(day=1)

    agree(first, now, EVERYTHING, "")
    agree((first - timedelta(days=1)).replace(day=1), now, Scope(frozenset({"clean"})), "")
    agree(first, now, Scope(frozenset({"care"}), answering=True), "guard")


def test_mt31_given_a_month_without_windows_when_read_then_there_is_nothing(world):
    for first in (date(2020, 2, 1), date(2026, 10, 1), date(2026, 12, 1)):
        agree(first, NOW, EVERYTHING, "")
        assert sums.units(asked(first, NOW)) == []


def test_given_the_29th_of_february_when_read_then_its_windows_are_in_that_month_and_day(world):
    start = make.datetime(2028, 2, 29, 2, 0, tzinfo=make.UTC)
    make.occurrence("p1", "L1", start, state="missed", business_on=date(2028, 2, 29))
    fold(SITE)

    days = days_of(counts_by_day(asked(LEAP, start + timedelta(days=40))), SITE)

    assert [(each.on, each.counts.missed) for each in days] == [(date(2028, 2, 29), 1)]


def test_given_a_make_up_workday_on_a_sunday_when_read_then_it_is_a_workday(world):
    start = make.datetime(2026, 9, 20, 2, 0, tzinfo=make.UTC)
    make.occurrence("p1", "M1", start, state="in_window", business_on=date(2026, 9, 20), day_type="workday")
    fold(SITE)

    days = days_of(counts_by_day(asked(date(2026, 9, 1), NOW)), SITE)

    assert [(each.on.weekday(), each.day_type) for each in days] == [(6, "workday")]


def test_given_a_point_that_goes_to_another_unit_mid_month_when_read_then_each_has_its_own_windows(world):
    day = timedelta(days=1)
    make.occurrence("p1", "P1", NOW - 5 * day, state="missed", business_on=(NOW - 5 * day).date())
    later = make.occurrence("p1", "P2", NOW - 2 * day, state="in_window", business_on=(NOW - 2 * day).date())
    fold(SITE)
    change(later, implementer_id="guard")

    both = {each.key: (each.counts.missed, each.counts.in_window) for each in sums.units(asked(NOVEMBER, NOW))}

    assert both == {"clean": (1, 0), "guard": (0, 1)}
    assert [each.counts.due for each in sums.points(asked(NOVEMBER, NOW))] == [2]


def test_given_an_own_month_when_asked_twice_then_one_statement_each_and_it_follows(world):
    start = NOW - timedelta(days=1)
    number = make.occurrence("p1", "O1", start, state="missed", business_on=start.date(), assignee_id="ann")
    fold(SITE)
    with queries_counted() as made:
        before, _helped = own("ann", NOVEMBER, NOW, SITE)
    change(number, state="late", done_by_id="gus")

    after, _helped = own("ann", NOVEMBER, NOW, SITE)

    assert len(made) == 1
    assert (before.missed, before.late, after.missed, after.late) == (1, 0, 0, 1)
    assert own("gus", NOVEMBER, NOW, SITE)[1] == 1


@pytest.mark.parametrize(("seed", "ago", "later", "back"), [(1, 0, 1, 1), (2, 300, 700, 650), (3, 20, 5, 900)])
def test_given_windows_of_today_in_cells_when_they_change_and_time_goes_on_then_every_read_is_what_they_say(
    world, seed, ago, later, back
):
    history = histories.played(seed, 25)
    advance(history.now - timedelta(minutes=ago), SITE)
    history.now += timedelta(minutes=later)
    for deed in (history.fill, history.judge, history.plan, history.settle, history.fold, history.fill, history.report):
        deed()

    for now in (history.now, history.now - timedelta(minutes=back), history.now + timedelta(days=1)):
        agree(now.astimezone(SITE).date().replace(day=1), now, EVERYTHING, "")
        agree(now.astimezone(SITE).date().replace(day=1), now, Scope(frozenset({"clean"})), "clean")
    assert verify(SITE).first is None


def test_mt25_given_rounds_done_by_others_when_people_are_counted_then_those_are_in_use_who_did_something(world):
    """Ann's only window was done by gus, who missed his own; lea did one that she had claimed; bob is due nothing."""
    day = timedelta(days=1)
    make.occurrence("p1", "S1", NOW - day, state="missed", business_on=(NOW - day).date(), assignee_id="gus")
    filled("p1", "S2", NOW - day, by="gus", assignee_id="ann")
    filled("p1", "S3", NOW - 2 * day, by="lea", assignee_id="ann", claimed_by_id="lea")
    filled("p1", "S4", NOW - 2 * day, by="bob", assignee_id="ann")
    whole = asked(NOVEMBER, NOW)

    for _noted_then_in_cells in range(2):
        assert {row[0]: row[3] for row in sums.used_people(whole)} == {"ann": False, "gus": True, "lea": True}
        assert reached_of(PEOPLE, "person_id", whole) == (2, 3)
        page = sums.used_page("person", whole, 1, 2)
        assert (page.lines[0][0], page.whole, page.done) == ("ann", 3, 2)
        fold(SITE)
        close_days(NOW.astimezone(SITE).date())
