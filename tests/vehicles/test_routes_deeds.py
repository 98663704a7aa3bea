"""A vehicle's deeds through its page: each works, needs its role, refuses strangers and bad input, survives a retry."""

import io
import uuid
from datetime import timedelta

import pytest

from app import clock
from app.accounts.models import SignIn
from app.accounts.queries import token_key
from app.checks.models import CheckState
from app.db import atomically
from app.nonconformities.models import Finding
from app.photos.models import Photo
from app.places.models import Point
from app.schedule.models import Occurrence, ScheduleEvent
from app.vehicles.actions_tending import tend
from app.vehicles.models import VehicleEntry, VehicleState, VehicleTrip
from tests.support import builders as make
from tests.support import vehicles as cars
from tests.support.builders import kept
from tests.support.pictures import jpeg
from tests.support.stored import rows_of, tables
from tests.support.vehicles import CAR

NOW = make.NOW
A_MINUTE = timedelta(minutes=1)
DAN_DRIVES = "/vehicles/v1"


@pytest.fixture
def site(app):
    with app.app_context():
        make.small_world()
        cars.fleet()
    return app


def signed_in(app, person_id):
    with app.app_context():
        token = str(uuid.uuid4())
        kept(SignIn, id=token_key(token), person_id=person_id, started_at=NOW, seen_at=NOW)
    client = app.test_client()
    with client.session_transaction() as opened:
        opened.update({"_user_id": token, "_fresh": True, "seen": 4_000_000_000})
    return client


def send(client, deed, data, now=NOW, point=CAR, **kwargs):
    with clock.at(now):
        return client.send(f"/vehicles/{point}/{deed}", data, page="/me", **kwargs)


def page(client, path=DAN_DRIVES, now=NOW):
    with clock.at(now):
        answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return answer.get_data(as_text=True)


def found(app, table):
    with app.app_context():
        return rows_of(table)


def counts(app):
    with app.app_context():
        return tables()


def checked(app, **keys):
    with app.app_context():
        return cars.checked(**keys)


def photo(seed=7):
    return {"photos": (io.BytesIO(jpeg(seed=seed)), "a.jpg")}


def out(app, **keys):
    """Dan is out with the car."""
    checked(app)
    client = signed_in(app, "dan")
    assert send(client, "depart", cars.departure(**keys)).status_code == 303
    return client


def text(answer):
    return answer.get_data(as_text=True)


def test_vh5_given_a_check_when_the_driver_departs_and_returns_then_trip_line_odometer_and_the_check_after_it_follow(
    site,
):
    client = out(site)
    [trip] = found(site, VehicleTrip)
    assert (trip.driver_id, trip.start_km, trip.out_key, trip.driver_key) == ("dan", 68240, CAR, "dan")
    later = NOW + 90 * A_MINUTE

    answer = send(client, "return", {"id": cars.number(), "trip": trip.id, "km": "68290", "route": "开发区"}, later)

    assert answer.status_code == 303
    [trip] = found(site, VehicleTrip)
    assert (trip.end_km, trip.returned_at, trip.out_key, trip.driver_key, trip.route) == (
        68290,
        later,
        None,
        None,
        "开发区",
    )
    assert {each.kind for each in found(site, VehicleEntry)} == {"departed", "returned"}
    [state] = found(site, VehicleState)
    assert (state.odometer_km, state.doubts) == (68290, 0)
    attrs = next(each.attrs for each in found(site, Point) if each.id == CAR)["vehicle"]
    assert (attrs["odometer_km"], attrs["since_service_km"], attrs["service_state"]) == (68290, 2290, "ok")
    [event] = found(site, ScheduleEvent)
    assert (event.kind, event.ends_at, event.point_id) == ("dispatch", later, CAR)
    [after] = [each for each in found(site, Occurrence) if each.standard_code == cars.POST]
    assert (after.start_at, after.end_at) == (later, later + 30 * A_MINUTE)
    assert "68290" in page(client, now=later)


def test_vh6_given_a_check_made_void_when_the_driver_departs_then_it_is_as_if_there_was_none(site):
    check_id = checked(site, km=68300)
    with site.app_context():
        kept(CheckState, check_id=check_id, unsigned_steps=[], retake_steps=[], verdicts={}, void=True)
    client, before = signed_in(site, "dan"), counts(site)

    answer = send(client, "depart", cars.departure())

    assert answer.status_code == 409
    assert counts(site) == before
    assert "68300" not in page(client)


def test_given_a_retry_of_departure_and_return_when_sent_again_then_nothing_is_kept_twice(site):
    checked(site)
    client, going = signed_in(site, "dan"), cars.departure()
    assert send(client, "depart", going).status_code == 303
    before = counts(site)
    assert send(client, "depart", going).status_code == 303
    assert counts(site) == before
    coming = {"id": cars.number(), "trip": found(site, VehicleTrip)[0].id, "km": "68250"}
    assert send(client, "return", coming, NOW + A_MINUTE).status_code == 303
    before = counts(site)

    assert send(client, "return", coming, NOW + 2 * A_MINUTE).status_code == 303
    assert counts(site) == before


def test_vh6_given_no_check_when_departing_then_it_is_refused_with_the_reason_and_nothing_is_kept(site):
    before = counts(site)

    answer = send(signed_in(site, "dan"), "depart", cars.departure())

    assert answer.status_code == 409
    assert "出车前检查" in text(answer)
    assert counts(site)["vehicle_trips"] == before["vehicle_trips"] == 0


def test_vh6_given_a_failed_step_that_blocks_when_departing_then_it_stays_until_a_later_check_passes(site):
    checked(site, fails=True)
    client = signed_in(site, "dan")
    assert send(client, "depart", cars.departure()).status_code == 409
    assert "制动" in page(client)

    checked(site, at=NOW - A_MINUTE)

    assert send(client, "depart", cars.departure()).status_code == 303


def test_vh6_given_a_failed_step_when_its_finding_is_closed_then_the_vehicle_is_no_longer_kept_in(site):
    check_id = checked(site, fails=True, standard=cars.MONTHLY, choice="停用送修")
    client = out_refused(site)
    with site.app_context():
        kept(
            Finding, id=cars.number(), number="F9", point_id=CAR, standard_code=cars.MONTHLY, implementer_id="clean",
            responsible_id="care", edition=f"{cars.MONTHLY}-2026", step_id="S12", step_title="例检结论",
            check_id=check_id, source="check", severity="major", cause="facility", fail_action="block", text="坏",
            found_by_id="dan", found_at=NOW, state="closed",
        )  # fmt: skip

    assert send(client, "depart", cars.departure()).status_code == 303


def out_refused(site):
    checked(site)
    client = signed_in(site, "dan")
    assert send(client, "depart", cars.departure()).status_code == 409
    return client


def test_vh6_given_out_of_service_by_word_when_departing_then_it_stays_in(site):
    checked(site, standard=cars.MONTHLY, choice="停用送修")

    assert "例检结论" in text(send(out_refused(site), "depart", cars.departure()))


def test_given_a_trip_when_another_driver_or_another_vehicle_is_started_then_both_are_refused(site):
    client = out(site)
    with site.app_context():
        cars.car("v2", "9H83JHK10S")
        cars.checked(point_id="v2")

    again = send(signed_in(site, "tec"), "depart", cars.departure())
    other = send(client, "depart", cars.departure(), point="v2")

    assert (again.status_code, other.status_code) == (409, 409)
    assert "人员dan" in text(again)
    assert len(found(site, VehicleTrip)) == 1


@pytest.mark.parametrize("km", ["68239", "", "abc", "-5", "68240.5", "9999999", "六万"])
def test_vh7_given_an_odometer_that_falls_or_is_no_number_when_departing_then_the_field_says_so(site, km):
    checked(site)

    answer = send(signed_in(site, "dan"), "depart", cars.departure(km=km))

    assert answer.status_code == 422
    assert 'id="depart-km-error"' in text(answer)
    assert not found(site, VehicleTrip) and not found(site, VehicleEntry)


def test_vh7_given_a_leap_when_returning_then_it_asks_and_is_taken_once_ticked(site):
    client = out(site)
    coming = {"id": cars.number(), "trip": found(site, VehicleTrip)[0].id, "km": "69041"}
    later = NOW + 60 * A_MINUTE

    asked = send(client, "return", coming, later)
    assert (asked.status_code, 'name="sure"' in text(asked)) == (422, True)

    assert send(client, "return", coming | {"sure": "1"}, later).status_code == 303
    assert found(site, VehicleState)[0].odometer_km == 69041
    assert [each.data for each in found(site, VehicleEntry) if each.kind == "returned"] == [{"sure": True}]


def test_vh7_given_a_check_with_the_odometer_when_the_page_opens_then_it_begins_there_and_lower_is_refused(site):
    checked(site, km=68300)
    client = signed_in(site, "dan")

    assert 'value="68300"' in page(client)
    assert send(client, "depart", cars.departure(km="68299")).status_code == 422
    assert send(client, "depart", cars.departure(km="68300")).status_code == 303


def test_given_no_start_when_the_driver_returns_then_the_trip_is_kept_with_its_start_unknown(site):
    client = signed_in(site, "dan")

    answer = send(client, "return", {"id": cars.number(), "trip": "", "km": "68260", "route": "火车站"})

    assert answer.status_code == 303
    [trip] = found(site, VehicleTrip)
    assert (trip.started_at, trip.start_km, trip.end_km, trip.out_key) == (None, None, 68260, None)
    assert [each.data for each in found(site, VehicleEntry)] == [{"start": "unknown"}]
    assert [each.standard_code for each in found(site, Occurrence) if each.point_id == CAR] == [cars.POST]


def test_given_a_trip_that_ended_when_it_is_ended_again_by_another_page_then_it_is_told_so(site):
    client = out(site)
    trip_id = found(site, VehicleTrip)[0].id
    assert send(client, "return", {"id": cars.number(), "trip": trip_id, "km": "68250"}).status_code == 303

    assert send(client, "return", {"id": cars.number(), "trip": trip_id, "km": "68260"}).status_code == 409
    assert len([each for each in found(site, VehicleEntry) if each.kind == "returned"]) == 1


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


@pytest.mark.parametrize(
    "deed",
    ["depart", "return", "fuel", "service", "seal", "unseal", "accident", "override", "backfill", "correct", "decide"],
)
def test_given_a_stranger_or_nobody_when_any_deed_is_sent_then_it_is_refused_and_nothing_kept(site, deed):
    before = counts(site)

    foreign = send(signed_in(site, "bob"), deed, {"id": cars.number(), "km": "68240", "text": "词语词语词语"})
    nothing = send(signed_in(site, "dan"), deed, {})
    nobody = site.test_client().post(f"/vehicles/{CAR}/{deed}")

    assert foreign.status_code == (403 if deed in ("unseal", "override", "backfill") else 404)
    assert nothing.status_code in (403, 422)
    assert nobody.status_code in (302, 303, 400, 401, 403)
    after = counts(site)
    assert {name: after[name] for name in after if name != "sign_ins"} == {
        name: before[name] for name in before if name != "sign_ins"
    }


def test_given_a_number_used_for_another_entry_when_sent_then_it_is_refused(site):
    client, form = signed_in(site, "dan"), cars.filling()
    assert send(client, "fuel", form).status_code == 303

    assert send(client, "accident", cars.noted(id=form["id"])).status_code == 409
    assert send(signed_in(site, "tec"), "fuel", form).status_code == 409
