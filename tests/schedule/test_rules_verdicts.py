"""The verdict on a rota: who cannot keep what, and the moves that mend it."""

from datetime import date

from app.schedule.rules_days import DayType
from app.schedule.rules_feasibility import Load, Task
from app.schedule.rules_rota import Crew, RoundPlan, ShiftPlan, Staff, Work
from app.schedule.rules_rota_words import clock
from app.schedule.rules_verdicts import Heavy, Move, heaviest, jams, moved, moves, starts
from tests.support.rota import SHANGHAI

MONDAY, WORK, REST = date(2026, 11, 23), DayType.WORKDAY, DayType.RESTDAY
CREW = Crew("clean", "early")


def round_plan(person, *points, windows=("C/A/A1",), shift="early"):
    return RoundPlan(f"r-{person}", f"r-{person}", "clean", "c1", shift, person, points, tuple(windows))


def staff(*rounds):
    shifts = {"early": ShiftPlan("early", "早班", 390, 870, frozenset({WORK, REST}))}
    return Staff(list(rounds), shifts, {}, SHANGHAI)


def work(*tasks, day=MONDAY, kind=WORK):
    return Work(CREW, day, kind, tuple(sorted(tasks)))


def task(person, point, start=450, end=480, minutes=20, reference="C/A/A1"):
    return Task(start, end, minutes, f"r-{person}", point, reference, person)


def test_given_one_with_too_much_when_the_rota_is_judged_then_the_person_is_named_and_the_crew_is_not():
    todo = [work(task("ann", "p1"), task("ann", "p2"), task("ben", "p3", minutes=5))]
    there = staff(round_plan("ann", "p1", "p2"), round_plan("ben", "p3"))

    assert jams(todo, there) == [Heavy(CREW, MONDAY, WORK, Load(450, 480, 40, 30, 1), "ann")]
    assert heaviest(todo, there) == [Heavy(CREW, MONDAY, WORK, Load(450, 480, 45, 60, 2))]


def test_given_a_crew_with_too_much_when_the_rota_is_judged_then_the_crew_comes_first_and_the_worst_person_next():
    todo = [work(task("ann", "p1", minutes=31), task("ben", "p2", minutes=40))]
    there = staff(round_plan("ann", "p1"), round_plan("ben", "p2"))

    assert [(each.person_id, each.load.due) for each in jams(todo, there)] == [("", 71), ("ben", 40), ("ann", 31)]


def test_given_several_days_when_the_heaviest_is_asked_then_it_is_the_worst_of_each_kind_and_its_first_day():
    there = staff(round_plan("ann", "p1"))
    todo = [
        work(task("ann", "p1", minutes=10)),
        work(task("ann", "p1", minutes=20), day=date(2026, 11, 24)),
        work(task("ann", "p1", minutes=15), day=date(2026, 11, 25)),
        work(task("ann", "p1", minutes=5), day=date(2026, 11, 28), kind=REST),
    ]

    assert [(each.day.day, each.day_type, each.load.due) for each in heaviest(todo, there)] == [
        (28, REST, 5),
        (24, WORK, 20),
    ]


def test_given_a_colleague_with_time_when_moves_are_proposed_then_one_point_changes_hands_and_all_fits():
    there = staff(round_plan("ann", "p1", "p2"), round_plan("ben", "p3"))
    todo = [work(task("ann", "p1"), task("ann", "p2"), task("ben", "p3", minutes=5))]

    found = moves(todo, there)

    assert found == [Move("p1", "r-ann", "r-ben")]
    after, rounds = moved(todo, found[0], {each.id: each for each in there.rounds}, there)
    assert jams(after, staff(*rounds.values())) == []
    assert [(rounds[each].points) for each in ("r-ann", "r-ben")] == [("p2",), ("p3", "p1")]


def test_given_the_lightest_way_out_when_moves_are_proposed_then_the_pair_is_left_with_the_lowest_share():
    there = staff(round_plan("ann", "p1", "p2", "p3"), round_plan("ben", "p4"))
    tasks = [task("ann", "p1", minutes=16), task("ann", "p2", minutes=9), task("ann", "p3", minutes=6)]

    assert moves([work(*tasks, task("ben", "p4", minutes=14))], there) == [Move("p2", "r-ann", "r-ben")]


def test_given_nobody_with_time_when_moves_are_proposed_then_there_are_none():
    there = staff(round_plan("ann", "p1", "p2"), round_plan("ben", "p3"))

    assert moves([work(task("ann", "p1"), task("ann", "p2"), task("ben", "p3", minutes=29))], there) == []


def test_given_a_colleague_without_the_window_or_with_the_point_when_moves_are_proposed_then_nothing_goes_there():
    todo = [work(task("ann", "p1"), task("ann", "p2"))]

    assert moves(todo, staff(round_plan("ann", "p1", "p2"), round_plan("ben", "p3", windows=("C/A/A2",)))) == []
    assert moves(todo, staff(round_plan("ann", "p1", "p2"), round_plan("ben", "p1", "p2"))) == []
    assert moves(todo, staff(round_plan("ann", "p1", "p2"), round_plan("", "p3"))) == []
    assert moves(todo, staff(round_plan("ann", "p1", "p2"), round_plan("ben", "p3", shift="late"))) == []


def test_given_a_rota_that_fits_when_moves_are_proposed_then_there_are_none():
    assert moves([work(task("ann", "p1"))], staff(round_plan("ann", "p1"), round_plan("ben", "p2"))) == []


def test_given_two_days_of_a_kind_when_starts_are_planned_then_the_first_day_of_each_kind_counts():
    there = staff(round_plan("ann", "p1", "p2"))
    todo = [
        work(task("ann", "p1", minutes=10), task("ann", "p2", minutes=10)),
        work(task("ann", "p1", minutes=10), day=date(2026, 11, 24)),
        work(task("ann", "p1", start=500, end=600), day=date(2026, 11, 28), kind=REST),
    ]

    found = starts(todo, there)

    assert {key: [(clock(line.at), line.task.point_id) for line in lines] for key, lines in found.items()} == {
        ("ann", WORK): [("07:30", "p1"), ("07:40", "p2")],
        ("ann", REST): [("08:20", "p1")],
    }


def test_given_a_way_that_is_longer_from_elsewhere_when_moves_are_proposed_then_the_longer_way_counts():
    def walk(rounds):
        return {
            (each.id, point): 9 if each.id == "r-ben" and point == "p1" else 0
            for each in rounds
            for point in each.points
        }

    rounds = (round_plan("ann", "p1", "p2"), round_plan("ben", "p3"))
    there = staff(*rounds)
    todo = [work(task("ann", "p1"), task("ann", "p2"), task("ben", "p3", minutes=5))]

    found = moves(todo, Staff(there.rounds, there.shifts, {}, SHANGHAI, walk))

    assert found == [Move("p2", "r-ann", "r-ben")]
    after, _ = moved(
        todo, Move("p1", "r-ann", "r-ben"), {each.id: each for each in rounds}, Staff([], {}, {}, SHANGHAI, walk)
    )
    assert {each.point_id: each.minutes for each in after[0].tasks} == {"p1": 29, "p2": 20, "p3": 5}


TUESDAY = date(2026, 11, 24)


def test_given_two_days_with_the_same_load_when_the_worst_is_asked_then_it_is_the_first_of_them():
    there = staff(round_plan("ann", "p1"))
    todo = [work(task("ann", "p1", minutes=40)), work(task("ann", "p1", minutes=40), day=TUESDAY)]

    assert [each.day for each in heaviest(todo, there)] == [MONDAY]
    assert {each.day for each in jams(todo, there)} == {MONDAY}


def test_given_two_with_too_much_when_moves_are_proposed_then_the_one_furthest_over_is_helped_first():
    there = staff(round_plan("ann", "p1", "p2"), round_plan("cid", "p5", "p6"), round_plan("ben"), round_plan("dan"))
    todo = [
        work(task("ann", "p1", minutes=16), task("ann", "p2", minutes=16),
             task("cid", "p5", minutes=25), task("cid", "p6", minutes=25)),
    ]  # fmt: skip

    assert [each.from_round for each in moves(todo, there)] == ["r-cid", "r-ann"]


def test_given_more_to_move_than_twelve_points_when_moves_are_proposed_then_there_are_none():
    points = [f"p{number}" for number in range(28)]
    there = staff(round_plan("ann", *points), round_plan("ben"))

    def proposed(number):
        return moves([work(*(task("ann", point, minutes=2) for point in points[:number]))], there)

    assert [len(proposed(number)) for number in (21, 27)] == [6, 12]
    assert proposed(28) == []


def test_given_windows_of_other_points_when_a_point_changes_hands_then_only_its_own_windows_have_to_fit():
    there = staff(round_plan("ann", "p1", "p2", windows=("C/A/A1", "C/A/A2")), round_plan("ben", "p3"))
    todo = [work(task("ann", "p1"), task("ann", "p2", reference="C/A/A2"))]

    assert moves(todo, there) == [Move("p1", "r-ann", "r-ben")]


def test_given_ways_that_change_when_a_point_changes_hands_then_the_old_way_goes_and_the_new_one_comes():
    def walk(rounds):
        known = {each.id: each.points for each in rounds}
        return {("r-ann", "p2"): 5 if "p1" in known["r-ann"] else 3, ("r-ben", "p3"): 4}

    rounds = (round_plan("ann", "p1", "p2"), round_plan("ben", "p3"))
    todo = [work(task("ann", "p1"), task("ann", "p2"), task("ben", "p3"), task("eve", "p4"))]

    after, _ = moved(
        todo, Move("p1", "r-ann", "r-ben"), {each.id: each for each in rounds}, Staff([], {}, {}, SHANGHAI, walk)
    )

    assert {each.point_id: each.minutes for each in after[0].tasks} == {"p1": 20, "p2": 18, "p3": 20, "p4": 20}
