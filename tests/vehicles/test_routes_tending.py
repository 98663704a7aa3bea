"""Service, fuel, overrides, corrected readings, seals and accidents of a vehicle through its page."""

from datetime import timedelta

import pytest

from app.db import atomically
from app.nonconformities.models import Finding
from app.photos.models import Photo
from app.schedule.models import ScheduleEvent
from app.vehicles.actions_tending import tend
from app.vehicles.models import VehicleEntry, VehicleState, VehicleTrip
from tests.support import vehicles as cars
from tests.support.driving import A_MINUTE, NOW, checked, found, page, photo, send
from tests.support.sitting import signed_in
from tests.support.stored import rows_of
from tests.support.vehicles import CAR


def test_vh8_given_5000_km_since_the_service_when_departing_then_it_stays_until_a_service_is_noted(site):
    checked(site, km=71000)
    driver = signed_in(site, "dan")
    assert send(driver, "depart", cars.departure(km="71000")).status_code == 409
    assert send(driver, "service", cars.noted(km="71000")).status_code == 403

    assert send(signed_in(site, "tec"), "service", cars.noted(km="71000")).status_code == 303

    assert found(site, VehicleState)[0].service_km == 71000
    assert send(driver, "depart", cars.departure(km="71000")).status_code == 303


def test_vh8_given_4500_km_when_a_reading_comes_in_then_the_service_is_asked_for_once(site):
    client = signed_in(site, "dan")

    send(client, "fuel", cars.filling(km="70499"))
    assert not found(site, ScheduleEvent)
    send(client, "fuel", cars.filling(km="70500"))
    send(client, "fuel", cars.filling(km="70501"))

    assert [(each.kind, each.id) for each in found(site, ScheduleEvent)] == [("service_due", "sv-v1-66000")]


def test_vh10_given_full_fills_when_two_periods_are_a_tenth_over_then_the_page_flags_it(site):
    client = signed_in(site, "dan")
    for number, (km, litres) in enumerate(((68240, 40), (68740, 48), (69240, 48))):
        sent = send(client, "fuel", cars.filling(km=str(km), quantity=str(litres)), NOW + number * 24 * 60 * A_MINUTE)
        assert sent.status_code == 303

    assert found(site, VehicleState)[0].fuel_over
    assert "9.6" in page(client, now=NOW + timedelta(days=3))


@pytest.mark.parametrize("wrong", [{"quantity": "0"}, {"quantity": "-3"}, {"quantity": "nan"}, {"quantity": "1e9"},
                                   {"cost": "x"}, {"id": "no"}, {"km": "1"}])  # fmt: skip
def test_given_bad_input_when_fuel_is_noted_then_it_is_refused_and_nothing_kept(site, wrong):
    answer = send(signed_in(site, "dan"), "fuel", cars.filling(**wrong))

    assert answer.status_code == 422
    assert not found(site, VehicleEntry)


def test_given_a_receipt_when_fuel_is_noted_again_by_a_retry_then_there_is_one_line_with_its_photo(site):
    client, form = signed_in(site, "dan"), cars.filling()
    kinds = {"content_type": "multipart/form-data"}

    assert send(client, "fuel", form | photo(), **kinds).status_code == 303
    assert send(client, "fuel", form | photo(), **kinds).status_code == 303

    [entry], [kept_photo] = found(site, VehicleEntry), found(site, Photo)
    assert (entry.quantity, entry.cost, entry.full) == (40.0, 318.5, True)
    assert (kept_photo.check_id, kept_photo.implementer_id, entry.data["photos"]) == (
        entry.id, "clean", [kept_photo.sha256],
    )  # fmt: skip


def test_ev11_given_a_kept_vehicle_when_the_head_overrides_then_it_departs_once_and_is_written_up(site):
    driver, head = signed_in(site, "dan"), signed_in(site, "lea")
    assert send(driver, "override", cars.said()).status_code == 403
    given = cars.said()
    assert send(head, "override", given).status_code == 303
    assert send(head, "override", cars.said()).status_code == 409

    assert send(driver, "depart", cars.departure()).status_code == 303
    [trip] = found(site, VehicleTrip)
    assert trip.override_id == given["id"]
    assert send(driver, "return", {"id": cars.number(), "trip": trip.id, "km": "68250"}).status_code == 303
    assert send(driver, "depart", cars.departure(km="68250"), NOW + A_MINUTE).status_code == 409

    written = cars.said(ref=given["id"], text="值班室通知，人员送医，平安返回")
    assert send(driver, "backfill", written).status_code == 403
    assert send(head, "backfill", written).status_code == 303
    assert send(head, "backfill", cars.said(ref=given["id"])).status_code == 409
    with site.app_context():
        assert atomically(lambda: tend(NOW + timedelta(hours=30), site.extensions["settings"].zone)) >= 0
    assert not found(site, Finding)[2:]


def test_ev11_given_an_override_when_nobody_writes_it_up_in_a_day_then_it_becomes_a_finding_once(site):
    given, zone = cars.said(), site.extensions["settings"].zone
    assert send(signed_in(site, "sue"), "override", given).status_code == 303
    with site.app_context():
        atomically(lambda: tend(NOW + timedelta(hours=24) - A_MINUTE, zone))
        assert not rows_of(Finding)
        atomically(lambda: tend(NOW + timedelta(hours=24), zone))
        atomically(lambda: tend(NOW + timedelta(hours=25), zone))

    [finding] = found(site, Finding)
    assert (finding.source, finding.implementer_id, finding.severity, finding.point_id) == (
        "supervision", "clean", "major", CAR,
    )  # fmt: skip
    assert "夜间突发疾病" in finding.text
    late = send(signed_in(site, "lea"), "backfill", cars.said(ref=given["id"]), NOW + timedelta(hours=25))
    assert late.status_code == 409


def test_given_a_vehicle_that_nothing_keeps_in_when_overridden_then_it_needs_none(site):
    checked(site)

    assert send(signed_in(site, "lea"), "override", cars.said()).status_code == 409
    assert send(signed_in(site, "lea"), "override", cars.said(text="急")).status_code == 422


def test_vh7_given_a_wrong_reading_when_corrected_then_it_counts_once_a_second_person_agrees(site):
    driver, leader = signed_in(site, "dan"), signed_in(site, "lea")
    assert send(driver, "fuel", cars.filling(km="68900")).status_code == 303
    [wrong] = found(site, VehicleEntry)
    ask = {"id": cars.number(), "ref": wrong.id, "km": "68290", "text": "看错一位"}
    kinds = {"content_type": "multipart/form-data"}
    assert send(driver, "correct", ask, **kinds).status_code == 422  # no photo
    assert send(driver, "correct", ask | photo(), **kinds).status_code == 303
    assert found(site, VehicleState)[0].odometer_km == 68900

    own = send(driver, "decide", {"id": cars.number(), "ref": ask["id"], "verdict": "agree"})
    assert own.status_code == 403
    agreed = {"id": cars.number(), "ref": ask["id"], "verdict": "agree"}
    assert send(leader, "decide", agreed).status_code == 303
    assert send(leader, "decide", agreed).status_code == 303

    assert found(site, VehicleState)[0].odometer_km == 68290
    again = send(
        signed_in(site, "tec"), "decide", {"id": cars.number(), "ref": ask["id"], "verdict": "refuse", "text": "不对"}
    )
    assert again.status_code == 409
    assert [each.km for each in found(site, VehicleEntry) if each.kind == "fuelled"] == [68900]


def test_vh7_given_a_correction_of_somebody_elses_reading_or_by_its_own_author_when_sent_then_refused(site):
    with site.app_context():
        cars.car("v2", "9H83JHK10S")
    leader = signed_in(site, "lea")
    assert send(leader, "fuel", cars.filling(km="68900"), point="v2").status_code == 303
    [other] = found(site, VehicleEntry)
    ask = {"id": cars.number(), "ref": other.id, "km": "68290", "text": "看错一位"} | photo()
    assert send(leader, "correct", ask, content_type="multipart/form-data").status_code == 422

    ask = {"id": cars.number(), "ref": other.id, "km": "68290", "text": "看错一位"} | photo()
    assert send(leader, "correct", ask, point="v2", content_type="multipart/form-data").status_code == 303
    own = send(leader, "decide", {"id": cars.number(), "ref": ask["id"], "verdict": "agree"}, point="v2")
    assert own.status_code == 403


def test_vh11_given_a_holiday_when_sealed_with_photo_then_it_stays_in_until_the_head_takes_the_seal_off(site):
    checked(site)
    driver = signed_in(site, "dan")
    seal = cars.noted(text="封条 0312")
    assert send(driver, "seal", seal).status_code == 422
    assert send(driver, "seal", seal | photo(), content_type="multipart/form-data").status_code == 303
    assert send(driver, "depart", cars.departure()).status_code == 409
    assert "封条 0312" in page(driver, "/vehicles/seals")

    assert send(driver, "unseal", cars.said()).status_code == 403
    assert send(signed_in(site, "lea"), "unseal", cars.said()).status_code == 303
    assert send(signed_in(site, "lea"), "unseal", cars.said()).status_code == 409
    assert send(driver, "depart", cars.departure()).status_code == 303


def test_vh12_given_an_accident_when_noted_then_the_way_without_one_begins_anew(site):
    client = signed_in(site, "dan")
    assert send(client, "fuel", cars.filling(km="68400")).status_code == 303
    assert found(site, VehicleState)[0].clean_since_km == 68240

    assert send(client, "accident", cars.noted(km="68450", text="倒车剐蹭")).status_code == 303

    assert found(site, VehicleState)[0].clean_since_km == 68450
