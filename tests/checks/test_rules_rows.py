"""Rows and findings from a judged submission."""

from datetime import timedelta

import pytest

from app.checks.rules import OCCUPIED, Answer, Known, Outcome, Place, Submission, Via
from app.checks.rules_judging import judge
from app.checks.rules_rows import answer_row, draft_of, dwell_seconds, finding_text, said_of_known
from tests.support.answers import PHOTO, at, failed, passed
from tests.support.standards import edition, step_document

ID = "00000000-0000-4000-8000-000000000001"


def judged(document, answer):
    found = judge(edition(document), {"task.profile": "full"}, Place({}), [answer])
    assert not found.errors
    return found.steps[0]


def submission(*answers, opened="08:30", submitted="08:40"):
    return Submission(
        id=ID, person="ann", code="", standard="", window=None, profile=None, outcome=Outcome.DONE, unable_reason=None,
        opened_at=at(opened), submitted_at=at(submitted), via=Via.SCAN, answers=answers,
    )  # fmt: skip


def test_given_a_judged_step_when_kept_then_every_column_is_there():
    document = step_document("S01", "number", key=True, unit="℃", min=0, max=8, warn={"max": 7})
    answer = failed(value=7.5, note="注", together=True, answered_at=at("08:35"), photos=(PHOTO,))

    row = answer_row(ID, judged(document, answer))

    assert row == {
        "check_id": ID, "step_id": "S01", "position": 1, "applicable": True, "result": "pass", "said": "fail",
        "value": 7.5, "unit": "℃", "limit_min": 0, "limit_max": 8, "warned": True, "inputs": None, "choice": None,
        "text": None, "note": "注", "cause": None, "key": True, "photos_due": 0, "photos_valid": 0,
        "no_photo_reason": None, "fixed": False, "together": True, "answered_at": at("08:35"),
    }  # fmt: skip


def test_given_a_step_that_did_not_apply_when_kept_then_the_answer_stands_and_is_not_applicable():
    document = step_document("S01", applies_when={"fact": "task.profile", "eq": "deep"})

    row = answer_row(ID, judged(document, passed(note="注")))

    assert (row["applicable"], row["result"], row["said"], row["note"]) == (False, "not_applicable", "pass", "注")


def test_given_a_choice_or_words_when_kept_then_they_stand_as_sent():
    choice = step_document("S01", "choice", choices=["好", "坏"], pass_choices=["好"])

    chosen = answer_row(ID, judged(choice, Answer("S01", choice="好")))
    worded = answer_row(ID, judged(step_document("S01", "text"), passed(text="十二点")))

    assert (chosen["choice"], chosen["text"], chosen["together"]) == ("好", None, False)
    assert (worded["choice"], worded["text"], worded["together"]) == (None, "十二点", False)


def test_given_somebody_inside_when_kept_then_the_row_says_why_there_is_no_photo():
    row = answer_row(ID, judged(step_document("S01", "photo"), passed(no_photo_reason=OCCUPIED)))

    assert (row["no_photo_reason"], row["photos_due"], row["photos_valid"]) == (OCCUPIED, 0, 0)


def test_given_a_step_that_nobody_answered_because_it_did_not_apply_when_kept_then_nothing_is_said():
    document = step_document("S01", applies_when={"fact": "task.profile", "eq": "deep"})
    found = judge(edition(document), {"task.profile": "full"}, Place({}), [])

    row = answer_row(ID, found.steps[0])

    unsaid = ("said", "inputs", "choice", "text", "note", "no_photo_reason", "answered_at")
    assert [row[name] for name in unsaid] == [None] * len(unsaid)
    assert (row["applicable"], row["fixed"], row["together"]) == (False, False, False)


def test_given_readings_when_kept_then_they_stand_beside_the_value():
    inputs = [{"id": "i", "title": "电流", "unit": "A"}]

    row = answer_row(
        ID, judged(step_document("S01", "number", inputs=inputs, formula="i*2"), Answer("S01", inputs={"i": 3.0}))
    )

    assert (row["value"], row["inputs"], row["said"]) == (6.0, {"i": 3.0}, None)


@pytest.mark.parametrize(
    ("limits", "text"),
    [
        ({"min": 0, "max": 8}, "步骤S01 9.5℃（0～8）"),
        ({"max": 8}, "步骤S01 9.5℃（≤8）"),
        ({"min": 10}, "步骤S01 9.5℃（≥10）"),
    ],
)
def test_given_a_failing_reading_when_a_finding_is_worded_then_value_and_limits_say_it(limits, text):
    assert finding_text(judged(step_document("S01", "number", unit="℃", **limits), Answer("S01", value=9.5))) == text


def test_given_words_or_a_choice_when_a_finding_is_worded_then_they_come_first():
    choice = step_document("S01", "choice", choices=["好", "坏"], pass_choices=["好"])

    assert finding_text(judged(choice, Answer("S01", choice="坏"))) == "坏"
    assert finding_text(judged(choice, Answer("S01", choice="坏", note="门坏了"))) == "门坏了"
    assert finding_text(judged(step_document(), failed(cause="work", files=(PHOTO,)))) == "步骤S01"
    assert finding_text(judged(step_document("S01", "number"), Answer("S01", value=2))) == "步骤S01 2"


def test_given_a_fail_put_right_when_drafted_then_it_carries_what_the_step_says():
    document = step_document("S01", severity="major", fail_action="repair")
    answer = failed(cause="facility", note="灯坏", fixed=True, after_photos=(PHOTO,))

    draft = draft_of(judged(document, answer))

    assert (draft.step_id, draft.step_title, draft.severity, draft.cause) == ("S01", "步骤S01", "major", "facility")
    assert (draft.fail_action, draft.text, draft.fixed) == ("repair", "灯坏", True)
    assert draft_of(judged(document, failed(cause="work", note="灯坏"))).fixed is False


def test_given_times_when_dwell_is_taken_then_a_first_photo_shortly_before_begins_it():
    record = submission()

    assert dwell_seconds(record, None) == 600
    assert dwell_seconds(record, at("08:20")) == 1200
    assert dwell_seconds(record, at("06:30")) == 7800
    assert dwell_seconds(record, at("06:30") - timedelta(seconds=1)) == 600
    assert dwell_seconds(record, at("08:35")) == 600
    assert dwell_seconds(submission(opened="08:50"), None) == 0


def test_given_known_findings_when_gathered_then_each_has_what_was_said():
    first = passed("S01", known=(Known("a", "still"),))
    second = passed("S02", known=(Known("b", "gone"), Known("c", "still")))

    assert said_of_known(submission(first, second)) == {"a": "still", "b": "gone", "c": "still"}
