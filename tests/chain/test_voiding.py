"""Given a record that must not count, when two persons say so, then it stays, marked, outside every figure."""

import uuid
from datetime import timedelta

import pytest

from app import clock
from app.chain.actions_seal import seal
from app.chain.actions_verify import verify
from app.chain.models import VoidDecision, Voiding
from app.checks.models import CheckEvent, CheckState, Receipt
from app.messages.models import Message
from app.schedule.models import Occurrence
from tests.support import builders as make
from tests.support.protocol import DUAL, ID, LITTLE, Phone, counted, kept, world
from tests.support.standards import step_document

SECOND_ID = "00000000-0000-4000-8000-000000000002"
ASKED = "00000000-0000-4000-8000-0000000000aa"
LATER = make.NOW + timedelta(days=2)


def recorded(app, *steps, **changed):
    """One check by ann of unit clean; sue and sam answer for it, lea leads the crew, lou the bureau."""
    world(app, *(steps or (step_document("S01", key=True, **LITTLE),)))
    with app.app_context():
        make.person("sam", "supervisor", "care")
        make.person("lou", "leader", "bureau")
    phone = Phone(app, "ann")
    answer = phone.post("/api/v1/checks", make.submission(**changed))
    assert answer.status_code == 201, answer.json


def posted(app, person, path, content, *, at=make.NOW):
    phone = Phone(app, person)
    with clock.at(at):
        return phone.client.post(path, data={"csrf_token": phone.token, **content})


def proposed(app, person="sue", *, at=make.NOW, **content):
    return posted(app, person, f"/checks/{ID}/void", {"id": ASKED, "reason": "扫错了点位", **content}, at=at)


def decided(app, person="sam", verdict="accept", *, at=make.NOW, **content):
    return posted(app, person, f"/voidings/{ASKED}/{verdict}", content, at=at)


def due(app):
    return kept(app, Occurrence)[0]


def test_given_two_persons_when_a_record_is_made_void_then_its_window_is_due_again_and_the_author_is_told(app):
    recorded(app)
    assert (due(app).state, due(app).steps_pass) == ("in_window", 1)

    assert proposed(app).status_code == 303
    assert due(app).state == "in_window"
    assert decided(app).status_code == 303

    after = due(app)
    assert (after.state, after.check_id, after.done_by_id, after.done_at) == ("planned", None, None, None)
    assert (after.steps_pass, after.key_evidenced, after.key_pass, after.key_due) == (0, 0, 0, 1)
    assert [row.kind for row in kept(app, CheckEvent)] == ["void_proposed", "voided"]
    told = {row.person_id: row.kind for row in kept(app, Message)}
    assert told["ann"] == "record_void" and told["sam"] == "record_second" and "sue" not in told
    page = Phone(app, "ann").client.get(f"/checks/{ID}").get_data(as_text=True)
    assert all(word in page for word in ("本记录已作废", "扫错了点位", "人员sue", "人员sam"))


def test_given_a_void_record_when_the_window_is_over_then_it_was_missed(app):
    recorded(app)

    proposed(app, at=LATER)
    decided(app, at=LATER)

    assert due(app).state == "missed"


def test_given_a_second_record_of_the_window_when_the_first_is_void_then_the_second_counts(app):
    recorded(app)
    answer = Phone(app, "lea").post("/api/v1/checks", make.submission(SECOND_ID, person="lea"))
    assert "already_done" in answer.json["receipt"]["marks"]

    proposed(app)
    decided(app)

    after = due(app)
    assert (after.state, after.check_id, after.done_by_id, after.steps_pass) == ("in_window", SECOND_ID, "lea", 1)
    assert [(row.check_id, row.kind) for row in kept(app, CheckEvent)][-1] == (SECOND_ID, "counts_instead")


def test_given_a_verdict_on_the_second_record_when_the_first_is_void_then_the_window_counts_it(app):
    recorded(app)
    said = [make.answer(result="not_applicable", note="停用")]
    Phone(app, "lea").post("/api/v1/checks", make.submission(SECOND_ID, person="lea", answers=said))
    posted(app, "sue", f"/checks/{SECOND_ID}/not-applicable", {"step": "S01", "verdict": "refused"})

    proposed(app)
    decided(app)

    after = due(app)
    assert (after.check_id, after.steps_pass, after.steps_fail, after.key_due) == (SECOND_ID, 0, 1, 1)


def test_given_a_void_record_when_the_work_is_done_again_then_the_new_record_counts(app):
    recorded(app)
    proposed(app)
    decided(app)

    answer = Phone(app, "ann").post("/api/v1/checks", make.submission(SECOND_ID))

    assert answer.status_code == 201
    assert (due(app).state, due(app).check_id) == ("in_window", SECOND_ID)


@pytest.mark.parametrize("verdict", [None, "accepted", "refused"])
def test_given_a_report_when_made_void_then_the_window_is_open_as_if_it_had_never_been_made(app, verdict):
    recorded(app, outcome="unable", unable_reason="locked", answers=[])
    if verdict:
        posted(app, "sue", f"/checks/{ID}/unable", {"verdict": verdict})

    proposed(app)
    decided(app)

    assert (due(app).state, due(app).unable_reason) == ("planned", None)
    assert kept(app, CheckState)[0].unable_verdict != "pending"


def test_given_a_report_before_the_work_when_both_are_void_then_nothing_is_left_of_either(app):
    recorded(app, outcome="unable", unable_reason="locked", answers=[])
    Phone(app, "ann").post("/api/v1/checks", make.submission(SECOND_ID))
    proposed(app)
    decided(app)
    assert due(app).check_id == SECOND_ID

    other = str(uuid.uuid4())
    posted(app, "sue", f"/checks/{SECOND_ID}/void", {"id": other, "reason": "同上"})
    posted(app, "sam", f"/voidings/{other}/accept", {})

    assert due(app).state == "planned"


@pytest.mark.parametrize("person", ["ann", "lea", "bob", "wes"])
def test_given_somebody_who_may_not_propose_when_trying_then_it_is_refused_and_nothing_changes(app, person):
    recorded(app, DUAL)
    with app.app_context():
        make.person("wes", "worker", "clean")
    posted(app, "lea", f"/checks/{ID}/sign", {})
    before = counted(app)

    assert proposed(app, person).status_code in (403, 404)

    assert counted(app) == before


@pytest.mark.parametrize("person", ["ann", "lea", "bob", "sue"])
def test_given_somebody_who_may_not_decide_when_trying_then_it_is_refused_and_nothing_changes(app, person):
    recorded(app)
    proposed(app)
    before = counted(app)

    assert decided(app, person).status_code in (403, 404)

    assert counted(app) == before
    assert due(app).state == "in_window"


@pytest.mark.parametrize("content", [{"reason": " "}, {"id": "x"}])
def test_given_a_proposal_that_makes_no_sense_when_sent_then_it_is_refused_and_nothing_changes(app, content):
    recorded(app)
    before = counted(app)

    assert proposed(app, **content).status_code == 422

    assert counted(app) == before


def test_given_a_no_without_a_reason_when_sent_then_it_is_refused_and_with_one_the_record_stands(app):
    recorded(app)
    proposed(app)

    assert decided(app, verdict="refuse").status_code == 422
    assert decided(app, verdict="refuse", reason="确实做了").status_code == 303
    assert decided(app).status_code == 409

    assert due(app).check_id == ID
    assert [row.void for row in kept(app, VoidDecision)] == [False]


def test_given_the_same_words_twice_when_sent_then_each_counts_once(app):
    recorded(app)

    assert [proposed(app).status_code, proposed(app).status_code] == [303, 303]
    assert posted(app, "lou", f"/checks/{ID}/void", {"reason": "又一次"}).status_code == 409
    assert [decided(app).status_code, decided(app).status_code] == [303, 303]
    assert decided(app, "lou").status_code == 409

    assert (len(kept(app, Voiding)), len(kept(app, VoidDecision))) == (1, 1)
    assert [row.kind for row in kept(app, CheckEvent)] == ["void_proposed", "voided"]


def test_given_a_proposal_when_its_author_takes_it_back_then_the_record_stands(app):
    recorded(app)
    proposed(app, "lea")

    assert decided(app, "lea", "refuse", reason="看错了").status_code == 303

    assert due(app).check_id == ID


def test_given_a_void_record_when_somebody_wants_to_decide_on_it_then_that_is_over(app):
    recorded(app, DUAL)
    proposed(app)
    decided(app)

    assert posted(app, "sue", f"/checks/{ID}/verdicts", {"step": "S01", "verdict": "ok"}).status_code == 409
    assert posted(app, "lea", f"/checks/{ID}/sign", {}).status_code in (303, 403, 409)
    assert posted(app, "sue", f"/checks/{ID}/void", {"reason": "再来"}).status_code == 409
    assert due(app).state == "planned"


def test_given_a_voided_record_when_the_chain_is_walked_then_both_words_are_in_it_and_nothing_is_wrong(app):
    recorded(app)
    proposed(app)
    decided(app)
    folder = app.extensions["settings"].instance

    with app.app_context(), clock.at(make.NOW + timedelta(minutes=1)):
        seal(folder, clock.now())
        outcome = verify(folder)
        from tests.support.history import raw

        sealed = {row[0] for row in raw("SELECT kind FROM chain_entries")}

    assert outcome.ok
    assert {"voidings", "void_decisions", "checks"} <= sealed


def test_given_proposals_when_the_list_is_opened_then_what_waits_comes_first_and_strangers_see_nothing(app):
    recorded(app)
    proposed(app)

    seen = Phone(app, "sam").client.get("/voidings").get_data(as_text=True)

    assert "扫错了点位" in seen and "待第二人确认" in seen
    assert Phone(app, "ann").client.get("/voidings").status_code == 403
    assert "扫错了点位" not in Phone(app, "bob").client.get("/voidings").get_data(as_text=True)


def test_given_a_void_record_when_the_day_is_looked_at_then_the_log_shows_it_and_counts_it_nowhere(app):
    recorded(app)
    proposed(app, at=LATER)
    decided(app, at=LATER)

    with clock.at(LATER):
        sue = Phone(app, "sue").client
        beside = sue.get("/log?day=2026-11-23&view=extra").get_data(as_text=True)
        missed = sue.get("/log?day=2026-11-23&view=missed").get_data(as_text=True)

    assert f"/checks/{ID}" in beside and "作废" in beside.split(f"/checks/{ID}")[1][:600]
    assert "1号楼1层男卫生间" in missed


def test_given_a_void_record_when_its_receipt_is_checked_by_anybody_then_it_is_unchanged_and_void(app):
    recorded(app)
    proposed(app)
    decided(app)
    with app.app_context():
        seal(app.extensions["settings"].instance, make.NOW + timedelta(minutes=1))
    row = kept(app, Receipt)[0]

    page = app.test_client().get(f"/verify?n={row.number}&c={row.digest[:8]}").get_data(as_text=True)

    assert "未被改动" in page and "两人同意作废" in page and "扫错了点位" not in page
