"""Given the exam of a draft, when it is looked through, then every fault is named with its place (rules TR-2, TR-4)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.standards import rules_editing as editing
from app.standards.rules_document import faults_of
from app.standards.rules_questions import next_question_id, question_of, question_part
from app.training.rules import read_demand
from tests.support.standards import edition_document, step_document

QUESTION = {
    "id": "Q1",
    "stem": "几点放行",
    "options": ["早", "晚"],
    "answer": 1,
    "step": "S01",
    "points": 50,
    "key": True,
}
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 200) | st.text(max_size=4),
    lambda each: st.lists(each, max_size=3) | st.dictionaries(st.text(max_size=4), each, max_size=3),
    max_leaves=6,
)


def question(**keys):
    return QUESTION | keys


def at(where, *questions, **training):
    """The sentences at a place of a document with these questions and this demand."""
    document = edition_document(step_document()) | {"exam": list(questions), "training": training or None}
    return [str(fault.sentence) for fault in faults_of(document) if fault.where == where]


def test_tr_4_given_a_whole_exam_when_looked_through_then_nothing_is_wrong():
    assert at("question Q1", question(points=80)) == []
    assert (
        at("training", question(points=80), pass_score=80, valid_months=1, special="lift", certificates=["电工"]) == []
    )
    assert at("training") == []


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        ({"stem": " "}, "The question has no words."),
        ({"stem": "长" * 201}, "The question is longer than 200 characters."),
        ({"options": ["早"], "answer": 0}, "A question needs at least two answers to choose from."),
        ({"options": None, "answer": 0}, "A question needs at least two answers to choose from."),
        ({"options": list("一二三四五六七")}, "A question has at most 6 answers."),
        ({"options": ["早", " 早 "]}, "Two answers say the same."),
        ({"options": ["早", ""]}, "An answer has 1 to 80 characters."),
        ({"options": ["早", "晚" * 81]}, "An answer has 1 to 80 characters."),
        ({"answer": None}, "Mark the right answer."),
        ({"answer": 2}, "Mark the right answer."),
        ({"answer": -1}, "Mark the right answer."),
        ({"answer": True}, "Mark the right answer."),
        ({"step": "S09"}, "It asks about step S09, which is not there."),
        ({"step": ["S01"]}, "It asks about step ['S01'], which is not there."),
        ({"points": 0}, "A question gives 1 to 100 points."),
        ({"points": 101}, "A question gives 1 to 100 points."),
        ({"points": "20"}, "A question gives 1 to 100 points."),
    ],
)
def test_tr_2_given_one_thing_wrong_when_looked_through_then_that_sentence_stands_at_the_question(keys, sentence):
    assert sentence in at("question Q1", question(**keys))


@pytest.mark.parametrize(
    "keys",
    [
        {"stem": "长" * 200}, {"options": ["早", "晚" * 80]}, {"options": list("一二三四五六"), "answer": 5},
        {"answer": 0}, {"step": None}, {"points": 1}, {"points": 100},
    ],
)  # fmt: skip
def test_tr_2_given_the_edge_of_what_is_allowed_when_looked_through_then_the_question_is_whole(keys):
    assert at("question Q1", question(**keys)) == []


@pytest.mark.parametrize(
    ("points", "mark", "wrong"),
    [((40, 39), 80, True), ((40, 40), 80, False), ((50, 50), 100, False), ((99,), 100, True)],
)
def test_tr_4_given_points_when_they_cannot_reach_the_pass_mark_then_it_is_a_fault(points, mark, wrong):
    questions = [question(id=f"Q{number}", points=each) for number, each in enumerate(points)]

    said = at("training", *questions, pass_score=mark)

    assert said == (
        [f"Questions give {sum(points)} points together, fewer than the pass mark of {mark}."] if wrong else []
    )


@pytest.mark.parametrize(
    ("demand", "sentence"),
    [
        ({"pass_score": 79}, "The pass mark is 80 to 100."),
        ({"pass_score": 101}, "The pass mark is 80 to 100."),
        ({"pass_score": None}, "The pass mark is 80 to 100."),
        ({"valid_months": 0}, "What was passed holds 1 to 60 months."),
        ({"valid_months": 61}, "What was passed holds 1 to 60 months."),
        ({"special": "diving"}, "Choose the kind of special work from the list."),
        ({"special": []}, "Choose the kind of special work from the list."),
        ({"certificates": "电工"}, "The name of a certificate has 1 to 40 characters."),
        ({"certificates": [" "]}, "The name of a certificate has 1 to 40 characters."),
        ({"certificates": ["证" * 41]}, "The name of a certificate has 1 to 40 characters."),
        ({"certificates": ["证"] * 11}, "At most 10 certificates."),
    ],
)
def test_tr_4_given_an_odd_demand_when_looked_through_then_it_is_a_fault(demand, sentence):
    assert at("training", **demand) == [sentence]


@pytest.mark.parametrize(
    "demand",
    [
        {"pass_score": 100}, {"valid_months": 60}, {"valid_months": 1}, {"special": None},
        {"certificates": ["证" * 40] * 10}, {"certificates": None},
    ],
)  # fmt: skip
def test_tr_4_given_the_edge_of_a_demand_when_looked_through_then_it_is_whole(demand):
    assert at("training", **demand) == []


def test_given_too_many_or_two_of_one_name_when_looked_through_then_both_are_faults():
    many = [question(id=f"Q{number}") for number in range(41)]

    assert at("training", *many) == ["An exam has at most 40 questions."]
    assert at("training", *many[:40]) == []
    assert at("", question(), question()) == ["Q1 stands there twice."]


@given(st.fixed_dictionaries({"exam": ANYTHING | st.lists(st.just(QUESTION) | ANYTHING), "training": ANYTHING}))
def test_given_anything_when_looked_through_then_a_sentence_comes_and_what_is_whole_can_be_read(odd):
    document = edition_document(step_document()) | odd

    found = [str(fault.sentence) for fault in faults_of(document)]

    assert found or read_demand("N", document).pass_score >= 80


def test_given_a_question_when_edited_and_put_back_then_it_is_the_same_and_others_stay():
    document = edition_document(step_document()) | {"exam": [question(), question(id="Q2", answer=None)]}

    part = editing.part_of(document, "question", "Q1")
    again = editing.with_part(document, "question", "Q1", part | {"points": 7})

    assert part["answers"] == [{"text": "早", "right": False}, {"text": "晚", "right": True}]
    assert again["exam"] == [question(points=7), question(id="Q2", answer=None)]
    assert question_of(question_part(question(id="Q2", answer=None))) == question(id="Q2", answer=None)


def test_given_no_exam_when_questions_come_and_go_then_they_are_numbered_and_limited():
    document = edition_document(step_document())

    one = editing.add_question(document, next_question_id(document))
    two = editing.add_question(one, next_question_id(one))

    assert [each["id"] for each in two["exam"]] == ["Q1", "Q2"]
    assert two["exam"][0] == {
        "id": "Q1", "stem": "", "options": [], "answer": None, "step": None, "points": 20, "key": False,
    }  # fmt: skip
    assert [each["id"] for each in editing.remove(two, "question", "Q1")["exam"]] == ["Q2"]
    assert next_question_id({"exam": [{"id": "Q9"}, {"id": "odd"}, {}]}) == "Q10"
    with pytest.raises(editing.Invalid):
        editing.add_question({"exam": [{"id": f"Q{at}"} for at in range(40)]}, "Q99")


def test_tr_4_given_no_demand_when_opened_then_the_usual_one_stands_and_what_is_unknown_stays():
    usual = {"pass_score": 80, "valid_months": 12, "special": None, "certificates": []}

    assert editing.part_of({}, "training", "1") == usual
    assert editing.part_of({"training": {"valid_months": 6, "own": 1}}, "training", "1") == usual | {
        "valid_months": 6, "own": 1,
    }  # fmt: skip
    assert editing.with_part({"title": "t"}, "training", "1", usual) == {"title": "t", "training": usual}
    assert editing.has_part({}, "training", "1")
