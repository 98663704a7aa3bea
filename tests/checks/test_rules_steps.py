"""One step: completeness, result, evidence, cause."""

import pytest

from app.checks.rules import OCCUPIED, Answer, Place, Result
from app.checks.rules_steps import StepRefused, judge_step, read, signature_needed
from app.standards.rules import Cause, Limits, parse_step
from tests.support.answers import OTHER_PHOTO, PHOTO, VOICE, failed, not_applicable, passed
from tests.support.standards import step_document

PLACE = Place({"boil_min_c": 88, "rated_kva": 630})


def judged(document, answer, *, forbidden=False, unseen=None, place=PLACE):
    return judge_step(parse_step(document), 1, answer, place, forbidden=forbidden, unseen=unseen or {})


def refused(document, answer, **keys):
    with pytest.raises(StepRefused) as caught:
        judged(document, answer, **keys)
    return str(caught.value.sentence)


def test_given_a_tick_when_passed_then_it_is_complete():
    result = judged(step_document(), passed())

    assert (result.applicable, result.result, result.photos_due, result.finding) == (True, Result.PASS, 0, False)
    assert (result.cause, result.needs_signature, result.value, result.position) == (None, False, None, 1)


def test_given_no_answer_when_judged_then_it_is_missing():
    assert "no answer" in refused(step_document(), None)


@pytest.mark.parametrize("evidence", ["none", "photo", "text"])
def test_given_the_worker_says_nothing_when_judged_then_it_is_refused(evidence):
    answer = Answer(step="S01", photos=(PHOTO,), text="无")

    assert "right or not" in refused(step_document(evidence=evidence), answer)


@pytest.mark.parametrize(("photos", "missing"), [((), 2), ((PHOTO,), 1), ((PHOTO, PHOTO), 1)])
def test_given_too_few_photos_when_judged_then_the_sentence_counts_them(photos, missing):
    assert f"photos: {missing}" in refused(step_document(evidence="photo", photo_min=2), passed(photos=photos))


def test_given_photos_when_judged_then_they_are_counted_up_to_what_is_due():
    result = judged(step_document(evidence="photo"), passed(photos=(PHOTO, OTHER_PHOTO)))

    assert (result.photos_due, result.photos_sent, result.photos_valid, result.evidenced) == (1, 1, 1, True)


def test_given_a_photo_seen_before_when_judged_then_it_is_kept_but_not_valid():
    result = judged(step_document(evidence="photo"), passed(photos=(PHOTO,)), unseen={PHOTO: False})

    assert (result.photos_due, result.photos_sent, result.photos_valid, result.evidenced) == (1, 1, 0, False)


def test_given_somebody_inside_when_judged_then_the_photo_leaves_the_denominator():
    result = judged(step_document(evidence="photo"), passed(no_photo_reason=OCCUPIED))

    assert (result.photos_due, result.photos_sent, result.photos_valid, result.evidenced) == (0, 0, 0, True)


def test_given_photos_are_forbidden_when_judged_then_a_tick_and_a_second_signature_stand_for_it():
    result = judged(step_document(evidence="photo"), passed(), forbidden=True)

    assert (result.photos_due, result.needs_signature, result.result) == (0, True, Result.PASS)


@pytest.mark.parametrize("keys", [{"photos": (PHOTO,)}, {"after_photos": (PHOTO,)}])
def test_given_photos_are_forbidden_when_one_is_sent_then_it_is_refused(keys):
    assert "No photo may be taken" in refused(step_document(), passed(**keys), forbidden=True)


def test_given_a_fail_with_cause_and_note_when_judged_then_it_is_complete_and_opens_a_finding():
    result = judged(step_document(), failed(cause="supply", note="没有纸"))

    assert (result.result, result.cause, result.finding) == (Result.FAIL, Cause.SUPPLY, True)


@pytest.mark.parametrize(
    "grounds", [{"note": "坏"}, {"files": (VOICE,)}, {"photos": (PHOTO,)}, {"after_photos": (PHOTO,)}]
)
def test_given_any_ground_when_a_fail_is_reported_then_it_is_enough(grounds):
    assert judged(step_document(), failed(cause="work", **grounds)).result is Result.FAIL


def test_given_no_ground_or_cause_when_a_fail_is_reported_then_it_is_refused():
    assert "caused" in refused(step_document(), failed(note="坏"))
    assert "words, a voice memo or a photo" in refused(step_document(), failed(cause="work"))


def test_given_put_right_on_the_spot_when_the_after_photo_is_missing_then_it_is_refused():
    assert "after the problem" in refused(step_document(), failed(cause="work", note="脏", fixed=True))
    assert judged(step_document(), failed(cause="work", note="脏", fixed=True, after_photos=(PHOTO,))).finding is True
    assert judged(step_document(), failed(cause="work", note="脏", fixed=True), forbidden=True).finding is True


def test_given_a_reminding_step_when_it_fails_then_nothing_is_opened_or_counted():
    result = judged(step_document(evidence="number", min=25, fail_action="remind"), Answer("S01", value=10))

    assert (result.result, result.finding, result.counted, result.cause) == (Result.FAIL, False, False, Cause.WORK)


def test_given_not_applicable_by_hand_when_it_has_a_note_then_it_stands_without_evidence():
    result = judged(step_document(evidence="photo", dual_sign=True), not_applicable(note="今天停用"))

    assert (result.result, result.applicable, result.photos_due, result.counted) == (
        Result.NOT_APPLICABLE,
        True,
        0,
        False,
    )
    assert result.needs_signature is False
    assert "why" in refused(step_document(), not_applicable())
    assert judged(step_document(), not_applicable(files=(VOICE,))).applicable


@pytest.mark.parametrize(
    ("value", "result", "warned"),
    [
        (0, "pass", False),
        (8, "pass", True),
        (8.01, "fail", False),
        (-0.5, "fail", False),
        (7, "pass", False),
        (7.5, "pass", True),
    ],
)
def test_given_a_reading_when_judged_then_the_limits_decide_whatever_the_worker_says(value, result, warned):
    document = step_document(evidence="number", unit="℃", min=0, max=8, warn={"max": 7})

    found = judged(document, failed(value=value))

    assert (found.result, found.warned, found.value, found.limits) == (result, warned, value, Limits(0, 8))


def test_given_a_failing_reading_when_nothing_is_said_then_it_needs_no_note_and_takes_the_default_cause():
    document = step_document(evidence="number", min=90, max=100, min_from="boil_min_c", cause_default="facility")

    assert judged(document, Answer("S01", value=87)).cause is Cause.FACILITY
    assert judged(document, Answer("S01", value=87, cause="others")).cause is Cause.OTHERS
    assert judged(document, Answer("S01", value=88)).result is Result.PASS


@pytest.mark.parametrize("value", [None, float("nan"), float("inf"), 1.1e9, -1.1e9])
def test_given_no_sensible_number_when_judged_then_it_is_refused(value):
    assert "needs a number" in refused(step_document(evidence="number"), Answer("S01", value=value))


def test_given_the_largest_reading_when_judged_then_it_is_taken():
    assert judged(step_document(evidence="number"), Answer("S01", value=1e9)).value == 1e9


INPUTS = [{"id": "i", "title": "电流", "unit": "A"}]
LOAD = step_document(evidence="number", max=85, inputs=INPUTS, formula="i/(point.attrs.rated_kva*1000/(1.732*400))*100")


def test_given_readings_and_a_formula_when_judged_then_the_server_computes():
    found = judged(LOAD, Answer("S01", value=1, inputs={"i": 500.0}))

    assert (found.value, found.result) == (54.984127, Result.PASS)
    assert judged(LOAD, Answer("S01", inputs={"i": 900.0})).result is Result.FAIL


def test_given_a_formula_when_a_reading_or_the_points_setting_lacks_then_the_sentence_says_which():
    assert "电流" in refused(LOAD, Answer("S01", inputs={}))
    assert "电流" in refused(LOAD, Answer("S01", value=5))
    assert "lacks a setting" in refused(LOAD, Answer("S01", inputs={"i": 1.0}), place=Place({}))
    zero = step_document(evidence="number", inputs=INPUTS, formula="1/i")
    assert "read again" in refused(zero, Answer("S01", inputs={"i": 0.0}))
    assert "read again" in refused(zero, Answer("S01", inputs={"i": 0.0}), place=Place({}))


def test_given_a_formula_that_asks_for_no_readings_when_judged_then_the_value_sent_counts():
    document = step_document(evidence="number", formula="point.attrs.rated_kva/2")

    assert judged(document, Answer("S01", value=7.5)).value == 7.5


def test_given_a_reading_named_like_an_attribute_when_computed_then_only_the_asked_readings_count():
    document = step_document(evidence="number", inputs=INPUTS, formula="i")

    assert read(parse_step(document), Answer("S01", inputs={"i": 2.0, "x": 9.0}), {}).value == 2.0


CHOICE = step_document(evidence="choice", choices=["好", "有问题已报", "坏"], pass_choices=["好", "有问题已报"],
                       finding_choices=["有问题已报"], finding_cause="supply", cause_default="facility")  # fmt: skip


@pytest.mark.parametrize(
    ("choice", "result", "finding", "cause"),
    [("好", "pass", False, None), ("有问题已报", "pass", True, "supply"), ("坏", "fail", True, "facility")],
)
def test_given_a_choice_when_judged_then_the_lists_decide(choice, result, finding, cause):
    found = judged(CHOICE, Answer("S01", choice=choice))

    assert (found.result, found.finding, found.cause) == (result, finding, cause)


@pytest.mark.parametrize("choice", [None, "", "别的"])
def test_given_a_choice_that_is_none_of_them_when_judged_then_it_is_refused(choice):
    assert "Choose one" in refused(CHOICE, passed(choice=choice))


def test_given_a_declaration_when_judged_then_every_choice_passes():
    document = step_document(evidence="choice", choices=["有", "无"], pass_choices=[], declaration=True)

    assert judged(document, Answer("S01", choice="有")).result is Result.PASS


def test_given_a_finding_choice_without_its_cause_when_judged_then_the_default_stands():
    document = CHOICE | {"finding_cause": None}

    assert judged(document, Answer("S01", choice="有问题已报")).cause is Cause.FACILITY
    assert judged(document, Answer("S01", choice="有问题已报", cause="work")).cause is Cause.WORK


def test_given_a_text_step_when_it_has_no_words_then_it_is_refused():
    assert "few words" in refused(step_document(evidence="text"), passed())
    assert judged(step_document(evidence="text"), passed(text="无")).result is Result.PASS
    assert judged(step_document(evidence="text"), passed(files=(VOICE,))).result is Result.PASS


@pytest.mark.parametrize(
    ("keys", "choice", "forbidden", "needed"),
    [
        ({}, None, False, False),
        ({"dual_sign": True}, None, False, True),
        ({"dual_sign": True, "dual_sign_choices": ["签"]}, "签", False, True),
        ({"dual_sign": True, "dual_sign_choices": ["签"]}, "不签", False, False),
        ({"dual_sign_choices": ["签"]}, "签", False, False),
        ({}, None, True, False),
        ({"evidence": "photo"}, None, True, True),
        ({"evidence": "photo"}, None, False, False),
    ],
)
def test_given_a_step_when_asked_for_the_second_signature_then_only_these_need_it(keys, choice, forbidden, needed):
    assert signature_needed(parse_step(step_document(**keys)), choice, forbidden=forbidden) is needed
