"""The exam as the editor holds it: names of questions, options with the right one, what is asked of people."""

import pytest

from app.standards.rules_questions import demand_part, next_question_id, question_of, question_part

QUESTION = {"id": "Q1", "stem": "?", "options": ["甲", "乙"], "answer": 1, "step": None, "points": 20, "key": False}


@pytest.mark.parametrize(
    ("names", "following"),
    [((), "Q1"), (("Q1", "Q9", "Q3"), "Q10"), (("odd", "Q2x"), "Q1"), (("Q7",), "Q8"), ((None,), "Q1")],
)
def test_given_names_when_the_next_is_asked_then_it_is_beyond_all_that_stand_there(names, following):
    assert next_question_id({"exam": [{"id": each} for each in names]}) == following
    assert next_question_id({}) == "Q1"


def test_given_a_question_when_edited_and_kept_then_options_and_answer_are_one_field_and_come_back():
    part = question_part(QUESTION)

    assert part["answers"] == [{"text": "甲", "right": False}, {"text": "乙", "right": True}]
    assert not {"options", "answer"} & set(part)
    assert question_of(part) == QUESTION
    assert question_part({"id": "Q1"})["answers"] == []
    assert question_of({"id": "Q1"}) == {"id": "Q1", "options": [], "answer": None}


def test_given_a_document_when_it_asks_nothing_special_then_the_usual_stands_there():
    usual = {"pass_score": 80, "valid_months": 12, "special": None, "certificates": []}

    assert demand_part({}) == demand_part({"training": None}) == usual
    assert demand_part({"training": {"pass_score": 90}}) == usual | {"pass_score": 90}
