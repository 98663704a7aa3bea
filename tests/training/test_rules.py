"""Who is qualified on a day, and what is lacking (rules TR-4, TR-6)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.training.rules import (
    Demand,
    Lack,
    Paper,
    Proof,
    Question,
    Special,
    Standing,
    asked_on,
    certified,
    holds,
    in_probation,
    lacks,
    probation_end,
    read_demand,
    standing,
    until,
    valid_until,
)

DAY = timedelta(days=1)
ON = date(2026, 11, 23)
QUESTIONS = (
    Question("Q1", "?", ("a", "b"), 0, "S01", 20, True),
    Question("Q2", "?", ("a", "b"), 1, "S02", 20, False),
)
ASKING = Demand("N-2026", questions=QUESTIONS)
DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


def done(**keys):
    return Proof(**({"delivered_on": ON, "read": (ON,), "examined": (ON,)} | keys))


def test_tr4_given_all_four_things_when_judged_then_nothing_is_lacking():
    assert lacks(ASKING, done(), ON) == ()


def test_tr4_given_nothing_when_judged_then_everything_is_lacking_in_the_order_of_doing():
    asking = Demand("N-2026", certificates=("健康证",), questions=QUESTIONS)

    assert lacks(asking, Proof(), ON) == (Lack.DELIVERED, Lack.READ, Lack.EXAM, Lack.CERTIFICATE)


@pytest.mark.parametrize(
    ("proof", "lacking"),
    [
        (done(delivered_on=None), (Lack.DELIVERED,)),
        (done(delivered_on=ON + DAY), (Lack.DELIVERED,)),
        (done(read=()), (Lack.READ,)),
        (done(read=(ON + DAY,)), (Lack.READ,)),
        (done(examined=()), (Lack.EXAM,)),
        (done(examined=(ON + DAY,)), (Lack.EXAM,)),
    ],
)
def test_tr4_given_one_thing_missing_or_later_when_judged_then_that_one_is_named(proof, lacking):
    assert lacks(ASKING, proof, ON) == lacking


def test_tr6_given_an_exam_a_year_ago_when_judged_then_it_holds_that_day_and_not_the_next():
    proof = done(read=(date(2025, 11, 23),), examined=(date(2025, 11, 23),))

    assert lacks(ASKING, proof, ON) == ()
    assert lacks(ASKING, proof, ON + DAY) == (Lack.READ, Lack.EXAM)


def test_tr6_given_the_last_of_february_when_a_year_passes_then_the_month_ends_it():
    assert until(date(2028, 2, 29), 12) == date(2029, 2, 28)
    assert until(date(2026, 8, 31), 6) == date(2027, 2, 28)


def test_given_a_demand_without_questions_when_the_whole_is_asked_then_a_sign_off_is_still_wanted():
    asking = Demand("N-2026")

    assert lacks(asking, done(examined=()), ON) == (Lack.EXAM,)
    assert lacks(asking, done(), ON) == ()


def test_tr6_given_a_revision_with_changed_steps_when_judged_then_only_their_questions_count():
    changed = done(asked=("S02",), examined=())
    unasked = done(asked=("S03",), examined=())

    assert lacks(ASKING, changed, ON) == (Lack.EXAM,)
    assert lacks(ASKING, unasked, ON) == ()
    assert [one.id for one in ASKING.asked(("S02",))] == ["Q2"]
    assert ASKING.asked(None) == QUESTIONS


def test_tr6_given_a_revision_without_changed_steps_when_judged_then_nothing_is_asked():
    assert lacks(ASKING, done(asked=(), read=(), examined=()), ON) == ()


def test_tr6_given_a_revision_delivered_over_a_year_ago_when_judged_then_the_whole_is_asked_again():
    proof = done(delivered_on=date(2025, 11, 22), asked=(), read=(), examined=())

    assert asked_on(ASKING, proof, date(2026, 11, 22)) == ()
    assert asked_on(ASKING, proof, ON) is None
    assert lacks(ASKING, proof, ON) == (Lack.READ, Lack.EXAM)


@pytest.mark.parametrize(
    ("paper", "valid"),
    [
        (Paper("健康证", None, None), True),
        (Paper("健康证A", None, ON), True),
        (Paper("健康证", ON, None), True),
        (Paper("健康证", None, ON - DAY), False),
        (Paper("健康证", ON + DAY, None), False),
        (Paper("驾驶证", None, None), False),
    ],
)
def test_tr4_given_a_certificate_when_judged_then_name_and_both_ends_count(paper, valid):
    asking = Demand("N-2026", certificates=("健康证", "食品证"))

    assert certified(asking, [paper], ON) is valid
    assert (lacks(asking, done(papers=(paper,)), ON) == ()) is valid


def test_given_no_certificate_is_asked_when_judged_then_none_is_needed():
    assert certified(ASKING, [], ON) is True


@pytest.mark.parametrize(
    ("special", "lacking", "newcomer", "stands"),
    [
        (None, (), False, Standing.QUALIFIED),
        (Special.DRIVING, (), True, Standing.QUALIFIED),
        (None, (Lack.EXAM,), True, Standing.MENTORED),
        (None, (Lack.DELIVERED, Lack.READ, Lack.EXAM), True, Standing.MENTORED),
        (None, (Lack.EXAM,), False, Standing.UNQUALIFIED),
        (None, (Lack.CERTIFICATE,), True, Standing.UNQUALIFIED),
        *((special, (Lack.EXAM,), True, Standing.UNQUALIFIED) for special in Special),
    ],
)
def test_tr4_given_what_is_lacking_when_standing_is_asked_then_newcomers_work_beside_somebody_but_not_at_special_work(
    special, lacking, newcomer, stands
):
    assert standing(Demand("N-2026", special=special), lacking, newcomer=newcomer) is stands


def test_tr4_given_fourteen_days_when_counted_then_first_and_last_belong():
    first = date(2026, 11, 10)

    assert probation_end(first, 14) == ON
    assert [in_probation(first, ON, day) for day in (first - DAY, first, ON, ON + DAY)] == [False, True, True, False]


def test_given_a_document_when_read_then_a_pass_mark_under_80_counts_as_80():
    asked = {"pass_score": 60, "valid_months": 6, "special": "lift", "certificates": ["证"]}
    exam = [{"id": "Q1", "stem": "?", "options": ["a", "b"], "answer": 1, "step": "S01", "points": 20, "key": True}]

    demand = read_demand("N-2026", {"training": asked, "exam": exam})

    assert (demand.pass_score, demand.valid_months, demand.special) == (80, 6, Special.LIFT)
    assert demand.certificates == ("证",)
    assert demand.questions == (Question("Q1", "?", ("a", "b"), 1, "S01", 20, True),)
    assert read_demand("N", {"training": {"pass_score": 90}}).pass_score == 90
    bare = read_demand("N", {})
    assert (bare.pass_score, bare.valid_months, bare.special, bare.questions) == (80, 12, None, ())


def test_given_a_question_without_points_or_step_when_read_then_it_counts_one():
    bare = {"id": "Q1", "stem": "?", "options": ["a", "b"], "answer": 0}

    [one] = read_demand("N", {"exam": [bare]}).questions

    assert (one.points, one.step, one.key) == (1, None, False)


@given(DAYS, st.integers(1, 36))
def test_given_any_day_when_a_validity_begins_then_it_holds_from_that_day_to_its_last(day, months):
    last = until(day, months)

    assert holds([day], months, day) and holds([day], months, last)
    assert not holds([day], months, last + DAY) and not holds([day], months, day - DAY)


@given(st.lists(DAYS, max_size=3), st.lists(DAYS, max_size=3), st.none() | DAYS, DAYS)
def test_given_somebody_qualified_when_the_end_is_asked_then_it_is_the_last_day_without_a_lack(read, exams, end, on):
    asking = Demand("N-2026", certificates=("证",), questions=QUESTIONS)
    proof = Proof(date(2019, 1, 1), None, tuple(read), tuple(exams), (Paper("证", None, end),))
    last = valid_until(asking, proof, on)

    if lacks(asking, proof, on):
        return
    assert last is not None and on <= last
    seen = [day for day in (*read, *exams) if day > on]
    if not seen:
        assert lacks(asking, proof, last) == ()
        assert lacks(asking, proof, last + DAY) != ()


def test_given_only_a_certificate_without_end_when_the_end_is_asked_then_the_reading_ends_first():
    asking = Demand("N-2026", certificates=("证",))

    assert valid_until(asking, done(papers=(Paper("证", None, None),)), ON) == date(2027, 11, 23)
    assert valid_until(asking, done(papers=(Paper("证", None, ON + DAY),)), ON) == ON + DAY
    assert valid_until(asking, done(asked=()), ON) == date(2027, 11, 23)


def test_given_several_certificates_when_the_end_is_asked_then_the_longest_that_holds_today_counts():
    asking = Demand("N-2026", certificates=("证",))
    today, longer = Paper("证", None, ON + DAY), Paper("证", ON, ON + 3 * DAY)
    other, to_come = Paper("照", None, ON + 9 * DAY), Paper("证", ON + 5 * DAY, ON + 90 * DAY)

    assert valid_until(asking, done(papers=(today, longer, other, to_come)), ON) == ON + 3 * DAY


def test_given_nothing_that_ends_when_the_end_is_asked_then_none_is_in_sight():
    asking = Demand("N-2026", certificates=("证",))

    assert valid_until(asking, Proof(papers=(Paper("证", None, None),)), ON) is None


REVISED = st.builds(
    Proof,
    delivered_on=st.dates(date(2026, 1, 1), date(2026, 6, 30)),
    asked=st.sampled_from([None, (), ("S02",), ("S03",)]),
    read=st.lists(st.dates(date(2025, 9, 1), date(2027, 3, 31)), max_size=3).map(tuple),
    examined=st.lists(st.dates(date(2025, 9, 1), date(2027, 3, 31)), max_size=3).map(tuple),
)


@given(REVISED, st.dates(date(2026, 7, 1), date(2027, 9, 30)), st.data())
def test_tr6_given_a_revision_when_the_end_is_asked_then_it_is_the_last_day_without_a_lack(proof, on, data):
    known = replace(proof, read=_until(proof.read, on), examined=_until(proof.examined, on))
    if lacks(ASKING, known, on):
        return

    last = valid_until(ASKING, known, on)

    between = data.draw(st.dates(on, last))
    assert (lacks(ASKING, known, between), lacks(ASKING, known, last)) == ((), ())
    assert lacks(ASKING, known, last + DAY) != ()


def _until(days, on):
    return tuple(each for each in days if each <= on)


def test_tr6_given_changed_steps_when_they_are_done_anew_before_the_year_is_over_then_that_counts_from_then_on():
    revised = done(asked=("S02",), delivered_on=date(2026, 1, 10), read=(date(2026, 1, 12),), examined=())
    early = replace(revised, examined=(date(2026, 1, 15),))
    renewed = replace(early, read=(*early.read, ON), examined=(*early.examined, ON))

    assert valid_until(ASKING, early, ON) == date(2027, 1, 12)
    assert valid_until(ASKING, renewed, ON) == date(2027, 11, 23)
    assert valid_until(ASKING, done(asked=(), read=(), examined=()), ON) == date(2027, 11, 23)
    assert valid_until(ASKING, done(asked=("S03",), read=(ON - DAY,), examined=()), ON) == date(2027, 11, 22)
    assert valid_until(ASKING, done(read=(ON - 9 * DAY,)), ON) == date(2027, 11, 14)
