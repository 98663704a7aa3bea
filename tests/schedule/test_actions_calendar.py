from datetime import date, timedelta

import pytest

from app.db import atomically
from app.refusals import Invalid
from app.schedule.actions_calendar import fill_calendar, list_day, unlist_day
from app.schedule.actions_closings import Closing, exempt_point
from app.schedule.queries_plan import calendar, listed_days
from app.schedule.rules_days import Listed
from tests.support import builders, rota
from tests.support.builders import NOW
from tests.support.duties import notes, rows


def test_given_no_list_when_years_are_filled_then_2026_is_official_and_an_unpublished_year_stays_empty(inside):
    added = atomically(lambda: fill_calendar([2026, 2090]))

    assert added == 39
    assert calendar() == rota.calendar()
    assert listed_days(2090) == []


def test_given_a_corrected_list_when_years_are_filled_again_then_the_correction_stays(inside):
    atomically(lambda: fill_calendar([2026]))
    atomically(lambda: unlist_day(date(2026, 1, 1)))
    atomically(lambda: list_day(date(2026, 3, 8), Listed.HOLIDAY, "半天", "本局通知"))

    added = atomically(lambda: fill_calendar([2026]))

    assert added == 0
    assert date(2026, 1, 1) not in calendar().holidays
    assert date(2026, 3, 8) in calendar().holidays


def test_given_a_weekday_when_it_is_called_worked_instead_then_it_is_refused_and_nothing_changes(inside):
    with pytest.raises(Invalid) as refused:
        atomically(lambda: list_day(date(2026, 11, 24), Listed.MAKEUP, "", "test"))

    assert "on" in refused.value.fields
    assert listed_days(2026) == []


def test_given_a_started_window_when_its_point_is_closed_then_it_stays_due(inside):
    builders.small_world()
    closing = Closing("p1", ("JGSW05003.01",), NOW - timedelta(hours=3), NOW + timedelta(hours=3), "closed")

    moved = atomically(lambda: exempt_point(closing, "sue", NOW))

    assert moved == 0
    assert rows("state") == [("planned",)]


@pytest.mark.parametrize(
    ("reason", "hours", "field"), [("whim", 3, "reason"), ("closed", -1, "to_at"), ("closed", 0, "to_at")]
)
def test_given_a_closing_that_does_not_hold_when_it_is_entered_then_it_is_refused(inside, reason, hours, field):
    builders.small_world()
    closing = Closing("p1", ("JGSW05003.01",), NOW - timedelta(hours=5), NOW + timedelta(hours=hours), reason)

    with pytest.raises(Invalid) as refused:
        atomically(lambda: exempt_point(closing, "sue", NOW))

    assert list(refused.value.fields) == [field]
    assert notes() == []
