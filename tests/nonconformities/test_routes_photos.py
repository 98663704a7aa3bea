"""Pictures sent with a deed at a finding: kept once, never borrowed, hostile ones refused. On both databases."""

import io
import uuid

import pytest

from app import clock
from app.accounts.queries import person_by_id
from app.photos.actions_pictures import drain
from app.reports.queries_sheets import nc_sheets
from tests.support import builders as make
from tests.support.findings import deed, events, finding, found
from tests.support.pictures import jpeg, png_of_header


@pytest.fixture
def world(app):
    with app.app_context():
        make.small_world()
    return app


def signed_in(app, who):
    client = app.test_client()
    client.sign_in(who)
    return client


def made(app, **values):
    with app.app_context():
        return found(**values)


def now_is(app, finding_id):
    with app.app_context():
        return finding(finding_id)


def test_given_a_sending_with_a_photo_when_repeated_then_the_photo_is_kept_once(world):
    finding_id, deed_id = made(world), str(uuid.uuid4())
    client = signed_in(world, "ann")

    for _ in range(2):
        files = {"photos": (io.BytesIO(jpeg()), "after.jpg")}
        answer = deed(world, client, finding_id, "rectify", version=0, deed_id=deed_id, correction="已拖干", **files)
        assert answer.status_code == 303

    with world.app_context():
        assert events(finding_id) == ["registered", "rectify"]


@pytest.mark.parametrize("picture", [b"<svg onload=alert(1)>", b"", b"\xff\xd8\xff garbage"])
def test_given_a_hostile_picture_when_sent_with_a_deed_then_a_sentence_and_nothing_changes(world, picture):
    finding_id = made(world)
    file = (io.BytesIO(picture), "x.jpg", "image/jpeg")

    answer = deed(world, signed_in(world, "ann"), finding_id, "rectify", correction="好了", photos=file)

    assert 400 <= answer.status_code < 500
    assert now_is(world, finding_id).state == "registered"


def test_ev_8_given_a_photo_of_another_record_when_sent_as_proof_then_it_is_refused(world):
    first, second = made(world), made(world, step_id="S02")
    client = signed_in(world, "ann")
    deed(world, client, first, "rectify", correction="好了", photos=(io.BytesIO(jpeg()), "a.jpg"))

    answer = deed(world, client, second, "rectify", correction="好了", photos=(io.BytesIO(jpeg()), "b.jpg"))

    assert (answer.status_code, now_is(world, second).state) == (422, "registered")


def evidence(app, finding_id):
    with app.app_context():
        [sheet] = nc_sheets(finding_id, person_by_id("sue"), app.extensions["settings"].zone)
    return sheet.value("evidence")


def test_given_a_picture_that_cannot_be_decoded_when_its_finding_is_read_then_it_says_so_and_no_form_counts_it(world):
    finding_id, client = made(world), signed_in(world, "ann")
    broken = (io.BytesIO(png_of_header(500, 500)), "a.png")
    sent = deed(world, client, finding_id, "rectify", correction="好了", photos=broken)
    assert sent.status_code == 303
    assert "照片正在处理" in client.get(f"/nonconformities/{finding_id}").get_data(as_text=True)
    assert evidence(world, finding_id).startswith("整改后照片 1 张")

    with world.app_context():
        drain(world.extensions["photo_store"], now=clock.now(), on_failed=lambda _failed: None)

    page = client.get(f"/nonconformities/{finding_id}").get_data(as_text=True)
    assert "照片打不开" in page and "照片正在处理" not in page
    assert evidence(world, finding_id) == ""
