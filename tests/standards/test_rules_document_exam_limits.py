"""What an exam asks, at its limits: points, and names of certificates."""

import pytest

from app.standards.rules_document_exam import demand_faults, points_together, question_faults


@pytest.mark.parametrize(
    ("points", "together"),
    [((), 0), ((1,), 1), ((20, 100, 1), 121), ((0, 101, None, True, "5"), 0), ((20, None), 20)],
)
def test_given_points_when_summed_up_then_odd_ones_count_nothing(points, together):
    assert points_together([{"points": each} for each in points]) == together


def test_given_questions_that_name_no_points_when_summed_up_then_each_gives_one():
    assert points_together([{}, {}]) == 2


@pytest.mark.parametrize(
    ("names", "faulty"),
    [
        (None, False), ([], False), (["健康证"], False), (["证" * 40], False), (["证" * 41], True),
        (["健康证", " "], True), (["健康证", 5], True), ("健康证", True), (["证"] * 10, False), (["证"] * 11, True),
    ],
)  # fmt: skip
def test_given_names_of_certificates_when_looked_through_then_each_has_its_length(names, faulty):
    assert bool(list(demand_faults({"certificates": names}, []))) is faulty


def test_given_a_question_that_names_no_points_or_one_when_looked_through_then_both_are_possible():
    question = {"id": "Q1", "stem": "?", "options": ["甲", "乙"], "answer": 0}

    assert [list(question_faults(each, set())) for each in (question, question | {"points": 1})] == [[], []]
    assert len(list(question_faults(question | {"points": 0}, set()))) == 1
