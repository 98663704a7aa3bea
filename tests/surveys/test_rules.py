"""When a survey stands where, what its forms may hold, and that nothing which says who wrote is kept."""

from datetime import date, timedelta

import pytest
from werkzeug.datastructures import MultiDict

from app.surveys.forms import parse_answer, parse_departments, parse_plan, parse_questions, parse_year
from app.surveys.rules import Department, Plan, Question, State, lacking, plan_faults, question_faults, turned
from app.surveys.rules_answers import Mark, anonymous
from app.surveys.rules_content import HIDDEN, TEMPLATE
from app.surveys.rules_links import drawn, key_of, token_of

FIRST = date(2026, 11, 1)
PLAN = Plan("调查", "", FIRST, FIRST + timedelta(days=9))


@pytest.mark.parametrize(
    ("state", "days", "then"),
    [
        (State.DRAFT, 0, State.DRAFT),
        (State.DRAFT, 30, State.DRAFT),
        (State.READY, -1, State.READY),
        (State.READY, 0, State.OPEN),
        (State.OPEN, 9, State.OPEN),
        (State.OPEN, 10, State.CLOSED),
        (State.READY, 10, State.CLOSED),
        (State.CLOSED, 3, State.CLOSED),
    ],
)
def test_given_a_day_when_the_timer_looks_then_the_days_decide(state, days, then):
    assert turned(state, PLAN, FIRST + timedelta(days=days)) is then


def test_given_the_template_then_it_can_be_asked():
    assert question_faults(TEMPLATE) == {}
    assert len(TEMPLATE) == 8


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "长" * 61}, "title"),
        ({"intro": "长" * 401}, "intro"),
        ({"closes_on": FIRST - timedelta(days=1)}, "closes_on"),
        ({"closes_on": FIRST + timedelta(days=121)}, "closes_on"),
    ],
)
def test_given_a_plan_that_cannot_be_then_its_field_says_so(changed, field):
    assert list(plan_faults(Plan(**{**vars(PLAN), **changed}))) == [field]


@pytest.mark.parametrize(
    "questions",
    [
        [],
        [Question("", "问")],
        [Question("保洁", "")],
        [Question("保洁", "一"), Question("保洁", "二")],
        [Question(str(n), "问") for n in range(21)],
        [Question("长" * 13, "问")],
        [Question("保洁", "长" * 101)],
    ],
)
def test_given_questions_that_cannot_be_asked_then_refused(questions):
    assert list(question_faults(questions)) == ["questions"]


def test_given_a_draft_when_something_lacks_then_it_is_not_released():
    asked, departments = [Question("保洁", "问")], [Department("办公室", 3)]

    assert lacking(asked, departments, PLAN.closes_on, FIRST) == ""
    assert lacking([], departments, PLAN.closes_on, FIRST)
    assert lacking(asked, [], PLAN.closes_on, FIRST)
    assert lacking(asked, departments, PLAN.closes_on, PLAN.closes_on + timedelta(days=1))


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("食堂很好，2026年11月有进步，打100分", "食堂很好，2026年11月有进步，打100分"),
        ("请回电13812345678谢谢", f"请回电{HIDDEN}谢谢"),
        ("138 1234 5678", HIDDEN),
        ("打010-65123456", f"打{HIDDEN}"),
        ("写信到 a.b@example.cn 即可", f"写信到 {HIDDEN} 即可"),
        ("微信：abc_12345", HIDDEN),
        ("身份证11010119900101123X", HIDDEN),
        ("工号A102938", HIDDEN),
    ],
)
def test_given_words_when_they_say_how_to_reach_somebody_then_that_is_hidden(said, kept):
    assert anonymous(said) == kept


def test_given_lines_of_departments_then_name_and_number_are_told_apart():
    found, faults = parse_departments("办公室 20\n\n财务处，8人\n机关 党委\t5")

    assert faults == {}
    assert found == [Department("办公室", 20), Department("财务处", 8), Department("机关 党委", 5)]


@pytest.mark.parametrize("text", ["办公室", "办公室 0", "办公室 5001", "办公室 20\n办公室 3", "长" * 61 + " 3"])
def test_given_a_line_that_cannot_be_read_then_refused(text):
    assert list(parse_departments(text)[1]) == ["departments"]


def test_given_an_answer_then_faces_and_words_are_read_and_what_was_not_used_has_no_mark():
    asked = [Question("保洁", "问"), Question("餐饮", "问")]

    sheet = parse_answer({"face-1": "5", "words-1": "好", "face-2": "0", "words": "谢谢"}, asked)

    assert sheet.errors == {}
    assert (sheet.marks, sheet.words) == ((Mark(1, 5, "好"),), "谢谢")


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"face-1": "5"}, "face-2"),
        ({"face-1": "6", "face-2": "1"}, "face-1"),
        ({"face-1": "0", "face-2": "0"}, "face-1"),
        ({"face-1": "5", "face-2": "5", "words": "长" * 301}, "words"),
        ({"face-1": "5", "face-2": "5", "website": "x"}, "face-1"),
    ],
)
def test_given_an_answer_that_does_not_hold_then_its_field_says_so(form, field):
    assert field in parse_answer(form, [Question("保洁", "问"), Question("餐饮", "问")]).errors


def test_given_rows_of_questions_then_empty_ones_are_left_out():
    form = MultiDict([("topic", "保洁"), ("text", "问"), ("topic", " "), ("text", "")])

    assert parse_questions(form) == ([Question("保洁", "问")], {})


def test_given_days_that_are_none_then_refused():
    assert set(parse_plan({"opens_on": "x", "closes_on": ""})[1]) == {"opens_on", "closes_on"}
    assert parse_year({"year": "26"})[1]
    assert parse_year({"year": "2026"}) == (2026, {})


def test_given_a_link_then_only_this_server_makes_it_and_case_does_not_matter():
    token = token_of("s" * 40, "one")

    assert len(token) == 26
    assert token != token_of("t" * 40, "one")
    assert key_of(token) == key_of(token.lower())


def test_given_an_address_then_its_symbol_is_drawn_with_a_quiet_zone():
    path, side = drawn("HTTPS://EXAMPLE.CN/S/" + "A" * 26)

    assert path.startswith("M4 4h7v1h-7z")
    assert side >= 33
