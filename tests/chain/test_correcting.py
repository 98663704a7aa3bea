"""Given a wrong value, when the desk corrects it, then the old one stays and a turned result needs two persons."""

import uuid

import pytest

from app.chain.models import Correction, CorrectionDecision
from app.checks.models import Answer, CheckEvent
from app.messages.models import Message
from app.nonconformities.models import Finding
from app.schedule.models import Occurrence
from tests.chain.test_voiding import posted, recorded
from tests.support import builders as make
from tests.support.protocol import ID, LITTLE, Phone, counted, kept
from tests.support.standards import step_document

ASKED = "00000000-0000-4000-8000-0000000000bb"
NUMBER = step_document("S01", "number", min=0, max=8, unit="℃", key=True, **LITTLE)
CHOICE = step_document("S02", "choice", choices=["干净", "脏"], pass_choices=["干净"], **LITTLE)
TICK = step_document("S03", **LITTLE)


def measured(app, value=5):
    answers = [make.answer("S01", value=value), make.answer("S02", choice="干净"), make.answer("S03")]
    recorded(app, NUMBER, CHOICE, TICK, answers=answers)


def corrected(app, person="sue", **content):
    content = {"id": ASKED, "step": "S01", "said": "6", "reason": "看错一位", **content}
    return posted(app, person, f"/checks/{ID}/corrections", content)


def decided(app, person="sam", verdict="accept", **content):
    return posted(app, person, f"/corrections/{ASKED}/{verdict}", content)


def due(app):
    row = kept(app, Occurrence)[0]
    return row.steps_pass, row.steps_fail, row.key_pass


def test_given_a_value_within_the_limits_when_corrected_then_both_stand_there_at_once_and_the_author_is_told(app):
    measured(app)

    assert corrected(app).status_code == 303

    assert kept(app, Answer)[0].value == 5
    row = kept(app, Correction)[0]
    assert (row.was, row.now, row.field, row.result_was, row.result_now) == ("5", "6", "value", "pass", "pass")
    assert due(app) == (3, 0, 1)
    assert [(row.person_id, row.kind) for row in kept(app, Message)] == [("ann", "record_corrected")]
    page = Phone(app, "ann").client.get(f"/checks/{ID}").get_data(as_text=True)
    assert all(word in page for word in ("5 ℃", "6 ℃", "看错一位", "人员sue", "更正"))


def test_given_a_value_beyond_the_limits_when_proposed_then_it_counts_only_once_a_second_person_agrees(app):
    measured(app)

    assert corrected(app, said="9.5").status_code == 303
    assert due(app) == (3, 0, 1)
    assert not kept(app, Finding)
    assert decided(app).status_code == 303

    assert due(app) == (2, 1, 0)
    assert [(row.step_id, row.check_id) for row in kept(app, Finding)] == [("S01", ID)]
    assert [row.kind for row in kept(app, CheckEvent)] == ["correction_proposed", "corrected", "finding_opened"]


def test_given_a_failed_reading_when_corrected_back_by_two_then_it_passes_in_the_figures(app):
    measured(app, value=58)
    assert due(app) == (2, 1, 0)

    corrected(app, said="5.8")
    decided(app)

    assert due(app) == (3, 0, 1)


@pytest.mark.parametrize(("step", "said"), [("S02", "脏"), ("S03", "fail")])
def test_given_a_choice_or_a_tick_when_turned_by_two_then_the_counts_follow(app, step, said):
    measured(app)

    corrected(app, step=step, said=said)
    decided(app)

    assert due(app) == (2, 1, 1)


def test_given_a_turned_result_when_turned_back_then_the_counts_are_as_sent(app):
    measured(app)
    corrected(app, said="9")
    decided(app)
    other = str(uuid.uuid4())

    posted(app, "sue", f"/checks/{ID}/corrections", {"id": other, "step": "S01", "said": "7", "reason": "第一次没看错"})
    posted(app, "sam", f"/corrections/{other}/accept", {})

    assert due(app) == (3, 0, 1)
    assert [row.was for row in kept(app, Correction)] == ["5", "9"]


def test_given_a_step_said_not_to_apply_when_a_value_is_proposed_for_it_then_it_is_refused_and_nothing_is_kept(app):
    absent = {**make.answer("S02", choice="干净"), "result": "not_applicable", "note": "台面在修"}
    recorded(app, NUMBER, CHOICE, TICK, answers=[make.answer("S01", value=5), absent, make.answer("S03")])

    assert corrected(app, step="S02", said="脏").status_code == 422

    assert not kept(app, Correction)


def test_given_a_refusal_when_said_with_a_reason_then_the_old_value_stands(app):
    measured(app)
    corrected(app, said="9")

    assert decided(app, verdict="refuse").status_code == 422
    assert decided(app, verdict="refuse", reason="表没坏").status_code == 303

    assert due(app) == (3, 0, 1)
    assert [row.stands for row in kept(app, CorrectionDecision)] == [False]


def test_given_the_same_words_twice_when_sent_then_each_counts_once(app):
    measured(app)

    assert [corrected(app, said="9").status_code for _ in range(2)] == [303, 303]
    assert corrected(app, "lou", id=str(uuid.uuid4())).status_code == 409
    assert [decided(app).status_code for _ in range(2)] == [303, 303]
    assert decided(app, "lou").status_code == 409

    assert (len(kept(app, Correction)), len(kept(app, CorrectionDecision)), len(kept(app, Finding))) == (1, 1, 1)


BAD = [
    {"said": "abc"}, {"said": "nan"}, {"said": "1e99"}, {"said": ""}, {"said": "5"}, {"reason": " "},
    {"step": "S09"}, {"step": "S02", "said": "还行"}, {"step": "S03", "said": "maybe"}, {"id": "x"},
]  # fmt: skip


@pytest.mark.parametrize("content", BAD)
def test_given_a_correction_that_makes_no_sense_when_sent_then_it_is_refused_and_nothing_changes(app, content):
    measured(app)
    before = counted(app)

    assert corrected(app, **content).status_code == 422

    assert counted(app) == before


@pytest.mark.parametrize("person", ["ann", "bob"])
def test_given_somebody_who_may_not_when_correcting_then_it_is_refused_and_nothing_changes(app, person):
    measured(app)
    before = counted(app)

    assert corrected(app, person).status_code in (403, 404)

    assert counted(app) == before


@pytest.mark.parametrize("person", ["ann", "lea", "bob", "sue"])
def test_given_somebody_who_may_not_when_deciding_then_it_is_refused_and_nothing_changes(app, person):
    measured(app)
    corrected(app, said="9")
    before = counted(app)

    assert decided(app, person).status_code in (403, 404)

    assert counted(app) == before


def test_given_a_corrected_record_waiting_for_its_signature_when_signed_then_the_corrected_result_counts(app):
    recorded(app, {**NUMBER, "dual_sign": True}, answers=[make.answer("S01", value=5)])
    corrected(app, said="9")
    decided(app)
    assert due(app) == (0, 1, 0)

    assert posted(app, "lea", f"/checks/{ID}/sign", {}).status_code == 303

    assert due(app) == (0, 1, 0)
