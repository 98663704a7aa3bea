"""Draws as pure values: the test vector of SP-10, the list as a file, what a replay tells, intervals that hold."""

import hmac
from dataclasses import replace
from datetime import date
from hashlib import sha256
from itertools import pairwise
from math import comb
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.spotchecks.rules_draws import (
    Candidate,
    Difference,
    Published,
    Told,
    hash_of,
    key_of,
    list_bytes,
    list_read,
    order_of,
    ranked,
    replay,
    uniform,
)
from app.tallies.rules_rates import wilson

SEED = "2026-11-demo-seed"
WEIGHTS = {"OC-0001": 9.0, "OC-0002": 2.0, "OC-0003": 1.0, "OC-0004": 6.0, "OC-0005": 6.0}
KEYS = [0.774914, 0.840669, 0.168952, 0.875003, 0.779060]
POPULATION = [Candidate(name, weight) for name, weight in WEIGHTS.items()]
numbers = st.integers(1, 10**12).map(str)
candidates = st.lists(
    st.builds(Candidate, numbers, st.floats(0.5, 500).map(lambda w: round(w, 6)), st.text(max_size=8),
              st.text(max_size=8), st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.text(max_size=12)),
    max_size=30, unique_by=lambda each: each.id,
)  # fmt: skip


def published(lot=POPULATION, n=2, *, even=False, **changed):
    body = list_bytes(lot)
    drawn = {each.candidate.id: each.key for each in ranked(SEED, lot)[:n]}
    told = Published(SEED, hash_of(SEED), sha256(body).hexdigest(), body, len(lot), n, even, drawn)
    return replace(told, **changed)


def test_sp_10_given_the_test_vector_when_keyed_then_each_key_is_as_published():
    assert [round(key_of(SEED, name, weight), 6) for name, weight in WEIGHTS.items()] == KEYS


def test_sp_10_given_the_test_vector_when_two_are_drawn_then_these_two_in_this_order():
    assert [each.candidate.id for each in ranked(SEED, POPULATION)[:2]] == ["OC-0004", "OC-0002"]


def test_sp_10_given_a_seed_when_hashed_then_it_is_its_sha_256():
    assert hash_of(SEED) == sha256(b"2026-11-demo-seed").hexdigest()


@given(st.text(max_size=20), numbers)
def test_sp_10_given_any_seed_and_number_when_mapped_then_it_lies_between_0_and_1(seed, number):
    assert 0 < uniform(seed, number) <= 1


@given(candidates)
def test_sp_10_given_any_population_when_ranked_then_keys_fall_and_ranks_count_from_one(population):
    order = ranked(SEED, population)

    assert [each.rank for each in order] == list(range(1, len(population) + 1))
    assert all(first.key >= second.key for first, second in pairwise(order))
    assert order == ranked(SEED, reversed(population))


def test_sp_10_given_equal_keys_when_ranked_then_the_number_decides():
    twins = [Candidate("7", 1e300), Candidate("12", 1e300)]

    assert [each.candidate.id for each in ranked(SEED, twins)] == ["12", "7"]


def test_sp_10_given_a_population_when_written_then_it_is_a_file_by_number_with_six_digits():
    lines = [Candidate("9", 1.5, "01-03-WC-01", "JGSW05003.01", date(2026, 11, 20), "risk=2"), Candidate("10", 2.0)]

    assert list_bytes(lines).decode() == (
        "id,weight,point,standard,day,why\n10,2.000000,,,,\n9,1.500000,01-03-WC-01,JGSW05003.01,2026-11-20,risk=2\n"
    )


@given(candidates)
def test_sp_10_given_any_population_when_written_and_read_then_nothing_is_lost(population):
    plain = [
        replace(each, point=_plain(each.point), standard=_plain(each.standard), why=_plain(each.why))
        for each in population
    ]

    assert list_read(list_bytes(plain)) == sorted(plain, key=lambda each: each.id)


def _plain(text):
    return "".join(letter for letter in text if letter.isprintable())


def test_sp_10_given_the_first_eight_bytes_when_mapped_then_half_is_added_and_2_to_64_divides():
    digest = hmac.new(SEED.encode(), b"OC-0001", "sha256").digest()

    assert uniform(SEED, "OC-0001") == (int.from_bytes(digest[:8], "big") + 0.5) / 2**64


def test_sp_10_given_a_file_of_another_kind_when_read_then_it_says_so():
    with pytest.raises(ValueError, match=r"^not a population list$"):
        list_read(b"a,b")


@pytest.mark.parametrize("body", [b"", b"id,weight\n", b"id,weight,point,standard,day,why\n1,x,,,,\n"])
def test_sp_10_given_a_file_that_is_no_list_when_read_then_it_is_refused(body):
    with pytest.raises(ValueError):  # noqa: PT011  the refusal of float and of the head alike
        list_read(body)


@given(candidates, st.integers(0, 35))
def test_sp_10_given_any_draw_when_replayed_then_it_is_equal(population, n):
    plain = [replace(each, point="", standard="", why="") for each in population]

    assert replay(published(plain, n)) == []


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"seed_hash": "0" * 64}, [Told(Difference.SEED)]),
        ({"list_sha256": "0" * 64}, [Told(Difference.LIST)]),
        ({"body": b"torn"}, [Told(Difference.LIST)]),
        ({"body": b"torn", "list_sha256": sha256(b"torn").hexdigest()}, [Told(Difference.LIST)]),
        ({"population": 6}, [Told(Difference.COUNT, "5")]),
        ({"even": True}, [Told(Difference.WEIGHTS)]),
        ({"drawn": {"OC-0004": 0.0, "OC-0002": key_of(SEED, "OC-0002", 2.0)}}, [Told(Difference.KEY, "OC-0004")]),
        (
            {"drawn": {"OC-0004": key_of(SEED, "OC-0004", 6.0), "OC-0001": 0.7}},
            [Told(Difference.MISSING, "OC-0002"), Told(Difference.STRANGE, "OC-0001")],
        ),
        ({"sample": 1}, [Told(Difference.STRANGE, "OC-0002")]),
    ],
)
def test_sp_10_given_a_draw_that_was_tampered_with_when_replayed_then_the_difference_is_named(changed, told):
    assert replay(published(**changed)) == told


def test_sp_10_given_a_list_when_its_order_is_shown_then_it_is_that_of_the_draw_and_nothing_of_a_torn_one():
    assert [each.candidate.id for each in order_of(published())][:2] == ["OC-0004", "OC-0002"]
    assert order_of(published(body=b"torn")) == []


def test_sp_10_given_another_seed_when_replayed_then_the_draw_does_not_hold():
    told = {each.what for each in replay(published(seed="another"))}

    assert {Difference.SEED, Difference.MISSING, Difference.STRANGE} <= told


def test_sp_10_given_a_key_off_in_the_last_place_when_replayed_then_the_machine_is_not_blamed():
    drawn = {name: key + 1e-15 for name, key in published().drawn.items()}

    assert replay(published(drawn=drawn)) == []


def test_sp_7_given_even_weights_when_replayed_as_a_simple_random_draw_then_it_is_equal():
    assert replay(published([Candidate(str(nth), 1.0) for nth in range(9)], 3, even=True)) == []


def test_sp_10_given_many_seeds_when_one_of_two_is_drawn_then_the_heavier_enters_by_its_weight():
    pair = [Candidate("1", 3.0), Candidate("2", 1.0)]

    first = sum(ranked(f"seed {nth}", pair)[0].candidate.id == "1" for nth in range(4000))

    assert abs(first / 4000 - 0.75) < 0.025


def exact_coverage(whole, n, conforming):
    """How often the interval of a sample without replacement holds the true share: by the hypergeometric law."""
    share, held = conforming / whole, 0
    for good in range(max(0, n - (whole - conforming)), min(n, conforming) + 1):
        low, high = wilson(good, n)
        if low <= share <= high:
            held += comb(conforming, good) * comb(whole - conforming, n - good)
    return held / comb(whole, n)


def by_key(whole, n):
    """Whom the product draws under 2,000 seeds."""
    lot = [Candidate(str(nth), 1.0) for nth in range(whole)]
    return ([int(each.candidate.id) for each in ranked(f"seed {nth}", lot)[:n]] for nth in range(2000))


def by_chance(whole, n):
    """Whom a simple random draw takes: the same law, without a key for each of millions of records."""
    chance = Random(f"{whole}:{n}")
    return (chance.sample(range(whole), n) for _ in range(2000))


@pytest.mark.parametrize(
    ("whole", "n", "share", "draws", "expected"),
    [(4165, 80, 0.95, by_chance, 0.939), (1449, 125, 0.9, by_chance, None), (280, 32, 0.97, by_key, None)],
)
def test_mt_22_given_2000_simple_random_draws_when_counted_then_the_interval_holds_as_often_as_it_should(
    whole, n, share, draws, expected
):
    conforming = round(whole * share)

    held = 0
    for drawn in draws(whole, n):
        low, high = wilson(sum(nth < conforming for nth in drawn), n)
        held += low <= conforming / whole <= high

    exact = exact_coverage(whole, n, conforming)
    assert abs(held / 2000 - exact) <= 0.015
    assert expected is None or round(exact, 3) == expected
