"""Which steps stand on the page before anything is answered."""

from types import SimpleNamespace

from app.pages.rules import can_apply, depends_on_answers
from app.pages.rules_task import is_ordinary, steps_on_page

FULL = {"fact": "task.profile", "eq": "full"}
WET = {"fact": "weather.wet", "eq": True}
FAILED = {"fact": "steps.S01.result", "eq": "fail"}
FACTS = {"task.profile": "round", "weather.wet": False}


def test_given_no_condition_when_asked_then_the_step_can_apply():
    assert can_apply(None, FACTS, ())


def test_given_a_known_fact_that_differs_when_asked_then_the_step_is_left_out():
    assert not can_apply(FULL, FACTS, ())


def test_given_a_fact_that_the_worker_is_asked_for_when_not_yet_answered_then_the_step_can_apply():
    assert can_apply(WET, FACTS, ("weather.wet",))
    assert not can_apply(WET, FACTS, ())


def test_given_an_earlier_answer_decides_when_not_yet_given_then_the_step_can_apply():
    assert can_apply(FAILED, FACTS, ())
    assert depends_on_answers(FAILED, ())


def test_given_all_of_several_when_one_is_known_to_be_false_then_the_step_is_left_out():
    assert not can_apply({"all": [FULL, FAILED]}, FACTS, ())


def test_given_all_of_several_when_each_can_hold_then_the_step_can_apply():
    assert can_apply({"all": [{"fact": "task.profile", "eq": "round"}, FAILED]}, FACTS, ())


def test_given_groups_inside_groups_when_the_inner_one_cannot_hold_then_the_step_is_left_out():
    assert not can_apply({"any": [{"all": [FULL, FAILED]}]}, FACTS, ())


def test_given_known_and_open_facts_together_when_asked_then_the_phone_has_to_judge_again():
    assert depends_on_answers({"all": [FULL, FAILED]}, ())
    assert not depends_on_answers({"all": [FULL, FULL]}, ())


def test_given_any_of_several_when_one_is_open_then_the_step_can_apply():
    assert can_apply({"any": [FULL, FAILED]}, FACTS, ())
    assert not can_apply({"any": [FULL, FULL]}, FACTS, ())


def test_given_a_negation_when_its_inside_is_known_then_it_is_judged_and_when_open_it_can_apply():
    assert can_apply({"not": FULL}, FACTS, ())
    assert not can_apply({"not": {"fact": "task.profile", "eq": "round"}}, FACTS, ())
    assert can_apply({"not": FAILED}, FACTS, ())


def test_given_a_task_when_its_steps_are_chosen_then_order_is_kept_and_impossible_ones_go():
    steps = [
        SimpleNamespace(id=name, applies_when=when) for name, when in (("S01", None), ("S02", FULL), ("S03", FAILED))
    ]
    task = SimpleNamespace(steps=steps, facts=FACTS, ask_facts=())

    assert [step.id for step in steps_on_page(task)] == ["S01", "S03"]


def test_given_a_plain_tick_when_confirmed_together_then_it_is_ordinary_and_a_key_point_never_is():
    tick = SimpleNamespace(evidence="none", key=False, dual_sign=False)
    key = SimpleNamespace(evidence="none", key=True, dual_sign=False)

    assert is_ordinary(tick, "together")
    assert not is_ordinary(tick, "each")
    assert not is_ordinary(key, "together")
