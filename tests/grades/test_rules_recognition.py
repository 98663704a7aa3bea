"""GR-6 and NC-15: who stands on the list, by rule alone."""

from app.grades.rules import Grade, Kind
from app.grades.rules_recognition import Candidate, Why, gr6_recognised


def candidate(name="甲", **changed):
    usual = {"kind": Kind.PERSON, "id": name, "name": name, "grade": None, "held": False, "falsified": 0}
    return Candidate(**{**usual, "reported": 0, "put_right": 0, **changed})


def listed(*candidates):
    return [(one.name, one.why, one.n) for one in gr6_recognised(candidates)]


def test_gr6_given_an_excellent_grade_when_nothing_holds_it_then_it_is_recognised():
    assert listed(candidate(grade=Grade.EXCELLENT)) == [("甲", Why.GRADE, 0)]
    assert listed(candidate(grade=Grade.EXCELLENT, held=True), candidate(grade=Grade.GOOD)) == []


def test_nc15_given_three_problems_told_and_all_put_right_then_it_is_recognised():
    assert listed(candidate(reported=3, put_right=3)) == [("甲", Why.HONEST, 3)]
    assert listed(candidate(reported=2, put_right=2), candidate(reported=4, put_right=3)) == []


def test_gr6_given_an_untrue_record_then_nothing_recognises():
    untrue = candidate(grade=Grade.EXCELLENT, reported=5, put_right=5, falsified=1)

    assert listed(untrue) == []
    assert listed(untrue, candidate("乙", grade=Grade.EXCELLENT)) == [("乙", Why.GRADE, 0)]


def test_gr6_given_points_and_standards_then_they_are_not_on_the_list():
    both = [candidate(kind=kind, grade=Grade.EXCELLENT) for kind in (Kind.POINT, Kind.STANDARD)]

    assert listed(*both) == []


def test_gr6_given_many_when_listed_then_by_rule_units_first_the_most_reported_first():
    unit = candidate("单位", kind=Kind.UNIT, grade=Grade.EXCELLENT)
    few, many = candidate("乙", reported=3, put_right=3), candidate("丙", reported=9, put_right=9)

    assert listed(few, many, unit, candidate("丁", grade=Grade.EXCELLENT)) == [
        ("单位", Why.GRADE, 0), ("丁", Why.GRADE, 0), ("丙", Why.HONEST, 9), ("乙", Why.HONEST, 3),
    ]  # fmt: skip
