"""What may be shown of a survey: nothing with fewer than five answers, nor anything that can be worked out."""

from hypothesis import given
from hypothesis import strategies as st

from app.feedback.rules_ratings import Face, satisfaction
from app.surveys.rules_figures import FEWEST, Group, beside, disclosed, total
from app.tallies.rules_rates import Rate


def group(name, answers, **faces):
    marks = [(Face[face], n) for face, n in faces.items()] or [(Face.GOOD, answers)]
    return Group(name, name, satisfaction(marks), answers)


def names(shown):
    return [each.name for each in shown.groups]


def test_given_departments_when_one_has_four_answers_then_the_next_larger_hides_it():
    shown = disclosed([group("a", 4), group("b", 5), group("c", 9)])

    assert names(shown) == ["c"]
    assert (shown.hidden, shown.hidden_answers) == (2, 9)


def test_given_small_departments_that_are_enough_together_then_no_other_is_hidden():
    shown = disclosed([group("a", 4), group("b", 1), group("c", 5)])

    assert names(shown) == ["c"]
    assert (shown.hidden, shown.hidden_answers) == (2, 5)


def test_given_a_department_without_an_answer_then_it_hides_nobody():
    assert names(disclosed([group("a", 0), group("b", 5)])) == ["b"]


def test_given_groups_when_shown_then_the_worst_stands_first():
    good, bad = group("a", 5, GOOD=5), group("b", 5, GOOD=1, BAD=4)

    assert names(disclosed([good, bad])) == ["b", "a"]


@given(st.lists(st.integers(min_value=0, max_value=40), max_size=12))
def test_given_any_sizes_then_what_is_hidden_is_nothing_or_enough_or_all(sizes):
    groups = [group(f"d{number}", size) for number, size in enumerate(sizes)]

    shown = disclosed(groups)

    hidden = sum(sizes) - sum(each.answers for each in shown.groups)
    assert all(each.answers >= FEWEST for each in shown.groups)
    assert hidden == shown.hidden_answers
    assert hidden == 0 or hidden >= FEWEST or not shown.groups
    assert shown.hidden == sum(size > 0 for size in sizes) - len(shown.groups)


@given(st.lists(st.lists(st.sampled_from(list(Face)), max_size=8), max_size=6))
def test_mt_30_given_topics_when_added_up_then_numerators_and_denominators_are(faces):
    groups = [
        Group(str(number), str(number), satisfaction((face, 1) for face in each), len(each))
        for number, each in enumerate(faces)
    ]
    flat = [face for each in faces for face in each]

    rated = total(groups)

    assert rated.n == len(flat)
    assert rated.satisfied == sum(face >= Face.FAIR for face in flat)
    assert rated.strictly == sum(face >= Face.GOOD for face in flat)


def test_given_a_topic_that_was_not_asked_last_year_then_it_has_no_rate_before():
    lines = beside([group("保洁", 6), group("绿化", 6)], [group("保洁", 10, GOOD=9, BAD=1)])

    assert [each.before for each in lines] == [Rate(9, 10), None]


def test_mt_33_given_eighteen_of_twenty_then_the_interval_stands_beside():
    rate = group("保洁", 20, GOOD=18, BAD=2).satisfied

    assert [round(each, 3) for each in rate.interval] == [0.699, 0.972]
