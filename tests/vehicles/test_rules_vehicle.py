"""The file of a vehicle as its attributes tell it, its ledger, and what is typed about it."""

import io
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.refusals import Invalid
from app.vehicles import forms
from app.vehicles.rules import Entry, EntryKind, Trip, Vehicle
from app.vehicles.rules_ledger import fuel_rows, other_rows, stamp, trip_rows, workbook
from tests.support import vehicles as cars
from tests.support.sheets import looks_of, made_at

SITE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 23, 0, 40, tzinfo=UTC)


def vehicle(**attrs):
    return Vehicle("v1", "公务车", None, photo_allowed=True, implementer_id="a", responsible_id="b", attrs=attrs)


def test_given_a_file_when_read_then_its_values_are_plain_and_what_is_odd_counts_as_missing():
    full = vehicle(plate="P", energy="纯电", fuel_quota={"value": 15.2}, insurance_due="2027-01-02", odometer_km=5.9,
                   service_interval_km=8000, known_since="2026-11-01", on_holiday_duty=True)  # fmt: skip
    odd = vehicle(
        fuel_quota={"value": 0}, insurance_due="soon", odometer_km=-4, known_since=7, service_interval_km=True
    )

    assert (full.plate, full.is_electric, full.unit, full.quota, full.first_km) == ("P", True, "kWh", 15.2, 5)
    assert (full.papers, full.known_since) == ({"insurance_due": date(2027, 1, 2)}, date(2026, 11, 1))
    assert (full.service_every_km, full.on_holiday_duty) == (8000, True)
    assert (odd.plate, odd.is_electric, odd.unit, odd.quota, odd.first_km) == ("公务车", False, "L", None, 0)
    assert (odd.papers, odd.known_since, odd.service_every_km, odd.on_holiday_duty) == ({}, None, 5000, False)
    assert vehicle(fuel_quota=3).quota is None


def test_given_a_file_that_goes_on_when_its_first_values_are_asked_for_then_they_are_those_it_came_with():
    going = vehicle(file_odometer_km=100, odometer_km=900, file_service_km=50, last_service_km=800)

    assert (going.first_km, going.first_service_km) == (100, 50)
    assert vehicle(odometer_km=900, last_service_km=800).first_service_km == 800


def trip(**values):
    told = {
        "id": "t", "point_id": "v1", "driver_id": "dan", "driver": "司机", "event_id": None, "number": "PC-1",
        "purpose": "调研", "route": "开发区", "urgent": True, "started_at": NOW, "start_km": 100,
        "returned_at": NOW + timedelta(hours=1), "end_km": 160, "override_id": None,
    }  # fmt: skip
    return Trip(**(told | values))


def test_given_trips_when_written_down_then_each_line_has_time_way_and_what_was_odd():
    known = {"v1": vehicle(plate="示A")}
    rows = trip_rows(
        [trip(), trip(started_at=None, start_km=None), trip(returned_at=None, end_km=None, urgent=False),
         trip(override_id="o", driver=None)], known, SITE,
    )  # fmt: skip

    assert rows[0] == (
        "PC-1",
        "示A",
        "司机",
        "2026-11-23 08:40",
        100,
        "2026-11-23 09:40",
        160,
        60,
        "调研",
        "开发区",
        "是",
        "",
    )
    assert (rows[1][3], rows[1][7], rows[1][11]) == ("", None, "无出车登记，补录收车")
    assert (rows[2][5], rows[2][7], rows[2][10], rows[2][11]) == ("", None, "", "未收车")
    assert (rows[3][2], rows[3][11]) == ("dan", "应急放行")
    assert stamp(None, SITE) == ""


def test_given_entries_when_written_down_then_fuel_and_the_rest_stand_apart():
    known = {"v1": vehicle(plate="示A", energy="纯电")}
    fuel = Entry("1", "v1", EntryKind.FUELLED, NOW, "dan", None, km=5, quantity=3.5, cost=2.0, full=True)
    part = Entry("2", "v1", EntryKind.FUELLED, NOW, "dan", "司机", km=5, quantity=3.5)
    service = Entry("3", "v1", EntryKind.SERVICED, NOW, None, None, km=9, text="机油")
    left = Entry("4", "v1", EntryKind.DEPARTED, NOW, "dan", "司机", km=9)
    at = "2026-11-23 08:40"

    assert fuel_rows([fuel, part, service], known, SITE) == [
        ("示A", at, 5, 3.5, "kWh", 2.0, "是", "dan"), ("示A", at, 5, 3.5, "kWh", None, "", "司机"),
    ]  # fmt: skip
    assert other_rows([fuel, service, left], known, SITE) == [("示A", at, "保养", 9, "机油", "")]


@pytest.mark.parametrize("hostile", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_given_a_text_that_a_spreadsheet_would_run_when_written_then_it_stays_a_text(hostile):
    body = workbook([("单", ("甲", "乙"), [(hostile, None), ("好", 3)])], NOW)

    rows = list(openpyxl.load_workbook(io.BytesIO(body)).active.iter_rows(values_only=True))
    assert rows == [("甲", "乙"), (f"'{hostile}", None), ("好", 3)]


def test_given_a_departure_when_read_then_it_wants_an_order_or_words_what_for():
    assert forms.departure(cars.departure(km="68,240", event="dp-1", purpose="")).km == 68240
    with pytest.raises(Invalid) as refused:
        forms.departure({"id": "x", "km": "2000001"})
    assert set(refused.value.fields) == {"id", "km", "purpose"}


def test_given_fuel_when_read_then_cost_may_be_missing_and_two_decimals_are_kept():
    read = forms.filling(cars.filling(quantity="41.256", cost="", full=""))

    assert (read.quantity, read.cost, read.full) == (41.26, None, False)
    with pytest.raises(Invalid) as refused:
        forms.filling(cars.filling(quantity="2000.1", cost="100000.1"))
    assert set(refused.value.fields) == {"quantity", "cost"}


@given(st.dictionaries(st.sampled_from(["id", "km", "quantity", "cost", "text", "ref"]), st.text(max_size=40)))
def test_given_anything_typed_when_read_then_it_is_refused_with_sentences_or_taken_whole(given_):
    for read in (forms.departure, forms.coming_back, forms.filling, forms.correction):
        assert taken_or_refused(read, given_)


def taken_or_refused(read, given_):
    try:
        return bool(read(given_).id)
    except Invalid as why:
        return bool(why.fields)


def test_given_what_a_file_tells_when_read_then_small_numbers_count_and_what_was_not_told_is_empty():
    told = vehicle(bay="F01", fuel_quota={"value": 0.9}, odometer_km=1, annual_inspection_due="2026-12-01")

    assert (told.bay, told.quota, told.first_km, vehicle().bay) == ("F01", 0.9, 1, "")
    assert told.papers == {"annual_inspection_due": date(2026, 12, 1)}


def test_given_an_entry_when_its_photos_are_asked_for_then_they_are_those_kept_with_it():
    def entry(**data):
        return Entry("1", "v1", EntryKind.ACCIDENT, NOW, "dan", None, data=data)

    assert (entry(photos=["a", "b"]).photos, entry().photos, entry(photos=None).photos) == (("a", "b"), (), ())


def test_given_a_ledger_when_it_is_opened_then_its_head_stays_in_sight_on_every_sheet():
    body = workbook([("长" * 32, ("甲", "乙"), []), ("单", ("丙",), [("x",)])], NOW)

    assert looks_of(body) == {"长" * 31: ("A2", [(1, 2)], (True, "thin")), "单": ("A2", [(1, 1)], (True, "thin"))}
    assert made_at(body) == NOW.replace(tzinfo=None)


def test_given_wide_digits_when_typed_then_they_are_read_and_exponents_are_none():
    read = forms.filling(cars.filling(km="７１，０２０", quantity="１２．５", cost="98"))
    assert (read.km, read.quantity, read.cost) == (71020, 12.5, 98.0)

    for name, odd in (("cost", "1e3"), ("quantity", "1e1"), ("km", "7e4"), ("quantity", "inf"), ("cost", "-1")):
        with pytest.raises(Invalid):
            forms.filling(cars.filling(**{name: odd}))
