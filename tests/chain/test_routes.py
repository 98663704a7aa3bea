"""Pages of the chain: anybody checks a receipt and learns nothing else; two persons stand for a disposal."""

import re
from datetime import timedelta

import pytest

from app import clock
from app.chain.actions_daily import watch
from app.chain.actions_disposal import approve, carry_out, propose, withdraw
from app.chain.actions_seal import seal
from app.db import atomically
from app.messages.models import Message
from tests.support import builders as make
from tests.support.history import STEPS, checked, raw, unguarded
from tests.support.phones import cookie_and_token
from tests.support.records import ZONE
from tests.support.stored import rows_of

SOON = make.NOW + timedelta(minutes=1)


@pytest.fixture
def world(app):
    with app.app_context():
        make.small_world(*STEPS)
        make.person("ada", "admin", "bureau")
        make.person("aud", "auditor", "bureau")
        checked(app)
    return app


def folder(app):
    return app.extensions["settings"].instance


def receipt(app):
    with app.app_context():
        return raw("SELECT number, digest FROM receipts")[0]


def asked(app, number, code):
    with clock.at(SOON):
        return app.test_client().get(f"/verify?n={number}&c={code}")


def as_person(app, who):
    client = app.test_client()
    cookie, token = cookie_and_token(app, who)
    client.set_cookie(*cookie.split("=", 1))
    return client, token


def test_given_a_sealed_receipt_when_anybody_checks_it_then_it_is_kept_and_nobody_is_named(world):
    with world.app_context():
        seal(folder(world), SOON)
    number, digest = receipt(world)

    answer = asked(world, number.lower(), digest[:8])

    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "记录未被改动" in page
    assert "人员ann" not in page
    # As a word: tokens of the page are made of random letters.
    assert not re.search(r"\bp1\b", page)
    assert asked(world, number, digest).status_code == 200


def test_given_a_fresh_receipt_when_checked_then_it_is_kept_and_waits_for_its_seal(world):
    number, digest = receipt(world)

    assert "一分钟内封存" in asked(world, number, digest[:8]).get_data(as_text=True)


@pytest.mark.parametrize(("number", "code"), [(None, "00000000"), ("261123-ZZZZZZ", None), (None, "a"), ("'--", "x;")])
def test_given_a_wrong_number_or_code_when_checked_then_one_answer_for_all(world, number, code):
    known, digest = receipt(world)

    answer = asked(world, number or known, code or digest[:8])

    assert answer.status_code == 404
    assert "没有与此回执号和校验码相符的回执" in answer.get_data(as_text=True)


def test_given_a_changed_record_when_its_receipt_is_checked_then_the_page_says_so(world):
    number, digest = receipt(world)
    with world.app_context():
        seal(folder(world), SOON)
        with unguarded():
            raw("UPDATE answers SET value = 7 WHERE step_id = 'S02'")

    assert "与封存时不一致" in asked(world, number, digest[:8]).get_data(as_text=True)


def test_given_many_questions_when_one_address_asks_on_then_it_has_to_wait(world):
    statuses = [asked(world, "261123-ZZZZZZ", "00000000").status_code for _ in range(32)]

    assert statuses[0] == 404
    assert statuses[-1] == 429


def test_given_a_day_when_watched_then_the_head_is_anchored_once_and_shown_and_told(world):
    with world.app_context(), clock.at(SOON):
        seal(folder(world), SOON, whole=True)
        watch(folder(world), SOON, ZONE)
        watch(folder(world), SOON, ZONE)
        assert raw("SELECT count(*) FROM chain_anchors")[0][0] == 1
        head = bytes(raw("SELECT link FROM chain_anchors")[0][0]).hex()
        assert {row.person_id for row in rows_of(Message) if row.kind == "chain_head"} == {"ada", "aud"}

    assert head in world.test_client().get("/verify").get_data(as_text=True)


def test_given_a_break_when_watched_then_the_administrator_is_told_and_the_page_names_the_record(world):
    with world.app_context(), clock.at(SOON):
        seal(folder(world), SOON)
        with unguarded():
            raw("UPDATE checks SET note = 'x'")
        watch(folder(world), SOON, ZONE)
        told = [row for row in rows_of(Message) if row.kind == "chain_broken"]
    client, _ = as_person(world, "ada")

    page = client.get("/history").get_data(as_text=True)

    assert {row.person_id for row in told} == {"ada", "aud"} and all(row.urgent for row in told)
    assert "checks 00000000-0000-4000-8000-000000000001" in page


def test_given_a_proposal_when_the_second_person_approves_then_it_is_carried_out_and_a_repeat_is_refused(world):
    with world.app_context():
        check = raw("SELECT id FROM checks")[0][0]
        number = atomically(lambda: propose([("checks", check)], reason="保存期已满", by_id="ada", now=make.NOW))
    own, own_token = as_person(world, "ada")
    other, token = as_person(world, "aud")

    first = own.post(f"/history/disposals/{number}/approve", data={"csrf_token": own_token})
    second = other.post(f"/history/disposals/{number}/approve", data={"csrf_token": token})
    again = other.post(f"/history/disposals/{number}/approve", data={"csrf_token": token})

    assert (first.status_code, second.status_code, again.status_code) == (403, 303, 409)
    with world.app_context():
        assert raw("SELECT count(*) FROM checks")[0][0] == 0
    assert "保存期已满" in other.get("/history").get_data(as_text=True)


@pytest.mark.parametrize("ending", ["carry", "wait", "withdraw"])
def test_given_a_link_that_outlived_its_record_when_opened_then_the_page_says_when_it_was_disposed_of(world, ending):
    with world.app_context():
        check = raw("SELECT id FROM checks")[0][0]
        number = atomically(lambda: propose([("checks", check)], reason="保存期已满", by_id="ada", now=make.NOW))
        if ending == "carry":
            atomically(lambda: approve(number, "aud", SOON))
            atomically(lambda: carry_out(number, SOON))
        elif ending == "withdraw":
            atomically(lambda: withdraw(number, "aud", SOON))
    client, _ = as_person(world, "ada")
    unknown = "00000000-0000-4000-8000-00000000ffff"

    answer, other = client.get(f"/checks/{check}"), client.get(f"/checks/{unknown}")
    stranger = world.test_client().get(f"/checks/{check}")

    assert other.status_code == 404 and "保存期已满" not in other.get_data(as_text=True)
    assert stranger.status_code in (302, 303)
    assert client.get(f"/api/v1/checks/{check}").status_code != 410
    page = answer.get_data(as_text=True)
    if ending == "carry":
        assert answer.status_code == 410
        assert "此记录已处置" in page and "2026-11-23" in page
    else:
        assert answer.status_code == 404  # an administrator reads no records
        assert "处置" not in page


def test_given_a_proposal_when_withdrawn_then_nothing_is_removed(world):
    with world.app_context():
        check = raw("SELECT id FROM checks")[0][0]
        number = atomically(lambda: propose([("checks", check)], reason="误报", by_id="ada", now=make.NOW))
    client, token = as_person(world, "aud")

    answer = client.post(f"/history/disposals/{number}/withdraw", data={"csrf_token": token})

    assert answer.status_code == 303
    with world.app_context():
        assert raw("SELECT count(*) FROM checks")[0][0] == 1


def test_given_a_list_of_the_timer_when_seen_on_history_then_it_is_decided_on_the_page_of_retention_only(world):
    with world.app_context():
        check = raw("SELECT id FROM checks")[0][0]
        number = atomically(lambda: propose([("checks", check)], reason="保存期已满", by_id=None, now=make.NOW))
    client, token = as_person(world, "aud")

    page = client.get("/history").get_data(as_text=True)
    answers = [
        client.post(f"/history/disposals/{number}/{deed}", data={"csrf_token": token}).status_code
        for deed in ("approve", "withdraw")
    ]

    assert "/privacy/retention" in page and f"/history/disposals/{number}" not in page
    assert answers == [409, 409]
    with world.app_context():
        assert raw("SELECT count(*) FROM disposal_approvals")[0][0] == 0
        assert raw("SELECT count(*) FROM disposal_ends")[0][0] == 0
