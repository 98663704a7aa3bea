"""How soon vehicles go out after a call (rules VH-2)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.vehicles.rules_months import asked_month
from app.vehicles.rules_response import Answered, Called, Share, is_own_start, share

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
CALL = Called("e", "v1", "1", "公务", "丹", False, NOON, NOON, None, None)
URGENT = replace(CALL, urgent=True)


@pytest.mark.parametrize(
    ("call", "after", "answered"),
    [
        (CALL, 30 * MINUTE, Answered.IN_TIME),
        (CALL, 30 * MINUTE + SECOND, Answered.LATE),
        (CALL, -5 * MINUTE, Answered.IN_TIME),
        (URGENT, MINUTE, Answered.IN_TIME),
        (URGENT, MINUTE + SECOND, Answered.LATE),
    ],
)
def test_vh_2_given_a_departure_when_judged_then_thirty_minutes_or_one_are_in_time(call, after, answered):
    assert replace(call, departed_at=NOON + after).answered(NOON + timedelta(days=1)) is answered


@pytest.mark.parametrize(
    ("given", "called"),
    [(NOON - 60 * MINUTE, NOON), (NOON, NOON), (NOON + 9 * MINUTE, NOON + 9 * MINUTE), (None, NOON)],
)
def test_vh_2_given_an_order_when_its_time_begins_then_it_is_the_later_of_order_and_wish(given, called):
    assert replace(CALL, given_at=given).called_at == called


def test_vh_2_given_a_departure_when_it_was_early_then_nobody_waited():
    assert CALL.took is None
    assert replace(CALL, departed_at=NOON - MINUTE).took == timedelta(0)
    assert replace(CALL, departed_at=NOON + 7 * MINUTE).took == 7 * MINUTE


@pytest.mark.parametrize(
    ("cancelled", "now", "answered"),
    [
        (None, 30 * MINUTE, Answered.OPEN),
        (None, 30 * MINUTE + SECOND, Answered.LATE),
        (30 * MINUTE, 60 * MINUTE, Answered.DROPPED),
        (-30 * MINUTE, -10 * MINUTE, Answered.DROPPED),
        (30 * MINUTE + SECOND, 60 * MINUTE, Answered.LATE),
    ],
)
def test_vh_2_given_nobody_went_when_judged_then_cancelled_in_time_is_dropped_and_the_rest_late(
    cancelled, now, answered
):
    call = replace(CALL, cancelled_at=NOON + cancelled if cancelled is not None else None)

    assert call.answered(NOON + now) is answered


def test_vh_2_given_calls_when_shared_then_each_kind_counts_its_own_and_only_what_is_decided():
    soon, late = (replace(CALL, departed_at=NOON + after) for after in (MINUTE, 31 * MINUTE))
    dropped = replace(CALL, cancelled_at=NOON)
    waiting = replace(CALL, wanted_at=NOON + 60 * MINUTE)
    calls = [soon, soon, late, dropped, waiting, replace(soon, urgent=True), replace(late, urgent=True)]

    assert share(calls, NOON + 60 * MINUTE, urgent=False) == Share(2, 3)
    assert share(calls, NOON + 60 * MINUTE, urgent=True) == Share(1, 2)
    assert share([], NOON, urgent=True) == Share(0, 0)


def test_vh_2_given_a_trip_without_an_order_when_looked_at_then_nobody_had_called():
    assert is_own_start(NOON, NOON)
    assert is_own_start(NOON + SECOND, NOON)
    assert not is_own_start(NOON - SECOND, NOON)
    assert not is_own_start(None, NOON)
    assert not is_own_start(NOON, None)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("2026-10", date(2026, 10, 1)), ("2000-01", date(2000, 1, 1)), ("1999-12", date(2026, 11, 1)),
        ("2026-11", date(2026, 11, 1)), ("2026-12", date(2026, 11, 1)), ("soon", date(2026, 11, 1)),
    ],
)  # fmt: skip
def test_given_a_month_when_asked_then_it_is_one_that_has_begun(typed, first):
    assert asked_month(typed, date(2026, 11, 1)) == first
