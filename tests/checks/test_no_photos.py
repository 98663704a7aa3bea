"""Where no photo may be taken, and where somebody is inside (EV-9): from the page of the point to the figures."""

import pytest
from sqlalchemy import update

from app import clock
from app.checks.models import Answer
from app.db import atomically, run
from app.places.models import Area, Point
from app.schedule.models import Occurrence
from app.standards.models import Edition
from tests.support import builders as make
from tests.support.answers import PHOTO
from tests.support.protocol import ID, WISH, Phone, kept, world
from tests.support.standards import edition_document, step_document

PHOTOS = (step_document("S01", "photo", key=True, min_seconds=1), step_document("S02", "none"))
SIGNED = {"id": WISH, "check": ID, "steps": ["S01"], "person": "lea", "pin": make.PIN}
PATH = "/api/v1/checks"
CAMERA = 'name="S01.photos"'
# The optional ones of a step, after putting right, of the whole and the voice memo; a card is read by another field.
FIELDS = (CAMERA, 'name="S02.photos"', 'name="S01.after_photos"', 'name="photos"', 'name="files"')
BY = {
    "area": (Area, {"photo_allowed": False}),
    "point": (Point, {"photo_allowed": False}),
    "standard": (Edition, {"document": edition_document(*PHOTOS, photo_forbidden_when=True), "digest": "1" * 64}),
}


@pytest.fixture(params=BY)
def site(app, request):
    """The restroom of the small world with a photo step; photos are forbidden by the area, the point, the standard."""
    world(app, *PHOTOS)
    table, values = BY[request.param]
    with app.app_context():
        atomically(lambda: run(update(table).values(**values)))
    return app


def answers(**first):
    return [make.answer(**first), make.answer("S02")]


def page_of(app, person="ann"):
    client = app.test_client()
    client.sign_in(person)
    with clock.at(make.NOW):
        return client.get(f"/p/{make.CODE}").get_data(as_text=True)


def test_ev_9_given_no_photos_when_the_page_opens_then_no_camera_is_offered_and_a_colleague_signs(site):
    page = page_of(site)

    assert [field for field in FIELDS if field in page] == []
    assert "此处不拍照，请同事一起签名。" in page
    (step, _plain) = Phone(site, "ann").get(f"/api/v1/points/{make.CODE}").json["open"][0]["steps"]
    assert (step["evidence"], step["photo_min"], step["dual_sign"]) == ("none", 0, True)


@pytest.mark.parametrize(
    "content",
    [{"answers": answers(photos=[PHOTO])}, {"answers": answers(), "photos": [PHOTO]},
     {"answers": answers(result="fail", cause="work", note="脏", fixed=True, after_photos=[PHOTO])}],
    ids=["at the step", "of the whole", "afterwards"],
)  # fmt: skip
def test_ev_9_given_no_photos_when_one_is_sent_all_the_same_then_refused_and_nothing_kept(site, content):
    phone = Phone(site, "ann")
    phone.put_photo()

    assert phone.post(PATH, make.submission(**content)).status_code == 422
    assert kept(site, Answer) == []


def test_ev_9_given_a_tick_and_two_signatures_when_sent_then_done_and_outside_the_figures_of_photos(site):
    phone = Phone(site, "ann")

    phone.post("/api/v1/signatures", SIGNED)
    receipt = phone.post(PATH, make.submission(answers=answers(), signatures=[WISH])).json["receipt"]

    assert receipt["status"] != "awaiting_signature"
    due = kept(site, Occurrence)[0]
    assert (due.photos_due, due.photos_valid, due.signed, due.key_evidenced) == (0, 0, True, 1)


def test_ev_9_given_a_tick_alone_when_sent_then_it_waits_for_the_second_signature(site):
    receipt = Phone(site, "ann").post(PATH, make.submission(answers=answers())).json["receipt"]

    assert receipt["status"] == "awaiting_signature"


def test_ev_9_given_photos_are_allowed_when_the_page_opens_then_the_camera_is_offered(app):
    world(app, *PHOTOS)

    page = page_of(app)
    assert [field for field in FIELDS if field not in page] == []


def test_ev_9_given_somebody_inside_when_sent_without_a_photo_then_done_said_on_the_record_and_not_counted(app):
    world(app, *PHOTOS)
    assert "有人在内，未拍" in page_of(app)

    said = make.submission(answers=answers(no_photo_reason="occupied"))
    assert Phone(app, "ann").post(PATH, said).status_code == 201

    due, answer = kept(app, Occurrence)[0], kept(app, Answer)[0]
    assert (due.photos_due, due.photos_valid, due.awaiting_signature) == (0, 0, False)
    assert answer.no_photo_reason == "occupied"
    client = app.test_client()
    client.sign_in("sue")
    assert "有人在内，未拍" in client.get(f"/checks/{ID}").get_data(as_text=True)


def test_ev_9_given_no_photo_and_no_reason_when_sent_then_the_step_is_named(app):
    world(app, *PHOTOS)

    refused = Phone(app, "ann").post(PATH, make.submission(answers=answers()))

    assert (refused.status_code, list(refused.json["fields"])) == (422, ["S01"])


def test_ds_7_given_a_place_of_risk_4_when_anybody_opens_its_label_then_neither_name_step_nor_window_is_told(app):
    world(app, *PHOTOS)
    with app.app_context():
        atomically(lambda: run(update(Point).values(risk=4)))
    with clock.at(make.NOW):
        told = [
            app.test_client().get(path)
            for path in (f"/p/{make.CODE}", f"/api/v1/points/{make.CODE}", f"/P/{make.CODE}")
        ]

    assert [each.status_code for each in told[1:2]] == [401]
    for each in (told[0], told[2]):
        page = each.get_data(as_text=True)
        assert each.status_code == 200
        for said in ("卫生间", "1号楼", "S01", "JGSW05003", PHOTOS[0]["title"], PHOTOS[0]["requirement"], CAMERA):
            assert said not in page
