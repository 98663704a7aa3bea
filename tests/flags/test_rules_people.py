"""One phone with many accounts, and codes typed where others scan."""

import pytest

from app.flags.rules import Finding, FlagKind
from app.flags.rules_limits import Thresholds
from app.flags.rules_people import many_accounts, typed
from tests.support.sightings import visit

LIMITS = Thresholds(accounts=3, switches=4, typed=3)


def shift(people, **rest):
    """Visits from one phone in the order of the people named."""
    return [visit(f"v{n}", n * 60, person=person, phone="p1", **rest) for n, person in enumerate(people)]


def accounts(people, **rest):
    *before, last = shift(people, **rest)
    return many_accounts(last, before, LIMITS)


def test_given_three_accounts_on_one_phone_when_looked_at_then_they_are_counted():
    numbers = {"accounts": 3, "limit_accounts": 3, "switches": 2, "limit_switches": 4}

    assert accounts("abc") == Finding(FlagKind.MANY_ACCOUNTS, "v2", numbers, ("v0", "v1"))


@pytest.mark.parametrize(("people", "flagged"), [("aab", False), ("abab", False), ("ababa", True), ("aaaaaab", False)])
def test_given_two_on_one_phone_when_they_take_turns_again_and_again_then_it_is_found(people, flagged):
    assert (accounts(people) is not None) is flagged


def test_given_a_teams_phone_when_ten_share_it_then_it_is_meant_so():
    assert accounts("abcdefghij", team_phone=True) is None
    assert many_accounts(visit("v", 90, phone="p1", person="c"), shift("ab", team_phone=True), LIMITS) is None
    mixed = [*shift("ab"), visit("t", 70, phone="p1", person="d", team_phone=True)]
    assert many_accounts(visit("v", 90, phone="p1", person="c"), mixed, LIMITS) is None


def test_given_no_name_of_the_phone_when_looked_at_then_nothing_is_known():
    assert many_accounts(visit("v", 900), shift("abcd"), LIMITS) is None


def test_given_visits_that_ended_later_when_looked_at_then_they_do_not_count():
    assert many_accounts(visit("v", 59, phone="p1", person="a"), shift("abc"), LIMITS) is None


def test_given_a_long_turn_taking_when_compared_then_the_last_ten_of_others_are_named():
    found = accounts("ab" * 15)

    assert found.compared_with == tuple(f"v{n}" for n in range(10, 30, 2))


def by_hand(*ways, **rest):
    *before, last = [visit(f"v{n}", n * 600, point=f"p{n}", via=way, **rest) for n, way in enumerate(ways)]
    return typed(last, before, frozenset({"p0", "p1", "p2", "p3"}), LIMITS)


def test_given_codes_typed_where_others_scan_when_looked_at_then_they_are_counted():
    found = by_hand("typed", "scan", "typed", "typed")

    numbers = {"typed": 3, "of": 4, "points": 3, "limit": 3}
    assert found == Finding(FlagKind.TYPED, "v3", numbers, ("v0", "v2"))


@pytest.mark.parametrize("ways", [("typed", "typed", "scan"), ("scan", "typed", "typed"), ("typed", "typed", "list")])
def test_given_few_typed_or_this_one_scanned_when_looked_at_then_nothing_is_said(ways):
    assert by_hand(*ways) is None


def test_given_a_label_that_nobody_can_scan_when_its_code_is_typed_then_that_is_no_reason():
    visits = [visit(f"v{n}", n * 600, point="torn", via="typed") for n in range(9)]

    scanned = [visit(f"s{n}", n, point="p0", via="typed") for n in range(9)]

    assert typed(visits[-1], [*visits[:-1], *scanned], frozenset({"p0"}), LIMITS) is None
    assert typed(visits[-1], visits[:-1], frozenset({"p0"}), LIMITS) is None
    assert by_hand("typed", "typed", "scan", "scan", "typed") is None


def test_given_others_who_typed_or_later_ones_when_looked_at_then_they_do_not_count():
    own = visit("own", 60, point="p0", via="typed")
    others = [visit(f"o{n}", n, point="p0", via="typed", person="wk-02") for n in range(5)]
    later = [visit(f"l{n}", 61 + n, point="p0", via="typed") for n in range(5)]

    assert typed(own, [*others, *later], frozenset({"p0"}), LIMITS) is None


def test_given_many_typed_when_compared_then_the_last_ten_are_named():
    *before, last = [visit(f"v{n:02}", n * 60, point="p0", via="typed") for n in range(20)]

    assert typed(last, before, frozenset({"p0"}), LIMITS).compared_with == tuple(f"v{n:02}" for n in range(9, 19))
