"""Rounds as work: the way, whose a window is, the shift it falls in, and the oracle of the demo compound."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from app.demo.compound import content
from app.schedule.rules_days import DayType
from app.schedule.rules_feasibility import Presence, Task
from app.schedule.rules_plan import plan
from app.schedule.rules_rota import (
    Crew,
    Doubled,
    RoundPlan,
    ShiftPlan,
    Staff,
    Walking,
    different,
    doubled,
    owners,
    presences,
    twice_owned,
    unowned,
    ways,
    works,
)
from app.schedule.rules_rota_words import clock
from app.schedule.rules_verdicts import heaviest, jams, starts
from tests.support.rota import SHANGHAI, compound

ORACLE = json.loads((Path(__file__).parent / "data" / "feasibility.json").read_text(encoding="utf-8"))
FIRST, LAST = date(2026, 7, 1), date(2026, 12, 31)
WORK, REST, OFF = DayType.WORKDAY, DayType.RESTDAY, DayType.HOLIDAY


def minute(clock_text):
    hours, minutes = clock_text.split(":")
    return int(hours) * 60 + int(minutes)


def due(start, end, day=date(2026, 11, 23), reference="C/A/A1", window_id="A1"):
    """What the rules read of a planned window."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)
    begins, ends = midnight + timedelta(minutes=start), midnight + timedelta(minutes=end)
    span = SimpleNamespace(business_on=day, start_at=begins, end_at=ends)
    return SimpleNamespace(
        point_id="p1", reference=reference, window_id=window_id, day_type=WORK, expected_minutes=8, span=span
    )


def round_plan(round_id="r1", person="ann", shift="early", points=("p1",), windows=("C/A/A1",), org="clean"):
    return RoundPlan(round_id, round_id, org, "c1", shift, person, tuple(points), tuple(windows))


def shift(shift_id="early", starts_at="06:30", ends_at="14:30", days=(WORK,)):
    starts_at, ends_at = minute(starts_at), minute(ends_at)
    return ShiftPlan(shift_id, shift_id, starts_at, ends_at + (1440 if ends_at <= starts_at else 0), frozenset(days))


@pytest.fixture(scope="module")
def demo():
    """The rounds and shifts that ship, counted with three minutes to each point as the oracle does."""
    told = content("schedule")
    shifts = {
        one["id"]: ShiftPlan(
            one["id"], one["name"], minute(one["starts"]), minute(one["ends"]) + 1440 * one["end_day_offset"],
            frozenset(map(DayType, one["day_types"])),
        )
        for one in told["shifts"]
    }  # fmt: skip
    rounds = [
        RoundPlan(
            one["id"], one["name"], one["org"], one["crew"], one["shift"], one["person"],
            tuple(one["points"]), tuple(one["windows"]),
        )
        for one in told["rounds"]
    ]  # fmt: skip
    places = {one["id"]: (one["building"], one["floor"]) for one in content("places")["points"]}
    staff = Staff(rounds, shifts, ways(rounds, places, Walking(3, 3, 3)), SHANGHAI)
    planned = plan(compound().site, FIRST, LAST)
    return staff, planned, different(works(planned, staff))


def test_given_the_demo_rota_when_half_a_year_is_counted_then_the_worst_intervals_are_those_of_the_oracle(demo):
    staff, _, todo = demo

    found = {
        (each.crew.org_id, each.crew.shift_id, str(each.day_type)): (
            [clock(each.load.start), clock(each.load.end)],
            each.load.due,
            each.load.available,
            each.load.people,
        )
        for each in heaviest(todo, staff)
    }

    assert found == {
        (told["crew"], told["shift"], told["day_type"]): (
            told["worst_interval"],
            told["due_person_minutes"],
            told["available_person_minutes"],
            told["people_with_rounds"],
        )
        for told in ORACLE
    }


def test_given_the_demo_rota_when_it_is_judged_then_everybody_can_do_theirs_and_every_window_is_somebodys(demo):
    staff, planned, todo = demo

    assert jams(todo, staff) == []
    assert [line for lines in starts(todo, staff).values() for line in lines if line.late] == []
    assert list(unowned(planned, staff.rounds)) == []
    assert twice_owned(staff.rounds) == []
    assert doubled(staff.rounds, staff.shifts) == []


def test_given_points_of_a_round_when_the_way_is_counted_then_it_comes_from_the_point_before_and_first_from_the_last():
    places = {"p1": ("b1", "1F"), "p2": ("b1", "1F"), "p3": ("b1", "2F"), "p4": ("b2", "1F")}
    rounds = [round_plan(points=("p1", "p2", "p3", "p4", "p9")), round_plan("r2", points=("p4",))]

    assert ways(rounds, places, Walking(2, 3, 5)) == {
        ("r1", "p1"): 5, ("r1", "p2"): 2, ("r1", "p3"): 3, ("r1", "p4"): 5, ("r2", "p4"): 2,
    }  # fmt: skip


def test_given_two_rounds_with_one_window_when_its_owner_is_asked_then_it_is_the_first_by_id_and_both_are_named():
    rounds = [round_plan("r2", "ben"), round_plan("r1", "ann"), round_plan("r3", "cid", points=("p2",))]

    assert owners(rounds)["p1", "C/A/A1"].id == "r1"
    assert [(one.id, other.id) for one, other in twice_owned(rounds)] == [("r2", "r1")]


@pytest.mark.parametrize(
    ("second", "meets"),
    [
        (shift("late", "14:30", "21:00"), False),
        (shift("late", "14:29", "21:00"), True),
        (shift("late", "12:00", "21:00", (REST, OFF)), False),
        (shift("night", "23:45", "06:31"), True),
        (shift("night", "23:45", "06:30"), False),
    ],
)
def test_given_somebody_in_two_shifts_when_they_meet_then_they_are_on_two_rounds_at_once(second, meets):
    rounds = [round_plan("r1"), round_plan("r2", shift=second.id), round_plan("r3", "", shift=second.id)]

    found = doubled(rounds, {"early": shift(), second.id: second})

    assert found == ([Doubled("ann", *sorted(("early", second.id)))] if meets else [])


def test_given_two_rounds_in_one_shift_when_people_are_counted_then_each_counts_once():
    staff = Staff([round_plan("r1"), round_plan("r2"), round_plan("r3", "ben"), round_plan("r4", "")], {}, {}, SHANGHAI)

    assert staff.people(Crew("clean", "early")) == ["ann", "ben"]
    assert staff.people(Crew("clean", "late")) == []
    assert presences(["ben", "ann", "ann"], shift()) == [Presence("ann", 390, 870), Presence("ben", 390, 870)]


def test_given_a_window_that_reaches_out_of_its_shift_when_it_becomes_a_task_then_only_the_shift_counts():
    staff = Staff([round_plan()], {"early": shift()}, {("r1", "p1"): 3}, SHANGHAI)

    [work] = works([due(300, 480)], staff)

    assert work.tasks == (Task(390, 480, 11, "r1", "p1", "C/A/A1", "ann"),)
    assert (work.crew, work.day, work.day_type) == (Crew("clean", "early"), date(2026, 11, 23), WORK)


def test_given_a_window_before_dawn_when_its_round_is_at_night_then_it_belongs_to_the_shift_of_the_eve():
    staff = Staff([round_plan(shift="night")], {"night": shift("night", "19:45", "08:15")}, {}, SHANGHAI)

    [work] = works([due(300, 360)], staff)

    assert work.day == date(2026, 11, 22)
    assert [(task.start, task.end, task.minutes) for task in work.tasks] == [(1740, 1800, 8)]


def test_given_a_window_outside_of_its_shift_when_it_becomes_a_task_then_nobody_is_there_for_it():
    staff = Staff([round_plan()], {"early": shift()}, {}, SHANGHAI)

    found = works([due(900, 960)], staff)

    assert [(task.start, task.end) for task in found[0].tasks] == [(900, 960)]
    assert [each.load.available for each in jams(found, staff)] == [0, 0]


def test_given_a_window_of_no_round_when_it_becomes_a_task_then_the_crew_on_shift_has_it_and_no_person():
    shifts = {
        "early": shift(),
        "late": shift("late", "12:00", "20:00"),
        "rest": shift("rest", "06:00", "20:00", (REST,)),
    }
    rounds = [round_plan(), round_plan("r2", "ben", "late"), round_plan("r3", "cid", "rest")]
    found = works([due(760, 960, reference="C/A/A9")], Staff(rounds, shifts, {}, SHANGHAI))

    assert [(work.crew.shift_id, task.person_id, task.round_id) for work in found for task in work.tasks] == [
        ("late", "", "")
    ]


def test_given_an_event_when_work_is_counted_then_it_is_left_to_the_day():
    staff = Staff([round_plan()], {"early": shift()}, {}, SHANGHAI)
    assert works([due(480, 500, window_id=None)], staff) == []


def test_given_the_same_work_on_two_days_when_they_are_compared_then_the_first_stands_for_both():
    staff = Staff([round_plan()], {"early": shift()}, {}, SHANGHAI)
    todo = works([due(480, 500, day=date(2026, 11, 24)), due(480, 500)], staff)

    assert [each.day.day for each in todo] == [23, 24]
    assert [each.day.day for each in different(todo)] == [23]


def test_given_rounds_of_nobody_or_of_an_unknown_shift_when_doubles_are_looked_for_then_they_are_passed_over():
    shifts = {"early": shift(), "late": shift("late", "12:00", "20:00")}
    nobody = [round_plan("r1", ""), round_plan("r2", "", shift="late")]
    unknown = [round_plan("r3"), round_plan("r4", shift="gone")]

    assert doubled([*nobody, *unknown], shifts) == []


def test_given_a_window_without_a_time_of_its_own_when_it_becomes_a_task_then_only_the_way_counts():
    planned = due(400, 480)
    planned.expected_minutes = None
    staff = Staff([round_plan()], {"early": shift()}, {("r1", "p1"): 3}, SHANGHAI)

    assert [task.minutes for task in works([planned], staff)[0].tasks] == [3]


@pytest.mark.parametrize(
    ("start", "end", "task"),
    [(330, 390, (330, 390)), (330, 391, (390, 391)), (870, 900, (870, 900)), (869, 900, (869, 870))],
)
def test_given_a_window_that_touches_its_shift_when_it_becomes_a_task_then_one_minute_in_common_is_enough(
    start, end, task
):
    [work] = works([due(start, end)], Staff([round_plan()], {"early": shift()}, {}, SHANGHAI))

    assert (work.day.day, [(each.start, each.end) for each in work.tasks]) == (23, [task])


@pytest.mark.parametrize(("start", "day"), [(270, 22), (269, 22), (30, 22), (1170, 23), (1200, 23)])
def test_given_a_window_that_two_nights_reach_when_it_becomes_a_task_then_the_one_that_holds_more_of_it_has_it(
    start, day
):
    staff = Staff([round_plan(shift="night")], {"night": shift("night", "19:30", "05:00")}, {}, SHANGHAI)

    assert [work.day.day for work in works([due(start, start + 60)], staff)] == [day]


@pytest.mark.parametrize(("start", "end", "found"), [(330, 390, []), (330, 391, ["early"]), (869, 960, ["early"])])
def test_given_a_window_of_no_round_when_no_shift_reaches_into_it_then_it_is_nobody_s(start, end, found):
    staff = Staff([round_plan()], {"early": shift()}, {}, SHANGHAI)

    assert [work.crew.shift_id for work in works([due(start, end, reference="C/A/A9")], staff)] == found


@pytest.mark.parametrize(("start", "end", "day"), [(270, 390, 23), (270, 389, 22), (271, 390, 23)])
def test_given_a_window_that_both_the_night_before_and_today_reach_when_it_becomes_a_task_then_the_longer_has_it(
    start, end, day
):
    staff = Staff([round_plan(shift="long")], {"long": shift("long", "06:00", "05:00")}, {}, SHANGHAI)

    assert [work.day.day for work in works([due(start, end)], staff)] == [day]
