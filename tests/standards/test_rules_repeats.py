"""How often a schedule falls: choices become a rule, a rule becomes choices, the rest stays text."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.standards.rules_repeats import WEEKDAYS, Repeat, first_day, repeat_of, rule_of

EVERY_DAY = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU"


@pytest.mark.parametrize(
    ("rule", "repeat"),
    [
        ("FREQ=DAILY", Repeat()),
        ("FREQ=DAILY;INTERVAL=3;BYMONTH=5,6", Repeat("daily", 3, months=(5, 6))),
        (EVERY_DAY, Repeat("weekly", days=WEEKDAYS)),
        ("FREQ=MONTHLY;BYMONTHDAY=1,15", Repeat("monthly", dates=(1, 15))),
        ("FREQ=MONTHLY", Repeat("monthly")),
        ("FREQ=MONTHLY;BYDAY=MO", Repeat("text", text="FREQ=MONTHLY;BYDAY=MO")),
        ("FREQ=WEEKLY;BYMONTHDAY=3", Repeat("text", text="FREQ=WEEKLY;BYMONTHDAY=3")),
        ("FREQ=DAILY;BYDAY=MO", Repeat("text", text="FREQ=DAILY;BYDAY=MO")),
        ("FREQ=DAILY;COUNT=3", Repeat("text", text="FREQ=DAILY;COUNT=3")),
        ("FREQ=MONTHLY;BYMONTHDAY=x", Repeat("text", text="FREQ=MONTHLY;BYMONTHDAY=x")),
        ("FREQ=YEARLY", Repeat("text", text="FREQ=YEARLY")),
        (None, Repeat("text")),
    ],
)
def test_given_a_rule_when_shown_then_it_is_choices_where_choices_can_say_it(rule, repeat):
    assert repeat_of(rule) == repeat
    assert rule_of(repeat) == (rule or "")


@pytest.mark.parametrize(
    ("repeat", "rule"),
    [
        (Repeat("weekly", dates=(3,)), "FREQ=WEEKLY"), (Repeat("weekly"), "FREQ=WEEKLY"),
        (Repeat("monthly"), "FREQ=MONTHLY"), (Repeat("monthly", days=("MO",)), "FREQ=MONTHLY"),
        (Repeat("daily", 1, ("MO",), (3,)), "FREQ=DAILY"), (Repeat("daily", 2), "FREQ=DAILY;INTERVAL=2"),
        (Repeat("weekly", days=("SU", "MO")), "FREQ=WEEKLY;BYDAY=MO,SU"), (Repeat("text", text=" X "), "X"),
    ],
)  # fmt: skip
def test_given_choices_when_a_rule_is_made_then_only_what_belongs_to_its_kind_counts(repeat, rule):
    assert rule_of(repeat) == rule


@given(
    st.sampled_from(["daily", "weekly", "monthly"]), st.integers(1, 9), st.sets(st.sampled_from(WEEKDAYS)),
    st.sets(st.integers(1, 31)), st.sets(st.integers(1, 12)),
)  # fmt: skip
def test_given_any_choices_when_made_a_rule_and_shown_again_then_they_are_the_same(how, every, days, dates, months):
    rule = rule_of(Repeat(how, every, tuple(days), tuple(sorted(dates)), tuple(sorted(months))))

    shown = repeat_of(rule)

    assert (shown.how, shown.every, set(shown.months)) == (how, every, months)
    assert set(shown.days) == (days if how == "weekly" else set())
    assert set(shown.dates) == (dates if how == "monthly" else set())
    assert rule_of(shown) == rule


def test_given_a_wished_first_day_when_the_rule_falls_later_or_never_then_the_next_or_the_wished_day_is_the_first():
    assert first_day("FREQ=MONTHLY;BYMONTHDAY=1", date(2026, 11, 23)) == date(2026, 12, 1)
    assert first_day("FREQ=DAILY;UNTIL=20200101", date(2026, 11, 23)) == date(2026, 11, 23)
    assert first_day("FREQ=NEVER", date(2026, 11, 23)) == date(2026, 11, 23)
