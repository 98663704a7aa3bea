"""LC-1 to LC-3, LC-6: minutes with five questions; reviews within three years, reminders, confirmation."""

from datetime import date, timedelta

import pytest

from app.standards.rules_review import (
    LONGEST,
    Minutes,
    Question,
    ReviewOutcome,
    confirmed_mark,
    minutes_faults,
    next_review,
    outcome_faults,
    overdue,
    reminder_due,
    review_by_faults,
)

BEGAN, TODAY = date(2026, 11, 20), date(2026, 11, 23)
YES = {each.value: True for each in Question}


def minutes(**changes):
    values = {
        "held_on": TODAY, "place": "会议室", "present": ("甲", "乙"), "answers": YES, "remarks": {},
        "conclusion": "通过", "passed": True,
    }  # fmt: skip
    return Minutes(**(values | changes))


def test_lc_1_given_five_times_yes_when_passed_then_nothing_is_wrong():
    assert minutes_faults(minutes(), BEGAN, TODAY) == {}
    assert len(Question) == 5


@pytest.mark.parametrize("question", list(Question))
def test_lc_1_given_a_no_when_passed_then_that_question_is_named(question):
    asked = minutes(answers=YES | {question.value: False}, remarks={question.value: "与国标不符"})

    assert set(minutes_faults(asked, BEGAN, TODAY)) == {question}


def test_lc_1_given_a_no_when_not_passed_then_it_needs_its_words():
    bare = minutes(answers=YES | {"law": False}, passed=False)
    told = minutes(answers=YES | {"law": False}, passed=False, remarks={"law": "与国标不符"})

    assert set(minutes_faults(bare, BEGAN, TODAY)) == {"law"}
    assert minutes_faults(told, BEGAN, TODAY) == {}


def test_lc_1_given_a_question_without_answer_when_kept_then_it_is_named():
    assert set(minutes_faults(minutes(answers={}), BEGAN, TODAY)) == set(Question)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"held_on": None}, "held_on"),
        ({"held_on": date(2026, 11, 19)}, "held_on"),
        ({"held_on": date(2026, 11, 24)}, "held_on"),
        ({"present": ("甲",)}, "present"),
        ({"conclusion": ""}, "conclusion"),
        ({"conclusion": "长" * (LONGEST + 1)}, "conclusion"),
    ],
)
def test_lc_1_given_minutes_that_lack_something_when_kept_then_it_is_named(changes, field):
    assert set(minutes_faults(minutes(**changes), BEGAN, TODAY)) == {field}


@pytest.mark.parametrize("day", [BEGAN, TODAY])
def test_lc_1_given_a_meeting_on_the_first_or_last_possible_day_when_kept_then_it_holds(day):
    assert minutes_faults(minutes(held_on=day, conclusion="长" * LONGEST), BEGAN, TODAY) == {}


def test_lc_2_given_an_approval_when_three_years_are_counted_then_the_day_before_they_are_over():
    assert next_review(date(2026, 6, 8)) == date(2029, 6, 7)
    assert next_review(date(2024, 2, 29)) == date(2027, 2, 27)


def test_lc_2_given_a_day_for_the_next_review_when_later_than_three_years_then_refused():
    approved = date(2026, 6, 8)

    assert review_by_faults(date(2029, 6, 7), approved) == {}
    assert review_by_faults(date(2026, 10, 31), approved) == {}
    assert review_by_faults(date(2029, 6, 8), approved) and review_by_faults(None, approved)
    assert review_by_faults(approved, approved) and not review_by_faults(approved + timedelta(days=1), approved)


@pytest.mark.parametrize(
    ("left", "due"), [(181, None), (180, 180), (91, 180), (90, 90), (31, 90), (30, 30), (0, 30), (-1, 0), (-400, 0)]
)
def test_lc_2_given_days_left_when_looked_at_then_the_newest_reminder_is_due(left, due):
    assert reminder_due(TODAY + timedelta(days=left), TODAY) == due


def test_lc_2_given_the_last_day_when_it_has_passed_then_the_review_is_overdue():
    assert not overdue(TODAY, TODAY) and overdue(TODAY - timedelta(days=1), TODAY, "trial")
    assert not overdue(None, TODAY)
    assert not overdue(date(2020, 1, 1), TODAY, "superseded") and not overdue(date(2020, 1, 1), TODAY, "abolished")


def test_lc_3_given_a_confirmation_when_marked_then_the_cover_says_the_year():
    assert confirmed_mark(date(2026, 5, 20)) == "2026年确认"


@pytest.mark.parametrize("outcome", sorted(ReviewOutcome))
def test_lc_3_given_any_outcome_when_complete_then_it_is_kept(outcome):
    assert outcome_faults(outcome, "仍适用", TODAY, TODAY) == {}


def test_lc_3_given_a_review_that_lacks_something_when_kept_then_it_is_named():
    assert set(outcome_faults("maybe", "", None, TODAY)) == {"outcome", "reason", "on"}
    assert set(outcome_faults("confirm", "长" * (LONGEST + 1), TODAY, TODAY)) == {"reason"}
    assert outcome_faults("confirm", "长" * LONGEST, TODAY, TODAY) == {}
    assert set(outcome_faults("confirm", "好", TODAY + timedelta(days=1), TODAY)) == {"on"}
