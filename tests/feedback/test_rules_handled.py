"""Rules SA-1 and SA-8: the handled rate and its neighbours, satisfaction against its goal."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.feedback.rules_handled import CaseFacts, Figure, meets_goal, tallies

NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)
DAY = timedelta(days=1)
VALID = CaseFacts(
    "one", "complaint", "valid", NOW - 5 * DAY, NOW - 6 * DAY, NOW - DAY, NOW - 2 * DAY, True, "satisfied"
)


def figure(name, *cases):
    found = tallies(cases, NOW)[name]
    return found.hits, found.misses


def test_sa8_given_a_valid_complaint_closed_in_time_and_called_back_when_counted_then_it_is_handled():
    found = tallies([VALID], NOW)[Figure.HANDLED]

    assert (found.numerator, found.denominator, found.is_met) == (1, 1, True)


def test_sa8_given_the_last_moment_when_counted_then_it_is_still_in_time():
    last = replace(VALID, closed_at=VALID.close_due_at, replied_at=VALID.reply_due_at)

    assert figure(Figure.HANDLED, last) == figure(Figure.REPLIED, last) == (("one",), ())


def test_sa8_given_hits_and_misses_when_counted_then_both_stand_below_the_line():
    found = tallies([VALID, replace(VALID, item_id="two", called_back=False)], NOW)[Figure.HANDLED]

    assert (found.numerator, found.denominator, found.is_met) == (1, 2, False)


@pytest.mark.parametrize(
    "changed",
    [
        {"closed_at": NOW - DAY + timedelta(seconds=1)},
        {"closed_at": None},
        {"called_back": False},
    ],
)
def test_sa8_given_a_valid_complaint_late_open_or_without_call_back_when_counted_then_it_is_not(changed):
    assert figure(Figure.HANDLED, replace(VALID, **changed)) == ((), ("one",))


def test_sa8_given_a_valid_complaint_still_in_its_time_when_counted_then_it_is_not_due():
    assert figure(Figure.HANDLED, replace(VALID, closed_at=None, close_due_at=NOW + DAY)) == ((), ())
    assert figure(Figure.HANDLED, replace(VALID, closed_at=None, close_due_at=NOW)) == ((), ("one",))


@pytest.mark.parametrize("changed", [{"classified": "communicative"}, {"classified": ""}, {"kind": "question"}])
def test_sa8_given_what_is_no_valid_complaint_when_counted_then_it_stands_outside(changed):
    assert figure(Figure.HANDLED, replace(VALID, **changed)) == ((), ())
    assert figure(Figure.CLOSED_CALLED, replace(VALID, **changed)) == ((), ())


def test_sa8_given_closed_ones_when_counted_then_each_without_call_back_shows():
    other = replace(VALID, item_id="two", called_back=False)
    still_open = replace(VALID, item_id="three", closed_at=None)

    assert figure(Figure.CLOSED_CALLED, VALID, other, still_open) == (("one",), ("two",))


def test_sa8_given_first_replies_when_counted_then_within_two_hours_or_not():
    late = replace(VALID, item_id="late", replied_at=VALID.reply_due_at + timedelta(seconds=1))
    never = replace(VALID, item_id="never", replied_at=None)
    waiting = replace(VALID, item_id="waiting", replied_at=None, reply_due_at=NOW + DAY)
    praise = replace(never, item_id="praise", kind="praise")

    assert figure(Figure.REPLIED, VALID, late, never, waiting, praise) == (("one",), ("late", "never"))


def test_sa8_given_communicative_ones_and_questions_when_counted_then_closed_in_time_or_not():
    good = replace(VALID, classified="communicative")
    asked = replace(VALID, item_id="asked", kind="question", classified="", closed_at=None)
    praise = replace(good, item_id="praise", kind="praise")

    assert figure(Figure.COMMUNICATIVE, VALID, good, asked, praise) == (("one",), ("asked",))


def test_sa8_given_call_backs_when_counted_then_only_those_spoken_with_say_how_content_they_are():
    cross = replace(VALID, item_id="cross", call_back="unsatisfied")
    away = replace(VALID, item_id="away", call_back="unreached")

    assert figure(Figure.CONTENT, VALID, cross, away) == (("one",), ("cross",))


@pytest.mark.parametrize(
    ("satisfied", "n", "graded", "met"),
    [(95, 100, True, True), (949, 1000, True, False), (19, 20, False, None), (0, 0, True, None), (29, 30, True, True)],
)
def test_sa1_given_ratings_when_compared_with_the_goal_then_unrounded_and_only_when_enough(satisfied, n, graded, met):
    assert meets_goal(satisfied, n, graded=graded) is met
