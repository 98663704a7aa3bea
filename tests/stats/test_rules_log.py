"""The daily log as plain data: bounds, filters, order, what deserves a look."""

from datetime import date, timedelta

import pytest

from app.schedule.rules_states import State
from app.stats.rules_log import (
    LogFilter,
    choices,
    day_bounds,
    log_day,
    settled_counts,
    worst_first,
    worth_a_look,
)
from app.stats.rules_outcomes import MISSED_PATROL, WORDS, Look
from tests.support.answers import at
from tests.support.logs import SITE, done, line

NOW = at("10:00")


def test_given_a_day_when_bounded_then_it_runs_from_six_to_six():
    assert day_bounds(date(2026, 11, 23), SITE) == (at("06:00"), at("2026-11-24T06:00:00"))


@pytest.mark.parametrize(("clock", "day"), [("05:59", 22), ("06:00", 23), ("23:59", 23)])
def test_given_the_hours_before_six_when_the_log_is_opened_then_it_is_still_that_of_the_eve(clock, day):
    assert log_day(at(clock), SITE) == date(2026, 11, day)


def test_given_windows_when_counted_then_only_those_whose_grace_has_ended_are_due():
    lines = [done("08:00", "08:10"), line("08:00", state=State.MISSED), done("09:30", "09:35"), line("12:00")]

    counts = settled_counts(lines, NOW)

    assert (counts.on_time, counts.due, counts.missed) == (1, 2, 1)


def test_given_a_window_whose_grace_ends_this_moment_when_counted_then_it_is_due():
    last = line("08:30", 60)

    assert settled_counts([last], last.grace_end_at).due == 1
    assert settled_counts([last], last.grace_end_at - timedelta(microseconds=1)).due == 0


def test_given_codes_scanned_and_typed_when_measured_then_only_the_scanned_one_counts_as_scanned():
    assert done(via="scan").measured.scanned
    assert not done(via="typed").measured.scanned
    assert not done(via=None).measured.scanned


def test_given_every_kind_of_line_when_sorted_then_the_worst_stands_first():
    lines = [
        line("12:00"), done(), done(state=State.LATE), line(state=State.UNABLE), done(steps_fail=1),
        line(state=State.UNKNOWN), line("08:00"), line(state=State.MISSED),
    ]  # fmt: skip

    assert [each.look(NOW) for each in worst_first(lines, NOW)] == [
        Look.MISSED, Look.FAIL, Look.OVER, Look.UNKNOWN, Look.UNABLE, Look.LATE, Look.OK, Look.DUE,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("wanted", "admitted"),
    [
        (LogFilter(), True),
        (LogFilter(building="b1", unit="clean", standard="JGSW05003.01"), True),
        (LogFilter(building="b2"), False),
        (LogFilter(unit="guard"), False),
        (LogFilter(standard="JGSW05003.02"), False),
        (LogFilter(person="ann"), True),
        (LogFilter(person="bea"), True),
        (LogFilter(person="bob"), False),
        (LogFilter(state="ok"), True),
        (LogFilter(state="missed"), False),
    ],
)
def test_given_a_filter_when_asked_then_a_line_is_admitted_or_not(wanted, admitted):
    assert wanted.admits(done(claimed_by_id="bea"), NOW) is admitted
    assert wanted.is_empty is (wanted == LogFilter())


def test_given_lines_with_marks_when_looked_at_then_the_weightiest_reason_leads_and_each_stands_once():
    plain, short = done(id=1), done(id=2, short_visit=True, offline=True)
    repeated = done("08:00", "08:05", id=3, photos_sent=1, photos_valid=0, short_visit=True)
    typed, clock = done(id=4, via="typed"), done(id=5, marks=["clock"])
    unsigned, missed = done(id=6, awaiting_signature=True), line(id=7, state=State.MISSED, short_visit=True)
    asked = done(id=8, flagged=True, short_visit=True)

    found = worth_a_look([plain, short, repeated, typed, clock, unsigned, missed, asked])

    assert [(each.line.id, each.why) for each in found] == [
        (3, "photo"), (8, "flag"), (2, "short"), (6, "signature"), (5, "clock"), (4, "typed"),
    ]  # fmt: skip
    assert len(worth_a_look([short] * 20)) == 8


def test_given_two_lines_of_one_reason_when_looked_at_then_the_one_done_last_leads():
    begun_last, done_last = (
        done("09:00", "09:10", id=1, short_visit=True),
        done("08:00", "10:00", id=2, short_visit=True),
    )

    assert [each.line.id for each in worth_a_look([begun_last, done_last])] == [2, 1]


def test_given_a_missed_patrol_when_named_then_it_is_a_patrol_missed():
    patrol, restroom = line(state=State.MISSED, point_kind="parking"), line(state=State.MISSED)

    assert patrol.word(NOW) is MISSED_PATROL
    assert restroom.word(NOW) is WORDS[Look.MISSED]


def test_given_a_line_when_asked_who_then_the_doer_goes_before_the_claimer_before_the_round():
    assert done(claimed_by="保洁一班-02").who == "保洁一班-01"
    assert line(claimed_by="保洁一班-02").who == "保洁一班-02"
    assert line().who == "保洁一班-01"
    assert line(assignee=None).who is None


def test_given_steps_that_wait_for_a_verdict_when_asked_then_they_are_named():
    assert done(verdicts={"S02": "pending", "S01": "ok", "S03.reason": ""}).pending_steps == ["S02"]
    assert line().pending_steps == []


def test_given_facts_beside_the_state_when_asked_then_they_are_worth_a_second_line():
    assert not done().has_facts
    assert done(late_reason="任务撞在一起").has_facts
    assert done(helped=True).has_facts
    assert done(flagged=True).has_facts


def test_given_a_phone_that_said_it_was_done_when_its_record_has_not_come_then_the_window_is_announced():
    assert line(announced_at=at("08:45")).is_announced is True
    assert line(announced_at=at("08:45")).has_facts
    assert line().is_announced is False
    assert done(announced_at=at("08:45")).is_announced is False
    assert line(announced_at=at("08:45"), state=State.MISSED).is_announced is False
    assert line(announced_at=at("08:45"), state=State.UNKNOWN).is_announced is True


def test_given_pairs_when_made_into_choices_then_each_stands_once_in_the_order_of_its_word():
    assert choices([("b", "2"), ("a", "1"), ("b", "2"), ("", "x")]) == [("a", "1"), ("b", "2")]


def test_given_a_missed_window_when_asked_why_then_what_is_known_is_said():
    missed = {"state": State.MISSED}

    assert line(**missed, unable_reason="locked", claimed_by_id="bea").why_missed == "refused"
    assert line(**missed, claimed_by_id="bea", assignee_id=None).why_missed == "claimed"
    assert line(**missed, assignee_id=None).why_missed == "nobody"
    assert line(**missed).why_missed == ""
    assert line(assignee_id=None).why_missed == ""
    assert line(**missed, assignee_id=None).has_facts
