"""Retention of the other kinds (DS-6): photos, findings, complaints, voices, training, vehicles; held ones stay."""

from datetime import timedelta

import pytest
from dateutil.relativedelta import relativedelta
from sqlalchemy import update

from app import clock
from app.chain.actions_disposal import withdraw
from app.chain.queries_disposal import disposals, items_of
from app.checks.models import Answer, Check
from app.db import atomically, run
from app.feedback.models import FeedbackCall, FeedbackCase, FeedbackEvent, FeedbackItem, FeedbackLead
from app.flags.models import Flag
from app.nonconformities.models import Finding, FindingEvent, FindingPhoto
from app.photos.models import Photo
from app.places.models import Point
from app.privacy.actions_retention import make_lists
from app.standards.models import Edition
from app.training.models import Attempt, Certificate, Delivery, LedgerEntry, Newcomer, Reading, Sitting
from app.vehicles.models import VehicleEntry, VehicleTrip
from tests.support import builders, lessons, voices
from tests.support.builders import NOW, kept
from tests.support.findings import found
from tests.support.protocol import Phone
from tests.support.stored import rows_of

CHECK = "00000000-0000-4000-8000-000000000001"
PHOTO = "00000000-0000-4000-8000-0000000000aa"


@pytest.fixture
def world(app):
    with app.app_context():
        builders.small_world()
        builders.person("std", "standards", "bureau")
        builders.person("ldr", "leader", "bureau")
    return app


def after(**months):
    return NOW + relativedelta(days=2, **months)


def lists(app, at):
    """What the timer proposes at that hour: table -> keys."""
    with app.app_context(), clock.at(at):
        atomically(lambda: make_lists(at, app.extensions["settings"].zone))
        return {pair for each in disposals(open_only=True) for pair in items_of(each.id)}


def tables(pairs):
    return {table for table, _key in pairs}


def decide(app, at):
    """Two persons approve every list, by the page; the answers of the second."""
    with clock.at(at):
        with app.app_context():
            waiting = [each.id for each in disposals(open_only=True)]
        answers = []
        for person in ("std", "ldr"):
            client = app.test_client()
            client.sign_in(person)
            answers = [client.send(f"/privacy/retention/{each}/approve", page="/privacy/retention") for each in waiting]
        return [each.status_code for each in answers]


def checked(app):
    phone = Phone(app, "ann")
    phone.put_photo(PHOTO)
    assert phone.post("/api/v1/checks", builders.submission(CHECK, photos=[PHOTO])).status_code == 201


def closed(**values):
    """A finding closed at that hour."""
    finding = found(**values)
    atomically(lambda: run(update(Finding).where(Finding.id == finding).values(state="closed", closed_at=NOW)))
    return finding


def test_ds_6_given_an_ordinary_photo_when_a_year_has_passed_then_it_goes_and_its_record_stays(world):
    checked(world)
    files = list(world.extensions["photo_store"].root.glob(f"*/{PHOTO}"))

    assert lists(world, NOW + relativedelta(months=11)) == set()
    assert lists(world, after(months=12)) == {("photos", PHOTO)}
    assert decide(world, after(months=12)) == [303]

    with world.app_context():
        assert (len(rows_of(Check)), len(rows_of(Answer)) > 0, rows_of(Photo)) == (1, True, [])
    assert [each.exists() for each in files] == [False]
    client = world.test_client()
    client.sign_in("sue")
    page = client.get(f"/checks/{CHECK}")
    assert page.status_code == 200
    assert PHOTO not in page.get_data(as_text=True)


def test_ds_6_given_a_photo_on_which_a_finding_rests_when_a_year_has_passed_then_it_stays_as_long_as_the_record(world):
    checked(world)
    with world.app_context():
        closed(check_id=CHECK)

    assert lists(world, after(months=35)) == set()


def test_ds_6_given_a_closed_finding_when_three_years_have_passed_then_all_of_it_goes(world):
    with world.app_context():
        first, second = closed(), found(text="门坏了")
        kept(FindingPhoto, id=PHOTO, finding_id=first, part="before", round=0, sha256="0" * 64, by_id="ann", at=NOW)

    assert lists(world, after(months=35)) == set()
    proposed = lists(world, after(months=36))
    assert tables(proposed) == {"finding_events", "finding_photos"}
    assert decide(world, after(months=36)) == [303]

    with world.app_context():
        assert [each.id for each in rows_of(Finding)] == [second]
        assert {each.finding_id for each in rows_of(FindingEvent)} == {second}
        assert rows_of(FindingPhoto) == []


def test_ds_6_given_a_finding_opened_again_when_the_second_person_approves_then_nothing_goes(world):
    with world.app_context():
        finding = closed()
    lists(world, after(months=36))
    with world.app_context():
        atomically(lambda: run(update(Finding).where(Finding.id == finding).values(state="open", closed_at=None)))

    assert decide(world, after(months=36)) == [409]
    with world.app_context():
        assert len(rows_of(Finding)) == 1


def _case(item, **values):
    base = {
        "item_id": item, "number": item[:20], "kind": "complaint", "state": "closed", "received_at": NOW,
        "closed_at": NOW,
        "implementer_id": "clean", "responsible_id": "care",
    }  # fmt: skip
    kept(FeedbackCase, **(base | values))


def test_ds_6_given_voices_when_two_and_three_years_have_passed_then_ratings_go_first_and_complaints_later(world):
    with world.app_context():
        rating, call = voices.rating(), voices.call(state="ended", ended_at=NOW)
        called = voices.rating(kind="call", face=None, call_id=call)
        waiting, open_call = voices.lead(), voices.call(point_id="p1", need="wet")
        still = voices.rating(kind="call", face=None, call_id=open_call)
        complaint, contested = (voices.rating(kind="complaint", face=None) for _ in range(2))
        _case(complaint)
        _case(contested, contest="contested")
        kept(FeedbackEvent, subject_id=rating, kind="said", by_id=None, at=NOW, data=None)

    assert lists(world, NOW + relativedelta(months=23)) == set()
    proposed = lists(world, after(months=24))
    assert {key for table, key in proposed if table == "feedback_items"} == {rating, called}
    assert decide(world, after(months=24)) == [303]
    with world.app_context():
        left = {each.id for each in rows_of(FeedbackItem)}
        assert left == {waiting, still, complaint, contested}
        assert [each.id for each in rows_of(FeedbackCall)] == [open_call]
        assert rows_of(FeedbackEvent) == []

    proposed = lists(world, after(months=36))
    assert {key for table, key in proposed if table == "feedback_items"} == {complaint}
    assert decide(world, after(months=36)) == [303]
    with world.app_context():
        assert [each.item_id for each in rows_of(FeedbackCase)] == [contested]
        assert len(rows_of(FeedbackLead)) == 1


def test_ds_6_given_training_when_three_years_have_passed_then_only_what_no_edition_in_force_asks_for_goes(app):
    with app.app_context():
        lessons.world()
        builders.person("std", "standards", "bureau")
        builders.person("ldr", "leader", "bureau")
        lessons.learned()
        lessons.paper(valid_to=lessons.TODAY)
        lessons.paper(name="电工证", valid_to=lessons.TODAY + timedelta(days=9999))
        lessons.newcomer()
        common = {
            "kind": "training",
            "way": "talk",
            "title": "会",
            "edition": None,
            "org_id": "clean",
            "on": lessons.TODAY,
        }
        common |= {
            "place": "",
            "led_by": "",
            "expected": 1,
            "present": 1,
            "minutes": 5,
            "note": "",
            "by_id": "lea",
            "at": NOW,
        }
        kept(LedgerEntry, id="l1", replaces=None, **common)
        kept(LedgerEntry, id="l2", replaces="l1", **(common | {"at": after(months=20)}))

    proposed = lists(app, after(months=37))
    assert tables(proposed) == {"training_certificates", "training_newcomers"}
    assert decide(app, after(months=37)) == [303]
    with app.app_context():
        assert [each.name for each in rows_of(Certificate)] == ["电工证"]
        assert (rows_of(Newcomer), len(rows_of(Reading)), len(rows_of(LedgerEntry))) == ([], 1, 2)
        atomically(lambda: run(update(Edition).values(ended_on=lessons.TODAY)))

    proposed = lists(app, after(months=60))
    gone = {"training_deliveries", "training_readings", "training_sittings", "training_attempts", "training_ledger"}
    assert tables(proposed) == gone
    assert decide(app, after(months=60)) == [303]
    with app.app_context():
        assert [rows_of(each) for each in (Delivery, Reading, Sitting, Attempt, LedgerEntry)] == [[]] * 5


def _entry(name, kind, months=0, **values):
    base = {
        "id": name,
        "point_id": "p1",
        "kind": kind,
        "at": NOW + relativedelta(months=months),
        "by_id": "ann",
        "text": "",
    }
    kept(VehicleEntry, **(base | values))


def test_ds_6_given_papers_of_a_vehicle_when_three_years_have_passed_then_the_last_of_each_kind_stays(world):
    with world.app_context():
        kept(VehicleTrip, id="t1", point_id="p1", driver_id="ann", started_at=NOW, returned_at=NOW)
        _entry("e1", "departed", trip_id="t1")
        _entry("e2", "returned", trip_id="t1")
        _entry("e3", "departed", 30)
        _entry("e4", "returned", 30)
        _entry("e5", "serviced")
        _entry("e6", "fuelled")
        _entry("e7", "fuelled", 1)
        _entry("e8", "correction", 20, ref="e6")
        _entry("e9", "override")
        _entry("e10", "override", 30)

    assert lists(world, after(months=37)) == {("vehicle_entries", "e1"), ("vehicle_entries", "e2")}
    assert decide(world, after(months=37)) == [303]
    with world.app_context():
        assert {each.id for each in rows_of(VehicleEntry)} == {"e3", "e4", "e5", "e6", "e7", "e8", "e9", "e10"}
        assert rows_of(VehicleTrip) == []


def test_ds_6_given_a_record_that_stood_out_when_its_time_is_over_then_it_stays_and_the_page_says_why(world):
    checked(world)
    with world.app_context():
        kept(
            Flag, id="f1", check_id=CHECK, point_id="p1", person_id="ann", kind="burst", subject="", numbers={},
            standard_code="JGSW05003.01", implementer_id="clean", responsible_id="care", business_on=NOW.date(), at=NOW,
            weight=1, compared=[],
            thresholds={},
        )  # fmt: skip

    assert tables(lists(world, after(months=40))) <= {"audit_events"}
    with clock.at(after(months=40)):
        client = world.test_client()
        client.sign_in("std")
        page = client.get("/privacy/retention").get_data(as_text=True)

    assert f"/checks/{CHECK}" in page
    assert "仍在保留" in page


@pytest.mark.parametrize(("kind", "kept_for"), [("lift", 48), ("canteen_kitchen", 24), ("restroom", 36)])
def test_ds_6_given_records_of_lifts_and_food_when_time_passes_then_each_kind_has_its_own_term(world, kind, kept_for):
    checked(world)
    with world.app_context():
        atomically(lambda: run(update(Point).values(kind=kind)))

    early = lists(world, NOW + relativedelta(months=kept_for - 1))
    assert tables(early) <= {"photos", "audit_events"}
    with world.app_context(), clock.at(after(months=kept_for)):
        for each in disposals(open_only=True):
            atomically(lambda number=each.id: withdraw(number, "std", clock.now()))
    assert ("checks", CHECK) in lists(world, after(months=kept_for))


def test_ds_6_given_a_kind_kept_alike_everywhere_when_one_unit_would_choose_then_refused(world):
    client = world.test_client()
    client.sign_in("std")

    data = {"kind": "training", "unit": "care", "months": "24", "reason": "规定"}
    assert client.send("/privacy/retention", data).status_code == 422
    assert client.send("/privacy/retention", data | {"unit": ""}).status_code == 303
