"""What visitors say at a point, from the tap to its end."""

import io
import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock, db
from app.feedback.models import FeedbackCall, FeedbackItem
from tests.support import builders as a
from tests.support.pictures import jpeg

SEAL = re.compile(r'name="form" value="([^"]+)"')
LATER = a.NOW + timedelta(seconds=10)
SAY = f"/p/{a.CODE}/feedback"


@pytest.fixture
def world(app):
    """Ann's restroom on its Monday morning."""
    with app.app_context():
        a.small_world()
    with clock.at(a.NOW):
        yield app


def form_of(client, code=a.CODE):
    """The hidden fields of the page as it was opened now."""
    page = client.get(f"/p/{code}").get_data(as_text=True)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
    return {"csrf_token": token, "form": SEAL.search(page)[1]}


def said(client, at=LATER, **fields):
    hidden = form_of(client)
    with clock.at(at):
        return client.post(SAY, data={**hidden, **fields})


def kept(world, table=FeedbackItem):
    with world.app_context():
        return db.rows(select(table.__table__))


def test_sa_7b_given_a_visitor_when_paper_is_called_for_then_the_page_says_told_and_the_worker_has_it(world):
    visitor, ann = world.test_client(), world.test_client()
    ann.sign_in("ann")

    answer = said(visitor, at=a.NOW, kind="call", need="paper")

    page = visitor.get(answer.location).get_data(as_text=True)
    assert answer.status_code == 303
    assert "已通知，约15分钟" in page
    [call] = kept(world, FeedbackCall)
    assert (call.told_id, call.state, call.due_at) == ("ann", "waiting", a.NOW + timedelta(minutes=15))
    assert f'id="call-{call.id}"' in ann.get(f"/p/{a.CODE}").get_data(as_text=True)
    assert f"#call-{call.id}" in ann.get("/").get_data(as_text=True)


def test_sa_7b_given_a_call_when_accepted_arrived_and_done_by_scan_then_the_visitor_reads_each(world):
    visitor, ann = world.test_client(), world.test_client()
    ann.sign_in("ann")
    told = said(visitor, at=a.NOW, kind="call", need="wet").location
    [call] = kept(world, FeedbackCall)
    deeds = f"/feedback/calls/{call.id}"

    read = []
    for deed, fields in (("accept", {}), ("arrive", {}), ("done", {"code": a.CODE})):
        answer = ann.send(f"{deeds}/{deed}", fields, page="/feedback" if deed != "done" else f"/p/{a.CODE}")
        assert answer.status_code == 303
        read.append(visitor.get(told).get_data(as_text=True))

    assert ["已接单，正在赶来" in read[0], "已到场，正在处理" in read[1], "<h1>已处理</h1>" in read[2]] == [True] * 3
    assert "已处理" in visitor.get(f"/p/{a.CODE}").get_data(as_text=True)
    assert "feedback/calls" not in ann.get(f"/p/{a.CODE}").get_data(as_text=True)


def test_given_no_label_in_hand_when_done_is_said_then_the_call_stays(world):
    visitor, ann = world.test_client(), world.test_client()
    ann.sign_in("ann")
    said(visitor, at=a.NOW, kind="call", need="wet")
    [call] = kept(world, FeedbackCall)

    answer = ann.send(f"/feedback/calls/{call.id}/done", {"code": "AAAAAAAAAA"}, page="/feedback")

    assert answer.status_code == 422
    assert kept(world, FeedbackCall)[0].ended_at is None


def test_sa_7b_given_taps_of_several_when_the_same_is_wrong_then_they_join_one_call(world):
    clients = [world.test_client() for _each in range(3)]

    answers = [said(client, at=a.NOW, kind="call", need="smell") for client in (*clients, clients[0])]

    [call] = kept(world, FeedbackCall)
    assert call.taps == 3
    assert {answer.status_code for answer in answers} == {303}
    assert "共有3人呼叫" in clients[0].get(answers[3].location).get_data(as_text=True)


def test_sa_9_given_a_rating_when_sent_twice_then_once_a_device_and_half_hour(world):
    visitor = world.test_client()
    first = said(visitor, kind="rating", face="5", topic="clean", words="很干净")

    again = said(visitor, at=LATER, kind="rating", face="1")
    with clock.at(a.NOW + timedelta(minutes=31)):
        later = said(visitor, at=a.NOW + timedelta(minutes=32), kind="rating", face="4")

    assert (first.status_code, again.status_code, later.status_code) == (303, 409, 303)
    assert sorted(item.face for item in kept(world)) == [4, 5]
    assert "谢谢您" in visitor.get(first.location).get_data(as_text=True)


def test_given_the_same_form_when_pressed_twice_then_it_is_one_rating_and_one_answer(world):
    visitor = world.test_client()
    hidden = form_of(visitor)

    with clock.at(LATER):
        answers = [visitor.post(SAY, data={**hidden, "kind": "rating", "face": "3"}) for _each in range(2)]

    assert answers[0].location == answers[1].location
    assert len(kept(world)) == 1


@pytest.mark.parametrize(
    ("fields", "at", "sentence"),
    [
        ({"kind": "rating"}, LATER, "请选择一个表情"),
        ({"kind": "rating", "face": "6"}, LATER, "请选择一个表情"),
        ({"kind": "rating", "face": "3", "topic": "x"}, LATER, "请选择一个方面"),
        ({"kind": "rating", "face": "3"}, a.NOW, "提交太快了"),
        ({"kind": "rating", "face": "3", "website": "http://x"}, LATER, "看不见的栏目"),
        ({"kind": "rating", "face": "3", "words": "长" * 501}, LATER, "500"),
        ({"kind": "call", "need": "fire"}, LATER, "请选择哪里有问题"),
        ({"kind": "complaint", "words": " "}, LATER, "请用几句话说明"),
        ({"kind": "gossip"}, LATER, "请选择类型"),
        ({"kind": "rating", "face": "3", "form": "x"}, LATER, "页面打开时间太久"),
        ({"kind": "rating", "face": "3"}, a.NOW + timedelta(hours=13), "页面打开时间太久"),
    ],
)
def test_given_what_does_not_hold_when_sent_then_a_sentence_and_nothing_is_kept(world, fields, at, sentence):
    answer = said(world.test_client(), at=at, **fields)

    assert answer.status_code == 422
    assert sentence in answer.get_data(as_text=True)
    assert not kept(world)


def test_given_no_token_when_sent_then_refused_and_nothing_is_kept(world):
    visitor = world.test_client()
    hidden = form_of(visitor) | {"csrf_token": "x"}

    answer = visitor.post(SAY, data={**hidden, "kind": "call", "need": "paper"})

    assert answer.status_code == 403
    assert not kept(world)


def test_given_a_restroom_when_a_photo_comes_then_refused(world):
    answer = said(world.test_client(), kind="rating", face="2", photo=(io.BytesIO(jpeg()), "p.jpg"))

    assert answer.status_code == 422
    assert not kept(world)
