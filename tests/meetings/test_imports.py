"""Bookings from files: Excel with cell addresses, calendars with zones, recurrences and cancelled ones."""

import io
from datetime import datetime, time, timedelta

import pytest
from openpyxl import Workbook

from app.db import atomically
from app.meetings.actions import book, move
from app.meetings.actions_import import bring
from app.meetings.forms_excel import HEADS, read_excel, template
from app.meetings.forms_ical import read_ical
from app.meetings.queries import bookings_between
from app.refusals import Invalid, TooLarge
from tests.support.duties import SHANGHAI, minutes
from tests.support.meetings import ELEVEN, MONDAY, NINE, call, rooms, wish

DAY = timedelta(days=1)
ROW = ["会议室m1", "2026-11-24", "09:00", "11:00", 20, "是", "否", "HY-1", ""]


def excel(*rows, heads=None, merge=""):
    book = Workbook()
    book.active.append(heads or list(HEADS.values()))
    for row in rows:
        book.active.append(row)
    if merge:
        book.active.merge_cells(merge)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def ical(*parts, method=""):
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//t//", *([f"METHOD:{method}"] if method else [])]
    for part in parts:
        lines += ["BEGIN:VEVENT", "DTSTAMP:20261101T000000Z", *part, "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def entry(*more, uid="u1", start="DTSTART:20261124T090000", end="DTEND:20261124T110000", room="会议室m1"):
    return [f"UID:{uid}", start, end, f"LOCATION:{room}", "SUMMARY:不该留下的题目", *more]


def starts(body, now=MONDAY):
    reading = read_ical(body, SHANGHAI, now)
    assert reading.troubles == []
    return [f"{each.starts_at.astimezone(SHANGHAI):%m-%d %H:%M}" for each in reading.entries]


def troubles(reading):
    return [each.where for each in reading.troubles]


def brought(reading, *, only_try=False, room="", now=MONDAY):
    return bring(reading, room, call(now), only_try=only_try)


def standing():
    return [
        (each.point_id, f"{each.starts_at.astimezone(SHANGHAI):%d %H:%M}", f"{each.ends_at.astimezone(SHANGHAI):%H:%M}")
        for each in bookings_between(["m1", "m2"], MONDAY, MONDAY + 500 * DAY)
    ]


def test_given_a_filled_workbook_when_it_is_read_then_rows_become_bookings():
    (one, other) = read_excel(excel(ROW, ["m2", datetime(2026, 11, 25), time(9), time(10, 30)]), SHANGHAI).entries

    assert (one.room, one.starts_at, one.ends_at, one.people, one.name_cards, one.av) == (
        "会议室m1", NINE, ELEVEN, 20, True, False,
    )  # fmt: skip
    assert (other.where, other.starts_at, other.people) == ("A3", NINE + DAY, None)


def test_given_the_template_when_it_is_read_then_its_example_holds():
    assert read_excel(template(["第一会议室"]), SHANGHAI).entries[0].room == "第一会议室"


@pytest.mark.parametrize(
    ("place", "value", "where"),
    [
        (0, "", "A2"), (1, "24.13.2026", "B2"), (1, "=TODAY()", "B2"), (2, "9点", "C2"), (3, "08:00", "D2"),
        (4, "很多", "E2"), (4, -1, "E2"), (5, "也许", "F2"), (3, None, "D2"),
    ],
)  # fmt: skip
def test_given_a_wrong_cell_when_it_is_read_then_the_trouble_names_the_cell(place, value, where):
    row = list(ROW)
    row[place] = value

    assert troubles(read_excel(excel(row), SHANGHAI)) == [where]


def test_given_files_that_are_no_workbook_when_they_are_read_then_they_are_refused():
    for body in (b"PK\x03\x04 nonsense", excel(heads=["会议室", "日期"]), excel(ROW, ROW, merge="A2:B2")):
        with pytest.raises(Invalid):
            read_excel(body, SHANGHAI)


def test_given_too_many_rows_when_they_are_read_then_they_are_refused():
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.append(list(HEADS.values()))
    for _ in range(5_001):
        sheet.append(["x"])
    out = io.BytesIO()
    book.save(out)

    with pytest.raises(TooLarge):
        read_excel(out.getvalue(), SHANGHAI)
    with pytest.raises(TooLarge):
        read_excel(b"PK" + b"0" * 2_000_000, SHANGHAI)


def test_given_floating_utc_and_other_zones_when_they_are_read_then_the_instant_at_the_site_is_right():
    assert starts(ical(entry())) == ["11-24 09:00"]
    assert starts(ical(entry(start="DTSTART:20261124T010000Z", end="DTEND:20261124T030000Z"))) == ["11-24 09:00"]
    berlin = entry(start="DTSTART;TZID=Europe/Berlin:20261124T090000", end="DTEND;TZID=Europe/Berlin:20261124T100000")
    assert starts(ical(berlin)) == ["11-24 16:00"]


def test_given_a_series_when_it_is_read_then_it_is_spread_out_with_its_exceptions():
    weekly = entry("RRULE:FREQ=WEEKLY;COUNT=4", "EXDATE:20261201T090000")
    moved = entry("RECURRENCE-ID:20261208T090000", start="DTSTART:20261208T140000", end="DTEND:20261208T150000")

    assert starts(ical(weekly)) == ["11-24 09:00", "12-08 09:00", "12-15 09:00"]
    assert starts(ical(weekly, moved)) == ["11-24 09:00", "12-15 09:00", "12-08 14:00"]


def test_given_a_series_until_an_instant_when_it_is_read_then_the_last_is_that_day():
    assert starts(ical(entry("RRULE:FREQ=DAILY;UNTIL=20261126T010000Z"))) == [
        "11-24 09:00",
        "11-25 09:00",
        "11-26 09:00",
    ]


def test_given_a_series_without_end_when_it_is_read_then_it_stops_after_400_days_and_leaves_out_what_lies_behind():
    found = starts(ical(entry("RRULE:FREQ=WEEKLY", start="DTSTART:20260106T090000", end="DTEND:20260106T100000")))

    assert found[0] == "11-24 09:00"
    assert len(found) == 58


def test_given_a_series_in_a_zone_with_summer_time_when_it_is_read_then_its_own_clock_is_kept():
    york = entry(
        "RRULE:FREQ=MONTHLY;COUNT=6",
        start="DTSTART;TZID=America/New_York:20261124T200000",
        end="DTEND;TZID=America/New_York:20261124T210000",
    )

    assert {text[-5:] for text in starts(ical(york))} == {"09:00", "08:00"}


@pytest.mark.parametrize(
    "part",
    [
        entry(start="DTSTART;VALUE=DATE:20261124", end="DTEND;VALUE=DATE:20261125"),
        entry(start="DTSTART;TZID=Nowhere/Land:20261124T090000"),
        entry("CLASS:CONFIDENTIAL"),
        entry(end="DTEND:20261124T080000"),
        entry(end="DTEND:20261125T080000"),
        entry(uid=""),
        entry("RRULE:FREQ=SOMETIMES"),
        ["UID:u1", "LOCATION:会议室m1"],
    ],
)
def test_given_an_entry_that_books_no_room_when_it_is_read_then_its_trouble_names_it(part):
    assert troubles(read_ical(ical(entry(uid="u0"), part), SHANGHAI, MONDAY)) == ["VEVENT 2"]


def test_given_no_calendar_when_it_is_read_then_it_is_refused():
    with pytest.raises(Invalid):
        read_ical(b"\x00\x01 nonsense", SHANGHAI, MONDAY)
    with pytest.raises(TooLarge):
        read_ical(b"x" * 2_000_001, SHANGHAI, MONDAY)
    many = [entry("RRULE:FREQ=DAILY", uid=f"u{number}") for number in range(3)]
    with pytest.raises(TooLarge):
        read_ical(ical(*many), SHANGHAI, MONDAY)


def test_given_a_file_when_it_is_only_tried_then_it_says_what_would_happen_and_keeps_nothing(inside):
    rooms()

    found = brought(read_ical(ical(entry()), SHANGHAI, MONDAY), only_try=True)

    assert (found.troubles, dict(found.counts)) == ([], {"new": 1})
    assert standing() == []


def test_given_a_file_when_it_comes_twice_then_the_second_changes_nothing(inside):
    rooms()
    reading = read_ical(ical(entry("RRULE:FREQ=DAILY;COUNT=3")), SHANGHAI, MONDAY)

    first, second = brought(reading), brought(reading)

    assert (dict(first.counts), dict(second.counts)) == ({"new": 3}, {"same": 3})
    assert standing() == [("m1", "24 09:00", "11:00"), ("m1", "25 09:00", "11:00"), ("m1", "26 09:00", "11:00")]


def test_given_a_changed_and_a_cancelled_entry_when_the_file_comes_again_then_bookings_follow(inside):
    rooms()
    brought(read_ical(ical(entry(), entry(uid="u2", room="m2")), SHANGHAI, MONDAY))
    later = entry(start="DTSTART:20261124T100000", end="DTEND:20261124T120000")

    found = brought(read_ical(ical(later, entry("STATUS:CANCELLED", uid="u2")), SHANGHAI, MONDAY))

    assert dict(found.counts) == {"moved": 1, "cancelled": 1}
    assert standing() == [("m1", "24 10:00", "12:00")]
    again = brought(read_ical(ical(later, method="CANCEL"), SHANGHAI, MONDAY))
    assert dict(again.counts) == {"cancelled": 1}
    assert standing() == []


def test_given_a_cancelled_entry_when_it_comes_back_or_changes_its_room_then_it_is_booked_anew(inside):
    rooms()
    brought(read_ical(ical(entry()), SHANGHAI, MONDAY))
    brought(read_ical(ical(entry("STATUS:CANCELLED")), SHANGHAI, MONDAY))

    assert dict(brought(read_ical(ical(entry()), SHANGHAI, MONDAY)).counts) == {"new": 1}
    assert dict(brought(read_ical(ical(entry(room="会议室m2")), SHANGHAI, MONDAY)).counts) == {"moved": 1}

    assert standing() == [("m2", "24 09:00", "11:00")]


def test_given_a_clash_or_an_unknown_room_when_a_file_comes_then_nothing_of_it_is_kept(inside):
    rooms()
    atomically(lambda: book(wish(1), call()))
    clashing = [entry(uid="a", start="DTSTART:20261124T100000"), entry(uid="b", room="m2")]

    found = brought(read_ical(ical(*clashing, entry(uid="c", room="会议室m3")), SHANGHAI, MONDAY))

    assert troubles(found) == ["VEVENT 1", "VEVENT 3"]
    assert "09:00" in str(found.troubles[0].sentence)
    assert standing() == [("m1", "24 09:00", "11:00")]


def test_given_two_of_one_file_at_one_time_when_it_comes_then_the_second_is_the_trouble(inside):
    rooms()

    found = brought(read_excel(excel(ROW, [*ROW[:7], "HY-2", ""]), SHANGHAI))

    assert troubles(found) == ["A3"]
    assert standing() == []


def test_given_entries_without_a_room_when_a_room_is_chosen_then_they_go_there_within_reach(inside):
    rooms()
    reading = read_ical(ical(entry(room="")), SHANGHAI, MONDAY)

    assert troubles(brought(reading)) == troubles(brought(reading, room="m3")) == ["VEVENT 1"]
    assert dict(brought(reading, room="m2").counts) == {"new": 1}


def test_given_a_booking_moved_by_hand_when_its_row_comes_again_then_it_is_moved_back_and_not_doubled(inside):
    rooms()
    brought(read_excel(excel(ROW), SHANGHAI))
    (moved,) = bookings_between(["m1"], NINE, ELEVEN)
    atomically(lambda: move(moved.id, NINE + minutes(60), ELEVEN, (NINE, ELEVEN), call()))

    assert dict(brought(read_excel(excel(ROW), SHANGHAI)).counts) == {"moved": 1}
    assert standing() == [("m1", "24 09:00", "11:00")]
