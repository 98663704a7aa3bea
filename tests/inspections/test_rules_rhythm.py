"""SP-3, SP-4, SP-6 and RP-5: which inspections the rhythm asks for."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.inspections.rules import Occasion, State
from app.inspections.rules_rhythm import Held, Period, Standing, calendar, half_of, month_of

UNITS = [("care", "物业科", "section"), ("clean", "保洁公司", "contractor"), ("bureau", "局", "bureau")]
TODAY = date(2026, 11, 21)
EARLY = Held("i0", Occasion.IRREGULAR, "care", date(2026, 1, 10), State.CLOSED)


def found(held, today=TODAY):
    return {(line.occasion, line.unit_id, line.period.first): line for line in calendar(UNITS, held, today)}


def test_sp3_given_a_contractor_when_nothing_was_held_then_the_month_is_due_and_the_one_before_was_not_held():
    lines = found([EARLY])

    assert lines[Occasion.MONTHLY, "clean", date(2026, 11, 1)].standing is Standing.SOON
    assert lines[Occasion.MONTHLY, "clean", date(2026, 10, 1)].standing is Standing.MISSED
    assert (Occasion.MONTHLY, "care", date(2026, 11, 1)) not in lines


def test_sp4_given_a_section_when_an_inspection_closed_in_the_half_year_then_it_is_done():
    held = Held("i1", Occasion.HALF_YEARLY, "care", date(2026, 7, 1), State.CLOSED)

    line = found([EARLY, held])[Occasion.HALF_YEARLY, "care", date(2026, 7, 1)]

    assert (line.standing, line.inspection_id) == (Standing.DONE, "i1")


def test_rp5_given_a_third_party_when_it_checked_anybody_then_the_half_year_of_the_bureau_is_done():
    held = Held("i1", Occasion.THIRD_PARTY, "clean", date(2026, 8, 3), State.ANNOUNCED)

    assert found([EARLY, held])[Occasion.MUTUAL, "", date(2026, 7, 1)].standing is Standing.DONE


@pytest.mark.parametrize(
    ("state", "standing"),
    [
        (State.PLANNED, Standing.PLANNED),
        (State.UNDER_WAY, Standing.UNDER_WAY),
        (State.TO_SIGN, Standing.UNDER_WAY),
        (State.CLOSED, Standing.DONE),
        (State.ANNOUNCED, Standing.DONE),
        (State.CANCELLED, Standing.SOON),
    ],
)
def test_given_an_inspection_of_the_month_when_in_any_state_then_the_line_says_so(state, standing):
    held = Held("i1", Occasion.MONTHLY, "clean", date(2026, 11, 30), state)

    assert found([EARLY, held])[Occasion.MONTHLY, "clean", date(2026, 11, 1)].standing is standing


def test_given_two_of_one_month_when_one_is_closed_then_that_one_answers():
    held = [
        Held("i1", Occasion.MONTHLY, "clean", date(2026, 11, 2), State.PLANNED),
        Held("i2", Occasion.MONTHLY, "clean", date(2026, 11, 9), State.CLOSED),
    ]

    assert found(held)[Occasion.MONTHLY, "clean", date(2026, 11, 1)].inspection_id == "i2"


def test_given_the_first_day_of_the_books_when_asked_then_no_earlier_period_is_missing():
    lines = calendar(UNITS, [], TODAY)

    assert {line.standing for line in lines} == {Standing.SOON, Standing.DUE}


@pytest.mark.parametrize(("days", "standing"), [(11, Standing.DUE), (10, Standing.SOON), (0, Standing.SOON)])
def test_given_the_days_left_when_ten_or_fewer_then_due_soon(days, standing):
    line = found([], date(2026, 11, 30) - timedelta(days=days))[Occasion.MONTHLY, "clean", date(2026, 11, 1)]

    assert line.standing is standing


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_given_any_day_when_its_periods_are_made_then_it_lies_inside_and_the_next_begins_after(day):
    for period_of in (month_of, half_of):
        period = period_of(day)

        assert period.first <= day <= period.last
        assert period.first.day == 1
        assert period_of(period.last + timedelta(days=1)).first == period.last + timedelta(days=1)
        assert period_of(period.first).last == period.last


def test_given_the_calendar_when_listed_then_what_was_not_held_stands_first():
    standings = [line.standing for line in calendar(UNITS, [EARLY], TODAY)]

    assert standings[0] is Standing.MISSED
    assert standings.index(Standing.SOON) < standings.index(Standing.DUE)


@pytest.mark.parametrize(("month", "half"), [(1, 1), (6, 1), (7, 2), (12, 2)])
def test_given_a_day_when_its_half_year_is_numbered_then_june_is_in_the_first(month, half):
    assert half_of(date(2026, month, 15)).half == half
    assert Period(date(2026, month, 1), date(2026, month, 28)).half == half


def test_given_a_month_when_made_then_it_ends_on_its_last_day():
    assert [month_of(date(2026, month, 31)).last.day for month in (1, 3, 5, 7, 8, 10, 12)] == [31] * 7
    assert month_of(date(2028, 2, 1)).last == date(2028, 2, 29)


def test_given_books_that_began_this_month_when_asked_then_the_oldest_record_says_from_when():
    old = Held("i0", Occasion.IRREGULAR, "care", date(2026, 10, 31), State.CLOSED)
    new = Held("i1", Occasion.IRREGULAR, "care", date(2026, 11, 2), State.CLOSED)

    assert (Occasion.MONTHLY, "clean", date(2026, 10, 1)) in found([new, old])
    assert (Occasion.MONTHLY, "clean", date(2026, 10, 1)) not in found([new])


def test_given_the_calendar_when_listed_then_this_period_and_the_one_right_before_each_with_its_unit():
    lines = calendar(UNITS, [EARLY], TODAY)
    asked = {(line.occasion, line.unit_name, line.period.first) for line in lines}

    assert asked == {
        (Occasion.MONTHLY, "保洁公司", date(2026, 11, 1)),
        (Occasion.MONTHLY, "保洁公司", date(2026, 10, 1)),
        (Occasion.HALF_YEARLY, "物业科", date(2026, 7, 1)),
        (Occasion.HALF_YEARLY, "物业科", date(2026, 1, 1)),
        (Occasion.MUTUAL, "", date(2026, 7, 1)),
        (Occasion.MUTUAL, "", date(2026, 1, 1)),
    }


def test_given_inspections_of_others_or_of_another_kind_when_asked_then_they_answer_nothing():
    held = [
        EARLY,
        Held("i1", Occasion.HALF_YEARLY, "clean", date(2026, 11, 2), State.CLOSED),
        Held("i2", Occasion.MONTHLY, "other", date(2026, 11, 2), State.CLOSED),
    ]

    assert found(held)[Occasion.MONTHLY, "clean", date(2026, 11, 1)].inspection_id is None
