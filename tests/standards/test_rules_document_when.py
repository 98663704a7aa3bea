"""Given a schedule, when looked through, then dates that never come and windows nobody can keep are named."""

import pytest

from app.standards.rules_document_when import rule_fault, window_minutes
from tests.support.faults import TRIGGER, WINDOW, at, schedule


@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        ({"day_types": []}, "Choose the kinds of day on which it falls."),
        ({"day_types": ["sunday"]}, "Choose the kinds of day on which it falls."),
        ({"day_types": ["workday", "sunday"]}, "Choose the kinds of day on which it falls."),
        ({"day_types": "workday"}, "Choose the kinds of day on which it falls."),
        ({"applies_when": {"all": []}}, "A condition cannot be read."),
        ({"rrule": "RRULE:FREQ=DAILY"}, "Choose how often it falls."),
        ({"rrule": "FREQ=DAILY;BYMONTH=" + "11," * 60 + "11"}, "Choose how often it falls."),
        (
            {"rrule": "FREQ=DAILY;UNTIL=20200101"},
            "The first day is not one on which it falls. Choose another first day.",
        ),
        (
            {"windows": [WINDOW | {"id": str(n), "start": f"08:{n:02}"} for n in range(25)]},
            "It has more than 24 windows a day.",
        ),
        ({"windows": [WINDOW | {"start": "08:00:30"}]}, "Window 早: its times cannot be read."),
        ({"windows": [WINDOW | {"start": 800}]}, "Window 早: its times cannot be read."),
        ({"windows": [WINDOW | {"label_zh": "", "profile": " "}]}, "Window A1: choose the kind of visit."),
        ({"windows": [WINDOW | {"label_zh": None, "id": None, "profile": " "}]}, "Window ?: choose the kind of visit."),
        (
            {"windows": [WINDOW | {"label_zh": "长" * 41, "profile": " "}]},
            f"Window {'长' * 40}: choose the kind of visit.",
        ),
        (
            {"windows": [WINDOW | {"end": "08:01", "expected_minutes": 2}]},
            "Window 早: the work takes longer than the window lasts.",
        ),
        ({"windows": [WINDOW | {"expected_minutes": 0}]}, "Window 早: the work takes longer than the window lasts."),
        ({"windows": [WINDOW | {"grace_before_min": 4321}]}, "Window 早: grace is 0 to 4320 minutes."),
        ({"windows": [WINDOW | {"grace_before_min": -1}]}, "Window 早: grace is 0 to 4320 minutes."),
        ({"kind": "event", "trigger": TRIGGER | {"anchor": " "}}, "Choose the event that starts it."),
        ({"kind": "event", "trigger": TRIGGER | {"grace_before_min": 4321}}, "Grace is 0 to 4320 minutes."),
        (
            {"kind": "event", "trigger": TRIGGER | {"open_offset_min": -43_201}},
            "Give begin and end in minutes before or after the event.",
        ),
        (
            {"kind": "event", "trigger": TRIGGER | {"due_anchor": "meeting.start_at", "due_offset_min": -91}},
            "It ends before it begins.",
        ),
        ({"kind": "moon"}, "Choose whether the calendar or an event starts it."),
        ({"rrule": ""}, "Choose how often it falls."),
        ({"rrule": "FREQ=NEVER"}, "Choose how often it falls."),
        ({"rrule": "FREQ=HOURLY"}, "Times of day belong to the windows, not to the repetition."),
        ({"rrule": "FREQ=WEEKLY;BYDAY=TU"}, "The first day is not one on which it falls. Choose another first day."),
        ({"dtstart": None}, "Give the first day of the schedule."),
        ({"dtstart": "20261332"}, "Give the first day of the schedule."),
        ({"roll": "back"}, "Choose what happens on other kinds of day."),
        ({"windows": []}, "It has no window of time."),
        ({"windows": [WINDOW, WINDOW | {"start": "10:00", "end": "11:00"}]}, "Two windows have the same name."),
        ({"windows": [WINDOW, WINDOW | {"id": "A2"}]}, "Two windows begin at once."),
        ({"windows": [WINDOW | {"end": "8"}]}, "Window 早: its times cannot be read."),
        ({"windows": [WINDOW | {"end": "08:00"}]}, "Window 早: it ends before it begins."),
        ({"windows": [WINDOW | {"end_day_offset": 31}]}, "Window 早: it lasts longer than a month."),
        ({"windows": [WINDOW | {"expected_minutes": 61}]}, "Window 早: the work takes longer than the window lasts."),
        ({"windows": [WINDOW | {"grace_after_min": 4321}]}, "Window 早: grace is 0 to 4320 minutes."),
        ({"windows": [WINDOW | {"profile": ""}]}, "Window 早: choose the kind of visit."),
        ({"windows": [WINDOW | {"kind": "odd"}]}, "Window 早: choose the kind of window."),
        ({"kind": "event"}, "Choose the event that starts it."),
        ({"kind": "event", "trigger": TRIGGER | {"due_offset_min": -90}}, "It ends before it begins."),
        (
            {"kind": "event", "trigger": TRIGGER | {"due_offset_min": None}},
            "Give begin and end in minutes before or after the event.",
        ),
        ({"kind": "event", "trigger": TRIGGER | {"grace_after_min": -1}}, "Grace is 0 to 4320 minutes."),
        ({"kind": "event", "trigger": TRIGGER | {"profile": None}}, "Choose the kind of visit."),
    ],
)
def test_given_a_schedule_that_does_not_hold_when_looked_through_then_it_says_so(keys, sentence):
    assert at("schedule A", schedules=[schedule(**keys)]) == [sentence]


@pytest.mark.parametrize(
    "keys",
    [
        {},
        {"windows": [WINDOW | {"expected_minutes": 60, "grace_after_min": 4320}]},
        {"windows": [WINDOW | {"end_day_offset": 30}]},
        {"windows": [WINDOW | {"end_day_offset": 31, "end": "08:00"}]},
        {"windows": [WINDOW | {"end": "08:01", "expected_minutes": 1}]},
        {
            "windows": [
                WINDOW | {"grace_before_min": 0, "grace_after_min": None, "kind": None, "expected_minutes": None}
            ]
        },
        {"windows": [WINDOW | {"id": str(n), "start": f"08:{n:02}"} for n in range(24)]},
        {"rrule": "FREQ=DAILY;BYMONTH=" + "11," * 60 + "1"},
        {"roll": None},
        {"kind": "event", "trigger": TRIGGER | {"grace_before_min": 4320, "grace_after_min": 0}},
        {"kind": "event", "trigger": TRIGGER | {"open_offset_min": -43_200, "due_offset_min": 43_200}},
        {"windows": [WINDOW | {"start": "22:00", "end": "02:00", "end_day_offset": 1}]},
        {"kind": "event", "trigger": TRIGGER | {"due_anchor": "meeting.end_at", "due_offset_min": -90}},
    ],
)
def test_given_a_schedule_that_holds_when_looked_through_then_it_has_no_fault(keys):
    assert at("schedule A", schedules=[schedule(**keys)]) == []


def test_given_a_window_past_midnight_when_measured_then_the_day_counts():
    assert window_minutes({"start": "22:30", "end": "02:00", "end_day_offset": 1}) == 210
    assert window_minutes({"start": "22:30", "end": "25:00"}) is None


def test_given_a_rule_when_it_names_hours_then_it_is_refused():
    assert str(rule_fault("FREQ=DAILY;BYHOUR=3", "20261123")) == "Choose how often it falls."
    assert rule_fault("FREQ=WEEKLY;BYDAY=MO", "20261123") is None
