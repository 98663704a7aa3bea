from datetime import date

import pytest

from app.schedule.rules_rounds import Absent, Cover, CoverFault, Round, assignee_on, cover_fault, person_on, round_of

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
MORNING = Round("rd-1", "wk-01", frozenset({"pt-001", "pt-002"}), frozenset({"X/A/A1", "Y/B"}))
DAY = Round("rd-2", "wk-02", frozenset({"pt-001"}), frozenset({"X/A/A2"}))


def test_given_two_rounds_at_a_point_when_a_window_is_matched_then_the_list_of_windows_decides():
    rounds = [DAY, MORNING]

    assert round_of(rounds, "pt-001", "X/A/A1") is MORNING
    assert round_of(rounds, "pt-001", "X/A/A2") is DAY
    assert round_of(rounds, "pt-002", "X/A/A2") is None
    assert round_of(rounds, "pt-002", "Y/B") is MORNING
    assert round_of(rounds, "pt-009", "X/A/A1") is None


def test_given_two_rounds_that_name_a_window_when_it_is_matched_then_the_first_by_id_takes_it():
    twin = Round("rd-0", "wk-03", MORNING.points, MORNING.windows)

    assert round_of([MORNING, twin], "pt-001", "X/A/A1") is twin


def test_given_covers_when_a_day_is_asked_then_the_newest_of_that_round_and_day_counts():
    covers = [
        Cover(2, "rd-1", MONDAY, "wk-05"),
        Cover(1, "rd-1", MONDAY, "wk-04"),
        Cover(3, "rd-1", TUESDAY, "wk-06"),
        Cover(4, "rd-2", MONDAY, "wk-07"),
    ]

    assert person_on(MORNING, MONDAY, covers) == "wk-05"
    assert person_on(MORNING, TUESDAY, covers) == "wk-06"
    assert person_on(MORNING, date(2026, 11, 25), covers) == "wk-01"


@pytest.mark.parametrize(
    ("on", "stand_in", "same_unit", "active", "fault"),
    [
        (MONDAY, "wk-05", True, True, None),
        (date(2026, 11, 22), "wk-05", True, True, None),
        (date(2026, 11, 21), "wk-05", True, True, CoverFault.PAST),
        (TUESDAY, "wk-05", True, True, None),
        (MONDAY, "wk-05", False, True, CoverFault.OTHER_CREW),
        (MONDAY, "wk-05", True, False, CoverFault.INACTIVE),
        (MONDAY, "wk-01", True, True, CoverFault.ALREADY),
    ],
)
def test_given_a_cover_when_it_is_examined_then_its_fault_is_named(on, stand_in, same_unit, active, fault):
    assert cover_fault(on, MONDAY, "wk-01", stand_in, same_unit=same_unit, active=active) is fault


def test_given_somebody_away_when_a_day_is_asked_then_both_ends_belong_to_it_and_the_window_is_nobody_s():
    away = [Absent("wk-09", MONDAY, TUESDAY), Absent("wk-01", TUESDAY, date(2026, 11, 25))]
    days = [date(2026, 11, day) for day in (23, 24, 25, 26)]

    assert [assignee_on(MORNING, day, [], away) for day in days] == ["wk-01", None, None, "wk-01"]
    assert assignee_on(MORNING, TUESDAY, [Cover(1, "rd-1", TUESDAY, "wk-05")], away) == "wk-05"
    assert assignee_on(MORNING, TUESDAY, [Cover(1, "rd-1", TUESDAY, "wk-09")], away) is None
    assert assignee_on(Round("rd-3", "", frozenset(), frozenset()), MONDAY, [], []) is None
