"""GR-10: provisional until the month ends, five workdays for appeals, then frozen."""

from datetime import date

import pytest

from app.grades.rules_time import Phase, gr10_answer_by, gr10_appeals_until, gr10_last_day, gr10_phase
from app.schedule.rules_days import Calendar

NOVEMBER, LAST = date(2026, 11, 1), date(2026, 12, 7)


@pytest.mark.parametrize(
    ("month", "last"),
    [
        (date(2026, 11, 1), date(2026, 12, 7)),
        (date(2026, 10, 1), date(2026, 11, 6)),
        (date(2026, 12, 1), date(2027, 1, 7)),
    ],
)  # fmt: skip
def test_gr10_given_a_month_when_asked_then_appeals_are_taken_for_five_workdays_after_it(month, last):
    assert gr10_last_day(month, Calendar()) == last


def test_gr10_given_holidays_after_the_month_when_asked_then_they_do_not_count():
    national = Calendar(frozenset(date(2026, 10, day) for day in range(1, 8)), frozenset({date(2026, 10, 10)}))

    assert gr10_last_day(date(2026, 9, 1), national) == date(2026, 10, 13)


def test_gr10_given_work_on_every_day_when_asked_then_never_before_disputes_of_contractors_close():
    weekend = Calendar(makeup_workdays=frozenset({date(2026, 8, 1), date(2026, 8, 2)}))

    assert gr10_last_day(date(2026, 7, 1), weekend) == date(2026, 8, 5)


@pytest.mark.parametrize(
    ("today", "phase"),
    [
        (date(2026, 11, 1), Phase.PROVISIONAL), (date(2026, 11, 30), Phase.PROVISIONAL),
        (date(2026, 12, 1), Phase.OPEN),
        (LAST, Phase.OPEN), (date(2026, 12, 8), Phase.FROZEN),
    ],
)  # fmt: skip
def test_gr10_given_a_day_when_asked_then_the_phase_is_that_of_the_rule(today, phase):
    assert gr10_phase(NOVEMBER, today, LAST) is phase


@pytest.mark.parametrize(
    ("heard_on", "until"),
    [
        (date(2026, 12, 1), date(2026, 12, 8)), (date(2026, 11, 30), LAST), (LAST, date(2026, 12, 14)),
        (date(2026, 12, 24), date(2026, 12, 31)), (date(2026, 12, 26), date(2027, 1, 1)),
    ],
)  # fmt: skip
def test_gr10_given_a_decision_on_a_day_when_asked_then_five_workdays_are_left_and_never_less_than_the_month(
    heard_on, until
):
    assert gr10_appeals_until(LAST, heard_on, Calendar()) == until


@pytest.mark.parametrize(
    ("appealed_on", "due"), [(date(2026, 12, 2), LAST), (LAST, LAST), (date(2026, 12, 24), date(2026, 12, 31))]
)
def test_gr10_given_an_appeal_when_asked_then_it_is_answered_by_the_freeze_or_in_five_workdays(appealed_on, due):
    assert gr10_answer_by(LAST, appealed_on, Calendar()) == due
