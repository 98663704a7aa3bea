"""Items: both doors of saving, two inspectors at once, evidence, links, findings."""

import io

import pytest

from app.db import rows
from app.inspections.models import Evidence, Item, ItemVersion
from app.nonconformities.models import Finding
from app.photos.models import Photo
from tests.support import inspecting as a
from tests.support.pictures import heic, jpeg, png_bomb

GOOD = {"conclusion": "conforms", "ways": ["look", "ask"], "record": "查看三处，问两人。", "severity": "minor"}
BAD = {"conclusion": "nonconforming", "ways": ["records"], "fact": "台账缺11月签到表", "severity": "major"}


@pytest.fixture
def made(site):
    with site.app_context():
        return a.begun()


def post(client, path, data=None, **kwargs):
    return client.post(path, data={"csrf_token": client.token("/me"), **(data or {})}, **kwargs)


def api(client, made, no, data):
    headers = {"X-CSRF-Token": client.token("/me")}
    return client.post(f"/api/inspections/{made}/items/{no}", data=data, headers=headers)


def table(site, model):
    with site.app_context():
        return [row._mapping for row in rows(model.__table__.select())]


def item(site, no):
    return next(row for row in table(site, Item) if row["no"] == no)


def text_of(answer):
    return answer.get_data(as_text=True)


def test_given_an_item_when_saved_by_the_form_then_it_stands_and_the_next_opens(site, at_work, made):
    client, path = at_work("ina"), f"/inspections/{made}/items/1"

    done = post(client, path, {**GOOD, "revision": "0", "then": "next"})
    again = post(client, path, {**GOOD, "revision": "0", "then": "next"})

    assert (done.status_code, done.location) == (303, f"/inspections/{made}/items/2")
    assert again.status_code == 303
    assert (item(site, 1)["conclusion"], item(site, 1)["revision"], item(site, 1)["by_id"]) == ("conforms", 1, "ina")
    assert len(table(site, ItemVersion)) == 1


def test_given_an_item_when_it_saves_itself_then_revision_and_hour_come_back(site, at_work, made):
    client = at_work("ina")

    first = api(client, made, 1, {**GOOD, "revision": "0"})
    repeat = api(client, made, 1, {**GOOD, "revision": "0"})

    assert (first.status_code, first.json) == (200, {"revision": 1, "at": "10:00"})
    assert repeat.json == first.json


def test_given_two_inspectors_on_one_item_when_both_save_then_the_second_sees_what_the_first_wrote(site, at_work, made):
    ina, ian, path = at_work("ina"), at_work("ian"), f"/inspections/{made}/items/1"
    post(ina, path, {**GOOD, "revision": "0"})

    form = post(ian, path, {**BAD, "revision": "0"})
    auto = api(ian, made, 1, {**BAD, "revision": "0"})

    assert form.status_code == auto.status_code == 409
    page = text_of(form)
    assert "岗位ina" in page and "查看三处，问两人。" in page and "台账缺11月签到表" in page
    assert "岗位ina" in auto.json["detail"] and auto.json["now"]["record"] == "查看三处，问两人。"
    assert item(site, 1)["conclusion"] == "conforms"
    assert post(ian, path, {**BAD, "revision": auto.json["now"]["revision"]}).status_code == 303
    assert item(site, 1)["conclusion"] == "nonconforming"


def test_given_two_inspectors_on_two_items_when_both_save_then_both_stand(site, at_work, made):
    answers = [api(at_work(who), made, no, {**GOOD, "revision": "0"}) for who, no in (("ina", 1), ("ian", 2))]

    assert [answer.status_code for answer in answers] == [200, 200]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"conclusion": "nonconforming", "fact": ""}, "不符合事实"),
        ({"conclusion": "not_applicable", "record": ""}, "为何不适用"),
        ({"conclusion": "perhaps"}, ""),
        ({"ways": ["guess"]}, ""),
        ({"severity": "awful"}, "严重程度"),
        ({"record": "长" * 4001}, "太长"),
    ],
)
def test_given_a_conclusion_without_its_words_when_saved_then_refused_and_nothing_changes(
    site, at_work, made, given, sentence
):
    client = at_work("ina")

    form = post(client, f"/inspections/{made}/items/1", {**GOOD, **given, "revision": "0"})
    auto = api(client, made, 1, {**GOOD, **given, "revision": "0"})

    assert (form.status_code, auto.status_code) == (422, 422)
    assert sentence in text_of(form)
    assert auto.json["fields"]
    assert item(site, 1)["revision"] == 0


@pytest.mark.parametrize(("person", "status"), [("stan", 403), ("sue", 403), ("tom", 404), ("ann", 403), ("lou", 403)])
def test_given_somebody_who_does_not_inspect_when_writing_then_refused(site, at_work, made, person, status):
    client, path = at_work(person), f"/inspections/{made}/items/1"

    answers = [
        post(client, path, {**GOOD, "revision": "0"}),
        api(client, made, 1, {**GOOD, "revision": "0"}),
        post(client, f"{path}/evidence", {"photos": (io.BytesIO(jpeg()), "a.jpg")}),
        post(client, f"{path}/links", {"number": "F1"}),
        post(client, f"{path}/finding"),
    ]

    assert {answer.status_code for answer in answers} == {status}
    assert item(site, 1)["revision"] == 0
    assert not table(site, Evidence)


def test_given_an_item_that_is_not_there_when_asked_then_no_page(site, at_work, made):
    client = at_work("ina")

    assert client.get(f"/inspections/{made}/items/9").status_code == 404
    assert post(client, f"/inspections/{made}/items/9", {**GOOD, "revision": "0"}).status_code == 404


def test_given_a_finished_inspection_when_written_then_refused(site, at_work):
    with site.app_context():
        done = a.finished()
    client = at_work("ina")

    assert post(client, f"/inspections/{done}/items/1", {**BAD, "revision": "1"}).status_code == 409
    assert api(client, done, 1, {**BAD, "revision": "1"}).status_code == 409
    assert 'id="item-form"' not in text_of(client.get(f"/inspections/{done}/items/1"))


def test_given_a_photo_when_added_then_it_stands_once_and_the_unit_may_see_it(site, at_work, made):
    client, path = at_work("ina"), f"/inspections/{made}/items/1/evidence"

    answers = [post(client, path, {"photos": (io.BytesIO(jpeg()), "a.jpg")}).status_code for _ in range(2)]

    assert answers == [303, 303]
    assert len(table(site, Evidence)) == len(table(site, Photo)) == 1
    assert table(site, Photo)[0]["implementer_id"] == "care"


@pytest.mark.parametrize(
    ("body", "name", "status"),
    [
        (b"", "a.jpg", 422),
        (b"<script>alert(1)</script>", "a.jpg", 415),
        (b"%PDF-1.7", "a.pdf", 415),
        (heic(), "a.heic", 415),
        (png_bomb(7_000), "a.png", 413),
        (jpeg()[:300], "a.jpg", 422),
    ],
)
def test_given_a_hostile_upload_when_added_then_refused_and_nothing_stands(site, at_work, made, body, name, status):
    answer = post(at_work("ina"), f"/inspections/{made}/items/1/evidence", {"photos": (io.BytesIO(body), name)})

    assert answer.status_code == status
    assert not table(site, Evidence)


def test_given_no_photo_when_added_then_a_sentence(site, at_work, made):
    assert post(at_work("ina"), f"/inspections/{made}/items/1/evidence").status_code == 422


def test_given_a_number_when_linked_then_the_record_stands_once_and_nonsense_is_refused(site, at_work, made):
    client, path = at_work("ina"), f"/inspections/{made}/items/1"
    post(client, path, {**BAD, "revision": "0"})
    post(client, f"{path}/finding")
    number = table(site, Finding)[0]["number"]

    answers = [post(client, f"{path}/links", {"number": each}).status_code for each in (number, number, "X1", "")]

    assert answers == [303, 303, 422, 422]
    assert text_of(client.get(path)).count(number) == 1


def test_given_a_nonconforming_item_when_registered_then_one_finding_of_supervision_stands(site, at_work, made):
    client, path = at_work("ina"), f"/inspections/{made}/items/1"
    post(client, f"{path}/evidence", {"photos": (io.BytesIO(jpeg()), "a.jpg")})
    early = post(client, f"{path}/finding")
    post(client, path, {**BAD, "revision": "0"})

    done = [post(client, f"{path}/finding").status_code for _ in range(2)]

    assert early.status_code == 422
    assert done == [303, 303]
    (finding,) = table(site, Finding)
    assert (finding["source"], finding["source_id"], finding["severity"]) == ("supervision", made, "major")
    assert (finding["implementer_id"], finding["responsible_id"], finding["found_by_id"]) == ("care", "care", "ina")
    assert post(client, path, {**GOOD, "revision": "1"}).status_code == 422
