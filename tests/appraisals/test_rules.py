"""GR-5: what a result from outside may be; words alone are one, figures have to fit together."""

from dataclasses import replace
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.appraisals.rules import FULL_TENTHS, Appraisal, Party, Result, Way, checked
from app.appraisals.rules_outside import Inspected, Outside, Surveyed
from app.refusals import Invalid
from app.tallies.rules_rates import Rate

MAYBE = st.none() | st.integers(-5, 1100)


@given(MAYBE, MAYBE, MAYBE, st.sampled_from(["", "好"]))
def test_gr5_given_any_figures_when_checked_then_only_those_that_fit_together_pass(asked, satisfied, tenths, said):
    people = asked is None and satisfied is None
    counted = asked is not None and satisfied is not None and 0 <= satisfied <= asked
    scored = tenths is not None and 0 <= tenths <= FULL_TENTHS
    fits = (people or counted) and (tenths is None or scored) and ((counted and asked) or scored or said != "")

    if fits:
        assert checked(Result(asked, satisfied, tenths), said) == Result(asked, satisfied, tenths)
    else:
        with pytest.raises(Invalid):
            checked(Result(asked, satisfied, tenths), said)


@pytest.mark.parametrize(
    ("result", "said", "field"),
    [
        (Result(None, 3, None), "", "asked"), (Result(3, None, None), "", "satisfied"),
        (Result(3, 4, None), "", "satisfied"), (Result(None, None, 1001), "", "score"),
        (Result(None, None, None), "", "said"),
    ],
)  # fmt: skip
def test_gr5_given_what_cannot_be_when_checked_then_the_field_is_named(result, said, field):
    with pytest.raises(Invalid) as refused:
        checked(result, said)

    assert list(refused.value.fields) == [field]


@pytest.mark.parametrize("result", [Result(5, 0, None), Result(0, 0, 0), Result(5, 5, 0), Result(5, 1, FULL_TENTHS)])
def test_gr5_given_figures_at_their_ends_when_checked_then_they_pass(result):
    assert checked(result, "") == result


@pytest.mark.parametrize("result", [Result(5, -1, None), Result(5, 6, None), Result(1, 1, -1)])
def test_gr5_given_figures_beyond_their_ends_when_checked_then_they_are_refused(result):
    with pytest.raises(Invalid):
        checked(result, "好")


def one(withdrawn=""):
    at = datetime(2026, 11, 23, tzinfo=UTC)
    words = ("机构", Result(1, 1, None), "", "", "", "", "斯坦", at, withdrawn, "")
    return Appraisal("a", Way.VISIT, Party.SECOND, "u", "单位", at.date(), *words)


def test_gr5_given_one_that_was_withdrawn_then_it_does_not_count():
    assert one().counts and not one("重复").counts


@pytest.mark.parametrize(
    "heard",
    [
        {"call_backs": Rate(0, 1)}, {"registered": (one(),)},
        {"surveys": (Surveyed("s", "调查", date(2026, 11, 1), None),)},
        {"inspections": (Inspected("i", "1", date(2026, 11, 1), "third_party", None),)},
    ],
)  # fmt: skip
def test_gr5_given_any_voice_from_outside_then_it_is_not_silent(heard):
    nobody = Outside(Rate(0, 0), (), (), ())

    assert nobody.silent is True
    assert replace(nobody, **heard).silent is False


def test_gr5_given_a_result_then_its_rate_and_score_are_exact_and_nobody_asked_is_no_rate():
    assert (Result(40, 38, 925).rate, Result(40, 38, 925).score) == (Rate(38, 40), Fraction(185, 2))
    assert Result(0, 0, None).rate is None and Result(3, None, None).rate is None and Result(None, None, 0).score == 0
