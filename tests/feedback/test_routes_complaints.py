"""The board of cases, one case with its deeds, the desk and the status page; per POST the five questions."""

import re
import uuid
from datetime import timedelta

import pytest

from app import clock
from app.feedback.actions_complaints import close
from app.feedback.models import FeedbackCase, FeedbackContact, FeedbackEvent, FeedbackItem, FeedbackLead
from app.feedback.rules_tokens import token_of
from app.schedule.models import ScheduleEvent
from tests.support import builders as make
from tests.support import cases as voices
from tests.support.builders import NOW, kept
from tests.support.cases import ZONE, answered, by, do
from tests.support.phones import cookie_and_token
from tests.support.stored import rows_of

DEEDS = {
    "reply": {"text": "收到，马上处理"},
    "unit": {"unit": "other", "about": "clean"},
    "note": {"text": "查看了当天记录"},
    "answer": {"text": "已重新保洁"},
    "class": {"wanted": "valid"},
}
BAD = {
    "reply": {"text": " "},
    "unit": {"unit": "nowhere"},
    "note": {"text": ""},
    "answer": {"text": ""},
    "class": {"wanted": "nonsense"},
    "call-back": {"result": "nonsense"},
    "record": {"verdict": "nonsense"},
}
ALL = (*DEEDS, "call-back", "record", "close", "pass-on")


@pytest.fixture
def world(app):
    """A complaint that contests a record, with a contact left; the clock stands."""
    with clock.at(NOW):
        with app.app_context():
            make.small_world()
            voices.people()
            app.record = voices.fresh_record()
            app.case, app.number, app.token = voices.case(secret=str(app.secret_key))
        yield app


def someone(world, person_id):
    client = world.test_client()
    cookie, client.csrf = cookie_and_token(world, person_id)
    client.set_cookie(*cookie.split("=", 1))
    return client


def send(client, path, form=None):
    return client.post(path, data={"csrf_token": client.csrf, **(form or {})})


def deed(world, name, form=None, who="dee", *, case=None, key="k1"):
    path = f"/feedback/{case or world.case}/{name}"
    return send(someone(world, who), path, {"key": key, **(form or {})})


def state(world):
    with world.app_context():
        tables = (FeedbackCase, FeedbackItem, FeedbackEvent, FeedbackContact)
        return [list(map(repr, rows_of(table))) for table in tables]


def page(world, path, who="dee"):
    answer = someone(world, who).get(path)
    assert answer.status_code == 200, answer.status_code
    return answer.get_data(as_text=True)


@pytest.mark.parametrize("name", DEEDS)
def test_given_a_handler_when_a_deed_is_done_then_it_is_kept_once(world, name):
    before = state(world)

    first = deed(world, name, DEEDS[name])
    after = state(world)
    second = deed(world, name, DEEDS[name])

    assert (first.status_code, second.status_code) == (303, 303)
    assert after != before
    assert state(world) == after


@pytest.mark.parametrize("who", ["ann", "lea", "adm", "sam", "leo", "meg"])
def test_given_a_stranger_or_a_mere_reader_when_a_deed_is_tried_then_it_is_refused_and_nothing_changes(world, who):
    before = state(world)
    form = {"result": "satisfied", "verdict": "refuted", "person": "ann"}

    statuses = {name: deed(world, name, DEEDS.get(name, form), who).status_code for name in ALL}

    assert set(statuses.values()) == {404 if who == "sam" else 403}, statuses
    assert state(world) == before


def test_sa5_given_somebody_who_may_not_when_deciding_the_class_then_it_is_refused(world):
    before = state(world)

    answers = [deed(world, "class", {"wanted": "communicative"}, who) for who in ("meg", "leo", "lea")]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert state(world) == before


def test_given_bad_input_when_sent_then_a_sentence_and_nothing_changes(world):
    before = state(world)

    statuses = {name: deed(world, name, form, "sue").status_code for name, form in BAD.items()}

    assert set(statuses.values()) == {422}, statuses
    assert state(world) == before


def test_given_a_deed_before_its_time_when_sent_then_it_is_a_conflict(world):
    before = state(world)

    assert [deed(world, name, {"person": "ann"}).status_code for name in ("close", "pass-on")] == [409, 409]
    assert state(world) == before


def test_given_no_token_when_a_deed_is_sent_then_it_is_refused(world):
    client = someone(world, "dee")

    assert client.post(f"/feedback/{world.case}/reply", data={"text": "x"}).status_code == 403


def test_given_the_whole_way_when_walked_over_the_pages_then_the_case_is_closed(world):
    steps = (
        ("class", {"wanted": "valid"}, "ivy"),
        ("reply", {"text": "收到"}, "dee"),
        ("record", {"verdict": "refuted", "text": "照片相符"}, "ivy"),
        ("answer", {"text": "已重新保洁"}, "sue"),
        ("call-back", {"result": "satisfied", "text": ""}, "dee"),
        ("close", {}, "dee"),
    )
    for number, (name, form, who) in enumerate(steps):
        page(world, f"/feedback/{world.case}", who)
        assert deed(world, name, form, who, key=f"k{number}").status_code == 303, name

    assert "已办结" in page(world, f"/feedback/{world.case}")
    assert world.number in page(world, "/feedback/cases?view=closed")
    assert world.number not in page(world, "/feedback/cases")
    record = someone(world, "sue").get(f"/checks/{world.record}").get_data(as_text=True)
    assert world.number in record


def test_ds7_given_a_contact_when_the_case_is_read_then_only_handlers_see_it_and_only_while_it_is_open(world):
    path = f"/feedback/{world.case}"
    for who in ("dee", "sue"):
        answer = someone(world, who).get(path)
        assert "13900001234" in answer.get_data(as_text=True)
        assert answer.headers["Cache-Control"] == "no-store"
    for who in ("ivy", "leo", "meg"):
        assert "13900001234" not in page(world, path, who)
    for other in ("/feedback/cases", "/feedback/figures", "/feedback/desk"):
        assert "13900001234" not in page(world, other)
    assert "13900001234" not in page(world, f"/f/{world.token}")

    with world.app_context():
        answered(world.case, "communicative")
    deed(world, "record", {"verdict": "upheld"}, "ivy", key="r")
    with world.app_context():
        do(close, by("dee", world.case), ZONE)

    assert "13900001234" not in page(world, path)


def test_given_a_case_of_another_unit_when_opened_then_there_is_none(world):
    assert someone(world, "sam").get(f"/feedback/{world.case}").status_code == 404
    assert someone(world, "dee").get(f"/feedback/{uuid.uuid4()}").status_code == 404
    assert world.number not in page(world, "/feedback/cases", "sam")


def test_sa8_given_figures_when_opened_then_each_number_leads_to_its_cases(world):
    with clock.at(NOW + timedelta(days=9)):
        deed(world, "class", {"wanted": "valid"}, "ivy")
        shown = page(world, "/feedback/figures?month=2026-11")
        links = set(re.findall(r'href="(/feedback/figures/[^"]+)"', shown))
        behind = [page(world, link.replace("&amp;", "&")) for link in links]

    assert any("handled" in link for link in links)
    assert all(world.number in text for text in behind)


def test_given_an_odd_month_when_figures_are_opened_then_this_one_is_shown(world):
    for query in ("?month=nonsense", "?month=9999-99", "?month=1999-01", ""):
        assert "2026-11" in page(world, f"/feedback/figures{query}")
        page(world, f"/feedback/figures/nonsense{query}")


def entry(**changed):
    return {"id": str(uuid.uuid4()), "kind": "complaint", "point": "", "words": "电话里说无人清理", **changed}


def test_given_a_telephone_complaint_when_entered_then_it_is_a_case_with_a_link_for_the_caller(world):
    client, form = someone(world, "dee"), entry(contact="分机8801", name="王", proposed="valid", said="马上安排")
    form["point"] = "1号楼1层男卫生间"

    first = send(client, "/feedback/desk", form)
    again = send(client, "/feedback/desk", form)

    assert (first.status_code, again.status_code) == (303, 303)
    with world.app_context():
        made = [each for each in rows_of(FeedbackCase) if each.item_id == form["id"]]
        item = next(each for each in rows_of(FeedbackItem) if each.id == form["id"])
    assert [(each.point_id, each.state, each.proposed, each.reply) for each in made] == [
        ("p1", "replied", "valid", "马上安排")
    ]
    assert (item.source, item.by_id, item.implementer_id) == ("desk_phone", "dee", "clean")
    link = f"/f/{token_of(str(world.secret_key), form['id'])}"
    assert link in client.get(first.location).get_data(as_text=True)
    assert client.get(link).status_code == 200


def test_given_a_supervisor_when_something_without_a_place_is_entered_then_the_own_section_answers(world):
    form = entry(kind="question")

    assert send(someone(world, "sue"), "/feedback/desk", form).status_code == 303

    with world.app_context():
        made = next(each for each in rows_of(FeedbackCase) if each.item_id == form["id"])
    assert (made.responsible_id, made.implementer_id) == ("care", "")


def test_sa7b_given_a_telephone_call_when_entered_then_somebody_is_called(world):
    form = entry(kind="call", need="wet", point="1号楼1层男卫生间")

    assert send(someone(world, "dee"), "/feedback/desk", form).status_code == 303

    with world.app_context():
        item = next(each for each in rows_of(FeedbackItem) if each.id == form["id"])
    assert (item.kind, item.need, item.source, bool(item.call_id)) == ("call", "wet", "desk_phone", True)


BAD_ENTRIES = (
    {"id": "nonsense"},
    {"kind": "nonsense"},
    {"words": " "},
    {"words": "字" * 2001},
    {"point": "没有这样的地方"},
    {"kind": "call", "point": "1号楼1层男卫生间"},
    {"kind": "call", "need": "wet"},
    {"happened_at": "2026-11-24T08:00"},
    {"happened_at": "1999-01-01T08:00"},
    {"happened_at": "nonsense"},
)


def test_given_a_bad_entry_when_sent_then_the_form_comes_back_and_nothing_is_kept(world):
    before = state(world)

    for changed in BAD_ENTRIES:
        answer = send(someone(world, "dee"), "/feedback/desk", entry(**changed))
        assert answer.status_code == 422, changed
        assert 'id="errors"' in answer.get_data(as_text=True), changed
    assert state(world) == before


def test_given_somebody_without_the_desk_when_it_is_opened_then_it_is_refused(world):
    before = state(world)

    for who in ("ann", "lea", "ivy", "leo", "meg", "adm"):
        assert someone(world, who).get("/feedback/desk").status_code == 403, who
        assert send(someone(world, who), "/feedback/desk", entry()).status_code == 403, who
    assert state(world) == before


def trip(world, ended_ago=timedelta(hours=2)):
    with world.app_context():
        ends_at = NOW - ended_ago
        times = {"starts_at": ends_at - timedelta(hours=1), "ends_at": ends_at}
        return kept(ScheduleEvent, id="dp-1", kind="dispatch", point_id="p1", facts={}, **times)


def test_sa12_given_a_trip_that_ended_when_called_back_then_it_is_kept_once_and_leaves_the_list(world):
    trip(world)
    client = someone(world, "dee")
    assert "/feedback/trips/dp-1" in page(world, "/feedback/desk")

    answers = [send(client, "/feedback/trips/dp-1", {"face": "4", "words": "准时"}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert "/feedback/trips/dp-1" not in page(world, "/feedback/desk")
    with world.app_context():
        asked = [each for each in rows_of(FeedbackItem) if each.kind == "trip"]
    assert [(each.face, each.words) for each in asked] == [(4, "准时")]


def test_sa11_given_a_low_face_with_words_about_a_trip_when_kept_then_it_is_a_lead(world):
    trip(world)

    assert send(someone(world, "dee"), "/feedback/trips/dp-1", {"face": "2", "words": "等了半小时"}).status_code == 303

    with world.app_context():
        assert [each.point_id for each in rows_of(FeedbackLead)] == ["p1"]
    assert "等了半小时" in page(world, "/feedback", "sue")


def test_sa12_given_nonsense_about_a_trip_when_sent_then_it_is_refused(world):
    trip(world)
    before = state(world)

    assert send(someone(world, "dee"), "/feedback/trips/dp-1", {"face": "9"}).status_code == 422
    assert send(someone(world, "dee"), "/feedback/trips/none", {"face": "4"}).status_code == 404
    assert send(someone(world, "ann"), "/feedback/trips/dp-1", {"face": "4"}).status_code == 403
    assert state(world) == before


def test_given_a_status_link_when_opened_then_it_shows_state_and_answer_and_takes_one_face(world):
    visitor = world.test_client()
    assert "待首次答复" in visitor.get(f"/f/{world.token}").get_data(as_text=True)
    assert visitor.send(f"/f/{world.token}", {"face": "5"}).status_code == 409
    with world.app_context():
        answered(world.case, "communicative")

    shown = visitor.get(f"/f/{world.token}").get_data(as_text=True)
    assert "已重新保洁并加派一次巡回" in shown
    assert "收到，马上处理" in shown
    assert [visitor.send(f"/f/{world.token}", {"face": face}).status_code for face in ("4", "1")] == [303, 303]
    with world.app_context():
        rated = [each.data["face"] for each in rows_of(FeedbackEvent) if each.kind == "rated"]
    assert rated == [4]
    assert visitor.send(f"/f/{world.token}", {"face": "9"}).status_code == 422


def test_given_a_link_in_capitals_when_opened_then_it_is_the_same(world):
    assert world.test_client().get(f"/f/{world.token.upper()}").status_code == 200


def test_given_guessed_links_when_tried_by_the_hundred_then_all_fail_and_the_rest_is_not_looked_up(world):
    client = world.test_client()
    client.inspecting = False

    statuses = [client.get(f"/f/{uuid.uuid4().hex[:26]}").status_code for _ in range(125)]

    assert statuses == [404] * 120 + [429] * 5
    assert client.get(f"/f/{world.token}").status_code == 429
    elsewhere = client.get(f"/f/{world.token}", environ_overrides={"REMOTE_ADDR": "203.0.113.9"})
    assert elsewhere.status_code == 200


def test_given_hostile_words_when_shown_anywhere_then_they_are_text(world):
    markup = "<img src=x onerror=alert(1)>'\"--{{7*7}}"
    with world.app_context():
        bad, _number, token = voices.case(words=markup, secret=str(world.secret_key))
    for name in ("reply", "answer", "note"):
        assert deed(world, name, {"text": markup}, case=bad, key=name).status_code == 303

    paths = (f"/feedback/{bad}", "/feedback/cases", "/feedback/desk", f"/f/{token}")
    shown = "".join(page(world, path) for path in paths)

    assert "<img src=x" not in shown
    assert "&lt;img src=x onerror=alert(1)&gt;" in shown


def test_given_praise_and_a_record_that_refutes_when_the_worker_opens_the_phone_then_both_stand_there(world):
    with world.app_context():
        praised, _number, _token = voices.case("praise", words="保洁员特别细心")
    assert deed(world, "pass-on", {"person": "ann"}, case=praised).status_code == 303
    assert deed(world, "record", {"verdict": "refuted"}, "ivy").status_code == 303

    assert "保洁员特别细心" in page(world, "/", "ann")
    own = page(world, "/me", "ann")
    assert "保洁员特别细心" in own
    assert f"/checks/{world.record}" in own
    assert "这条记录替您作证" in page(world, f"/checks/{world.record}", "ann")
    assert "保洁员特别细心" not in page(world, "/me", "lea")
