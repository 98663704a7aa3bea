"""Every figure of a month in one list: numerator and denominator apart, what stands beside, counts without a share."""

import pytest

from app.stats.rules import Counts
from app.stats.rules_beside import BESIDE
from app.stats.rules_measured import NAMED, beside_windows, of_measure, of_windows
from app.stats.rules_measures import COMPLETION, HANDOVER, ON_TIME, SCANNED
from app.tallies.rules_rates import Rate

COUNTS = Counts(due=20, in_window=15, in_grace=3, late=1, missed=1, unknown=2, scanned=19, short=4)
BIG = Counts(due=300, in_window=100, unknown=2)
ALL_BESIDE = {each.key: Rate(1, 2) for each in BESIDE}


def test_mt33_given_few_cases_when_told_then_the_interval_stands_there_and_with_many_none_does():
    few, many = of_measure(ON_TIME, COUNTS), of_measure(ON_TIME, BIG)

    assert (few.rule, few.key, few.numerator, few.denominator, few.share) == ("MT-10", "on_time", 18, 20, 0.9)
    assert few.interval == pytest.approx((0.699, 0.972), abs=0.001)
    assert (many.share, many.interval) == (1 / 3, None)


def test_mt31_given_nothing_due_when_told_then_neither_share_nor_interval():
    one = of_measure(HANDOVER, COUNTS)

    assert (one.numerator, one.denominator, one.share, one.interval) == (0, 0, None, None)


def test_mt3a_given_windows_not_yet_known_when_told_then_they_stand_beside_what_waits_for_them_only():
    assert [of_measure(each, COUNTS).unknown for each in (ON_TIME, COMPLETION, SCANNED)] == [2, 2, None]
    assert of_measure(ON_TIME, Counts(due=1)).unknown == 0


def test_mt24_mt17_given_counts_when_told_then_they_have_nothing_below_the_line():
    told = {each.key: each for each in beside_windows(COUNTS, ALL_BESIDE, 3)}

    usage, gaps = told["usage"], told["design_gaps"]
    assert (usage.rule, usage.numerator, usage.denominator, usage.share, usage.interval) == ("MT-24", 19, *[None] * 3)
    assert (gaps.rule, gaps.numerator, gaps.denominator) == ("MT-17", 3, None)
    assert (told["short"].rule, told["short"].numerator, told["short"].denominator) == ("MT-18", 4, 19)


def test_given_a_reader_without_the_whole_site_when_told_then_gaps_are_left_out():
    assert [each.key for each in beside_windows(COUNTS, {}, None)] == ["short", "usage"]
    assert "design_gaps" in [each.key for each in beside_windows(COUNTS, {}, 0)]


def test_given_all_figures_when_listed_then_each_stands_once_in_its_order_with_a_definition(inside):
    listed = [*of_windows(COUNTS), *beside_windows(COUNTS, ALL_BESIDE, 0)]

    assert [(each.rule, each.key) for each in listed] == [(each.id, each.key) for each in NAMED]
    assert len({each.key for each in NAMED}) == len(NAMED)
    assert all(str(each.definition) and str(each.title) for each in listed)
    assert {f"MT-{number}" for number in range(10, 26)} == {each.rule for each in listed}
