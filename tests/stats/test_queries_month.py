"""The sums that the database makes against the same windows counted one by one."""

from datetime import date, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from app.db import atomically
from app.organisations.rules import Scope
from app.schedule.actions import release_occurrence
from app.schedule.rules_states import State
from app.stats.queries_month import (
    found_by_unit,
    holiday_coverage,
    in_reach,
    missed_starts,
    own_figures,
    own_help,
    people_of,
    period,
    spots_of,
    sums_by_instant,
)
from app.stats.rules import Line, added, total
from tests.support import builders as make
from tests.support.builders import NOW
from tests.support.world import COUNTS, change, filled

SITE, NOVEMBER = ZoneInfo("Asia/Shanghai"), date(2026, 11, 1)
EVERYTHING = Scope(None, answering=True)
LATER = NOW + timedelta(days=3)


@pytest.fixture
def world(inside):
    make.small_world()
    make.org("guard", "/bureau/care/", "contractor")
    make.person("gus", "worker", "guard")
    make.point("p2", "0000000001")
    return inside


def scattered(seed, times=60):
    """Windows of every kind as (values, line, unit, point), all ended before LATER."""
    chance = Random(seed)
    for number in range(times):
        state = chance.choice(list(State))
        done = state in (State.IN_WINDOW, State.IN_GRACE, State.LATE)
        counts = {name: chance.randint(0, 4) if done or name in ("key_due", "photos_due") else 0 for name in COUNTS}
        values = {
            "state": state.value,
            "day_type": chance.choice(["workday", "holiday"]),
            "kind": chance.choice(["regular", "handover"]),
            "dual_due": chance.random() < 0.5,
            "signed": chance.random() < 0.5,
            "short_visit": chance.random() < 0.2,
            "implementer_id": chance.choice(["clean", "guard"]),
            **counts,
        }
        yield number, chance.choice(["p1", "p2"]), chance.random() < 0.7, done, values


def put(seed):
    """The windows in the database, and the same as lines."""
    lines = []
    for number, point_id, scanned, done, values in scattered(seed):
        start = NOW - timedelta(hours=number * 7)
        if done:
            columns = {name: value for name, value in values.items() if name != "state"}
            filled(point_id, f"W{number}", start, state=values["state"], via="scan" if scanned else "typed", **columns)
        else:
            make.occurrence(point_id, f"W{number}", start, assignee_id="ann", **values)
        names = [name for name in Line.__dataclass_fields__ if name in values and name != "state"]
        line = Line(State(values["state"]), scanned=done and scanned, **{name: values[name] for name in names})
        lines.append((start, point_id, values["implementer_id"], line))
    return lines


@pytest.mark.parametrize("seed", [1, 2])
def test_given_scattered_windows_when_the_database_sums_then_every_split_agrees_with_counting_one_by_one(world, seed):
    lines = [each for each in put(seed) if each[0] >= NOW - timedelta(days=20)]
    clauses = [*in_reach(EVERYTHING), *period(NOVEMBER, LATER, SITE)]
    whole = total(line for _start, _point, _unit, line in lines)
    waiting = total([Line(State.PLANNED)])  # the open window of the small world has ended by then

    spots = spots_of(clauses)

    assert added(each.counts for each in spots) == whole + waiting
    for unit in ("clean", "guard"):
        mine = total(line for _start, _point, at, line in lines if at == unit)
        assert added(s.counts for s in spots if s.unit_id == unit) == mine + (waiting if unit == "clean" else total([]))
    assert added(counts for _at, _type, counts in sums_by_instant(clauses)) == whole + waiting
    assert sum(missed_starts(clauses).values()) == whole.missed


def test_given_a_contractor_when_summed_then_only_its_windows_are(world):
    put(3)
    clauses = [*in_reach(Scope(frozenset({"guard"}))), *period(NOVEMBER, LATER, SITE)]

    assert {each.unit_id for each in spots_of(clauses)} == {"guard"}


def test_given_windows_that_end_at_midnight_of_the_month_when_summed_then_the_grace_decides(world):
    ends = make.datetime(2026, 10, 31, 15, 59, tzinfo=make.UTC)  # 23:59 at the site on the last of October
    make.occurrence("p1", "X1", ends - timedelta(minutes=65), state="missed", business_on=date(2026, 10, 31))
    make.occurrence("p1", "X2", ends - timedelta(minutes=64), state="missed", business_on=date(2026, 10, 31))

    october = spots_of([*in_reach(EVERYTHING), *period(date(2026, 10, 1), LATER, SITE)])
    november = spots_of([*in_reach(EVERYTHING), *period(NOVEMBER, NOW, SITE)])

    assert (added(s.counts for s in october).missed, added(s.counts for s in november).missed) == (1, 1)


def test_given_windows_whose_grace_still_runs_when_summed_then_they_are_not_due_yet(world):
    filled("p1", "X1", NOW - timedelta(minutes=30))

    assert spots_of([*in_reach(EVERYTHING), *period(NOVEMBER, NOW, SITE)]) == []


def test_given_claims_and_help_when_summed_by_person_then_each_window_counts_for_its_own_round_or_claim(world):
    start = NOW - timedelta(days=1)
    filled("p1", "H1", start, by="gus", assignee_id="ann", helped=True)
    make.occurrence("p1", "H2", start, state="missed", assignee_id="ann", claimed_by_id="gus")
    make.occurrence("p1", "H3", start, state="missed", assignee_id="ann")
    make.occurrence("p1", "H4", start, state="missed", assignee_id=None)
    filled("p1", "H5", start, by="gus", assignee_id=None)

    people = {each.person_id: each for each in people_of([*in_reach(EVERYTHING), *period(NOVEMBER, NOW, SITE)])}

    assert (people["ann"].counts.on_time, people["ann"].counts.due, people["ann"].helped) == (1, 2, 0)
    assert (people["gus"].counts.on_time, people["gus"].counts.due, people["gus"].helped) == (1, 2, 1)
    assert own_figures("ann", NOVEMBER, NOW, SITE) == people["ann"].counts
    assert own_figures("nobody", NOVEMBER, NOW, SITE).due == 0
    assert [own_help(each, NOVEMBER, NOW, SITE) for each in ("ann", "gus")] == [0, 1]


def test_gr9_given_a_claimed_window_done_on_time_when_summed_then_it_is_the_claimers_and_no_help(world):
    start = NOW - timedelta(days=1)
    filled("p1", "H1", start, by="ann")
    filled("p1", "H2", start, by="gus", assignee_id="ann", claimed_by_id="gus")
    filled("p1", "H3", start, by="gus", assignee_id="ann", claimed_by_id="lea")
    given_back = make.occurrence("p1", "H4", start, assignee_id="ann", claimed_by_id="gus")
    atomically(lambda: release_occurrence(given_back, "gus", start))
    change(given_back, state="in_window", done_by_id="gus")

    people = {each.person_id: each for each in people_of([*in_reach(EVERYTHING), *period(NOVEMBER, NOW, SITE)])}

    assert {key: (each.counts.on_time, each.counts.due, each.helped) for key, each in people.items()} == {
        "ann": (3, 3, 0), "gus": (1, 1, 2),
    }  # fmt: skip
    for each in ("ann", "gus"):
        assert own_figures(each, NOVEMBER, NOW, SITE) == people[each].counts
        assert own_help(each, NOVEMBER, NOW, SITE) == people[each].helped


def test_given_a_holiday_when_points_are_covered_then_one_window_on_time_is_enough_for_the_day(world):
    start = NOW - timedelta(days=2)
    day = date(2026, 11, 21)
    filled("p1", "D1", start, day_type="holiday", business_on=day)
    make.occurrence("p1", "D2", start, state="missed", day_type="holiday", business_on=day)
    make.occurrence("p2", "D1", start, state="missed", day_type="holiday", business_on=day)

    covered = holiday_coverage([*in_reach(EVERYTHING), *period(NOVEMBER, NOW, SITE)])

    assert (covered.covered, covered.due) == (1, 2)
    assert holiday_coverage([*in_reach(Scope(frozenset({"guard"}))), *period(NOVEMBER, NOW, SITE)]).due == 0


def test_given_no_findings_when_counted_then_no_unit_is_named(world):
    assert found_by_unit(EVERYTHING, NOVEMBER, NOW, SITE) == {}
