"""Which clock counts: the cases of the contract."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.checks.rules import Mark
from app.checks.rules_timing import Span, Timing, site_time, standing, status_of, timing
from tests.support.answers import at

SPAN = Span(opens=at("08:15"), end=at("10:30"), grace_end=at("11:00"), expires=at("14:00"))
OPENED = at("08:31")


def clocked(submitted, received, *, phone=None, span=SPAN, opened=OPENED):
    return timing(opened, at(submitted), at(phone or received), at(received), span)


def test_given_a_record_sent_at_once_when_clocked_then_the_receipt_counts():
    found = clocked("08:40:00", "08:41:00")

    assert (found.effective_at, found.timing, found.offline, found.marks) == (at("08:41"), Timing.WINDOW, False, ())


def test_given_a_record_sent_later_when_clocked_then_the_phones_time_counts_and_shows_offline():
    found = clocked("08:40:00", "08:41:01")

    assert (found.effective_at, found.offline) == (at("08:40"), True)


@pytest.mark.parametrize(
    ("submitted", "worth"),
    [
        ("10:30:00", "window"),
        ("10:30:01", "grace"),
        ("11:00:00", "grace"),
        ("11:00:01", "late"),
        ("14:00:00", "late"),
        ("14:00:01", "extra"),
    ],
)
def test_given_an_effective_time_when_it_arrives_within_a_day_then_the_window_decides(submitted, worth):
    assert clocked(submitted, "18:00").timing == worth


@pytest.mark.parametrize(
    ("received", "worth", "marks"),
    [
        ("2026-11-24T11:00:00", "window", ()),
        ("2026-11-24T11:00:01", "late", ()),
        ("2026-11-26T11:00:00", "late", ()),
        ("2026-11-26T11:00:01", "held", (Mark.HELD,)),
    ],
)
def test_given_a_late_arrival_when_clocked_then_a_day_and_three_days_are_the_limits(received, worth, marks):
    found = clocked("08:40", received)

    assert (found.timing, found.marks, found.offline) == (worth, marks, True)


def test_given_an_effective_time_past_expiry_when_it_arrives_days_later_then_it_is_extra():
    found = clocked("15:00", "2026-11-27T09:00:00")

    assert (found.timing, found.marks) == (Timing.EXTRA, (Mark.EXPIRED,))


def test_given_a_window_not_open_yet_when_a_record_comes_then_it_fills_nothing():
    early = clocked("08:14:00", "08:14:30", opened=at("08:10"))

    assert (early.timing, early.marks) == (Timing.EXTRA, (Mark.EARLY,))
    assert clocked("08:15:00", "08:15:00", opened=at("08:10")).timing is Timing.WINDOW


def test_given_no_window_when_clocked_then_it_is_extra_without_a_mark():
    found = clocked("08:40", "08:40", span=None)

    assert (found.timing, found.marks) == (Timing.EXTRA, ())


@pytest.mark.parametrize(
    ("phone", "marked"), [("08:39:00", False), ("08:43:00", False), ("08:38:59", True), ("08:43:01", True)]
)
def test_given_a_phone_clock_when_it_is_over_two_minutes_off_then_it_is_marked_and_receipt_counts(phone, marked):
    found = timing(at("08:20"), at("08:20"), at(phone), at("08:41"), SPAN)

    assert (Mark.CLOCK in found.marks) is marked
    assert (found.effective_at == at("08:41")) is marked


@pytest.mark.parametrize("days", [-400, -1, 1, 400])
def test_given_a_clock_days_off_when_a_record_comes_at_once_then_it_is_kept_in_the_window(days):
    off = timedelta(days=days)

    found = timing(OPENED + off, at("08:40") + off, at("08:40") + off, at("08:40"), SPAN)

    assert (found.timing, found.marks, found.by_phone, found.offset) == (
        Timing.WINDOW,
        (Mark.CLOCK,),
        at("08:40"),
        -off,
    )


def test_given_a_clock_set_back_when_clocked_then_it_is_marked():
    before_opening = timing(at("08:40"), at("08:35"), at("08:41"), at("08:41"), SPAN)
    before_submitting = timing(at("08:30"), at("08:42:03"), at("08:42"), at("08:42"), SPAN)
    within_tolerance = timing(at("08:40:02"), at("08:40"), at("08:39:58"), at("08:41"), SPAN)

    assert (before_opening.marks, before_submitting.marks, within_tolerance.marks) == ((Mark.CLOCK,), (Mark.CLOCK,), ())


@pytest.mark.parametrize(("minutes", "marked"), [(None, False), (0, False), (12, False), (12.1, True), (60, True)])
def test_given_a_clock_set_back_while_working_when_more_time_passed_than_it_shows_then_it_is_marked(minutes, marked):
    elapsed = None if minutes is None else timedelta(minutes=minutes)

    found = timing(at("08:30"), at("08:40"), at("08:55"), at("08:55"), SPAN, elapsed)

    assert (Mark.CLOCK in found.marks) is marked
    assert found.effective_at == (at("08:55") if marked else at("08:40"))


def test_given_no_phone_time_when_clocked_then_the_receipt_counts_and_it_is_marked():
    found = timing(OPENED, at("08:40"), None, at("09:40"), SPAN)

    assert (found.effective_at, found.marks, found.offset) == (at("09:40"), (Mark.CLOCK,), timedelta(0))
    assert site_time(at("08:40"), None, at("09:40")) == at("08:40")


def test_given_a_small_offset_when_clocked_then_it_is_added():
    found = timing(at("08:31"), at("10:29:30"), at("11:59"), at("12:00"), SPAN)

    assert (found.effective_at, found.timing) == (at("10:30:30"), Timing.GRACE)
    assert site_time(at("10:00"), at("11:59"), at("12:00")) == at("10:01")
    assert site_time(at("11:59:30"), at("11:59"), at("12:00")) == at("12:00")


@given(st.integers(-200_000, 400_000), st.integers(0, 400_000), st.integers(-100, 100))
def test_given_any_clocks_when_judged_then_time_never_lies_in_the_future_and_the_model_agrees(done, behind, drift):
    received = at("08:15") + timedelta(seconds=done + behind)
    submitted = at("08:15") + timedelta(seconds=done - drift)

    found = timing(submitted, submitted, received - timedelta(seconds=drift), received, SPAN)

    seconds = done if behind > 60 else done + behind
    lag = done + behind - 9900
    if not 0 <= seconds <= 20700:
        model = "extra"
    elif lag > 259200:
        model = "held"
    elif lag > 86400 or seconds > 9900:
        model = "late"
    else:
        model = "window" if seconds <= 8100 else "grace"
    assert found.effective_at <= received
    assert found.timing == model
    assert found.offline is (behind > 60)


def test_given_a_status_when_several_hold_then_the_first_is_shown_and_the_rest_are_marks():
    assert status_of(Timing.WINDOW, awaiting=False, offline=False, marks=()) == ("received", ())
    assert status_of(Timing.GRACE, awaiting=False, offline=True, marks=("clock",)) == ("offline", ("clock",))
    assert status_of(Timing.LATE, awaiting=False, offline=True, marks=()) == ("late", ("offline",))
    assert status_of(Timing.HELD, awaiting=False, offline=False, marks=("held",)) == ("late", ("held",))
    assert status_of(Timing.LATE, awaiting=True, offline=True, marks=()) == ("awaiting_signature", ("late", "offline"))
    assert status_of(Timing.EXTRA, awaiting=True, offline=True, marks=("x",)) == (
        "extra",
        ("awaiting_signature", "offline", "x"),
    )


def test_given_a_timing_when_asked_then_only_done_in_its_window_or_late_fills():
    assert [each.fills for each in Timing] == [True, True, True, False, False]


def test_given_nothing_late_when_standing_is_asked_again_then_it_is_the_same_rule():
    assert standing(at("09:00"), at("09:00"), SPAN) == (Timing.WINDOW, ())
