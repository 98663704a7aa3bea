"""Questions and forms: every limit has its edge, nothing that is meant otherwise passes."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.data.forms import MOST_A_PAGE, asked, exported, key_form
from app.refusals import Invalid

TODAY, ZONE = date(2026, 11, 23), ZoneInfo("Asia/Shanghai")


def question(name="records", **args):
    return asked(name, args, TODAY, ZONE)


def faults(work):
    with pytest.raises(Invalid) as refused:
        work()
    return set(refused.value.fields)


def test_given_nothing_when_asked_then_the_last_31_days():
    wanted = question().wanted

    assert (wanted.first, wanted.last) == (date(2026, 10, 24), TODAY)
    assert question().limit == 200


def test_given_a_year_with_its_leap_day_when_asked_then_it_holds_and_a_day_more_does_not():
    year = {"from": "2024-01-01", "to": "2024-12-31"}

    assert (question(**year).wanted.last - question(**year).wanted.first) == timedelta(days=365)
    assert faults(lambda: question(**year | {"to": "2025-01-01"})) == {"to"}


@pytest.mark.parametrize(
    ("args", "field"),
    [
        ({"from": "2026-11-24", "to": "2026-11-23"}, "to"),
        ({"from": "20261101"}, "from"),
        ({"from": "2026-02-29"}, "from"),
        ({"to": ""}, "to"),
        ({"limit": "0"}, "limit"),
        ({"limit": str(MOST_A_PAGE + 1)}, "limit"),
        ({"limit": "-1"}, "limit"),
        ({"limit": "١"}, "limit"),
        ({"form": "2026-11-01"}, "form"),
        ({"month": "2026-11"}, "month"),
        ({"received_from": "yesterday"}, "received_from"),
        ({"received_from": "9999-12-31T23:59:59-23:59:99"}, "received_from"),
        ({"received_from": "9999-12-31T23:59:59-12:00"}, "received_from"),
        ({"received_from": "0001-01-01T00:00:00+12:00"}, "received_from"),
    ],
)
def test_given_a_parameter_that_does_not_hold_when_asked_then_it_is_named(args, field):
    assert faults(lambda: question(**args)) == {field}


def test_given_a_figure_when_asked_then_its_month_and_by_are_looked_at():
    assert question("figures", month="2026-02", by="point").wanted.first == date(2026, 2, 1)
    assert question("figures").wanted.first == date(2026, 11, 1)
    assert faults(lambda: question("figures", month="2026-13")) == {"month"}
    assert faults(lambda: question("figures", by="crew")) == {"by"}
    assert faults(lambda: question("points", **{"from": "2026-11-01"})) == {"from"}


def test_given_an_instant_without_a_zone_when_asked_then_it_is_the_site_s():
    plain = question(received_from="2026-11-23T08:00:00").wanted.received_from
    in_address = question(received_from="2026-11-23T08:00:00 08:00").wanted.received_from

    assert plain == in_address == datetime(2026, 11, 23, tzinfo=UTC)


def test_given_the_two_ends_of_a_page_when_asked_then_they_hold():
    assert [question(limit=text).limit for text in ("1", str(MOST_A_PAGE))] == [1, MOST_A_PAGE]


def test_given_a_file_that_ends_in_the_future_when_asked_for_then_it_ends_today():
    assert exported({"from": "2026-11-01", "to": "2027-01-01"}, TODAY).last == TODAY
    assert exported({"from": "2026-12-01", "to": "2027-01-01"}, TODAY).last == date(2026, 12, 1)
    assert faults(lambda: exported({"from": "2026-11-01"}, TODAY)) == {"to"}


KEY = {"id": "7e5c2ed5-0279-4279-976e-4db9f10c6874", "name": "平台", "ends_on": "2026-11-23", "reach": "some"}


def keyed(scopes=("records:read",), units=("care",), **changed):
    return key_form(KEY | changed, scopes, units, {"care", "clean"}, TODAY)


def test_given_a_key_when_all_is_filled_in_then_nothing_is_wrong():
    form = keyed()

    assert (form.errors, form.units, form.scopes, form.ends_on) == ({}, ("care",), ("records:read",), TODAY)
    assert keyed(reach="all").units == ()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "名" * 61}, "name"),
        ({"scopes": ("people:read",)}, "scopes"),
        ({"scopes": ("all",)}, "scopes"),
        ({"units": ("nowhere",)}, "units"),
        ({"ends_on": "2026-11-22"}, "ends_on"),
        ({"ends_on": "2028-11-24"}, "ends_on"),
        ({"id": "1"}, "id"),
    ],
)
def test_given_a_key_when_something_does_not_hold_then_it_is_named(given, field):
    assert set(keyed(**given).errors) == {field}
