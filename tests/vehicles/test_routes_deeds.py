"""A vehicle's trips through its page: each deed works, needs its role, refuses bad input, survives a retry."""

import pytest

from app.checks.models import CheckState
from app.nonconformities.models import Finding
from app.places.models import Point
from app.schedule.models import Occurrence, ScheduleEvent
from app.vehicles.models import VehicleEntry, VehicleState, VehicleTrip
from tests.support import vehicles as cars
from tests.support.builders import kept
from tests.support.driving import A_MINUTE, NOW, checked, counts, found, out, page, send, text
from tests.support.sitting import signed_in
from tests.support.vehicles import CAR


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
