"""Given conditions and repetitions, when shown as choices and taken back, then they mean the same."""

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.standards.rules_choices import OddCondition, Row, Rows, condition_of, label_of, rows_of, words_of
from app.standards.rules_repeats import Repeat, first_day, repeat_of, rule_of

DEMO = json.loads((Path(__file__).parents[2] / "app/demo/data/standards.json").read_text("utf-8"))
PARTS = [part for entry in DEMO for part in entry["document"]["steps"] + entry["document"]["schedules"]]


def test_given_every_condition_of_the_demo_when_shown_as_lines_then_it_comes_back_the_same():
    for part in PARTS:
        shown = rows_of(part["applies_when"])
        assert condition_of(shown) == part["applies_when"]
        assert not shown.text


def test_given_every_rule_of_the_demo_when_shown_as_choices_then_it_comes_back_the_same():
    for part in PARTS:
        if part.get("rrule"):
            said = dict(each.split("=") for each in rule_of(repeat_of(part["rrule"])).split(";"))
            assert said == dict(each.split("=") for each in part["rrule"].split(";"))


@pytest.mark.parametrize(
    ("rows", "condition"),
    [
        ([("task.profile", "eq", "full")], {"fact": "task.profile", "eq": "full"}),
        ([("task.profile", "in", "full、round")], {"fact": "task.profile", "in": ["full", "round"]}),
        ([("task.profile", "eq", "full,round")], {"fact": "task.profile", "in": ["full", "round"]}),
        ([("task.profile", "in", "full")], {"fact": "task.profile", "in": ["full"]}),
        ([("weather.wet", "eq", "yes")], {"fact": "weather.wet", "eq": True}),
        ([("weather.wet", "eq", "False")], {"fact": "weather.wet", "eq": False}),
        ([("date.month", "in", "6，7")], {"fact": "date.month", "in": [6, 7]}),
        ([("weather.rain_24h_mm", "gte", "0.5")], {"fact": "weather.rain_24h_mm", "gte": 0.5}),
        ([("point.attrs.room", "eq", "hot")], {"fact": "point.attrs.room", "eq": "hot"}),
        ([("point.attrs.has_freezer", "eq", "no")], {"fact": "point.attrs.has_freezer", "eq": False}),
        ([("steps.S01.result", "eq", "failed")], {"fact": "steps.S01.result", "eq": "fail"}),
        ([("steps.S01.value", "gt", "nan")], {"fact": "steps.S01.value", "gt": "nan"}),
        ([("", "eq", "x")], None),
    ],
)
def test_given_lines_when_taken_then_they_make_the_condition(rows, condition):
    assert condition_of(Rows("all", tuple(Row(*row) for row in rows))) == condition


def test_given_two_lines_when_taken_then_they_join_as_said():
    rows = (Row("weather.wet", "eq", "yes"), Row("date.weekday", "eq", "Monday"))
    leaves = [{"fact": "weather.wet", "eq": True}, {"fact": "date.weekday", "eq": "MO"}]

    assert condition_of(Rows("any", rows)) == {"any": leaves}
    assert rows_of({"any": leaves}) == Rows("any", rows)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (Row("task.profile", "like", "full"), "Choose how “kind of visit” is compared."),
        (Row("task.profile", "eq", " ,"), "Say what “kind of visit” is compared with."),
        (Row("date.month", "gte", "1,2"), "“month” can only be compared with one value here."),
        (Row("weather.wet", "eq", "5"), "“5” is not a value of “it is wet outside”; it has: yes、no."),
    ],
)
def test_given_a_line_that_does_not_hold_when_taken_then_it_says_why(row, sentence):
    with pytest.raises(OddCondition) as odd:
        condition_of(Rows("all", (row,)))
    assert str(odd.value.sentence) == sentence


@pytest.mark.parametrize("text", ["{", "[]", "3", "[" * 3000])
def test_given_a_text_that_is_no_condition_when_taken_then_it_is_refused(text):
    with pytest.raises(OddCondition):
        condition_of(Rows(text=text))
    with pytest.raises(OddCondition):
        condition_of(Rows("none", (Row("a", "eq", "1"), Row("b", "eq", "1"))))


@pytest.mark.parametrize(
    "condition",
    [
        {"not": {"fact": "a", "eq": 1}},
        {"all": [{"any": [{"fact": "a", "eq": 1}]}]},
        {"fact": "a", "eq": "x,y"},
        {"fact": "a", "is": 1},
        True,
    ],
)
def test_given_what_lines_cannot_say_when_shown_then_it_stands_as_text(condition):
    assert json.loads(rows_of(condition).text) == condition


def test_given_a_condition_when_said_then_it_reads_as_a_sentence():
    wet, full = {"fact": "weather.wet", "eq": True}, {"fact": "task.profile", "ne": "full"}

    assert words_of(None, {}) == "always"
    assert words_of(False, {}) == "never"
    assert words_of({"all": [wet, {"any": [full, wet]}]}, {}) == (
        "it is wet outside is yes and (kind of visit is not Full or it is wet outside is yes)"
    )
    assert words_of({"not": wet}, {}) == "not (it is wet outside is yes)"
    assert label_of("steps.S01.value", {"S01": "水温"}) == "S01 水温 value"
    assert label_of("point.attrs.room", {}) == "操作间"
    assert label_of("point.attrs.odd", {}) == "odd"


VALUES = st.booleans() | st.integers(-99, 99) | st.sampled_from(["hot", "冷", "MO"])


@given(
    st.lists(
        st.tuples(st.sampled_from(["point.attrs.a", "point.attrs.b"]), st.sampled_from(["eq", "ne", "gt"]), VALUES),
        min_size=1,
        max_size=5,
    ),
    st.sampled_from(["all", "any"]),
)
def test_given_any_lines_when_shown_and_taken_then_they_mean_the_same(leaves, join):
    listed = [{"fact": fact, operator: value} for fact, operator, value in leaves]
    condition = listed[0] if len(listed) == 1 else {join: listed}

    assert condition_of(rows_of(condition)) == condition


@pytest.mark.parametrize(
    ("rule", "how"),
    [
        ("FREQ=MONTHLY;BYDAY=1SA", "text"), ("FREQ=YEARLY", "text"), ("FREQ=DAILY;BYDAY=MO", "text"), ("", "text"),
        ("FREQ=WEEKLY;BYDAY=2MO", "text"), ("FREQ=DAILY;COUNT=3", "text"), ("FREQ=WEEKLY;BYMONTHDAY=3", "text"),
        ("FREQ=DAILY;INTERVAL=x", "text"), ("FREQ=MONTHLY;BYMONTHDAY=1,15", "monthly"), ("FREQ=DAILY", "daily"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,FR", "weekly"),
    ],
)  # fmt: skip
def test_given_a_rule_when_shown_then_choices_or_its_text_stand_there(rule, how):
    assert repeat_of(rule).how == how
    assert rule_of(repeat_of(rule)) == rule


def test_given_choices_when_a_rule_is_made_then_days_stand_in_order():
    assert rule_of(Repeat("weekly", 1, ("FR", "MO"), (), (3, 4))) == "FREQ=WEEKLY;BYMONTH=3,4;BYDAY=MO,FR"
    assert rule_of(Repeat("monthly", 2, ("MO",), (1, 15))) == "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=1,15"


def test_given_a_wished_first_day_when_the_rule_falls_later_then_that_day_is_the_first():
    assert first_day("FREQ=WEEKLY;BYDAY=TU", date(2026, 11, 23)) == date(2026, 11, 24)
    assert first_day("FREQ=DAILY", date(2026, 11, 23)) == date(2026, 11, 23)
    assert first_day("odd", date(2026, 11, 23)) == date(2026, 11, 23)


@pytest.mark.parametrize(
    "condition",
    [
        {"all": [{"fact": "a", "eq": 1}, {"any": [{"fact": "b", "eq": 1}]}]},
        {"fact": 1, "eq": 2}, {"eq": 1}, {"fact": "a", "eq": 1, "ne": 2}, {"fact": "a", "in": ["x", "y,z"]},
        {"fact": "a", "eq": None}, {"all": [], "x": 1}, {"all": []},
    ],
)  # fmt: skip
def test_given_a_condition_with_one_part_that_lines_cannot_say_when_shown_then_the_whole_stands_as_text(condition):
    assert json.loads(rows_of(condition).text) == condition


def test_given_a_condition_as_text_when_shown_and_taken_then_its_words_can_be_read_and_it_stays_the_same():
    condition = {"not": {"fact": "point.attrs.room", "eq": "冷"}}

    assert "冷" in rows_of(condition).text
    assert condition_of(rows_of(condition)) == condition


@pytest.mark.parametrize(
    ("condition", "value"),
    [
        ({"fact": "date.month", "eq": 1}, "1"), ({"fact": "point.attrs.has_fridge", "eq": True}, "yes"),
        ({"fact": "task.profile", "eq": "odd"}, "odd"), ({"fact": "task.profile", "eq": "full"}, "Full"),
        ({"fact": "point.attrs.room", "eq": "~5"}, "~5"), ({"fact": "date.month", "in": [0, 1]}, "0、1"),
    ],
)  # fmt: skip
def test_given_a_value_when_shown_then_one_and_yes_are_two_things(condition, value):
    assert rows_of(condition) == Rows("all", (Row(condition["fact"], list(condition)[1], value),))


def test_given_long_words_when_taken_then_their_beginning_counts():
    assert condition_of(Rows("all", (Row("a" * 81, "eq", "b" * 81),))) == {"fact": "a" * 80, "eq": "b" * 80}
    longest = {"fact": "a", "eq": "x" * (4000 - len(json.dumps({"fact": "a", "eq": ""})))}
    assert condition_of(Rows(text=json.dumps(longest))) == longest
    with pytest.raises(OddCondition):
        condition_of(Rows(text=json.dumps({**longest, "eq": longest["eq"] + "x"})))


def test_given_an_answer_of_a_step_without_a_title_when_named_then_no_gap_is_left():
    assert label_of("steps.S01.value", {}) == "S01 value"
