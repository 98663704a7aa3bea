"""After a difference: the account, the decision, the appeal; by whom, in which order, and only once (SP-8)."""

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.db import row
from app.messages.models import Message
from app.nonconformities.models import Finding
from app.spotchecks.models import ReviewEvent, ReviewState
from tests.support.builders import NOW
from tests.support.looks import looked, looked_world
from tests.support.readers import body, signed_in
from tests.support.stored import rows_of

HOUR = timedelta(hours=1)
SAID = "我擦完后又有人用过。"


@pytest.fixture
def world(app):
    """Ina saw Ann's restroom otherwise, within its 20 minutes."""
    with app.app_context():
        app.review = looked(looked_world())
    with clock.at(NOW + HOUR):
        yield app


def stored(world):
    with world.app_context():
        return [rows_of(table) for table in (ReviewState, ReviewEvent, Finding, Message)]


def state(world):
    with world.app_context():
        return row(select(ReviewState))


def do(world, who, deed, words=SAID):
    client = signed_in(world, who)
    address = f"/spotchecks/reviews/{world.review}/{deed}"
    return client.post(address, data={"csrf_token": client.token("/me"), "words": words})


def test_sp_8_given_the_person_when_they_say_how_it_was_then_their_words_stand_and_nobody_speaks_for_them_again(world):
    assert do(world, "ann", "hear").status_code == 303
    before = stored(world)

    assert do(world, "meg", "hear").status_code == 409
    assert state(world).state == "heard"
    assert SAID in body(signed_in(world, "ina"), f"/spotchecks/reviews/{world.review}")
    assert stored(world) == before


def test_sp_8_given_nobody_was_heard_when_called_untrue_then_it_is_refused_however_late(world):
    before = stored(world)

    answer = do(world, "ina", "untrue", "没有做")
    with clock.at(NOW + timedelta(days=4)):
        late = do(world, "ina", "untrue", "没有做")

    assert (answer.status_code, late.status_code) == (409, 409)
    assert "先听取说明" in answer.get_data(as_text=True)
    assert stored(world) == before


def test_sp_8_given_the_time_to_speak_when_let_stand_then_it_waits_and_afterwards_it_stands_without_an_account(world):
    assert do(world, "sue", "stands", "照片清楚").status_code == 409
    with clock.at(NOW + timedelta(days=3, minutes=1)):
        assert do(world, "sue", "stands", "照片清楚").status_code == 303

    assert state(world).state == "stands"


def test_sp_8_given_the_person_was_heard_when_called_untrue_then_a_finding_stands_once_and_the_person_is_told(world):
    do(world, "ann", "hear")

    assert do(world, "ina", "untrue", "没有做").status_code == 303
    before = stored(world)
    assert do(world, "ina", "untrue", "没有做").status_code == 409

    after = state(world)
    with world.app_context():
        finding = row(select(Finding))
    assert (after.state, after.finding_id, after.appeal_until) == ("untrue", finding.id, NOW + HOUR + timedelta(days=5))
    assert (finding.source, finding.source_id) == ("spotcheck", world.review)
    assert {each.kind for each in stored(world)[3] if each.person_id == "ann"} == {
        "spotcheck_differs", "spotcheck_decided",
    }  # fmt: skip
    assert stored(world) == before


def test_sp_8_given_an_appeal_when_decided_then_by_somebody_else_and_it_is_final(world):
    do(world, "ann", "hear")
    do(world, "ina", "untrue", "没有做")

    assert do(world, "meg", "appeal", "有监控为证").status_code == 303
    assert do(world, "ina", "stands", "不变").status_code == 403
    assert do(world, "ivo", "withdraw", "监控属实").status_code == 303

    assert (state(world).state, state(world).appeal_until) == ("withdrawn", None)
    assert do(world, "ann", "appeal").status_code == 409


def test_sp_8_given_the_time_to_appeal_is_over_when_appealed_then_it_is_refused(world):
    do(world, "ann", "hear")
    do(world, "ina", "stands", "照片清楚")

    with clock.at(NOW + timedelta(days=6)):
        answer = do(world, "ann", "appeal")

    assert answer.status_code == 409
    assert "申诉时间已过" in answer.get_data(as_text=True)


def test_given_those_it_does_not_concern_when_they_act_then_it_is_refused_and_nothing_changes(world):
    before = stored(world)

    refused = {
        ("leo", "stands"): 403, ("ann", "stands"): 403, ("ann", "withdraw"): 403,
        ("meg", "untrue"): 403, ("sid", "withdraw"): 403, ("ina", "appeal"): 403, ("bob", "hear"): 404,
        ("sam", "withdraw"): 404, ("lea", "hear"): 403,
    }  # fmt: skip
    for (who, deed), status in refused.items():
        assert do(world, who, deed).status_code == status, (who, deed)
    assert stored(world) == before


def test_given_bad_input_when_sent_then_it_is_refused_and_nothing_changes(world):
    before = stored(world)

    assert do(world, "ann", "hear", " ").status_code == 422
    assert do(world, "ann", "hear", "x" * 1001).status_code == 422
    assert do(world, "ann", "forget").status_code == 404
    world.review, known = uuid.uuid4(), world.review
    assert do(world, "ann", "hear").status_code == 404
    world.review = known
    assert stored(world) == before


def test_given_the_page_when_each_opens_it_then_it_offers_what_they_may_do_now(world):
    offered = {
        who: body(signed_in(world, who), f"/spotchecks/reviews/{world.review}") for who in ("ann", "meg", "ina", "leo")
    }

    assert all((f"/{world.review}/hear" in offered[who]) is (who != "leo") for who in offered)
    assert [who for who, page in offered.items() if "/withdraw" in page] == ["ina"]
    assert not any("/untrue" in page or "/appeal" in page for page in offered.values())
    assert signed_in(world, "sam").get(f"/spotchecks/reviews/{world.review}").status_code == 404


def test_given_disputes_when_the_first_page_opens_then_those_who_decide_see_them(world):
    assert f"/spotchecks/reviews/{world.review}" in body(signed_in(world, "sue"), "/spotchecks")
