"""Given two editions or a draft, when compared, then page and workbook say what changed to those who may read it."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from app import clock
from app.photos.models import Photo
from tests.support import builders
from tests.support.builders import NOW, person, small_world
from tests.support.drafts import PAGE, document, draft, project, revision
from tests.support.pictures import jpeg
from tests.support.projects import entered
from tests.support.standards import edition_document, step_document
from tests.support.stored import rows_of

OLD, NEW = "JGSW05003.01-2026", "JGSW05003.01-2027"
COMPARE = f"/standards/compare?old={OLD}&new={NEW}"
ID = "00000000-0000-4000-8000-0000000000aa"
PICTURE = f"{PAGE}/steps/S01/picture"


@pytest.fixture
def world(app):
    with app.app_context():
        small_world(step_document("S01", "number", unit="℃", min=1, max=5))
        person("stan", "standards", "bureau")
        text = edition_document(
            step_document("S01", "number", unit="℃", min=1, max=4), step_document("S02"), number=NEW
        )
        builders.kept(
            builders.Edition,
            number=NEW,
            code="JGSW05003.01",
            year=2027,
            status="published",
            document=text,
            digest="1" * 64,
        )
        project(code="JGSW05003.01")
        draft(from_edition=OLD)
    return app


def post(client, address, fields, **kwargs):
    with clock.at(NOW):
        return client.send(address, fields, page=PAGE, **kwargs)


def shown(world):
    with world.app_context():
        return document()["steps"][0].get("reference_photo")


def test_given_two_editions_when_compared_then_the_page_names_limit_and_step(world):
    page = entered(world, "ann").get(COMPARE)

    assert page.status_code == 200
    assert "1 – 5 ℃" in page.text
    assert "1 – 4 ℃" in page.text
    assert 'id="S02"' in page.text


def test_given_two_editions_when_asked_as_a_workbook_then_it_opens(world):
    answer = entered(world, "stan").get(COMPARE.replace("compare?", "compare.xlsx?"))

    cells = [cell.value for row in load_workbook(BytesIO(answer.data)).active.iter_rows() for cell in row]
    assert "1 – 4 ℃" in cells
    assert answer.headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    "address", ["/standards/compare", f"/standards/compare?old={OLD}", COMPARE.replace("2027", "2030")]
)
def test_given_a_number_that_is_none_when_compared_then_it_is_not_found(world, address):
    assert entered(world, "stan").get(address).status_code == 404


def test_given_a_stranger_when_editions_are_compared_then_there_are_none(world):
    assert entered(world, "bob").get(COMPARE).status_code == 404


def test_given_a_draft_of_a_revision_when_compared_then_only_its_changes_stand_there(world):
    client = entered(world, "stan")
    before = client.get(f"{PAGE}/compare").text
    post(client, f"{PAGE}/steps", {"id": "S02"})

    after = client.get(f"{PAGE}/compare").text
    workbook = client.get(f"{PAGE}/compare.xlsx")

    assert 'id="S02"' not in before
    assert 'id="S02"' in after
    assert 'id="S01"' not in after
    assert workbook.status_code == 200


def test_given_a_picture_when_put_to_a_step_then_the_step_names_it_and_twice_is_once(world):
    client = entered(world, "stan")

    for _ in range(2):
        answer = post(
            client, PICTURE, {"id": ID, "picture": (BytesIO(jpeg()), "a.jpg")}, content_type="multipart/form-data"
        )
        assert answer.status_code == 303

    with world.app_context():
        assert len(rows_of(Photo)) == 1
        assert revision() == 2
    assert len(shown(world)) == 64
    assert shown(world) in client.get(f"{PAGE}?step=S01").text


def test_given_a_picture_when_taken_out_then_the_step_names_none(world):
    client = entered(world, "stan")
    post(client, PICTURE, {"id": ID, "picture": (BytesIO(jpeg()), "a.jpg")}, content_type="multipart/form-data")

    assert post(client, PICTURE, {"out": "1"}).status_code == 303

    assert shown(world) is None


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"id": ID}, 422),
        ({"id": ID, "picture": b""}, 422),
        ({"id": ID, "picture": b"no picture"}, 415),
        ({"id": "odd", "picture": None}, 422),
    ],
)
def test_given_what_is_no_picture_when_put_to_a_step_then_it_is_refused_and_nothing_changes(world, fields, status):
    body = (
        {"picture": (BytesIO(jpeg() if fields["picture"] is None else fields["picture"]), "a.jpg")}
        if "picture" in fields
        else {}
    )

    answer = post(entered(world, "stan"), PICTURE, {**fields, **body}, content_type="multipart/form-data")

    assert answer.status_code == status
    assert shown(world) is None
    with world.app_context():
        assert rows_of(Photo) == []


def test_given_a_worker_when_a_picture_is_put_then_it_is_refused(world):
    client = entered(world, "ann")

    assert client.send(PICTURE, {"id": ID}, page="/me").status_code == 403
