"""The paper by its seed and the judgement of the server (rules TR-2, TR-4)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.training.rules import Question
from app.training.rules_exam import judge, laid_out, unanswered

OPTIONS = ("甲", "乙", "丙", "丁")


def questions(*keys: bool, points: int = 20) -> tuple[Question, ...]:
    return tuple(
        Question(f"Q{number}", f"题{number}", OPTIONS, number % 4, "S01", points, key)
        for number, key in enumerate(keys, 1)
    )


FIVE = questions(True, True, False, False, False)


def answers(paper, *wrong):
    return {one.id: (one.right + 1) % 4 if one.id in wrong else one.right for one in paper}


def judged(*wrong, asked=FIVE, pass_score=80):
    paper = laid_out(asked, "seed")
    return judge(asked, paper, answers(paper, *wrong), pass_score)


@given(st.text(min_size=1, max_size=32))
def test_given_any_seed_when_laid_out_then_all_questions_lie_there_with_the_right_option_marked(seed):
    paper = laid_out(FIVE, seed)

    assert paper == laid_out(FIVE, seed)
    assert sorted(one.id for one in paper) == [one.id for one in FIVE]
    for one in paper:
        asked = next(each for each in FIVE if each.id == one.id)
        assert sorted(one.options) == sorted(OPTIONS)
        assert one.options[one.right] == asked.options[asked.answer]
        assert (one.stem, one.step, one.key) == (asked.stem, asked.step, asked.key)


def test_given_many_seeds_when_laid_out_then_neither_questions_nor_options_stand_always_alike():
    papers = [laid_out(FIVE, str(seed)) for seed in range(30)]

    assert len({tuple(one.id for one in paper) for paper in papers}) > 10
    assert {one.right for paper in papers for one in paper if one.id == "Q1"} == {0, 1, 2, 3}


def test_tr4_given_everything_right_when_judged_then_100_and_passed():
    verdict = judged()

    assert (verdict.score, verdict.wrong, verdict.keys_right, verdict.passed) == (100, (), True, True)


def test_tr4_given_one_ordinary_question_wrong_when_judged_then_80_is_enough():
    verdict = judged("Q5")

    assert (verdict.score, verdict.wrong, verdict.passed) == (80, ("Q5",), True)


def test_tr4_given_two_ordinary_questions_wrong_when_judged_then_60_is_not():
    verdict = judged("Q4", "Q5")

    assert (verdict.score, verdict.keys_right, verdict.passed) == (60, True, False)


def test_tr4_given_a_key_question_wrong_when_judged_then_80_does_not_help():
    verdict = judged("Q1")

    assert (verdict.score, verdict.keys_right, verdict.passed) == (80, False, False)


def test_given_a_stricter_pass_mark_when_judged_then_it_counts():
    assert judged("Q5", pass_score=81).passed is False


def test_given_uneven_points_when_judged_then_the_score_is_their_share_rounded_down():
    uneven = (Question("Q1", "?", OPTIONS, 0, None, 2, False), Question("Q2", "?", OPTIONS, 0, None, 1, False))

    assert judged("Q2", asked=uneven).score == 66
    assert judged("Q1", asked=uneven).score == 33


def test_given_what_was_not_answered_when_judged_then_it_is_wrong():
    paper = laid_out(FIVE, "s")

    assert judge(FIVE, paper, {}, 80).score == 0
    assert set(judge(FIVE, paper, {}, 80).wrong) == {one.id for one in FIVE}


def test_given_a_paper_without_questions_when_judged_then_nobody_has_passed_it():
    verdict = judge((), (), {}, 80)

    assert (verdict.score, verdict.passed) == (0, False)


@pytest.mark.parametrize("place", [-1, 4, 99])
def test_given_an_option_that_does_not_lie_there_when_looked_for_then_the_question_is_unanswered(place):
    paper = laid_out(FIVE, "s")
    chosen = answers(paper) | {"Q2": place}

    assert unanswered(paper, chosen) == ("Q2",)
    assert unanswered(paper, answers(paper)) == ()
    assert unanswered(paper, {}) == tuple(one.id for one in paper)


def test_given_the_first_and_last_option_when_looked_for_then_both_are_answers():
    paper = laid_out(FIVE, "s")

    assert unanswered(paper, dict.fromkeys((one.id for one in paper), 0)) == ()
    assert unanswered(paper, dict.fromkeys((one.id for one in paper), 3)) == ()
