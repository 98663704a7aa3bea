"""Dispatch orders of a workbook and a form: rows become orders, or faults with their cells."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.vehicles.rules_content import ORDER_HEAD
from app.vehicles.rules_orders import Known, NewOrder, head_fault, moment, orders_of, times_fault

SITE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 23, 0, tzinfo=UTC)  # 08:00 at the site
KNOWN = Known({"示A·T0001": "v1"}, {"wk-07": "wk-07", "驾驶员-01": "wk-07"}, SITE)
TEN = datetime(2026, 11, 23, 10, tzinfo=SITE)
ROW = ("PC-1", "示A·T0001", "驾驶员-01", "2026-11-23 10:00", "2026-11-23 12:00", "市内公务", "是")


def changed(**cells):
    names = ("number", "plate", "driver", "starts", "ends", "purpose", "urgent")
    return tuple(cells.get(name, value) for name, value in zip(names, ROW, strict=True))


def cells(*rows):
    return [fault.cell for fault in orders_of(rows, KNOWN, NOW)[1]]


def test_given_a_row_when_read_then_it_is_an_order_in_local_time():
    orders, faults = orders_of([ROW], KNOWN, NOW)

    assert faults == []
    assert orders == [NewOrder("v1", "wk-07", TEN, TEN + timedelta(hours=2), "市内公务", "PC-1", urgent=True)]


def test_given_cells_of_dates_when_read_then_they_count_as_local_time():
    [order], _faults = orders_of([changed(starts=datetime(2026, 11, 23, 10, 0, 59), urgent=None)], KNOWN, NOW)

    assert (order.starts_at, order.urgent) == (TEN, False)


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        (changed(number="x" * 41), "A2"), (changed(plate="示A·T0009"), "B2"), (changed(driver="wk-99"), "C2"),
        (changed(starts="10:00"), "D2"), (changed(ends="2026-13-01 10:00"), "E2"), (changed(purpose="x"), "F2"),
        (changed(purpose="x" * 201), "F2"), (changed(ends="2026-11-23 10:00"), "E2"),
    ],
)  # fmt: skip
def test_given_a_fault_when_read_then_its_cell_is_named_and_the_row_is_no_order(row, cell):
    orders, faults = orders_of([row], KNOWN, NOW)

    assert (orders, [fault.cell for fault in faults]) == ([], [cell])


def test_given_several_faults_when_read_then_all_are_named_and_empty_rows_passed_over():
    assert cells((None,) * 7, ("", "", "", "", "", "", ""), (None, "x", "y", None, None, None, None)) == [
        "B4", "C4", "D4", "E4", "F4",
    ]  # fmt: skip
    assert cells(("PC-1",)) == ["B2", "C2", "D2", "E2", "F2"]


def test_given_the_same_number_twice_when_read_then_the_second_names_the_first_and_none_may_repeat():
    orders, faults = orders_of([ROW, ROW, changed(number=""), changed(number="")], KNOWN, NOW)

    assert [fault.cell for fault in faults] == ["A3"]
    assert "in A2 already" in str(faults[0].sentence)
    assert len(orders) == 3


@pytest.mark.parametrize(
    ("minutes", "lasts", "holds"),
    [(60, 60, True), (60, 0, False), (60, -1, False), (-120, 60, False), (-60, 61, True), (60, 31 * 1440, True),
     (60, 31 * 1440 + 1, False), (400 * 1440, 60, True), (400 * 1440 + 1, 60, False)],
)  # fmt: skip
def test_given_times_when_judged_then_an_order_ends_after_it_begins_and_lies_ahead_within_reach(minutes, lasts, holds):
    starts = NOW + timedelta(minutes=minutes)

    assert (times_fault(starts, starts + timedelta(minutes=lasts), NOW) is None) is holds


def test_given_a_head_when_it_is_not_that_of_the_template_then_the_first_wrong_cell_is_named():
    assert head_fault(ORDER_HEAD) is None
    assert head_fault((*ORDER_HEAD, None, "more")) is None
    assert head_fault((*ORDER_HEAD[:2], "司机", *ORDER_HEAD[3:])).cell == "C1"
    assert head_fault(()).cell == "A1"
    assert head_fault(ORDER_HEAD[:6]).cell == "G1"


@pytest.mark.parametrize(
    "said", ["2026-11-23 10:00", "2026/11/23 10:00", "2026年11月23日 10：00", "2026-11-23T10:00:30"]
)
def test_given_ways_of_writing_a_time_when_read_then_they_mean_the_same(said):
    assert moment(said, SITE) == TEN


@given(st.one_of(st.none(), st.text(max_size=30), st.integers(), st.floats(), st.datetimes(), st.booleans()))
def test_given_anything_in_a_cell_when_read_as_a_time_then_it_is_one_with_a_zone_or_none(value):
    found = moment(value, SITE)

    assert found is None or found.tzinfo is SITE


@given(
    st.lists(st.lists(st.one_of(st.none(), st.text(max_size=12), st.integers(), st.floats()), max_size=9), max_size=8)
)
def test_given_any_rows_when_read_then_each_is_an_order_or_a_fault_and_nothing_breaks(rows):
    orders, faults = orders_of(rows, KNOWN, NOW)

    assert orders == []
    assert all(fault.cell[0] in "ABCDEFG" and fault.cell[1:].isdigit() for fault in faults)


def test_given_a_row_at_the_limits_when_read_then_it_is_an_order():
    for row in (changed(number="x" * 40), changed(purpose="公务"), changed(purpose="x" * 200)):
        assert cells(row) == []


def test_given_an_order_that_ends_now_when_judged_then_its_time_is_over():
    assert times_fault(NOW - timedelta(hours=1), NOW, NOW) is not None
