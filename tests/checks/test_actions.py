"""record_check: what is kept, what is refused, what the receipt says. On both databases."""

import hashlib
from datetime import timedelta
from zoneinfo import ZoneInfo

import orjson
import pytest
import rfc8785
from sqlalchemy import update

from app.accounts.queries import person_by_id
from app.checks.actions import Call, record_check
from app.checks.models import Answer, Check, CheckState, Receipt
from app.db import atomically, db, run
from app.nonconformities.models import Finding, FindingEvent
from app.photos.actions import keep
from app.photos.models import Photo
from app.photos.rules import Upload
from app.photos.store import open_store
from app.places.models import LabelCode
from app.refusals import Conflict, Forbidden, Gone, Invalid, NotFound
from app.schedule.models import Occurrence
from tests.support import builders as make
from tests.support.answers import OTHER_PHOTO, PHOTO
from tests.support.pictures import jpeg
from tests.support.standards import step_document
from tests.support.stored import rows_of, tables

ZONE = ZoneInfo("Asia/Shanghai")
ID = "00000000-0000-4000-8000-000000000001"
OTHER_ID = "00000000-0000-4000-8000-000000000002"
LITTLE = {"min_seconds": 1}


def call(app, *, received=make.NOW, phone=None):
    store = open_store(str(app.extensions["settings"].photo_store))
    return Call(received_at=received, phone_time=phone or received, zone=ZONE, store=store)


def record(app, body, *, who="ann", **keys):
    person, at = person_by_id(who), call(app, **keys)
    return atomically(lambda: record_check(body, person, at))


def upload(app, photo=PHOTO, *, who="ann", seed=1):
    at = call(app)
    keep(
        at.store,
        Upload(photo, jpeg(seed=seed), who),
        max_bytes=10**7,
        now=make.NOW,
        day=make.NOW.astimezone(ZONE).date(),
    )


def the(table):
    found = rows_of(table)
    assert len(found) == 1
    return found[0]


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


def test_given_a_photo_that_is_not_there_when_recorded_then_it_is_named(inside):
    make.small_world(step_document("S01", "photo", **LITTLE))
    before = tables()

    with pytest.raises(Conflict) as refused:
        record(inside, make.submission(answers=[make.answer(photos=[PHOTO])]))

    assert (refused.value.problem, refused.value.extra) == ("missing-photos", {"missing_photos": [PHOTO]})
    assert tables() == before


def test_given_a_photo_when_recorded_then_its_row_and_hash_are_there_and_it_counts(inside):
    make.small_world(step_document("S01", "photo", key=True, **LITTLE))
    upload(inside)

    receipt = record(inside, make.submission(answers=[make.answer(photos=[PHOTO])]))

    photo, due = the(Photo), the(Occurrence)
    assert receipt.photos == ((PHOTO, photo.sha256),)
    assert (photo.check_id, photo.step_id, photo.part, photo.implementer_id) == (ID, "S01", "evidence", "clean")
    assert (due.photos_due, due.photos_sent, due.photos_valid, due.key_evidenced) == (1, 1, 1, 1)


def test_given_a_photo_of_somebody_else_when_named_then_it_is_missing(inside):
    make.small_world(step_document("S01", "photo", **LITTLE))
    upload(inside, who="lea")

    with pytest.raises(Conflict):
        record(inside, make.submission(answers=[make.answer(photos=[PHOTO])]))


def test_given_a_photo_used_before_when_named_again_then_it_is_refused_and_its_bytes_are_marked(inside):
    make.small_world(step_document("S01", "photo", key=True, **LITTLE))
    make.occurrence(window="A3")
    upload(inside)
    record(inside, make.submission(answers=[make.answer(photos=[PHOTO])]))

    with pytest.raises(Invalid):
        record(inside, make.submission(OTHER_ID, window="2026-11-23/A/A3", answers=[make.answer(photos=[PHOTO])]))

    upload(inside, OTHER_PHOTO)
    receipt = record(
        inside, make.submission(OTHER_ID, window="2026-11-23/A/A3", answers=[make.answer(photos=[OTHER_PHOTO])])
    )
    assert receipt.marks == ("photo_seen_before",)
    assert [row.photos_valid for row in rows_of(Occurrence)] == [1, 0]


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


def test_given_two_people_when_both_do_one_window_then_both_are_kept_and_the_second_is_extra(inside):
    make.small_world()
    record(inside, make.submission())

    second = record(inside, make.submission(OTHER_ID, person="lea"), who="lea")

    assert second.status == "extra"
    assert set(second.marks) >= {"already_done"}
    assert len(rows_of(Check)) == 2
    assert the(Occurrence).check_id == ID


def test_given_a_record_of_a_closed_window_when_it_arrives_then_it_is_kept_as_extra(inside):
    make.small_world()
    late = make.NOW + timedelta(hours=5)

    receipt = record(
        inside,
        make.submission(opened_at="2026-11-23T13:35:00+08:00", submitted_at="2026-11-23T13:40:00+08:00"),
        received=late,
    )

    assert (receipt.status, receipt.marks) == ("extra", ("expired",))
    assert the(Occurrence).state == "planned"


def test_given_a_late_record_when_it_arrives_before_expiry_then_it_fills_as_late(inside):
    make.small_world()
    late = make.NOW + timedelta(hours=2)

    receipt = record(inside, make.submission(submitted_at="2026-11-23T10:39:50+08:00"), received=late)

    assert receipt.status == "late"
    assert the(Occurrence).state == "late"


def test_given_a_record_four_days_old_when_it_arrives_then_it_is_held_outside_the_figures(inside):
    make.small_world()

    receipt = record(inside, make.submission(), received=make.NOW + timedelta(days=4))

    assert (receipt.status, receipt.marks) == ("late", ("offline", "held"))
    assert the(Occurrence).state == "planned"
    assert the(Check).timing == "held"


def test_given_a_clock_a_day_off_when_recorded_then_it_is_kept_and_marked(inside):
    make.small_world()
    body = make.submission(opened_at="2026-11-22T08:31:05+08:00", submitted_at="2026-11-22T08:40:00+08:00")

    receipt = record(inside, body, phone=make.NOW - timedelta(days=1))

    assert (receipt.status, receipt.marks) == ("received", ("clock",))
    assert the(Occurrence).state == "in_window"


def test_given_no_window_when_recorded_then_it_is_extra_and_fills_nothing(inside):
    make.small_world()

    receipt = record(inside, make.submission(window=None))

    assert receipt.status == "extra"
    assert the(Check).window_key is None
    assert the(Occurrence).state == "planned"


@pytest.mark.parametrize("reason", ["locked", "门锁"])
def test_given_a_locked_door_when_reported_then_it_is_unable_and_waits_for_a_verdict(inside, reason):
    make.small_world()

    receipt = record(inside, make.submission(outcome="unable", unable_reason=reason, answers=[]))

    assert receipt.status == "offline"
    assert (the(Occurrence).state, the(Occurrence).unable_reason) == ("unable", "locked")
    assert the(CheckState).unable_verdict == "pending"
    assert the(Check).outcome == "unable"


def test_given_an_unable_window_when_done_after_all_then_it_is_done(inside):
    make.small_world()
    record(inside, make.submission(outcome="unable", unable_reason="occupied", answers=[]))

    record(inside, make.submission(OTHER_ID))

    assert (the(Occurrence).state, the(Occurrence).check_id) == ("in_window", OTHER_ID)


def test_given_a_fail_when_recorded_then_a_finding_is_registered_and_the_window_is_done(inside):
    make.small_world(step_document("S01", severity="major", **LITTLE))

    record(inside, make.submission(answers=[make.answer(result="fail", cause="supply", note="没有纸")]))

    finding = the(Finding)
    assert (finding.cause, finding.text, finding.state, finding.check_id) == ("supply", "没有纸", "registered", ID)
    assert finding.due_at == finding.found_at + timedelta(hours=24)
    assert (finding.implementer_id, finding.responsible_id, finding.found_by_id) == ("clean", "care", "ann")
    assert (the(Occurrence).state, the(Occurrence).steps_fail) == ("in_window", 1)


def test_given_a_fail_put_right_on_the_spot_when_recorded_then_its_finding_is_closed_at_once(inside):
    make.small_world()
    upload(inside)

    record(
        inside,
        make.submission(
            answers=[make.answer(result="fail", cause="work", note="脏", fixed=True, after_photos=[PHOTO])]
        ),
    )

    assert (the(Finding).state, the(Finding).fixed_on_spot, the(Photo).part) == ("closed", True, "after")
    assert [row.kind for row in rows_of(FindingEvent)] == ["registered", "closed"]


def test_given_a_known_open_finding_when_it_fails_again_then_it_is_not_registered_again(inside):
    make.small_world()
    make.occurrence(window="A3")
    make.occurrence(window="A4")
    fail = make.answer(result="fail", cause="facility", note="灯坏")
    record(inside, make.submission(answers=[fail]))
    known = [{"finding": the(Finding).id, "state": "still"}]

    record(inside, make.submission(OTHER_ID, window="2026-11-23/A/A3", answers=[fail | {"known": known}]))
    assert [row.kind for row in rows_of(FindingEvent)] == ["registered", "still"]
    assert the(Finding).state == "registered"

    third = "00000000-0000-4000-8000-000000000003"
    gone = [{"finding": the(Finding).id, "state": "gone"}]
    record(inside, make.submission(third, window="2026-11-23/A/A4", answers=[make.answer(known=gone)]))
    assert the(Finding).state == "gone"


def test_given_a_withdrawn_label_when_it_was_withdrawn_before_opening_then_it_is_gone_else_kept_and_marked(inside):
    make.small_world()
    withdraw(make.NOW - timedelta(minutes=5))

    receipt = record(inside, make.submission())
    assert "label_withdrawn" in receipt.marks

    with pytest.raises(Gone):
        record(inside, make.submission(OTHER_ID, opened_at="2026-11-23T08:36:00+08:00"))


def withdraw(at):
    atomically(lambda: run(update(LabelCode).values(withdrawn_at=at, withdrawn_reason="脱落")))


def test_given_hostile_text_when_recorded_then_control_characters_are_cut_and_the_body_is_kept(inside):
    make.small_world()
    body = orjson.loads(orjson.dumps(make.submission(note="<b>\x00注\u202e</b>")))

    record(inside, body)

    assert the(Check).note == "<b>注</b>"
    assert orjson.loads(the(Receipt).body)["note"] == "<b>\x00注\u202e</b>"


def test_given_a_second_signature_is_asked_when_it_is_missing_then_the_check_waits_for_it(inside):
    make.small_world(step_document("S01", key=True, dual_sign=True, **LITTLE))

    receipt = record(inside, make.submission())

    due = the(Occurrence)
    assert (receipt.status, receipt.marks) == ("awaiting_signature", ("offline",))
    assert (due.state, due.awaiting_signature, due.signed, due.key_evidenced) == ("in_window", True, False, 0)
    assert the(CheckState).unsigned_steps == ["S01"]


def test_given_a_short_visit_when_recorded_then_it_is_marked_and_nothing_else(inside):
    make.small_world(step_document("S01", "number", min_seconds=600))

    receipt = record(inside, make.submission(answers=[make.answer(value=3)]))

    assert receipt.marks == ("short_visit",)
    assert (the(Occurrence).short_visit, the(Check).dwell_seconds, the(Check).dwell_floor_seconds) == (True, 395, 600)


def test_given_anothers_round_and_claim_when_recorded_then_both_are_marked(inside):
    make.orgs()
    make.person("ann")
    make.place()
    make.point()
    make.standard()
    make.works_at()
    make.occurrence(assignee_id="zoe", claimed_by_id="zoe")

    receipt = record(inside, make.submission())

    assert receipt.marks == ("claimed_by_other", "helped")
    assert the(Occurrence).helped is True


def test_given_the_point_moved_to_another_unit_when_recorded_then_it_is_kept_and_marked(inside):
    make.orgs()
    make.person("ann")
    make.place()
    make.point()
    make.standard()
    make.works_at(implementer="other")
    make.occurrence()

    receipt = record(inside, make.submission())

    assert receipt.marks == ("point_moved",)
    assert the(Check).implementer_id == "clean"


def test_given_an_older_edition_in_force_when_opened_then_it_is_kept_and_marked(inside):
    make.small_world()
    make.kept(
        make.Edition, number="JGSW05003.01-2023", code="JGSW05003.01", year=2023, status="superseded",
        effective_on=make.date(2023, 1, 1), ended_on=make.date(2026, 11, 24), digest="1" * 64,
        document=make.edition_document(number="JGSW05003.01-2023", year=2023),
    )  # fmt: skip

    assert record(inside, make.submission(standard="JGSW05003.01—2023")).marks == ("edition_older",)
    assert db.session.is_active
