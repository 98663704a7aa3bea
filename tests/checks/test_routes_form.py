"""The plain-form door: multipart from the work page without scripts ends in the same deed."""

import re
from io import BytesIO

import pytest

from app import clock
from app.checks.models import Answer, Check
from app.nonconformities.models import Finding
from app.photos.models import Photo
from app.schedule.models import Occurrence
from tests.support import builders as make
from tests.support.pictures import jpeg, webm
from tests.support.protocol import Phone, counted, kept, world
from tests.support.standards import step_document

ID = "00000000-0000-4000-8000-000000000001"
LITTLE = {"min_seconds": 1}
DOOR = f"/p/{make.CODE}"


def form(**changed):
    return {
        "id": ID, "standard": "JGSW05003.01-2026", "window": "2026-11-23/A/A2", "profile": "", "outcome": "done",
        "opened_at": "2026-11-23T08:31:05+08:00", "via": "scan", "S01.result": "pass",
    } | changed  # fmt: skip


def signed_in(app, person="ann"):
    phone = Phone(app, person)
    phone.client.token = lambda _page: phone.token
    return phone.client


def send(client, content, *, at=make.NOW):
    with clock.at(at):
        return client.send(DOOR, content, content_type="multipart/form-data")


def picture(seed=1):
    return (BytesIO(jpeg(seed=seed)), "photo.jpg")


def test_given_the_page_when_the_form_is_sent_then_the_check_is_recorded_and_the_receipt_shown(app):
    world(app, step_document("S01", "photo", **LITTLE))
    client = signed_in(app)

    answer = send(client, form(**{"S01.photos": picture(), "note": "好"}))

    assert (answer.status_code, answer.location) == (303, f"/checks/{ID}?new=1")
    check, photo = kept(app, Check)[0], kept(app, Photo)[0]
    assert (check.note, photo.step_id, photo.source) == ("好", "S01", "file")
    assert kept(app, Occurrence)[0].state == "in_window"
    page = client.get(answer.location).get_data(as_text=True)
    assert re.search(r"261123-[0-9A-Z]{6}", page)


def test_given_a_step_lacks_something_when_sent_then_the_page_keeps_what_was_typed_and_the_photo(app):
    world(app, step_document("S01", "photo", photo_min=2, **LITTLE), step_document("S02"))
    client = signed_in(app)

    answer = send(client, form(**{"S01.photos": picture(), "S02.result": "pass", "note": "别丢了"}))

    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "别丢了" in page
    kept_photo = re.search(r'name="S01.kept_photos" value="([0-9a-f-]{36})"', page)[1]
    assert kept(app, Check) == []

    again = send(client, form(**{"S01.kept_photos": kept_photo, "S01.photos": picture(2), "S02.result": "pass"}))
    assert again.status_code == 303
    assert len(kept(app, Photo)) == 2


def test_given_the_button_is_pressed_twice_when_sent_again_then_the_first_record_counts(app):
    world(app)
    client = signed_in(app)
    send(client, form())
    before = counted(app)

    again = send(client, form())

    assert (again.status_code, again.location) == (303, f"/checks/{ID}?new=1")
    assert counted(app) == before


def test_given_all_kinds_of_fields_when_sent_then_each_reaches_its_answer(app):
    inputs = [{"id": "ia", "title": "A相", "unit": "A"}, {"id": "ib", "title": "B相", "unit": "A"}]
    world(
        app,
        step_document("S01", "number", max=8),
        step_document("S02", "choice", choices=["好", "坏"], pass_choices=["好"]),
        step_document("S03", "text"),
        step_document("S04"),
        step_document("S05", "number", inputs=inputs, formula="ia+ib"),
        step_document("S06", "photo", **LITTLE),
        step_document("S07", applies_when={"fact": "weather.wet", "eq": True}),
        step_document("S08"),
    )  # fmt: skip
    content = form() | {
        "S01.result": "", "S01.value": "７，5", "S02.choice": "坏", "S03.text": "无",
        "S04.result": "fail", "S04.cause": "work", "S04.note": "脏", "S04.fixed": "1", "S04.after_photos": picture(3),
        "S05.inputs.ia": "1", "S05.inputs.ib": "2.5", "S06.no_photo_reason": "occupied", "S06.result": "pass",
        "fact.weather.wet": "true", "together": "1", "S08.result": "",
    }  # fmt: skip

    answer = send(signed_in(app), content)

    assert answer.status_code == 303, re.findall(r'class="error"[^>]*>([^<]+)', answer.get_data(as_text=True))
    rows = {row.step_id: row for row in kept(app, Answer)}
    assert (rows["S01"].value, rows["S02"].result, rows["S03"].text) == (7.5, "fail", "无")
    assert (rows["S04"].result, rows["S04"].cause, rows["S04"].fixed) == ("fail", "work", True)
    assert (rows["S05"].value, rows["S06"].no_photo_reason) == (3.5, "occupied")
    assert (rows["S07"].result, rows["S08"].together) == ("pass", True)
    assert sorted((row.step_id, row.state) for row in kept(app, Finding)) == [("S02", "registered"), ("S04", "closed")]


def test_given_a_locked_door_when_reported_by_the_form_then_it_is_unable(app):
    world(app)

    answer = send(signed_in(app), form(outcome="unable", unable_reason="locked", **{"S01.result": ""}))

    assert answer.status_code == 303
    assert kept(app, Occurrence)[0].state == "unable"


@pytest.mark.parametrize(
    ("name", "content"),
    [("not a picture", b"hello"), ("truncated", jpeg()[:200]), ("empty", b""), ("a page", b"<html><script>")],
)
def test_given_a_file_that_is_no_picture_when_sent_then_a_sentence_stands_at_the_step(app, name, content):
    world(app, step_document("S01", "photo", **LITTLE))

    answer = send(signed_in(app), form(**{"S01.photos": (BytesIO(content), "x.jpg"), "note": "别丢了"}))

    assert answer.status_code in (413, 415, 422)
    assert "别丢了" in answer.get_data(as_text=True)
    assert kept(app, Check) == []


def test_given_a_reading_that_is_no_number_when_sent_then_the_step_says_so_and_what_was_typed_stays(app):
    world(app, step_document("S01", "number"))

    answer = send(signed_in(app), form(**{"S01.result": "", "S01.value": "七度半"}))

    assert answer.status_code == 422
    assert "七度半" in answer.get_data(as_text=True)


@pytest.mark.parametrize("person", ["bob", "sue"])
def test_given_a_stranger_or_a_supervisor_when_sending_the_form_then_it_is_refused(app, person):
    world(app)
    client = signed_in(app, person)
    token = client.token("/me")

    with clock.at(make.NOW):
        answer = client.post(DOOR, data=form(csrf_token=token))

    assert answer.status_code == 403
    assert kept(app, Check) == []


def test_given_no_token_or_no_session_when_sent_then_nothing_is_stored(app):
    world(app)
    client = signed_in(app)

    assert client.post(DOOR, data=form()).status_code in (401, 403)
    assert app.test_client().post(DOOR, data=form()).status_code in (302, 303, 401, 403)
    assert kept(app, Check) == []


def test_given_a_sound_file_with_the_form_when_sent_then_it_stands_with_the_record_as_a_memo(app):
    world(app, step_document("S01", **LITTLE))
    client = signed_in(app)

    answer = send(client, form(files=(BytesIO(webm()), "memo.webm")))

    assert answer.status_code == 303
    assert [(memo.part, memo.step_id, memo.media_type) for memo in kept(app, Photo)] == [("voice", None, "audio/webm")]


def test_given_a_refused_form_with_a_sound_file_when_the_page_comes_back_then_it_still_carries_it(app):
    world(app, step_document("S01", **LITTLE), step_document("S02"))
    client = signed_in(app)

    page = send(client, form(files=(BytesIO(webm()), "memo.webm"))).get_data(as_text=True)

    assert re.search(r'name="kept_files" value="[0-9a-f-]{36}"', page)


def test_given_something_that_is_no_sound_when_sent_as_one_then_it_is_refused(app):
    world(app, step_document("S01", **LITTLE))

    answer = send(signed_in(app), form(files=(BytesIO(b"<html>"), "memo.webm")))

    assert answer.status_code == 422 and kept(app, Check) == []


def test_given_photos_of_a_step_and_a_memo_when_the_receipt_is_shown_then_it_counts_the_photos_alone(app):
    world(app, step_document("S01", "photo", photo_min=2, **LITTLE))
    client = signed_in(app)
    told = {"S01.photos": [picture(), picture(2)], "files": (BytesIO(webm()), "memo.webm")}

    page = client.get(send(client, form(**told)).location).get_data(as_text=True)

    assert re.search(r'<dt>照片</dt><dd class="num">2</dd>', page)
    assert "2 张中 0 张现场拍摄" in page
