"""Periods, independence and whose list it is (SP-2 to SP-6, SP-13, SP-14)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.spotchecks.rules import Executed, Kind, Period, Rhythm, before_event, is_independent, may_look, period_of
from app.web.current import CurrentPerson, Role


def who(role=Role.SUPERVISOR, org="care", person_id="sue", crew=None):
    return CurrentPerson(person_id, "苏", role, org, f"/bureau/{org}/", crew_id=crew)


@pytest.mark.parametrize(
    ("rhythm", "day", "first", "last"),
    [
        (Rhythm.DAILY, date(2026, 11, 23), date(2026, 11, 23), date(2026, 11, 23)),
        (Rhythm.MONTHLY, date(2026, 2, 28), date(2026, 2, 1), date(2026, 2, 28)),
        (Rhythm.MONTHLY, date(2026, 12, 31), date(2026, 12, 1), date(2026, 12, 31)),
        (Rhythm.QUARTERLY, date(2026, 11, 1), date(2026, 10, 1), date(2026, 12, 31)),
        (Rhythm.QUARTERLY, date(2026, 3, 31), date(2026, 1, 1), date(2026, 3, 31)),
        (Rhythm.HALF_YEARLY, date(2026, 6, 30), date(2026, 1, 1), date(2026, 6, 30)),
        (Rhythm.HALF_YEARLY, date(2026, 7, 1), date(2026, 7, 1), date(2026, 12, 31)),
        (Rhythm.IRREGULAR, date(2026, 7, 4), date(2026, 7, 4), date(2026, 7, 4)),
    ],
)
def test_sp_6_given_a_rhythm_when_a_day_is_placed_then_its_period_is_the_calendar_s(rhythm, day, first, last):
    assert period_of(rhythm, day) == Period(first, last)


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.sampled_from(list(Rhythm)))
def test_sp_6_given_any_day_when_placed_then_the_period_holds_it_and_the_next_begins_after_it(day, rhythm):
    period = period_of(rhythm, day)

    assert period.holds(day)
    assert not period.holds(period.from_on - timedelta(days=1))
    assert not period.holds(period.to_on + timedelta(days=1))
    assert period_of(rhythm, period.to_on + timedelta(days=1)).from_on == period.to_on + timedelta(days=1)


def test_sp_14_given_an_event_when_asked_then_the_seven_days_before_it_are_drawn_from():
    assert before_event(date(2026, 12, 3)) == Period(date(2026, 11, 26), date(2026, 12, 2))


CONTRACTED, OWN_WORK = Executed("ann", "clean", "care"), Executed("ann", "care", "care")


@pytest.mark.parametrize(
    ("person", "done", "kind", "fits"),
    [
        (who(), CONTRACTED, Kind.SPOT, True),
        (who(person_id="ann"), CONTRACTED, Kind.SPOT, False),
        (who(person_id="ann"), OWN_WORK, Kind.SELF, False),
        (who(org="clean"), CONTRACTED, Kind.SPOT, False),
        (who(org="clean"), CONTRACTED, Kind.SUPERVISION, False),
        (who(Role.CREW_LEADER, "clean", "lea"), CONTRACTED, Kind.SELF, True),
        (who(), OWN_WORK, Kind.SPOT, True),
        (who(Role.INSPECTOR, "bureau", "ina"), CONTRACTED, Kind.SUPERVISION, True),
    ],
)
def test_sp_13_given_who_did_it_when_somebody_looks_then_neither_executor_nor_contractor_checks_itself(
    person, done, kind, fits
):
    assert is_independent(person, done, kind) is fits


@pytest.mark.parametrize(
    ("person", "path", "kind", "crew", "may"),
    [
        (who(), "/bureau/care/", Kind.SPOT, None, True),
        (who(), "/bureau/care/west/", Kind.SUPERVISION, None, True),
        (who(), "/bureau/", Kind.SPOT, None, False),
        (who(), "/bureau/other/", Kind.SPOT, None, False),
        (who(), "/bureau/care/", Kind.SELF, "c1", False),
        (who(Role.INSPECTOR, "bureau"), "/bureau/care/", Kind.SPOT, None, True),
        (who(Role.INSPECTOR, "bureau"), "/bureau/", Kind.SELF, "c1", False),
        (who(Role.LEADER, "care"), "/bureau/care/", Kind.SPOT, None, False),
        (who(Role.CREW_LEADER, "clean", crew="c1"), "/bureau/care/clean/", Kind.SELF, "c1", True),
        (who(Role.CREW_LEADER, "clean", crew="c1"), "/bureau/care/clean/", Kind.SELF, "c2", False),
        (who(Role.CREW_LEADER, "clean"), "/bureau/care/clean/", Kind.SELF, None, False),
        (who(Role.CREW_LEADER, "clean", crew="c1"), "/bureau/clean/", Kind.SPOT, "c1", False),
    ],
)
def test_sp_2_given_a_list_when_somebody_wants_to_look_then_it_is_the_owner_s(person, path, kind, crew, may):
    assert may_look(person, path, kind, crew) is may
