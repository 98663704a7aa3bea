from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.messages.rules_choices import is_clock, is_mobile, is_outside_id, lapses_at, leaves_at, quiet_until
from app.messages.rules_words import Kind
from tests.support.builders import NOW

SITE = ZoneInfo("Asia/Shanghai")
NIGHT, NAP, NONE = ("21:30", "06:30"), ("12:00", "14:00"), ("08:00", "08:00")
CLOCK = st.builds("{:02}:{:02}".format, st.integers(0, 23), st.integers(0, 59))


def local(day, hour, minute, second=0):
    return datetime(2026, 11, day, hour, minute, second, tzinfo=SITE)


@pytest.mark.parametrize(
    ("at", "quiet", "end"),
    [
        (local(23, 21, 29, 59), NIGHT, None),
        (local(23, 21, 30), NIGHT, local(24, 6, 30)),
        (local(23, 23, 59), NIGHT, local(24, 6, 30)),
        (local(24, 0, 0), NIGHT, local(24, 6, 30)),
        (local(24, 6, 29, 59), NIGHT, local(24, 6, 30)),
        (local(24, 6, 30), NIGHT, None),
        (local(24, 11, 59), NAP, None),
        (local(24, 12, 0), NAP, local(24, 14, 0)),
        (local(24, 13, 59), NAP, local(24, 14, 0)),
        (local(24, 14, 0), NAP, None),
        (local(24, 8, 0), NONE, None),
    ],
)
def test_given_quiet_hours_when_asked_then_their_end_is_known_also_over_midnight(at, quiet, end):
    assert quiet_until(at.astimezone(UTC), SITE, *quiet) == end


@given(st.integers(0, 2 * 24 * 60), CLOCK, CLOCK)
def test_given_any_quiet_hours_when_they_hold_back_then_never_longer_than_a_day_and_no_longer_at_their_end(
    minute, first, last
):
    now = NOW + timedelta(minutes=minute)

    end = quiet_until(now, SITE, first, last)

    if end is not None:
        assert now < end <= now + timedelta(days=1)
        assert quiet_until(end, SITE, first, last) is None


def test_given_a_message_at_night_when_it_is_urgent_or_the_own_task_then_it_leaves_at_once():
    night, morning = local(23, 22, 0), local(24, 6, 30)

    assert leaves_at(night, SITE, NIGHT, Kind.MISSED, urgent=False) == morning
    assert leaves_at(night, SITE, NIGHT, Kind.MISSED, urgent=True) == night
    assert leaves_at(night, SITE, NIGHT, Kind.DUE_SOON, urgent=False) == night
    assert leaves_at(local(23, 12, 0), SITE, NIGHT, Kind.MISSED, urgent=False) == local(23, 12, 0)


def test_given_a_reminder_when_half_an_hour_has_gone_then_it_is_not_worth_sending_but_others_are():
    assert lapses_at(NOW, "due_soon") == NOW + timedelta(minutes=30)
    assert lapses_at(NOW, "missed") is None
    assert lapses_at(NOW, "unheard of") is None


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("00:00", True),
        ("23:59", True),
        ("24:00", False),
        ("9:00", False),
        ("09:60", False),
        ("٠٩:٠٠", False),
        ("", False),
    ],
)
def test_given_a_time_as_typed_when_read_then_only_hours_and_minutes_hold(text, holds):
    assert is_clock(text) is holds


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("13800001111", True), ("+8613800001111", True), ("12345", True), ("1234", False), ("1" * 16, False),
        ("138-0000", False), ("١٢٣٤٥", False), ("all", False),
    ],
)  # fmt: skip
def test_given_a_number_as_typed_when_read_then_only_digits_hold(text, holds):
    assert is_mobile(text) is holds


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("zhang.san", True), ("a@b-c_d", True), ("A" * 64, True), ("A" * 65, False), ("@all", False), (".a", False),
        ("a|b", False), ("a,b", False), ("a b", False), ("张三", False), ("", False),
    ],
)  # fmt: skip
def test_given_an_account_as_typed_when_read_then_it_can_call_one_person_only(text, holds):
    assert is_outside_id(text) is holds
