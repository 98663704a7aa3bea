"""The rota in words: times of a shift's day, weekdays, an interval that cannot be kept."""

from datetime import date

import pytest

from app.schedule.rules_days import DayType
from app.schedule.rules_feasibility import Load
from app.schedule.rules_rota import Crew, ShiftPlan
from app.schedule.rules_rota_words import clock, jam_sentence, weekday
from app.schedule.rules_verdicts import Heavy

SHIFTS = {"early": ShiftPlan("early", "早班", 390, 870, frozenset(DayType))}
MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("minute", "said"), [(0, "00:00"), (485, "08:05"), (1439, "23:59"), (1440, "00:00+1"), (1505, "01:05+1")]
)
def test_given_a_minute_of_a_shift_s_day_when_said_then_the_next_day_is_marked(minute, said):
    assert clock(minute) == said


def test_given_days_when_said_then_each_has_its_name():
    assert [weekday(date(2026, 11, day)) for day in range(23, 30)] == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


@pytest.mark.parametrize(
    ("person", "kind", "said"),
    [
        ("ann", DayType.WORKDAY, "安, Mon 07:30–08:00: 95 minutes are needed; 2 on shift have 60 (2026-11-23)"),
        ("", DayType.WORKDAY, "早班, Mon 07:30–08:00: 95 minutes are needed; 2 on shift have 60 (2026-11-23)"),
        ("ann", DayType.HOLIDAY, "安, Public holiday 07:30–08:00: 95 minutes are needed; 2 on shift have 60"),
    ],
)
def test_given_an_interval_that_cannot_be_kept_when_said_then_it_names_who_when_and_how_much(person, kind, said):
    heavy = Heavy(Crew("clean", "early"), MONDAY, kind, Load(450, 480, 95, 60, 2), person)

    assert jam_sentence(heavy, SHIFTS, {"ann": "安"}) == said
