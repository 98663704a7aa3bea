"""Dispatch orders: by hand and from a workbook, all or nothing, never twice at once; what it asks for follows."""

import io
from datetime import timedelta

import openpyxl
import pytest

from app import clock
from app.refusals import TooLarge
from app.schedule.models import Occurrence, ScheduleEvent
from app.training.models import TrainingSetting
from app.vehicles.forms_orders import sheet_rows
from app.vehicles.models import VehicleTrip
from app.vehicles.rules_content import ORDER_HEAD
from app.vehicles.rules_ledger import workbook
from tests.support import builders as make
from tests.support import vehicles as cars
from tests.support.builders import kept
from tests.support.driving import found, page, send, text
from tests.support.sitting import signed_in

NOW = make.NOW
ORDERS = "/vehicles/dispatches"
XLSX = {"content_type": "multipart/form-data"}


@pytest.fixture
def site(app):
    with app.app_context():
        make.small_world()
        cars.fleet()
    return app


def put(client, path=ORDERS, now=NOW, **data):
    with clock.at(now):
        return client.send(path, data, page="/me", **(XLSX if "workbook" in data else {}))


def order(**keys):
    return {
        "id": cars.number(), "vehicle": "v1", "driver": "dan", "starts": "2026-11-23T10:00", "ends": "2026-11-23T12:00",
        "purpose": "市内公务", "number": "PC-1", **keys,
    }  # fmt: skip


def book(*rows, head=ORDER_HEAD):
    return io.BytesIO(workbook([("单", head, rows)], NOW)), "orders.xlsx"


def line(number="PC-1", plate="示A·T0001", driver="dan", starts="2026-11-23 10:00", ends="2026-11-23 12:00", urgent=""):
    return (number, plate, driver, starts, ends, "市内公务", urgent)


def test_given_an_order_when_the_head_keeps_it_then_the_check_before_the_trip_stands_at_once_and_a_retry_adds_nothing(
    site,
):
    head, form = signed_in(site, "lea"), order()

    assert put(head, **form).status_code == 303
    assert put(head, **form).status_code == 303

    [event] = found(site, ScheduleEvent)
    assert event.facts == {"dispatch.driver": "dan", "dispatch.purpose": "市内公务", "dispatch.number": "PC-1"}
    rows = {each.standard_code: each for each in found(site, Occurrence) if each.point_id == "v1"}
    assert rows[cars.PRE].start_at == NOW + timedelta(minutes=50)
    assert rows[cars.POST].start_at == NOW + timedelta(hours=3, minutes=20)


def test_given_an_order_when_the_driver_departs_by_it_and_comes_back_late_then_the_check_after_it_moves_along(site):
    put(signed_in(site, "lea"), **order())
    driver, leaves = signed_in(site, "dan"), NOW + timedelta(minutes=80)
    with site.app_context():
        cars.checked(at=NOW + timedelta(minutes=60))
    [event] = found(site, ScheduleEvent)
    assert send(driver, "depart", cars.departure(event=event.id, purpose=""), leaves).status_code == 303
    [trip] = found(site, VehicleTrip)
    assert (trip.event_id, trip.purpose) == (event.id, "市内公务")

    early = NOW + timedelta(hours=2)
    assert send(driver, "return", {"id": cars.number(), "trip": trip.id, "km": "68260"}, early).status_code == 303

    [after] = [each for each in found(site, Occurrence) if each.standard_code == cars.POST and each.state != "void"]
    assert after.start_at == early


def test_given_no_grant_when_an_order_is_kept_or_cancelled_then_it_is_refused(site):
    put(signed_in(site, "lea"), **order())
    [event] = found(site, ScheduleEvent)

    for person in ("dan", "bob"):
        assert put(signed_in(site, person), **order(vehicle="v1")).status_code == 403
        assert put(signed_in(site, person), f"{ORDERS}/{event.id}/cancel").status_code == 403
    assert len(found(site, ScheduleEvent)) == 1 and found(site, ScheduleEvent)[0].cancelled_at is None


@pytest.mark.parametrize(
    "wrong",
    [{"vehicle": "v9"}, {"driver": "bob"}, {"starts": "soon"}, {"ends": "2026-11-23T09:00"}, {"purpose": ""},
     {"starts": "2026-11-20T10:00", "ends": "2026-11-20T12:00"}, {"ends": "2027-11-23T09:00"}, {"id": "x"}],
)  # fmt: skip
def test_given_bad_input_when_an_order_is_kept_then_it_is_refused_and_nothing_kept(site, wrong):
    assert put(signed_in(site, "lea"), **order(**wrong)).status_code == 422
    assert not found(site, ScheduleEvent)


def test_given_an_order_when_the_vehicle_or_the_driver_is_sent_again_at_that_time_then_it_is_refused(site):
    head = signed_in(site, "lea")
    with site.app_context():
        cars.car("v2", "9H83JHK10S", plate="示A·T0002")
    put(head, **order())

    same_car = put(head, **order(driver="tec", starts="2026-11-23T11:59", ends="2026-11-23T13:00"))
    same_driver = put(head, **order(vehicle="v2", starts="2026-11-23T09:00", ends="2026-11-23T10:01"))
    after_it = put(head, **order(driver="tec", starts="2026-11-23T12:00", ends="2026-11-23T13:00"))

    assert (same_car.status_code, same_driver.status_code, after_it.status_code) == (409, 409, 303)


def test_vh6_given_a_kept_vehicle_when_it_is_sent_out_then_it_is_intercepted_but_for_an_emergency(site):
    head = signed_in(site, "lea")
    with site.app_context():
        cars.checked(km=71020)

    send(head, "fuel", cars.filling(km="71020"))
    answer = put(head, **order())

    assert answer.status_code == 409
    assert "示A·T0001" in text(answer) and "保养里程已到" in text(answer)
    assert put(head, **order(urgent="1")).status_code == 303


def test_given_an_order_when_it_is_cancelled_then_its_checks_are_void_and_again_changes_nothing(site):
    head = signed_in(site, "lea")
    put(head, **order())
    [event] = found(site, ScheduleEvent)

    assert put(head, f"{ORDERS}/{event.id}/cancel").status_code == 303
    assert put(head, f"{ORDERS}/{event.id}/cancel").status_code == 303

    assert {each.state for each in found(site, Occurrence) if each.point_id == "v1"} == {"void"}
    assert put(head, f"{ORDERS}/dp-none/cancel").status_code == 404


def test_given_a_workbook_when_brought_in_then_its_orders_stand_with_their_numbers_and_again_adds_nothing(site):
    head = signed_in(site, "lea")
    rows = (
        line(),
        (None,) * 7,
        line("PC-2", driver="人员tec", starts="2026-11-24 08:00", ends="2026-11-24 09:00", urgent="是"),
    )

    assert put(head, f"{ORDERS}/import", workbook=book(*rows)).status_code == 303
    assert put(head, f"{ORDERS}/import", workbook=book(*rows)).status_code == 303

    assert [(each.kind, each.facts["dispatch.number"], each.facts["dispatch.driver"]) for each in
            sorted(found(site, ScheduleEvent), key=lambda each: each.starts_at)] == [
        ("dispatch", "PC-1", "dan"), ("urgent_dispatch", "PC-2", "tec"),
    ]  # fmt: skip
    assert "PC-2" in page(head, ORDERS)


def test_given_faults_in_a_workbook_when_brought_in_then_each_has_its_cell_and_nothing_is_kept(site):
    head = signed_in(site, "lea")
    rows = (
        line(), line("PC-1", starts="2026-11-25 08:00", ends="2026-11-25 09:00"), line("PC-3", plate="=1+1"),
        line("PC-4", driver="nobody"), line("PC-5", starts="tomorrow"), line("PC-6", ends="2026-11-23 09:00"),
    )  # fmt: skip

    answer = put(head, f"{ORDERS}/import", workbook=book(*rows))

    assert answer.status_code == 422
    assert all(cell in text(answer) for cell in ("A3", "B4", "C5", "D6", "E7"))
    assert not found(site, ScheduleEvent)


@pytest.mark.parametrize(
    "sent",
    [b"", b"PK\x03\x04rubbish"],
)
def test_given_what_is_no_workbook_when_brought_in_then_it_is_refused(site, sent):
    answer = put(signed_in(site, "lea"), f"{ORDERS}/import", workbook=(io.BytesIO(sent), "a.xlsx"))

    assert answer.status_code in (413, 422)
    assert not found(site, ScheduleEvent)


def test_given_more_bytes_than_a_workbook_may_have_when_read_then_it_is_refused_unopened():
    with pytest.raises(TooLarge):
        sheet_rows(b"x" * 2_000_001)


def test_given_a_strange_head_or_too_many_rows_when_brought_in_then_it_is_refused(site):
    head = signed_in(site, "lea")
    strange = put(head, f"{ORDERS}/import", workbook=book(line(), head=("单号", *ORDER_HEAD[1:])))
    long = put(head, f"{ORDERS}/import", workbook=book(*([line()] * 501)))
    empty = put(head, f"{ORDERS}/import", workbook=book())

    assert (strange.status_code, "A1" in text(strange)) == (422, True)
    assert (long.status_code, empty.status_code) == (413, 422)


def test_given_the_template_when_taken_then_it_can_be_brought_in_as_it_is_but_for_its_example(site):
    with clock.at(NOW):
        answer = signed_in(site, "lea").get(f"{ORDERS}/template.xlsx")

    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    assert tuple(cell.value for cell in sheet[1]) == ORDER_HEAD


def test_tr4_given_a_driver_without_training_when_the_demand_is_on_then_he_is_not_sent(site):
    with site.app_context():
        kept(TrainingSetting, newcomer_days=30, remind_days=30, enforced_from=NOW.date(), at=NOW)

    answer = put(signed_in(site, "lea"), **order())

    assert answer.status_code == 422
    assert "人员dan" in text(answer)
    assert not found(site, ScheduleEvent)
