"""GR-10: which decisions may be appealed against, and from when on the days are counted."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.grades.rules_history import Happened, answer_to, gr10_changed, gr10_heard_at, newest

START = datetime(2026, 11, 2, 8, tzinfo=UTC)
GRADES = st.sampled_from(["excellent", "good", "pass", "fail", None])


def at(hours):
    return START + timedelta(hours=hours)


def line(deed, hours, grade=None, *, ref=None, proposed="good"):
    data = {"proposed": proposed} if deed == "decision" else {}
    name = f"{deed}{hours}"
    return Happened(name, date(2026, 10, 1), "unit", "clean", deed, grade, "", ref, data, "stan", "斯坦", at(hours))


def decided(hours, grade, proposed="good"):
    return line("decision", hours, grade, proposed=proposed)


def answered(hours, appeal):
    return line("ruling", hours, ref=appeal.id)


def test_gr10_given_nothing_or_a_decision_as_proposed_when_asked_then_only_the_month_is_open_to_appeals():
    assert gr10_heard_at([], "good") is None
    assert gr10_heard_at([decided(1, "good")], "good") is None


def test_gr10_given_a_decision_unlike_the_proposal_when_asked_then_its_days_are_counted_from_it():
    assert gr10_heard_at([decided(1, "good"), decided(9, "fail")], "good") == at(9)
    assert gr10_heard_at([decided(1, None)], "good") == at(1)


def test_gr10_given_a_decision_taken_back_or_said_again_when_asked_then_that_one_is_heard_too():
    assert gr10_heard_at([decided(1, "excellent"), decided(9, "good")], "good") == at(9)
    assert gr10_heard_at([decided(1, "fail"), decided(9, "fail")], "good") == at(9)


def test_gr10_given_a_decision_as_proposed_then_and_not_now_when_asked_then_it_differs():
    assert gr10_changed([decided(1, "fail", proposed="fail")], "good").at == at(1)


def test_gr10_given_an_appeal_against_the_decision_when_asked_then_it_is_not_appealed_against_twice():
    appeal = line("appeal", 5)

    assert gr10_heard_at([decided(1, "fail"), appeal], "good") is None
    assert gr10_heard_at([decided(1, "fail"), appeal, answered(8, appeal)], "good") is None


def test_gr10_given_an_appeal_before_the_decision_when_asked_then_the_days_begin_once_nothing_stands_in_the_way():
    appeal = line("appeal", 1)

    assert gr10_heard_at([appeal, decided(3, "fail")], "good") is None
    assert gr10_heard_at([appeal, decided(3, "fail"), answered(7, appeal)], "good") == at(7)
    assert gr10_heard_at([appeal, answered(2, appeal), decided(3, "fail")], "good") == at(3)


def test_given_two_appeals_when_asked_then_the_newest_has_its_own_answer():
    first, second = line("appeal", 1), line("appeal", 9)
    events = [first, answered(2, first), decided(3, "fail"), second]

    assert newest(events, "appeal") == second and answer_to(events, second) is None
    assert answer_to(events, first).ref == first.id and answer_to(events, None) is None


@given(st.lists(GRADES, min_size=1, max_size=6), GRADES)
def test_gr10_given_any_decisions_when_the_last_one_changes_what_stood_then_it_can_always_be_appealed_against(
    grades, proposed
):
    events = [decided(n, grade, proposed) for n, grade in enumerate(grades)]
    stood = grades[-2] if len(grades) > 1 else proposed

    heard = gr10_heard_at(events, proposed)

    assert heard == at(len(grades) - 1) or grades[-1] == stood == proposed
    assert (heard is None) == (set(grades) == {proposed})
