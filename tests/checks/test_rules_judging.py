"""A whole submission against its edition."""

from hypothesis import given
from hypothesis import strategies as st

from app.checks.rules import Answer, Place, Result
from app.checks.rules_judging import Counts, judge
from tests.support.answers import OTHER_PHOTO, PHOTO, failed, not_applicable, passed
from tests.support.standards import edition, step_document

PLACE = Place({})
FULL = {"task.profile": "full"}


def test_given_every_step_answered_when_judged_then_nothing_is_missing_and_all_is_counted():
    standard = edition(
        step_document("S01", key=True),
        step_document("S02", "photo", key=True, min_seconds=60),
        step_document("S03", "number", max=5, min_seconds=20),
        step_document("S04", "number", max=5, fail_action="remind"),
    )
    answers = [
        passed("S01"),
        failed("S02", photos=(PHOTO,), cause="work"),
        Answer("S03", value=1),
        Answer("S04", value=9),
    ]

    found = judge(standard, FULL, PLACE, answers)

    assert found.errors == {}
    assert found.counts == Counts(
        steps_pass=2, steps_fail=1, key_due=2, key_evidenced=2, key_pass=1, photos_due=1, photos_sent=1, photos_valid=1
    )
    assert [each.step.id for each in found.findings] == ["S02"]
    assert (found.floor_seconds, found.by_hand, found.signature_steps) == (90, (), ())


def test_given_answers_missing_when_judged_then_each_is_named():
    standard = edition(step_document("S01"), step_document("S02", "photo"), step_document("S03"))

    found = judge(standard, FULL, PLACE, [passed("S02")])

    assert set(found.errors) == {"S01", "S02", "S03"}


def test_given_foreign_and_doubled_steps_when_judged_then_they_are_refused():
    found = judge(edition(), FULL, PLACE, [passed("S01"), passed("S01"), passed("X1")])

    assert set(found.errors) == {"S01", "X1"}
    assert "twice" in str(found.errors["S01"])


def test_given_one_photo_for_two_steps_when_judged_then_the_second_is_refused():
    standard = edition(step_document("S01", "photo"), step_document("S02", "photo"))

    found = judge(standard, FULL, PLACE, [passed("S01", photos=(PHOTO,)), passed("S02", photos=(PHOTO, OTHER_PHOTO))])

    assert set(found.errors) == {"S02"}


def test_given_a_condition_on_an_earlier_result_when_judged_then_step_order_decides():
    needs = {"fact": "steps.S01.result", "eq": "fail"}
    standard = edition(step_document("S01"), step_document("S02", applies_when=needs), step_document("S03"))

    calm = judge(standard, FULL, PLACE, [passed("S01"), passed("S02"), passed("S03")])
    troubled = judge(standard, FULL, PLACE, [failed("S01", cause="work", note="脏"), passed("S03")])

    assert (calm.errors, calm.steps[1].applicable, calm.steps[1].result) == ({}, False, Result.NOT_APPLICABLE)
    assert calm.steps[1].answer == passed("S02")
    assert calm.counts.steps_pass == 2
    assert set(troubled.errors) == {"S02"}


def test_given_a_condition_on_an_earlier_reading_when_judged_then_the_computed_value_counts():
    hot = {"fact": "steps.S01.value", "gt": 70}
    standard = edition(step_document("S01", "number"), step_document("S02", applies_when=hot))

    assert judge(standard, FULL, PLACE, [Answer("S01", value=70)]).errors == {}
    assert set(judge(standard, FULL, PLACE, [Answer("S01", value=71)]).errors) == {"S02"}


def test_given_not_applicable_by_hand_when_judged_then_it_waits_for_a_supervisor_and_leaves_the_counts():
    standard = edition(step_document("S01", key=True), step_document("S02", "number", key=True, min_seconds=60))

    found = judge(standard, FULL, PLACE, [passed("S01"), not_applicable("S02", note="表坏")])

    assert found.by_hand == ("S02",)
    assert (found.counts.key_due, found.floor_seconds) == (1, 0)


def test_mt13_given_key_steps_of_which_most_pass_when_judged_then_those_are_counted():
    standard = edition(*(step_document(f"S0{n}", key=True) for n in (1, 2, 3)))

    said = [passed("S01"), failed("S02", photos=(PHOTO,), cause="work"), passed("S03")]
    counts = judge(standard, FULL, PLACE, said).counts

    assert (counts.key_due, counts.key_evidenced, counts.key_pass) == (3, 3, 2)


def test_mt13_given_a_photo_seen_before_when_judged_then_the_key_step_counts_neither_as_evidenced_nor_as_passed():
    standard = edition(step_document("S01", "photo", key=True))

    counts = judge(standard, FULL, PLACE, [passed("S01", photos=(PHOTO,))], {PHOTO: False}).counts

    assert (counts.key_due, counts.key_evidenced, counts.key_pass, counts.photos_sent, counts.photos_valid) == (
        1,
        0,
        0,
        1,
        0,
    )


def test_given_photos_forbidden_when_judged_then_the_step_waits_for_a_signature():
    found = judge(
        edition(step_document("S01", "photo", min_seconds=60)), FULL, Place({}, photo_allowed=False), [passed("S01")]
    )

    assert (found.errors, found.signature_steps, found.counts.photos_due, found.floor_seconds) == ({}, ("S01",), 0, 0)


STEP = st.builds(
    lambda evidence, key, action: {"evidence": evidence, "key": key, "fail_action": action},
    st.sampled_from(["none", "photo", "number", "text"]), st.booleans(), st.sampled_from(["nc", "repair", "remind"]),
)  # fmt: skip
ANSWER = st.sampled_from(["pass", "fail", "not_applicable", "bare", "missing"])


def answer_for(step_id, evidence, kind):
    if kind == "missing":
        return None
    if kind == "bare":
        return Answer(step_id)
    keys = {"note": "注", "cause": "work", "text": "字", "value": 9.0 if kind == "fail" else 1.0}
    photos = (f"{step_id}-a",) if evidence == "photo" else ()
    return Answer(step_id, result=Result(kind), photos=photos, **keys)


@given(st.lists(st.tuples(STEP, ANSWER), min_size=1, max_size=6))
def test_given_any_answers_when_judged_then_a_simple_model_agrees(pairs):
    documents = [
        step_document(f"S{no}", max=5 if step["evidence"] == "number" else None, **step)
        for no, (step, _) in enumerate(pairs)
    ]
    answers = [answer_for(f"S{no}", step["evidence"], kind) for no, (step, kind) in enumerate(pairs)]

    found = judge(edition(*documents), FULL, PLACE, [each for each in answers if each])

    wrong = {f"S{no}" for no, (_, kind) in enumerate(pairs) if kind in ("missing", "bare")}
    assert set(found.errors) == wrong
    if not wrong:
        rated = [(step, kind) for step, kind in pairs if kind != "not_applicable" and step["fail_action"] != "remind"]
        assert found.counts.steps_pass == sum(kind == "pass" for _, kind in rated)
        assert found.counts.steps_fail == sum(kind == "fail" for _, kind in rated)
        assert found.counts.key_due == found.counts.key_evidenced == sum(step["key"] for step, _ in rated)
        assert found.counts.photos_valid == sum(step["evidence"] == "photo" for step, _ in rated)
        assert len(found.findings) == found.counts.steps_fail
        assert len(found.steps) == len(pairs)
