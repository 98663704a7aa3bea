"""record_check: what is kept, what is refused, what the receipt says. On both databases."""

import hashlib
from datetime import timedelta

import pytest
import rfc8785

from app.checks.models import Answer, Check, CheckState, Receipt
from app.checks.rules_receipt import canonical_bytes, digest_of
from app.refusals import Conflict, Forbidden, Invalid, NotFound
from app.schedule.models import Occurrence
from tests.support import builders as make
from tests.support.records import ID, record, the
from tests.support.stored import rows_of, tables


def test_given_an_open_window_when_a_check_is_recorded_then_it_is_on_time_and_whole(inside):
    make.small_world()
    body = make.submission(surprise={"ignored": True})

    receipt = record(inside, body)

    check, due, kept = the(Check), the(Occurrence), the(Receipt)
    assert (receipt.status, receipt.marks, receipt.repeated) == ("offline", (), False)
    assert receipt.digest == hashlib.sha256(rfc8785.dumps(body)).hexdigest() == kept.digest
    assert kept.body == rfc8785.dumps(body)
    assert (due.state, due.check_id, due.done_by_id, due.offline) == ("in_window", ID, "ann", True)
    assert due.done_at == check.effective_at == make.NOW - timedelta(seconds=140)
    assert (check.person_name, check.implementer_id, check.edition, check.profile) == (
        "人员ann",
        "clean",
        "JGSW05003.01-2026",
        "full",
    )
    assert (check.steps_pass, check.timing, check.label_code) == (1, "window", make.CODE)
    assert the(Answer).result == "pass"
    assert rows_of(CheckState) == []


def test_given_a_record_kept_under_older_rules_when_it_comes_again_then_its_receipt_counts_not_the_rules_of_today(
    inside,
):
    make.small_world()
    body = make.submission(outcome="not a word any more")
    digest = digest_of(canonical_bytes(body))
    answer = {"id": ID, "number": "N1", "received_at": make.NOW.isoformat(), "status": "received", "digest": digest}
    kept = {"number": "N1", "digest": digest, "received_at": make.NOW, "person_id": "ann", "body": b"{}"}
    make.kept(Receipt, check_id=ID, answer=answer | {"marks": [], "photos": []}, **kept)

    assert record(inside, body).repeated
    with pytest.raises(Invalid):
        record(inside, body | {"id": ID.replace("0001", "0002")})


def test_given_the_same_submission_again_when_recorded_then_the_receipt_is_the_same_and_nothing_is_added(inside):
    make.small_world()
    first = record(inside, make.submission())
    before = tables()

    again = record(inside, make.submission(), received=make.NOW + timedelta(hours=5))

    assert again.repeated
    assert again.as_json() == first.as_json()
    assert tables() == before


def test_given_the_same_id_with_other_content_when_recorded_then_it_conflicts(inside):
    make.small_world()
    record(inside, make.submission())

    with pytest.raises(Conflict) as refused:
        record(inside, make.submission(note="别的"))

    assert refused.value.problem == "conflict"


def test_given_somebody_elses_record_when_sent_then_it_waits_for_its_author(inside):
    make.small_world()

    with pytest.raises(Forbidden) as refused:
        record(inside, make.submission(), who="lea")

    assert refused.value.problem == "other-person"


BAD = {
    "no answers": ({"answers": []}, {"S01"}),
    "a foreign step": ({"answers": [make.answer(), make.answer("S09")]}, {"S09"}),
    "an id that is none": ({"id": "17"}, {"id"}),
    "a time without its zone": ({"opened_at": "2026-11-23T08:31:05"}, {"opened_at"}),
    "no time": ({"submitted_at": None}, {"submitted_at"}),
    "a result that is none": ({"answers": [make.answer(result="maybe")]}, {"S01"}),
    "a value that is text": ({"answers": [make.answer(value="7.5")]}, {"S01"}),
    "an outcome that is none": ({"outcome": "nearly"}, {"outcome"}),
    "unable without a reason": ({"outcome": "unable"}, {"unable_reason"}),
    "a way that is none": ({"via": "guess"}, {"via"}),
    "answers that are no list": ({"answers": {"S01": "pass"}}, {"answers"}),
    "photos that are no ids": ({"photos": ["../../etc/passwd"]}, {"photos"}),
    "a note of 3,000 characters": ({"note": "长" * 3000}, {"note"}),
    "a note that is a number": ({"note": 7}, {"note"}),
    "a window that never was": ({"window": "2026-11-23/Z/Z9"}, {"window"}),
    "a standard that is not done here": ({"standard": "JGSW05010.01-2026"}, {"standard"}),
    "an edition that never was": ({"standard": "JGSW05003.01-2019"}, {"standard"}),
    "a profile that is none": ({"window": None, "profile": "party"}, {"profile"}),
    "not applicable without a note": ({"answers": [make.answer(result="not_applicable")]}, {"S01"}),
    "a fail without a cause": ({"answers": [make.answer(result="fail", note="脏")]}, {"S01"}),
    "another reason for no photo": ({"answers": [make.answer(no_photo_reason="lazy")]}, {"S01"}),
    "known findings without a state": ({"answers": [make.answer(known=[{"finding": ID}])]}, {"S01"}),
    "a file list too long": ({"files": [ID] * 30}, {"files"}),
}


@pytest.mark.parametrize("case", BAD)
def test_given_a_body_that_does_not_hold_when_recorded_then_each_field_says_so_and_nothing_is_stored(inside, case):
    changed, fields = BAD[case]
    make.small_world()
    before = tables()

    with pytest.raises(Invalid) as refused:
        record(inside, make.submission(**changed))

    assert set(refused.value.fields) == fields
    assert all(str(sentence).strip() for sentence in refused.value.fields.values())
    assert tables() == before


def test_given_an_unknown_code_when_recorded_then_it_leads_nowhere(inside):
    make.small_world()

    for code in ("0000000000", "7K3QX9M2TB", "", "ABCDEFGHJE"):
        with pytest.raises((NotFound, Invalid)):
            record(inside, make.submission(code=code))


def test_given_a_code_typed_with_dashes_and_look_alikes_when_recorded_then_it_is_read(inside):
    make.small_world()

    assert record(inside, make.submission(code="7k3qx-9m2ta")).status == "offline"


def test_given_a_stranger_when_recording_then_it_is_forbidden(inside):
    make.small_world()

    with pytest.raises(Forbidden):
        record(inside, make.submission(person="bob"), who="bob")
    with pytest.raises(Forbidden):
        record(inside, make.submission(person="sue"), who="sue")
