from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.schedule.rules_windows import (
    Trigger,
    Window,
    WindowKind,
    event_key,
    expire_at,
    instant,
    reference_parts,
    span_of_event,
    span_on,
    window_key,
    window_reference,
)

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_given_a_window_over_midnight_when_it_falls_on_a_date_then_that_date_is_its_business_date():
    window = Window("A3", time(23, 45), time(0, 15), 1, 10, 5, "full", WindowKind.HANDOVER, 15)

    span = span_on(window, date(2026, 11, 23), SHANGHAI)

    assert span.business_on == date(2026, 11, 23)
    assert (span.opens_at, span.start_at) == (utc("2026-11-23 15:35"), utc("2026-11-23 15:45"))
    assert (span.end_at, span.grace_end_at) == (utc("2026-11-23 16:15"), utc("2026-11-23 16:20"))


def test_given_a_clock_that_jumps_when_a_skipped_time_is_asked_then_it_begins_at_the_jump():
    assert instant(date(2026, 3, 29), time(2, 30), BERLIN) == utc("2026-03-29 01:00")
    assert instant(date(2026, 3, 29), time(2, 31), BERLIN) == utc("2026-03-29 01:00")


def test_given_a_clock_set_back_when_a_time_comes_twice_then_the_first_counts():
    assert instant(date(2026, 10, 25), time(2, 30), BERLIN) == utc("2026-10-25 00:30")


@pytest.mark.parametrize(
    ("next_start", "expected"),
    [
        (None, "2026-11-24 00:10"),
        ("2026-11-23 06:00", "2026-11-23 06:00"),
        ("2026-11-23 00:05", "2026-11-23 00:10"),
        ("2026-11-26 00:00", "2026-11-24 00:10"),
    ],
)
def test_given_the_end_of_grace_when_lateness_ends_then_the_next_window_or_a_day_bounds_it(next_start, expected):
    until = expire_at(utc("2026-11-23 00:10"), next_start and utc(next_start))

    assert until == utc(expected)


def meeting(due_anchor=None):
    return Trigger("meeting.start_at", due_anchor, -90, -30, 60, 5, "full", WindowKind.REGULAR)


def test_given_a_meeting_when_its_window_is_asked_then_offsets_and_grace_lie_around_the_anchor():
    span = span_of_event(meeting(), {"meeting.start_at": utc("2026-11-23 01:00")}, SHANGHAI)

    assert (span.opens_at, span.start_at) == (utc("2026-11-22 22:30"), utc("2026-11-22 23:30"))
    assert (span.end_at, span.grace_end_at) == (utc("2026-11-23 00:30"), utc("2026-11-23 00:35"))
    assert span.business_on == date(2026, 11, 23)


def test_given_a_due_anchor_when_it_is_unknown_or_too_early_then_there_is_no_window():
    start = {"meeting.start_at": utc("2026-11-23 01:00")}

    assert span_of_event(meeting("meeting.end_at"), start, SHANGHAI) is None
    assert (
        span_of_event(meeting("meeting.end_at"), start | {"meeting.end_at": utc("2026-11-22 23:30")}, SHANGHAI) is None
    )
    assert span_of_event(meeting(), {}, SHANGHAI) is None


def test_given_an_end_that_falls_on_the_start_when_the_window_is_asked_then_it_is_one_of_no_length():
    anchors = {"meeting.start_at": utc("2026-11-23 01:00"), "meeting.end_at": utc("2026-11-23 00:00")}

    span = span_of_event(meeting("meeting.end_at"), anchors, SHANGHAI)

    assert span.start_at == span.end_at == utc("2026-11-22 23:30")


def test_given_a_meeting_that_moves_when_its_window_is_asked_again_then_the_window_moved_with_it():
    before = span_of_event(meeting(), {"meeting.start_at": utc("2026-11-23 01:00")}, SHANGHAI)

    after = span_of_event(meeting(), {"meeting.start_at": utc("2026-11-23 02:00")}, SHANGHAI)

    assert after.start_at - before.start_at == timedelta(hours=1) == after.grace_end_at - before.grace_end_at


def test_given_keys_when_they_are_made_and_read_then_they_are_those_of_the_contract():
    assert window_key(date(2026, 11, 23), "A", "A2") == "2026-11-23/A/A2"
    assert event_key(date(2026, 11, 23), "A", "mt-01") == "2026-11-23/A/e:mt-01"
    assert window_reference("JGSW05003.01", "2026-11-23/A/A2") == "JGSW05003.01/A/A2"
    assert window_reference("JGSW05002.01", "2026-11-23/A/e:mt-01") == "JGSW05002.01/A"
    assert window_reference("JGSW05002.01", "2026-11-23/A/e:2026/11") == "JGSW05002.01/A"
    assert reference_parts("JGSW05003.01/A/A2") == ("JGSW05003.01", "A", "A2")
    assert reference_parts("JGSW05002.01/A") == ("JGSW05002.01", "A", None)
