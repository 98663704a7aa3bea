"""What others decide about a record: verdicts, reports, clocks; and its page."""

from datetime import timedelta

import pytest

from app import clock
from app.checks.actions_review import ask_again
from app.checks.models import Check, CheckEvent, CheckState
from app.checks.rules_review import counts_corrected, counts_moved, key_counted, may_judge
from app.db import atomically
from app.nonconformities.models import Finding
from app.schedule.models import Occurrence
from app.standards.rules import parse_step
from app.web.current import CurrentPerson, Role
from tests.support import builders as make
from tests.support.answers import OTHER_PHOTO, PHOTO
from tests.support.protocol import ID, LITTLE, Phone, counted, kept, world
from tests.support.standards import step_document


def deed(app, person, name, content, *, at=make.NOW):
    phone = Phone(app, person)
    with clock.at(at):
        return phone.client.post(f"/checks/{ID}/{name}", data={"csrf_token": phone.token, **content})


def recorded(app, *steps, **changed):
    world(app, *steps)
    phone = Phone(app, "ann")
    phone.put_photo()
    answer = phone.post("/api/v1/checks", make.submission(**changed))
    assert answer.status_code == 201, answer.json
    return phone


def test_given_a_record_when_opened_by_those_it_concerns_then_it_shows_everything(app):
    recorded(
        app,
        step_document("S01", "photo", **LITTLE),
        step_document("S02", dual_sign=True),
        step_document("S03", "number", min=1, max=3, unit="℃"),
        note="地面湿",
        answers=[make.answer(photos=[PHOTO]), make.answer("S02"), make.answer("S03", value=9)],
    )

    for person in ("ann", "lea", "sue"):
        page = Phone(app, person).client.get(f"/checks/{ID}")
        assert page.status_code == 200
        assert all(word in page.get_data(as_text=True) for word in ("地面湿", "人员ann", "1号楼1层男卫生间", "9 ℃"))
    assert Phone(app, "bob").client.get(f"/checks/{ID}").status_code == 404


def test_given_a_waiting_signature_when_signed_on_the_page_then_it_counts(app):
    recorded(app, step_document("S01", key=True, dual_sign=True, **LITTLE))
    lea = Phone(app, "lea")
    assert "1号楼1层男卫生间" in lea.client.get("/checks/unsigned").get_data(as_text=True)

    assert deed(app, "lea", "sign", {}).status_code == 303

    assert kept(app, Occurrence)[0].signed is True
    assert "1号楼1层男卫生间" not in lea.client.get("/checks/unsigned").get_data(as_text=True)
    assert deed(app, "ann", "sign", {}).status_code == 403


def test_given_an_unable_report_when_judged_then_it_is_exempt_or_back_in_the_figures(app):
    recorded(app, outcome="unable", unable_reason="locked", answers=[])

    assert deed(app, "sue", "unable", {"verdict": "accepted"}).status_code == 303
    assert deed(app, "sue", "unable", {"verdict": "refused"}).status_code == 409

    assert (kept(app, Occurrence)[0].state, kept(app, CheckState)[0].unable_verdict) == ("exempt", "accepted")


def test_given_an_unable_report_when_refused_after_the_window_then_it_is_missed(app):
    recorded(app, outcome="unable", unable_reason="locked", answers=[])

    deed(app, "sue", "unable", {"verdict": "refused", "reason": "门开着"}, at=make.NOW + timedelta(hours=8))

    assert kept(app, Occurrence)[0].state == "missed"


@pytest.mark.parametrize(
    ("verdict", "state", "fails", "findings"), [("accepted", "na_accepted", 0, 0), ("refused", "na_refused", 1, 1)]
)
def test_given_not_applicable_by_hand_when_judged_then_a_no_turns_it_into_a_fail(app, verdict, state, fails, findings):
    recorded(app, step_document("S01", key=True), answers=[make.answer(result="not_applicable", note="停用")])

    assert deed(app, "sue", "not-applicable", {"step": "S01", "verdict": verdict}).status_code == 303

    due = kept(app, Occurrence)[0]
    assert (due.steps_fail, due.key_due, len(kept(app, Finding))) == (fails, fails, findings)
    assert kept(app, CheckState)[0].verdicts["S01"] == state
    assert kept(app, Check)[0].steps_fail == 0


def test_given_photos_when_the_window_is_over_then_another_cannot_be_asked_for(app):
    recorded(app, step_document("S01", "photo", **LITTLE), answers=[make.answer(photos=[PHOTO])])
    late = make.NOW + timedelta(hours=9)

    refused = deed(app, "sue", "verdicts", {"step": "S01", "verdict": "retake", "reason": "糊"}, at=late)
    fine = deed(app, "sue", "verdicts", {"step": "S01", "verdict": "ok"}, at=late)

    assert (refused.status_code, fine.status_code) == (409, 303)
    assert kept(app, CheckState)[0].verdicts["S01"] == "ok"


DEEDS = {
    "verdicts": {"step": "S01", "verdict": "ok"},
    "unable": {"verdict": "accepted"},
    "not-applicable": {"step": "S01", "verdict": "accepted"},
    "clock": {},
    "release": {},
}


@pytest.mark.parametrize("name", DEEDS)
@pytest.mark.parametrize("person", ["ann", "lea", "bob"])
def test_given_somebody_who_may_not_decide_when_trying_then_it_is_refused_and_nothing_changes(app, name, person):
    recorded(app)
    before = counted(app)

    answer = deed(app, person, name, DEEDS[name])

    assert answer.status_code in (403, 404)
    assert counted(app) == before


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("verdicts", {"step": "S99", "verdict": "ok"}),
        ("verdicts", {"step": "S01", "verdict": "great"}),
        ("verdicts", {"step": "S01", "verdict": "retake", "reason": ""}),
        ("unable", {"verdict": "perhaps"}),
        ("unable", {}),
        ("not-applicable", {"step": "S01"}),
    ],
)
def test_given_a_decision_that_makes_no_sense_when_sent_then_it_is_refused_and_nothing_changes(app, name, content):
    recorded(app)
    before = counted(app)

    assert deed(app, "sue", name, content).status_code in (409, 422)
    assert counted(app) == before


def person(role=Role.SUPERVISOR, org="care", person_id="sue"):
    return CurrentPerson(person_id, person_id, role, org, f"/{org}/")


@pytest.mark.parametrize(
    ("who", "fits"),
    [
        (person(), True),
        (person(person_id="ann"), False),
        (person(org="clean"), False),
        (person(role=Role.CREW_LEADER), False),
        (person(role=Role.MANAGER), False),
        (person(role=Role.INSPECTOR, org="inspect"), False),
    ],
)
def test_given_a_record_of_a_contractor_when_asked_who_may_judge_then_only_from_outside(who, fits):
    assert may_judge(who, author_id="ann", implementer_id="clean", responsible_id="care") is fits


def test_given_a_department_that_does_its_own_work_when_asked_then_its_supervisor_may_judge():
    assert may_judge(person(org="care"), author_id="ann", implementer_id="care", responsible_id="care") is True


def test_given_a_verdict_when_counted_then_only_what_it_changes_moves():
    photo = parse_step(step_document("S01", "photo", key=True, photo_min=2))

    assert counts_moved(photo, "na_refused") == {"steps_fail": 1, "key_due": 1, "photos_due": 2}
    assert counts_moved(parse_step(step_document()), "na_refused") == {"steps_fail": 1, "key_due": 0, "photos_due": 0}
    assert counts_moved(photo, "unreadable") == {"photos_valid": -1}
    assert counts_moved(parse_step(step_document()), "unreadable") == {}
    assert [counts_moved(photo, said) for said in ("pending", "na_accepted", "retake", "retaken", "ok")] == [{}] * 5


def test_given_a_corrected_result_when_counted_then_one_step_moves_and_none_where_failing_only_reminds():
    step, reminding = parse_step(step_document()), parse_step(step_document(fail_action="remind"))

    assert counts_corrected(step, "pass>fail") == {"steps_pass": -1, "steps_fail": 1}
    assert counts_corrected(step, "fail>pass") == {"steps_fail": -1, "steps_pass": 1}
    assert counts_corrected(step, "pass>pass") == counts_corrected(reminding, "pass>fail") == {}


@pytest.mark.parametrize(
    ("sent", "evidenced", "verdicts", "counted"),
    [
        ("pass", True, {}, (1, 1)),
        ("fail", True, {}, (1, 0)),
        ("pass", False, {}, (0, 0)),
        ("pass", True, {"S01": "unreadable"}, (0, 0)),
        ("pass", True, {"S01": "retaken"}, (1, 1)),
        ("pass", True, {"S01.corrected": "pass>fail"}, (1, 0)),
        ("fail", True, {"S01.corrected": "fail>pass"}, (1, 1)),
        ("fail", False, {"S01.corrected": "fail>pass"}, (0, 0)),
        ("pass", True, {"S02": "unreadable"}, (1, 1)),
    ],
)
def test_mt13_given_a_key_step_when_counted_then_it_passes_only_with_evidence(sent, evidenced, verdicts, counted):
    photo = parse_step(step_document("S01", "photo", key=True))

    evidence, passes = counted
    assert key_counted(photo, sent, evidenced, verdicts) == {"key_evidenced": evidence, "key_pass": passes}


def test_mt13_given_a_step_that_is_no_key_or_only_reminds_or_did_not_apply_when_counted_then_nothing_is():
    for step in (step_document(key=False), step_document(key=True, fail_action="remind")):
        assert key_counted(parse_step(step), "pass", True, {}) == {}
    assert key_counted(parse_step(step_document(key=True)), "not_applicable", True, {"S01": "na_refused"}) == {}


def test_given_a_picture_that_cannot_be_opened_when_asked_for_again_then_it_counts_only_once_retaken(app):
    photo = step_document("S01", "photo", key=True, **LITTLE)
    phone = recorded(app, photo, answers=[make.answer(photos=[PHOTO])])
    with app.app_context():
        atomically(lambda: ask_again(ID, "S01", make.NOW))
        atomically(lambda: ask_again(ID, "S01", make.NOW))
    due = kept(app, Occurrence)[0]
    assert (due.photos_due, due.photos_valid, due.key_due, due.key_evidenced) == (1, 0, 1, 0)
    assert phone.get("/api/v1/today").json["retakes"][0]["reason"]

    phone.put_photo(OTHER_PHOTO, seed=5)
    wish = {"id": OTHER_PHOTO, "step": "S01", "photos": [OTHER_PHOTO], "reason": "retake"}
    assert phone.post(f"/api/v1/checks/{ID}/photos", wish).status_code == 201

    due = kept(app, Occurrence)[0]
    assert (due.photos_valid, due.key_evidenced, due.done_at) == (1, 1, kept(app, Check)[0].effective_at)
    assert [row.kind for row in kept(app, CheckEvent)] == ["picture_failed", "retake"]
