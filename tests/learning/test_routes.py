"""A worker suggests, in words or by voice, once and within reach; the standards section answers; the author is told."""

from io import BytesIO

import pytest

from app import clock
from app.db import atomically, rows
from app.learning.actions import tell_written
from app.learning.models import ProjectEvidence, Suggestion, SuggestionEvent
from app.learning.rules import MOST_A_DAY
from app.messages.models import Message
from app.photos.models import Photo
from app.standards.models_projects import Project
from tests.support.builders import NOW, kept, standard
from tests.support.pictures import webm
from tests.support.projects import entered, office_world
from tests.support.protocol import Phone
from tests.support.standards import step_document
from tests.support.suggesting import became, said

NUMBER = "JGSW05003.01-2026"
PAGE = f"/standards/{NUMBER}/suggest"
ID, OTHER = "00000000-0000-4000-8000-0000000000aa", "00000000-0000-4000-8000-0000000000ab"
FORM = {"id": ID, "step": "S02", "text": "改为每两小时一次"}
ROOM = "/standards/JGSW05003.01-2026/learning"


@pytest.fixture
def world(app):
    with app.app_context():
        office_world(step_document("S01"), step_document("S02", title="地面"))
    return app


def of(app, table):
    with app.app_context():
        return [row._mapping for row in rows(table.__table__.select())]


def suggest(client, page=PAGE, **changed):
    sound = changed.pop("sound", None)
    fields = FORM | changed | ({"sound": (BytesIO(sound), "a.webm")} if sound else {})
    with clock.at(NOW):
        return client.send(page, fields, page="/me", content_type="multipart/form-data")


def messages(app, person_id):
    return [each["kind"] for each in of(app, Message) if each["person_id"] == person_id]


def test_given_a_worker_when_a_change_is_suggested_then_it_is_kept_and_the_office_is_told(world):
    ann = entered(world, "ann")

    answer = suggest(ann, check=OTHER)

    assert (answer.status_code, answer.location) == (303, "/suggestions")
    (found,) = of(world, Suggestion)
    assert {name: found[name] for name in ("edition", "step_id", "step_title", "text", "by_id", "unit_id")} == {
        "edition": NUMBER, "step_id": "S02", "step_title": "地面", "text": "改为每两小时一次", "by_id": "ann",
        "unit_id": "clean",
    }  # fmt: skip
    assert (found["responsible_id"], found["anonymous"], found["check_id"], found["at"]) == ("care", False, OTHER, NOW)
    assert messages(world, "stan") == ["suggestion"]
    assert "改为每两小时一次" in ann.get("/suggestions").text


def test_given_the_form_twice_when_sent_then_one_suggestion_and_one_message_stand(world):
    ann = entered(world, "ann")

    assert [suggest(ann).status_code, suggest(ann).status_code] == [303, 303]

    assert len(of(world, Suggestion)) == 1
    assert messages(world, "stan") == ["suggestion"]


def test_given_the_id_of_another_when_sent_then_it_is_refused(world):
    suggest(entered(world, "ann"))

    assert suggest(entered(world, "lea")).status_code == 409
    assert len(of(world, Suggestion)) == 1


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"text": " "}, "text"), ({"text": "长" * 501}, "text"), ({"step": "S09"}, "step"), ({"id": "x"}, "")],
)
def test_given_bad_input_when_sent_then_the_field_is_named_and_nothing_is_kept(world, changed, field):
    answer = suggest(entered(world, "ann"), **changed)

    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text or not field
    assert of(world, Suggestion) == []


def test_given_a_stranger_or_who_only_reads_when_they_suggest_then_they_are_refused(world):
    assert suggest(entered(world, "bob")).status_code == 404
    assert entered(world, "bob").get(PAGE).status_code == 404
    with world.app_context():
        from tests.support.builders import person

        person("aud", "auditor", "bureau")
    assert suggest(entered(world, "aud")).status_code == 403
    assert of(world, Suggestion) == []


def test_given_no_token_when_sent_then_it_is_refused(world):
    assert entered(world, "ann").post(PAGE, data=FORM).status_code == 403
    assert of(world, Suggestion) == []


def test_given_thirty_in_a_day_when_one_more_is_sent_then_it_waits_for_tomorrow(world):
    with world.app_context():
        for _ in range(MOST_A_DAY):
            said(at=NOW)

    answer = suggest(entered(world, "ann"))

    assert answer.status_code == 422
    assert len(of(world, Suggestion)) == MOST_A_DAY


def test_given_a_voice_memo_when_sent_then_the_author_and_the_office_hear_it_and_nobody_else(world):
    assert suggest(entered(world, "ann"), text="", sound=webm()).status_code == 303

    (found,) = of(world, Suggestion)
    address = f"/photos/{found['sha256']}"
    heard = {who: Phone(world, who).get(address).status_code for who in ("ann", "stan", "bob", "sue", "max")}
    assert heard == {"ann": 200, "stan": 200, "bob": 404, "sue": 404, "max": 404}
    (memo,) = of(world, Photo)
    assert (memo["check_id"], memo["part"], memo["step_id"]) == (ID, "voice", "S02")
    assert address in entered(world, "stan").get(ROOM).text
    assert address not in entered(world, "sue").get(ROOM).text


def test_given_a_voice_memo_twice_when_sent_then_one_stands(world):
    ann = entered(world, "ann")

    assert [suggest(ann, text="", sound=webm()).status_code for _ in range(2)] == [303, 303]

    assert (len(of(world, Suggestion)), len(of(world, Photo))) == (1, 1)


def test_given_bytes_that_are_no_sound_when_sent_then_nothing_is_kept(world):
    answer = suggest(entered(world, "ann"), text="好", sound=b"not a sound")

    assert answer.status_code == 415
    assert of(world, Suggestion) == []


def test_given_a_named_and_a_nameless_one_when_read_then_the_office_sees_one_name_and_others_none(world):
    with world.app_context():
        said(text="有名")
        said(text="无名", anonymous=True, by="lea")
    office, supervisor = (entered(world, who).get(ROOM).text for who in ("stan", "sue"))

    assert "有名" in office and "无名" in office and "有名" in supervisor
    with world.app_context():
        from app.accounts.queries import person_by_id

        names = {who: person_by_id(who).name for who in ("ann", "lea")}
    assert names["ann"] in office
    assert names["lea"] not in office
    assert names["ann"] not in supervisor


def test_given_a_hostile_text_when_read_then_it_is_shown_and_not_run(world):
    suggest(entered(world, "ann"), text="<script>alert(1)</script>")

    assert "&lt;script&gt;alert(1)" in entered(world, "stan").get(ROOM).text


def answered(client, name=None, **changed):
    fields = {"id": OTHER, "answer": "declined", "text": "安全要求不能放宽"} | changed
    with clock.at(NOW):
        return client.send(f"/suggestions/{name or ID}", fields, page="/me")


def test_given_a_suggestion_when_answered_then_the_author_is_told_and_reads_it(world):
    suggest(entered(world, "ann"))

    answer = answered(entered(world, "stan"))

    assert (answer.status_code, answer.location) == (303, f"{ROOM}#s-{ID}")
    (event,) = of(world, SuggestionEvent)
    assert (event["kind"], event["by_id"], event["text"]) == ("declined", "stan", "安全要求不能放宽")
    assert messages(world, "ann") == ["suggestion_answered"]
    own = entered(world, "ann").get("/suggestions").text
    assert "未采纳" in own
    assert "安全要求不能放宽" in own
    assert "未采纳" in entered(world, "ann").get("/messages").text


def test_given_the_answer_twice_when_sent_then_it_stands_once(world):
    suggest(entered(world, "ann"))
    stan = entered(world, "stan")

    assert [answered(stan).status_code, answered(stan).status_code] == [303, 303]

    assert len(of(world, SuggestionEvent)) == 1


@pytest.mark.parametrize("changed", [{"answer": "x"}, {"answer": "written"}, {"text": ""}, {"text": "长" * 501}])
def test_given_a_bad_answer_when_sent_then_it_is_refused_and_nothing_changes(world, changed):
    suggest(entered(world, "ann"))

    assert answered(entered(world, "stan"), **changed).status_code == 422
    assert of(world, SuggestionEvent) == []


def test_given_anybody_else_when_they_answer_then_they_are_refused(world):
    suggest(entered(world, "ann"))

    refused = [answered(entered(world, who)).status_code for who in ("ann", "sue", "bob", "lou")]

    assert refused == [403] * 4
    assert answered(entered(world, "stan"), OTHER).status_code == 404
    assert of(world, SuggestionEvent) == []


def test_given_a_published_revision_when_the_timer_looks_then_authors_of_what_was_taken_up_are_told_once(world):
    with world.app_context():
        standard(step_document("S01"), code="JGSW05009.01")
        for project_id, kind, state in ((ID, "revise", "published"), (OTHER, "revise", "drafting")):
            kept(
                Project, id=project_id, kind=kind, code="JGSW05003.01", title="卫生间", responsible_id="care",
                leader_id="sue", state=state, due_on=NOW.date(), made_by_id="stan", made_at=NOW, edition=NUMBER,
            )  # fmt: skip
        names = [said(), said(by="lea"), said(by="max")]
        for name, project_id in zip(names, (ID, ID, OTHER), strict=True):
            values = {"text": "", "by_id": "stan", "at": NOW}
            kept(ProjectEvidence, project_id=project_id, kind="suggestion", ref=name, **values)
        became(names[0], "taken")
        became(names[1], "declined", "不适用")
        became(names[2], "taken")

        told = [atomically(lambda: tell_written(NOW)) for _ in range(2)]

    assert told == [1, 0]
    assert {who: messages(world, who) for who in ("ann", "lea", "max")} == {
        "ann": ["suggestion_written"], "lea": [], "max": [],
    }  # fmt: skip
    assert "已写入标准" in entered(world, "ann").get("/suggestions").text


def test_given_the_pages_of_a_worker_when_opened_then_each_leads_to_suggesting(world):
    ann = entered(world, "ann")
    with clock.at(NOW):
        work = ann.get("/p/7K3QX9M2TA").text

    assert f'href="{PAGE}"' in work
    assert f'href="{PAGE}?step=S02"' in ann.get(f"/standards/{NUMBER}").text
    assert 'value="S02" checked' in ann.get(f"{PAGE}?step=S02").text
