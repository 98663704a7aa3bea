"""The pages of packs: take home, send in, look, take over; who may; what strangers send; the published schema."""

import io
import json
import uuid

import jsonschema
import openpyxl
import pytest

from app import clock
from app.db import db
from app.exchange.models import Import
from app.exchange.rules_pack import digest_of, to_bytes
from app.schedule.models import Occurrence
from app.standards.models import Edition, Standard
from tests.support import builders
from tests.support.duties import MONDAY_NOON, made, world
from tests.support.workbooks import changed

EDITIONS, STANDARDS, IMPORTS, OCCURRENCES = (each.__table__ for each in (Edition, Standard, Import, Occurrence))
ONE, TWO = (str(uuid.UUID(int=number, version=4)) for number in (1, 2))
CODE = "JGSW05003.02"


@pytest.fixture
def site(app):
    with app.app_context(), clock.at(MONDAY_NOON):
        world()
        for person_id in ("std", "stu"):
            builders.person(person_id, "standards", "bureau")
        builders.person("sue", "supervisor", "care")
        made()
    return app


def at_work(app, person_id="std"):
    client = app.test_client()
    with clock.at(MONDAY_NOON):
        client.sign_in(person_id)
    return client


def asked(client, path):
    with clock.at(MONDAY_NOON):
        return client.get(path)


def sent_in(client, body, import_id=ONE, path="/exchange/packs"):
    with clock.at(MONDAY_NOON):
        return client.send(path, {"id": import_id, "file": (io.BytesIO(body), "包.json")}, page="/me")


def applied(client, import_id=ONE, unit=""):
    with clock.at(MONDAY_NOON):
        return client.send(f"/exchange/packs/{import_id}/apply", {"unit": unit}, page="/me")


def renamed(body, **changes):
    """The pack of the site under a number that is new here; other keys change the edition."""
    pack = json.loads(body)
    standard = pack["standards"][0]
    standard["code"] = CODE
    edition = standard["editions"][0]
    edition["number"] = f"{CODE}-{edition['year']}"
    edition["document"] |= {"code": CODE, "number": edition["number"], "exam": [], "x-own": {"kept": True}}
    edition |= changes
    standard["editions"] = [edition]
    pack["standards"] = [standard]
    return with_digest(pack)


def with_digest(pack):
    return to_bytes({**pack, "digest": digest_of(pack)})


def numbers(app):
    with app.app_context():
        return sorted(db.session.execute(db.select(EDITIONS.c.number)).scalars())


def pack_of(client):
    answer = asked(client, "/exchange/pack.json")
    assert answer.status_code == 200
    return answer.data


def test_given_the_pack_of_a_site_when_it_comes_back_then_nothing_would_change(site):
    client = at_work(site)
    sent_in(client, pack_of(client))

    page = asked(client, f"/exchange/packs/{ONE}").get_data(as_text=True)

    assert "会改变" in page or "没有" in page
    assert "apply" not in page
    assert json.loads(pack_of(client))["digest"][-16:] in page


def test_given_a_new_standard_when_looked_at_and_taken_over_twice_then_it_stands_once_and_is_noted(site):
    client, before = at_work(site), numbers(site)
    body = renamed(pack_of(client))
    looked = [sent_in(client, body).status_code for _ in (1, 2)]
    between = numbers(site)

    page = asked(client, f"/exchange/packs/{ONE}").get_data(as_text=True)
    done = [applied(client).status_code for _ in (1, 2)]

    assert looked == [303, 303]
    assert between == before
    assert "apply" in page
    assert done == [303, 303]
    assert len(numbers(site)) == len(before) + 1
    with site.app_context():
        row = db.session.execute(db.select(IMPORTS)).one()
        document = db.session.execute(db.select(EDITIONS.c.document).where(EDITIONS.c.code == CODE)).scalar_one()
    assert (row.by_id, row.applied_by_id, row.applied_at, row.counts["new"]) == ("std", "std", MONDAY_NOON, 1)
    assert document["x-own"] == {"kept": True}
    register = asked(client, "/standards").get_data(as_text=True)
    assert CODE in register
    assert asked(client, f"/standards/{numbers(site)[-1]}").status_code == 200
    assert "apply" not in asked(client, f"/exchange/packs/{ONE}").get_data(as_text=True)


def test_given_a_pack_of_somebody_else_or_none_when_asked_for_then_not_found(site):
    client, other = at_work(site), at_work(site, "stu")
    sent_in(client, renamed(pack_of(client)))

    answers = [asked(other, f"/exchange/packs/{ONE}"), applied(other), asked(other, f"/exchange/packs/{TWO}")]
    books = [asked(client, f"/exchange/imports/{ONE}"), asked(client, "/exchange/pack.xlsx")]

    assert [each.status_code for each in answers + books] == [404] * 5
    assert asked(at_work(site, "sue"), "/exchange/packs").status_code == 403
    assert CODE not in str(numbers(site))


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422),
        (b"not json", 415),
        (b'{"format": "dabiao-standards-pack"', 415),
        (b'{"format": "another"}', 415),
        (b'{"format": "dabiao-standards-pack", "version": 2}', 422),
        (b'{"format": "dabiao-standards-pack", "version": 1, "version": 1}', 422),
        (b'{"a":' * 5000 + b"1" + b"}" * 5000, 422),
        (b'{"format": "dabiao-standards-pack", "version": 1, "digest": "0", "files": {}, "standards": []}', 422),
    ],
)
def test_given_what_is_no_pack_when_it_is_sent_then_a_sentence_and_nothing_is_kept(site, body, status):
    answer = sent_in(at_work(site), body)

    assert answer.status_code == status
    assert 'role="alert"' in answer.get_data(as_text=True)
    with site.app_context():
        assert db.session.execute(db.select(db.func.count()).select_from(IMPORTS)).scalar_one() == 0


def test_given_two_hundred_megabytes_when_they_are_sent_then_they_are_too_large(site):
    client = at_work(site)

    answer = client.post(
        "/exchange/packs",
        data={"id": ONE, "file": (io.BytesIO(b"{}"), "包.json")},
        environ_overrides={"CONTENT_LENGTH": "200000000"},
    )

    assert answer.status_code == 413


def test_given_faults_in_a_pack_when_it_is_looked_at_then_each_has_its_place_and_it_cannot_be_taken_over(site):
    client, before = at_work(site), numbers(site)
    body = renamed(pack_of(client), effective_on="2026-13-01")
    sent_in(client, body)

    page = asked(client, f"/exchange/packs/{ONE}").get_data(as_text=True)
    refused = applied(client)

    assert f"{CODE}-" in page
    assert 'id="faults"' in page
    assert refused.status_code == 409
    assert numbers(site) == before


def test_given_no_known_unit_when_one_is_chosen_then_it_answers(site):
    client = at_work(site)
    pack = json.loads(renamed(pack_of(client)))
    pack["standards"][0]["responsible"] = {"id": "far", "name": "远方科"}
    sent_in(client, with_digest(pack))

    without = applied(client)
    chosen = asked(client, f"/exchange/packs/{ONE}?unit=care").get_data(as_text=True)
    done = applied(client, unit="care")

    assert (without.status_code, done.status_code) == (409, 303)
    assert 'name="unit" value="care"' in chosen
    with site.app_context():
        owner = db.session.execute(db.select(STANDARDS.c.responsible_id).where(STANDARDS.c.code == CODE)).scalar_one()
    assert owner == "care"


def test_given_standards_chosen_when_taken_home_then_those_only_and_strange_ones_are_refused(site):
    client = at_work(site)
    whole = json.loads(pack_of(client))
    code = whole["standards"][0]["code"]

    answer = asked(client, f"/exchange/pack.json?standard={code}")
    strange = asked(client, "/exchange/pack.json?standard=JGSW05999")

    assert [each["code"] for each in answer.get_json()["standards"]] == [code]
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    assert strange.status_code == 422
    assert "attachment" not in strange.headers.get("Content-Disposition", "")


def test_given_nobody_signed_in_when_the_schema_is_asked_for_then_it_is_there_and_packs_fit_it(site):
    answer = site.test_client().get("/schemas/standards-pack-1.json")
    schema = json.loads(answer.data)

    assert answer.status_code == 200
    assert answer.content_type == "application/schema+json"
    assert schema["$id"] == "http://localhost/schemas/standards-pack-1.json"
    jsonschema.Draft202012Validator(schema).validate(json.loads(pack_of(at_work(site))))


def test_given_a_standard_that_came_with_a_pack_when_a_point_gets_it_then_it_is_worked_by(site):
    client = at_work(site)
    body = renamed(pack_of(client))
    sent_in(client, body)
    applied(client)
    points = asked(client, "/exchange/points.xlsx").data
    code = openpyxl.load_workbook(io.BytesIO(points))["点位标准"].cell(4, 1).value
    here = {"point": code, "standard": CODE, "implementer": "clean", "responsible": "care"}
    with clock.at(MONDAY_NOON):
        file = (io.BytesIO(changed(points, "点位标准", 2, **here)), "点位.xlsx")
        client.send("/exchange", {"id": TWO, "kind": "points", "file": file}, page="/me")
        client.send(f"/exchange/imports/{TWO}/apply", {}, page="/me")

    ann = at_work(site, "ann")
    page = asked(ann, f"/p/{builders.CODE}?standard={CODE}-2026&profile=full").get_data(as_text=True)
    answer = asked(ann, f"/api/v1/points/{builders.CODE}?standard={CODE}-2026&profile=full").get_json()

    with site.app_context():
        rows = db.session.execute(db.select(OCCURRENCES.c.edition).where(OCCURRENCES.c.standard_code == CODE)).scalars()
        assert set(rows) == {f"{CODE}-2026"}
    assert "步骤S01" in page
    assert [step["id"] for step in answer["open"][0]["steps"]] == ["S01", "S02"]
    assert answer["open"][0]["standard"] == f"{CODE}-2026"
