"""What the pages of vehicles show and to whom: board, ledger, seals, the way from the label; and what it costs."""

import io
from datetime import timedelta

import openpyxl
import pytest

from app import clock
from app.vehicles.models import VehicleTrip
from tests.support import builders as make
from tests.support import vehicles as cars
from tests.support.counting import queries_counted
from tests.support.driving import NOW, found, out, page, photo, send
from tests.support.sitting import signed_in


@pytest.fixture
def site(app):
    with app.app_context():
        make.small_world()
        cars.fleet()
        make.person("ina", "inspector", "bureau")
    return app


def test_given_the_board_when_opened_then_each_vehicle_says_what_keeps_it_in_and_strangers_see_none(site):
    with site.app_context():
        cars.checked(fails=True)
        cars.car("v2", "9H83JHK10S", plate="示A·T0002", insurance_due="2026-12-01")

    shown = page(signed_in(site, "ina"), "/vehicles")

    assert "示A·T0001" in shown and "制动" in shown
    assert "示A·T0002" in shown and "保险" in shown
    assert "示A·T0001" not in page(signed_in(site, "bob"), "/vehicles")
    with clock.at(NOW):
        assert signed_in(site, "bob").get("/vehicles/v1").status_code == 404


def test_given_the_label_of_a_vehicle_when_scanned_then_the_page_leads_to_its_trips_and_that_of_a_room_does_not(site):
    driver = signed_in(site, "dan")

    assert 'href="/vehicles/v1"' in page(driver, f"/p/{cars.CAR_CODE}")
    assert "/vehicles/" not in page(signed_in(site, "ann"), f"/p/{make.CODE}")


def test_given_a_month_when_the_ledger_is_taken_as_excel_then_trips_fuel_and_the_rest_stand_there(site):
    client = out(site, number="=PC-1")
    trip = found(site, VehicleTrip)[0].id
    send(
        client,
        "return",
        {"id": cars.number(), "trip": trip, "km": "68300", "route": "开发区"},
        NOW + timedelta(hours=2),
    )
    send(client, "fuel", cars.filling(km="68300"), NOW + timedelta(hours=3))
    send(client, "seal", cars.noted(km="68300", text="封条 1") | photo(), NOW + timedelta(hours=4),
         content_type="multipart/form-data")  # fmt: skip

    with clock.at(NOW + timedelta(hours=5)):
        answer = client.get("/vehicles/ledger.xlsx?month=2026-11")
        other = client.get("/vehicles/ledger.xlsx?month=2026-10")

    book = openpyxl.load_workbook(io.BytesIO(answer.data))
    trips, fuel, rest = (list(sheet.iter_rows(min_row=2, values_only=True)) for sheet in book.worksheets)
    assert trips == [("'=PC-1", "示A·T0001", "人员dan", "2026-11-23 08:40", 68240, "2026-11-23 10:40", 68300, 60,
                      "市内公务", "开发区", "", "")]  # fmt: skip
    assert fuel == [("示A·T0001", "2026-11-23 11:40", 68300, 40, "L", 318.5, "是", "人员dan")]
    assert rest == [("示A·T0001", "2026-11-23 12:40", "封存", 68300, "封条 1", "人员dan")]
    assert openpyxl.load_workbook(io.BytesIO(other.data)).worksheets[0].max_row == 1


def test_given_any_month_when_the_ledger_is_opened_then_it_answers(site):
    client = signed_in(site, "dan")
    for month in ("", "2026-13", "x", "9999-12", "0001-01"):
        assert "2026-11" in page(client, f"/vehicles/ledger?month={month}")


def test_vh11_given_a_holiday_ahead_when_the_seals_are_listed_then_what_is_missing_stands_out(site):
    head = signed_in(site, "lea")

    shown = page(head, "/vehicles/seals")

    assert "未封存" in shown and "F01" in shown


def test_given_a_time_line_when_older_lines_are_asked_for_then_they_come_and_rubbish_shows_the_newest(site):
    client = out(site)

    assert "市内公务" in page(client, "/vehicles/v1?until=rubbish")
    assert "市内公务" in page(client, "/vehicles/v1?until=2026-11-24T00:00:00%2B00:00")
    assert 'href="?correct=' not in page(client, "/vehicles/v1?until=2026-11-22T00:00:00%2B00:00")


def test_given_twice_the_vehicles_when_the_board_opens_then_it_asks_the_database_no_more_often(site):
    head = signed_in(site, "lea")
    page(head, "/vehicles")
    with queries_counted() as few:
        page(head, "/vehicles")
    with site.app_context():
        cars.car("v2", "9H83JHK10S", plate="示A·T0002")
        cars.car("v3", "AH83JHK10X", plate="示A·T0003")

    with queries_counted() as many:
        page(head, "/vehicles")

    assert len(many) == len(few)
