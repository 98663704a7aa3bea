"""How many are drawn and what floors add (SP-11, SP-12, table of 4.2)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.spotchecks.rules_draws import Candidate, Ranked
from app.spotchecks.rules_sizes import (
    Facts,
    Floor,
    Level,
    Seen,
    daily_size,
    floored_levels,
    floors,
    ids,
    is_size,
    level_size,
    size_of,
    top_risk,
)

# Lot, then the sample by S-3, I, II, as the table's letters say (A2 B3 C5 D8 E13 F20 G32 H50 J80 K125 L200).
TABLE = [
    (2, 2, 2, 2), (8, 2, 2, 2), (9, 2, 2, 3), (15, 2, 2, 3), (16, 3, 3, 5), (25, 3, 3, 5), (26, 3, 5, 8), (50, 3, 5, 8),
    (51, 5, 5, 13), (90, 5, 5, 13), (91, 5, 8, 20), (150, 5, 8, 20), (151, 8, 13, 32), (280, 8, 13, 32),
    (281, 8, 20, 50), (500, 8, 20, 50), (501, 13, 32, 80), (1200, 13, 32, 80), (1201, 13, 50, 125), (3200, 13, 50, 125),
    (3201, 20, 80, 200), (4165, 20, 80, 200),
]  # fmt: skip


@pytest.mark.parametrize(("lot", "s3", "one", "two"), TABLE)
def test_sp_12_given_a_lot_when_sized_by_level_then_it_is_the_letter_of_the_table(lot, s3, one, two):
    assert (level_size(Level.S3, lot), level_size(Level.I, lot), level_size(Level.II, lot)) == (s3, one, two)


def test_sp_12_given_the_restrooms_of_november_when_sized_on_site_then_it_is_13():
    assert level_size(Level.S3, 1449) == 13


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("lot", [0, 1])
def test_sp_12_given_a_lot_no_larger_than_its_sample_when_sized_then_all_is_inspected(level, lot):
    assert level_size(level, lot) == lot


@pytest.mark.parametrize(
    ("due", "done", "n"),
    [(0, 0, 0), (10, 2, 2), (10, 10, 3), (60, 60, 3), (61, 60, 4), (100, 99, 5), (101, 90, 6), (1000, 40, 40)],
)
def test_sp_12_given_a_day_when_sized_then_it_is_a_twentieth_of_the_due_and_three_at_least(due, done, n):
    assert daily_size(due, done) == n


@pytest.mark.parametrize(("said", "n"), [("share", 10), ("II", 32), ("I", 13), ("S-3", 8), ("7", 7), ("500", 200)])
def test_sp_12_given_a_plan_when_sized_then_share_level_and_number_are_understood(said, n):
    assert size_of(said, 200, 200) == n


@pytest.mark.parametrize("said", ["share", "I", "II", "S-3", "1", "500"])
def test_sp_12_given_a_size_when_asked_then_it_is_one(said):
    assert is_size(said)


@pytest.mark.parametrize("said", ["", "0", "501", "1000", "-1", "2.5", "III", "１２", "0x1", "0001"])
def test_sp_12_given_nonsense_when_asked_then_it_is_no_size(said):
    assert not is_size(said)


@pytest.mark.parametrize(
    ("month", "levels"),
    [(1, (4, 3)), (2, (4, 3)), (3, (4, 3, 2)), (6, (4, 3, 2, 1)), (9, (4, 3, 2)), (11, (4, 3)), (12, (4, 3, 2, 1))],
)
def test_sp_11_given_a_month_when_asked_then_level_2_waits_for_the_quarter_and_level_1_for_the_half_year(month, levels):
    assert floored_levels(month) == levels


NOBODY = Seen({}, frozenset())
PEOPLE = Seen({}, frozenset({"ann", "ben"}))


def order(*names):
    return [Ranked(Candidate(name, 1.0), 1 - nth / 100, nth) for nth, name in enumerate(names, 1)]


def plain(point="p1", risk=1, person="ann", *, handover=False, day_off=False):
    return Facts(point, risk, person, handover, day_off)


def added(found):
    return [(each.ranked.candidate.id, each.floor) for each in found]


def test_sp_11_given_a_place_of_level_4_nobody_looked_at_when_drawn_then_its_first_record_enters():
    facts = {"a": plain(), "b": plain("p4", 4), "c": plain("p4", 4), "d": plain("p5", 4)}

    found = floors(order("a", "b", "c", "d"), {"a"}, facts, PEOPLE, (4,))

    assert added(found) == [("b", "risk4"), ("d", "risk4")]


def test_sp_11_given_a_place_drawn_already_or_seen_in_its_time_when_drawn_then_nothing_is_added():
    facts = {"a": plain("p4", 4), "b": plain("p4", 4), "c": plain("p3", 3)}
    seen = Seen({3: frozenset({"p3"})}, PEOPLE.people)

    assert floors(order("a", "b", "c"), {"a"}, facts, seen, (4, 3)) == []


def test_sp_11_given_a_place_seen_for_another_level_when_drawn_then_that_does_not_count():
    facts = {"c": plain("p3", 3)}
    seen = Seen({4: frozenset({"p3"})}, PEOPLE.people)

    assert added(floors(order("c"), set(), facts, seen, (4, 3))) == [("c", "risk3")]


def test_sp_11_given_levels_that_wait_when_drawn_then_they_are_left_alone():
    facts = {"a": plain("p2", 2), "b": plain("p1", 1)}

    assert floors(order("a", "b"), set(), facts, PEOPLE, (4, 3)) == []
    assert added(floors(order("a", "b"), set(), facts, PEOPLE, (4, 3, 2))) == [("a", "risk2")]


def test_sp_11_given_somebody_who_was_on_no_list_when_drawn_then_one_record_of_each_enters():
    facts = {"a": plain(person="ann"), "b": plain(person="ben"), "c": plain(person="ben")}

    assert added(floors(order("a", "b", "c"), {"a"}, facts, NOBODY, ())) == [("b", "person")]


def test_sp_11_given_no_handover_and_no_day_off_drawn_when_drawn_then_one_of_each_enters():
    facts = {
        "a": plain(),
        "b": plain(handover=True),
        "c": plain(handover=True),
        "d": plain(day_off=True),
        "e": plain(day_off=True),
    }

    found = floors(order("a", "b", "c", "d", "e"), {"a"}, facts, PEOPLE, ())

    assert added(found) == [("b", "handover"), ("d", "day_off")]


def test_sp_11_given_one_record_that_serves_two_floors_when_drawn_then_it_enters_once():
    facts = {"a": plain(), "b": plain("p4", 4, "ben", handover=True, day_off=True)}

    assert added(floors(order("a", "b"), {"a"}, facts, NOBODY, (4,))) == [("b", "risk4")]


records = st.builds(
    plain, st.sampled_from(["p1", "p2", "p3"]), st.integers(1, 4), st.sampled_from(["ann", "ben", "cai"]),
    handover=st.booleans(), day_off=st.booleans(),
)  # fmt: skip


@given(st.lists(records, max_size=20), st.integers(0, 5))
def test_sp_11_given_any_lot_when_floors_are_added_then_each_is_met_and_nothing_enters_twice(lot, n):
    facts = {str(nth): each for nth, each in enumerate(lot)}
    line = order(*facts)
    taken = ids(line[:n])

    found = floors(line, taken, facts, NOBODY, (4, 3))
    whole = [facts[each] for each in taken] + [facts[each.ranked.candidate.id] for each in found]

    assert len(whole) == len(taken) + len(found) <= len(lot)
    assert {one.person for one in lot} == {one.person for one in whole}
    assert {(one.point, one.risk) for one in lot if one.risk > 2} <= {(one.point, one.risk) for one in whole}
    assert any(one.handover for one in lot) == any(one.handover for one in whole)
    assert any(one.day_off for one in lot) == any(one.day_off for one in whole)


def test_sp_12_given_a_daily_list_without_level_4_when_drawn_then_the_first_of_level_4_is_added():
    line = order("a", "b", "c")

    assert top_risk(line, {"a"}, {"a": 3, "b": 4, "c": 4}) == [Floor(line[1], "risk4")]
    assert top_risk(line, {"a", "b"}, {"a": 3, "b": 4, "c": 4}) == []
    assert top_risk(line, {"b"}, {"a": 3, "b": 4, "c": 4}) == []
    assert top_risk(line, {"a"}, {"a": 3, "b": 2, "c": 1}) == []
