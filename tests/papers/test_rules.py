"""What a bulletin says: changes against last month, sums, order of debts, addenda; what is kept can be read again."""

from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from app.papers.rules import Bulletin, Figure, Key, before_of, changes, in_order, months_of, total
from app.papers.rules_kept import as_json, digest, from_json
from app.papers.rules_texts import change, figure_cells, interval, percent, place_of, ranked_told
from app.tallies.rules_rates import Rate
from tests.support.papers import OCTOBER, bulletin, debt, figures, ranked

RATES = st.builds(lambda n, more: Rate(n, n + more), st.integers(0, 999), st.integers(0, 999))


def test_mt31_given_nothing_due_in_either_month_when_compared_then_a_dash_and_no_change():
    nothing = Figure(Key.HOLIDAY, Rate(0, 0), Rate(18, 20))

    assert nothing.change is None and change(nothing) == "—"
    assert figure_cells(nothing)[1:] == ["—", "0/0", "", "90.0%", "—"]
    assert Figure(Key.ON_TIME, Rate(9, 10), Rate(0, 0)).change is None


def test_mt33_given_few_cases_when_told_then_with_their_interval_and_no_place():
    assert interval(Rate(18, 20)) == "69.9%–97.2%"
    assert interval(Rate(98, 114)) == interval(Rate(0, 0)) == ""
    assert place_of(3, ranked()) == "3" and place_of(3, ranked(grade=None)) == "—"


def test_mt32_given_a_rate_when_told_then_half_up_with_one_decimal():
    assert percent(Rate(106, 114)) == "93.0%" and percent(Rate(1, 2000)) == "0.1%"
    assert change(Figure(Key.ON_TIME, Rate(18, 20), Rate(19, 20))) == "-5.0"
    assert change(Figure(Key.ON_TIME, Rate(19, 20), Rate(18, 20))) == "+5.0"


@given(st.lists(RATES, max_size=6))
def test_mt30_given_any_ranking_when_summed_then_counts_are_added_never_averaged(rates):
    whole = total([ranked(n, on_time=rate) for n, rate in enumerate(rates)])

    assert (whole.numerator, whole.denominator) == (
        sum(each.numerator for each in rates), sum(each.denominator for each in rates),
    )  # fmt: skip


def test_mt30_given_a_large_and_a_small_unit_when_summed_then_the_mean_of_percentages_is_another_number():
    whole = total([ranked(1, on_time=Rate(90, 100)), ranked(2, on_time=Rate(10, 10))])

    assert whole.share == Fraction(100, 110) != (Fraction(9, 10) + 1) / 2


def test_given_debts_when_ordered_then_overdue_first_the_oldest_first_and_those_without_limit_last():
    late, later = debt(1, due=date(2026, 11, 1)), debt(2, due=date(2026, 11, 2))
    soon, open_ended = debt(3, due=date(2026, 11, 9), overdue=False), debt(4, due=None, overdue=False)

    assert in_order([open_ended, soon, later, late]) == (late, later, soon, open_ended)


@given(st.lists(st.tuples(RATES, RATES), min_size=10, max_size=10), st.booleans(), st.integers(0, 3))
def test_given_any_bulletin_when_kept_then_reading_it_gives_the_same_and_its_hash_holds(rates, provisional, n):
    one = bulletin(
        figures=tuple(Figure(key, *pair) for key, pair in zip(Key, rates, strict=True)), provisional=provisional,
        ranking=tuple(ranked(at, grade=None if at % 2 else "pass") for at in range(n)),
        debts=tuple(debt(at, due=None if at % 2 else OCTOBER) for at in range(n)),
    )  # fmt: skip

    assert from_json(as_json(one)) == one
    assert digest(as_json(one)) == digest(as_json(from_json(as_json(one))))


def test_given_a_figure_or_a_score_that_changed_when_compared_then_the_addendum_names_just_these():
    before = bulletin(ranking=(ranked(1), ranked(2)))
    after = bulletin(
        figures=figures(on_time=(Rate(98, 100), Rate(19, 20))), ranking=(ranked(1), ranked(2, score="91.00")), debts=()
    )

    found = changes(before, after)

    assert found.figures == ((Key.ON_TIME, Rate(97, 100), Rate(98, 100)),)
    assert found.ranking == (("单位2", ranked(2), ranked(2, score="91.00")),)
    assert ranked_told(None) == "—" and ranked_told(ranked(2, grade=None)) == "90.00 不评定 92/102 90.2%"


def test_given_debts_paid_and_another_day_when_compared_then_there_is_nothing_to_add():
    assert not changes(bulletin(), bulletin(debts=(), problems=(), as_of="2026-12-01"))
    assert changes(bulletin(), bulletin(ranking=()))


def test_given_a_month_without_due_windows_when_asked_then_it_is_empty():
    assert bulletin(figures=figures(on_time=(Rate(0, 0), Rate(1, 2)))).is_empty
    assert Bulletin(OCTOBER, "", "", True, "").is_empty and not bulletin().is_empty


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(1, 24))
def test_given_a_period_when_stepped_then_months_follow_each_other_and_the_one_before_ends_where_it_begins(day, months):
    first = day.replace(day=1)

    found = months_of(first, months)

    assert len(found) == months and found[0] == first and found == sorted(set(found))
    assert months_of(before_of(first, months), months + 1)[-1] == first
