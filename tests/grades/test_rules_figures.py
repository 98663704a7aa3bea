"""What is kept of a month brings the same proposal again; and who is graded by which rule."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from app.grades.rules import GR7, GR9, Cap, Grade, Key, Kind, Veto
from app.grades.rules_contract import Deduction, Event, ct7_scales
from app.grades.rules_figures import Facts, Figures, as_json, from_json, propose, scales_of
from app.tallies.rules_rates import Rate

RATES = st.dictionaries(st.sampled_from(list(Key)), st.builds(lambda k, n: Rate(min(k, n), n), st.integers(0, 99), st.integers(0, 99)))  # fmt: skip  # noqa: E501
FULL = {key: Rate(100, 100) for key in Key}


def figures(**changed):
    return Figures(**{"rates": FULL, "occurrences": 100, **changed})


@given(RATES, st.integers(0, 500), st.integers(0, 3), st.lists(st.sampled_from(list(Event)), max_size=4))
def test_given_any_figures_when_kept_and_read_again_then_nothing_is_lost(rates, n, untrue, events):
    made = Figures(
        rates, n, untrue, Facts(falsified=untrue), tuple(Deduction(each, 1, "x") for each in events),
        ct7_scales({"on_time": 97.3}), "HT-1",
    )  # fmt: skip

    assert from_json(as_json(made)) == made
    assert propose(Kind.UNIT, from_json(as_json(made))) == propose(Kind.UNIT, made)


def test_gr9_given_a_person_when_proposed_then_staff_rules_hold_and_deductions_do_not():
    found = propose(Kind.PERSON, figures(facts=Facts(falsified=1, unhandled=1), scales=GR9))

    assert (found.grade, found.vetoes, [each.cap for each in found.limits]) == (Grade.PASS, (), [Cap.FALSE_PASS])


def test_ct7_given_a_contract_when_proposed_then_its_vetoes_hold_and_its_deductions_are_taken():
    one = Deduction(Event.FALSIFIED, 1, "r1")
    with_contract = propose(Kind.UNIT, figures(facts=Facts(falsified=1), deductions=(one, one), contract="HT-1"))
    without = propose(Kind.UNIT, figures(facts=Facts(falsified=1)))

    assert (with_contract.deducted, with_contract.score, with_contract.vetoes) == (Fraction(20), Fraction(80), ())
    assert (without.vetoes, without.grade) == ((Veto.FALSIFIED,), Grade.FAIL)


def test_given_a_kind_when_its_scales_are_asked_then_people_have_their_own():
    assert scales_of(Kind.PERSON) == GR9
    assert all(scales_of(kind) == GR7 for kind in Kind if kind is not Kind.PERSON)
