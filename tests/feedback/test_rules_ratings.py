"""Ratings (rules SA-7, SA-7a, SA-9 to SA-11)."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.feedback.rules_ratings import (
    FACE_ICONS,
    FACE_WORDS,
    TOPIC_WORDS,
    Excluded,
    Face,
    Satisfaction,
    Topic,
    excluded,
    is_lead,
    lead_due,
    satisfaction,
)
from app.schedule.rules_days import Calendar

ZONE = ZoneInfo("Asia/Shanghai")


def test_sa_7a_given_the_faces_when_read_then_five_in_order_each_with_word_and_picture():
    assert [face.value for face in FACE_WORDS] == [5, 4, 3, 2, 1]
    assert set(FACE_WORDS) == set(FACE_ICONS) == set(Face)
    assert len(set(FACE_ICONS.values())) == 5


def test_sa_10_given_the_topics_when_read_then_five():
    assert list(TOPIC_WORDS) == list(Topic)
    assert len(Topic) == 5


def test_sa_7_given_ratings_when_counted_then_three_faces_satisfy_two_strictly_and_n_stands_beside():
    rated = satisfaction([(5, 10), (4, 6), (3, 2), (2, 1), (1, 1), (5, 4)])

    assert (rated.satisfied, rated.strictly, rated.n) == (22, 20, 24)
    assert rated.faces[Face.VERY_GOOD] == 14


@pytest.mark.parametrize(("n", "graded"), [(0, False), (29, False), (30, True), (31, True)])
def test_sa_7_given_fewer_than_thirty_when_graded_then_no_grade(n, graded):
    assert satisfaction([(4, n)]).may_be_graded is graded


@pytest.mark.parametrize(
    ("rater", "staff_device", "why"),
    [
        (None, False, Excluded.COUNTS),
        (None, True, Excluded.STAFF),
        ("/bureau/care/clean/", True, Excluded.OWN_UNIT),
        ("/bureau/care/clean/crew/", True, Excluded.OWN_UNIT),
        ("/bureau/care/", True, Excluded.STAFF),
        ("/bureau/other/", False, Excluded.STAFF),
    ],
)
def test_sa_9_given_who_rates_when_judged_then_own_unit_and_devices_of_staff_never_count(rater, staff_device, why):
    assert excluded(rater, "/bureau/care/clean/", staff_device=staff_device) == why


def test_sa_9_given_a_place_without_a_unit_when_staff_rates_then_still_staff():
    assert excluded("/bureau/", "", staff_device=False) is Excluded.STAFF


@pytest.mark.parametrize(
    ("face", "words", "lead"), [(2, "脏", True), (1, "脏", True), (3, "脏", False), (1, " ", False), (1, "", False)]
)
def test_sa_11_given_a_low_rating_with_words_when_kept_then_it_is_a_lead(face, words, lead):
    assert is_lead(Face(face), words) is lead


@pytest.mark.parametrize(
    ("rated", "due"),
    [
        (date(2026, 11, 23), date(2026, 11, 25)),
        (date(2026, 11, 26), date(2026, 11, 28)),
        (date(2026, 11, 27), date(2026, 12, 1)),
        (date(2026, 11, 28), date(2026, 12, 1)),
    ],
)
def test_sa_11_given_a_lead_when_its_limit_is_asked_then_the_end_of_the_next_workday(rated, due):
    at = datetime(rated.year, rated.month, rated.day, 12, tzinfo=ZONE).astimezone(UTC)

    assert lead_due(at, ZONE, Calendar()) == datetime(due.year, due.month, due.day, tzinfo=ZONE)


def test_sa_11_given_a_rating_before_midnight_utc_when_its_limit_is_asked_then_the_local_day_counts():
    late_on_monday_in_utc = datetime(2026, 11, 23, 20, tzinfo=UTC)

    assert lead_due(late_on_monday_in_utc, ZONE, Calendar()) == datetime(2026, 11, 26, tzinfo=ZONE)


@given(st.lists(st.tuples(st.sampled_from(Face), st.integers(0, 50)), max_size=12))
def test_given_any_ratings_when_counted_then_strict_is_never_more_than_satisfied_nor_that_than_all(counted):
    rated = satisfaction(counted)

    assert 0 <= rated.strictly <= rated.satisfied <= rated.n == sum(n for _face, n in counted)


def test_sa_7_given_only_bad_faces_when_counted_then_nobody_is_satisfied():
    for rated in (satisfaction([(1, 3)]), Satisfaction({Face.VERY_BAD: 3})):
        assert (rated.satisfied, rated.strictly, rated.n) == (0, 0, 3)
