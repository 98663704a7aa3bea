from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from app.schedule.rules_events import EventKind, anchors_of
from app.schedule.rules_plan import Event, plan
from app.schedule.rules_turns import READY_BEFORE, neighbours
from tests.support.rota import SHANGHAI, compound

TUESDAY = date(2026, 11, 24)
TEN = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
ROOM, PREPARE, STAY, RESTORE = "pt-029", "JGSW05002.01", "JGSW05002.02", "JGSW05002.03"


def meeting(name, starts, lasts=60, room=ROOM):
    """A meeting that starts so many minutes after ten."""
    start = TEN + timedelta(minutes=starts)
    anchors = anchors_of(EventKind.MEETING, start, start + timedelta(minutes=lasts))
    return Event(name, room, anchors, TUESDAY)


def due(*meetings):
    """What the compound owes its meetings that day: times, profile and label by standard and meeting."""
    site = replace(compound().site, events=meetings)
    return {
        (each.code, each.event_id): (
            f"{each.span.start_at.astimezone(SHANGHAI):%H:%M}-{each.span.end_at.astimezone(SHANGHAI):%H:%M}",
            each.profile,
            each.label,
        )
        for each in plan(site, TUESDAY, TUESDAY)
        if each.event_id
    }


def test_given_one_meeting_when_it_is_planned_then_before_during_and_after_are_by_offset():
    assert due(meeting("a", 0, 120)) == {
        (PREPARE, "a"): ("08:30-09:30", "full", ""),
        (STAY, "a"): ("09:40-12:00", "full", ""),
        (RESTORE, "a"): ("12:00-12:40", "full", ""),
    }


def test_given_an_hour_between_two_when_they_are_planned_then_one_quick_turn_is_due_half_an_hour_before_the_next():
    found = due(meeting("a", 0), meeting("b", 120))

    assert found[RESTORE, "a"] == ("11:00-11:30", "turn", "快速翻台")
    assert [label for _time, _profile, label in found.values()].count("快速翻台") == 1
    assert found[PREPARE, "b"] == ("11:00-11:30", "full", "")
    assert found[RESTORE, "b"] == ("13:00-13:40", "full", "")


def test_given_a_quick_turn_when_it_is_planned_then_it_has_no_grace_and_nobody_prepares_while_others_meet():
    site = replace(compound().site, events=(meeting("a", 0), meeting("b", 120)))

    spans = {(each.code, each.event_id): each.span for each in plan(site, TUESDAY, TUESDAY) if each.event_id}

    assert spans[RESTORE, "a"].grace_end_at == spans[RESTORE, "a"].end_at
    assert spans[PREPARE, "b"].opens_at == TEN + timedelta(minutes=60)
    assert spans[PREPARE, "b"].grace_end_at == TEN + timedelta(minutes=95)
    assert spans[PREPARE, "a"].opens_at == TEN - timedelta(minutes=150)


def test_given_seventy_minutes_between_when_they_are_planned_then_it_is_no_quick_turn_and_with_one_less_it_is():
    assert due(meeting("a", 0), meeting("b", 130))[RESTORE, "a"] == ("11:00-11:40", "full", "")
    assert due(meeting("a", 0), meeting("b", 129))[RESTORE, "a"] == ("11:00-11:39", "turn", "快速翻台")


def test_given_half_an_hour_or_less_between_when_they_are_planned_then_both_are_due_by_the_next_start():
    found = due(meeting("a", 0), meeting("b", 90))

    assert found[RESTORE, "a"] == ("11:00-11:30", "turn", "快速翻台")
    assert found[PREPARE, "b"] == ("11:00-11:30", "full", "")
    assert due(meeting("a", 0), meeting("b", 91))[RESTORE, "a"] == ("11:00-11:01", "turn", "快速翻台")


def test_given_no_time_between_when_they_are_planned_then_neither_restoring_nor_preparing_is_due():
    found = due(meeting("a", 0), meeting("b", 60))

    assert set(found) == {(PREPARE, "a"), (STAY, "a"), (STAY, "b"), (RESTORE, "b")}
    assert found[STAY, "b"][0] == "11:00-12:00"


def test_given_another_room_when_they_are_planned_then_neither_hurries():
    found = due(meeting("a", 0), meeting("b", 60, room="pt-030"))

    assert found[RESTORE, "a"] == ("11:00-11:40", "full", "")


def test_given_meetings_when_neighbours_are_asked_then_each_knows_who_leaves_before_and_who_comes_after():
    found = neighbours([meeting("b", 120), meeting("a", 0), meeting("c", 300, room="pt-030")])

    assert (found["a"].freed_at, found["a"].next_at) == (None, TEN + timedelta(minutes=120))
    assert (found["b"].freed_at, found["b"].next_at) == (TEN + timedelta(minutes=60), None)
    assert (found["c"].freed_at, found["c"].next_at) == (None, None)


def test_given_a_trip_when_neighbours_are_asked_then_it_has_none():
    trip = Event("dp", "pt-056", anchors_of(EventKind.DISPATCH, TEN, None), TUESDAY)

    assert neighbours([trip]) == {}


@given(gap=st.integers(0, 300), lasts=st.integers(1, 300), following=st.integers(1, 120))
@example(gap=0, lasts=60, following=60)
@example(gap=30, lasts=60, following=60)
@example(gap=31, lasts=60, following=60)
def test_given_any_two_meetings_when_they_are_planned_then_windows_are_orderly_and_nothing_reaches_into_a_meeting(
    gap, lasts, following
):
    first, second = meeting("a", 0, lasts), meeting("b", lasts + gap, following)
    site = replace(compound().site, events=(first, second))

    found = {(each.code, each.event_id): each for each in plan(site, TUESDAY, TUESDAY) if each.event_id}

    end, start = first.anchors["meeting.end_at"], second.anchors["meeting.start_at"]
    for each in found.values():
        assert each.span.opens_at <= each.span.start_at < each.span.end_at <= each.span.grace_end_at
    if (RESTORE, "a") in found:
        turn = found[RESTORE, "a"]
        assert turn.span.end_at <= start
        assert (turn.profile == "turn") == (gap < 70)
        assert turn.span.end_at <= start - READY_BEFORE or gap <= 30
    if (PREPARE, "b") in found:
        assert found[PREPARE, "b"].span.opens_at >= end
        assert found[PREPARE, "b"].span.end_at <= start
    assert ((RESTORE, "a") in found) == (gap > 0)
    assert ((PREPARE, "b") in found) == (gap > 0)


def test_given_three_meetings_when_neighbours_are_asked_then_the_nearest_counts_and_the_last_that_leaves():
    found = neighbours([meeting("a", 0, 200), meeting("b", 120, 60), meeting("c", 240)])

    assert [found[each].next_at for each in "abc"] == [TEN + timedelta(minutes=120), TEN + timedelta(minutes=240), None]
    assert [found[each].freed_at for each in "abc"] == [
        None, TEN + timedelta(minutes=120), TEN + timedelta(minutes=200)
    ]  # fmt: skip
