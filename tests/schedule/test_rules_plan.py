from dataclasses import replace
from datetime import UTC, date, datetime

from app.schedule.rules_days import Calendar
from app.schedule.rules_plan import EditionPlan, Event, PointPlan, Site, edition_on, plan, point_facts
from app.schedule.rules_schedules import schedule_of
from tests.support.rota import SHANGHAI

MONDAY = date(2026, 11, 23)
DAILY = {
    "id": "A",
    "kind": "calendar",
    "rrule": "FREQ=DAILY",
    "dtstart": "20260701",
    "day_types": ["workday", "restday", "holiday"],
    "windows": [
        {"id": "A1", "start": "08:00", "end": "09:00", "grace_after_min": 15, "profile": "full", "expected_minutes": 8},
        {"id": "A2", "start": "14:00", "end": "15:00", "grace_after_min": 15, "profile": "round"},
    ],
}
MEETING = {
    "id": "E",
    "kind": "event",
    "label_zh": "会前",
    "day_types": ["workday"],
    "trigger": {"anchor": "meeting.start_at", "open_offset_min": -90, "due_offset_min": -30, "profile": "full"},
}


def edition(number="X-2026", effective=date(2026, 7, 1), ended=None, schedules=(DAILY,)):
    return EditionPlan(number, "X", effective, ended, tuple(map(schedule_of, schedules)))


ONE_ROOM = (PointPlan("pt-1", ("X",)),)


def site(*editions, events=(), points=ONE_ROOM):
    return Site(points, editions, Calendar(), SHANGHAI, events)


def meeting(hour=1, day=23, point="pt-1"):
    return Event("mt-1", point, {"meeting.start_at": datetime(2026, 11, day, hour, tzinfo=UTC)}, date(2026, 11, day))


def test_given_two_editions_when_one_takes_effect_then_each_business_date_has_its_own():
    old, new = edition("X-2023", date(2023, 7, 1), MONDAY), edition("X-2026", date(2026, 11, 24))

    due = plan(site(old, new), MONDAY, date(2026, 11, 24))

    assert [(each.edition, each.span.business_on.day) for each in due] == [
        ("X-2023", 23), ("X-2023", 23), ("X-2026", 24), ("X-2026", 24),
    ]  # fmt: skip


def test_given_an_edition_of_the_future_when_days_before_are_planned_then_nothing_is_due():
    assert plan(site(edition(effective=date(2026, 11, 24))), MONDAY, MONDAY) == []
    assert plan(site(edition(effective=None)), MONDAY, MONDAY) == []
    assert plan(site(edition(ended=date(2026, 11, 22))), MONDAY, MONDAY) == []


def test_given_overlapping_editions_when_a_day_is_asked_then_the_last_to_take_effect_rules():
    old, new = edition("X-2023", date(2023, 7, 1)), edition("X-2026", MONDAY)

    assert edition_on([old, new], MONDAY) is new
    assert edition_on([new, old], date(2026, 11, 22)) is old
    assert edition_on([], MONDAY) is None


def test_given_the_last_window_of_a_day_when_it_is_planned_then_the_next_mornings_window_ends_its_lateness():
    due = plan(site(edition()), MONDAY, MONDAY)

    assert [each.expire_at for each in due] == [
        datetime(2026, 11, 23, 6, 0, tzinfo=UTC),
        datetime(2026, 11, 24, 0, 0, tzinfo=UTC),
    ]


def test_given_a_planned_window_when_it_is_read_then_it_carries_what_a_row_needs():
    first, second = plan(site(edition()), MONDAY, MONDAY)

    assert (first.point_id, first.code, first.schedule_id, first.window_id) == ("pt-1", "X", "A", "A1")
    assert (first.window_key, first.reference, first.event_id) == ("2026-11-23/A/A1", "X/A/A1", None)
    assert (first.day_type, first.profile, first.kind) == ("workday", "full", "regular")
    assert (first.expected_minutes, second.expected_minutes) == (8, None)


def test_given_a_point_without_the_standard_when_it_is_planned_then_nothing_is_due_there():
    assert plan(site(edition(), points=(PointPlan("pt-1", ("Y",)),)), MONDAY, MONDAY) == []


def test_given_a_meeting_when_it_is_planned_then_only_its_own_room_is_due():
    rooms = (PointPlan("pt-1", ("X",)), PointPlan("pt-2", ("X",)), PointPlan("pt-3", ("Y",)))

    due = plan(site(edition(schedules=(MEETING,)), events=(meeting(),), points=rooms), MONDAY, MONDAY)

    assert [(each.point_id, each.window_key, each.label) for each in due] == [("pt-1", "2026-11-23/E/e:mt-1", "会前")]
    assert due[0].reference == "X/E"
    assert due[0].expire_at == datetime(2026, 11, 24, 0, 30, tzinfo=UTC)


def test_given_an_event_of_the_whole_site_when_it_is_planned_then_every_point_with_the_standard_is_due():
    rooms = (PointPlan("pt-1", ("X",)), PointPlan("pt-2", ("X",)), PointPlan("pt-3", ("Y",)))

    due = plan(site(edition(schedules=(MEETING,)), events=(meeting(point=None),), points=rooms), MONDAY, MONDAY)

    assert [each.point_id for each in due] == ["pt-1", "pt-2"]


def test_given_an_event_outside_its_day_types_or_edition_when_it_is_planned_then_nothing_is_due():
    saturday = date(2026, 11, 28)

    assert plan(site(edition(schedules=(MEETING,)), events=(meeting(day=28),)), saturday, saturday) == []
    later = edition(effective=date(2026, 12, 1), schedules=(MEETING,))
    assert plan(site(later, events=(meeting(),)), MONDAY, MONDAY) == []


def test_given_facts_of_the_event_when_a_condition_names_them_then_they_decide():
    picky = MEETING | {"applies_when": {"fact": "booking.has_av", "eq": True}}

    with_av = replace(meeting(), facts={"booking.has_av": True})

    assert len(plan(site(edition(schedules=(picky,)), events=(with_av,)), MONDAY, MONDAY)) == 1
    assert plan(site(edition(schedules=(picky,)), events=(meeting(),)), MONDAY, MONDAY) == []


def test_given_two_meetings_in_a_room_when_they_are_planned_then_the_second_ends_the_lateness_of_the_first():
    second = replace(meeting(hour=4), id="mt-2")

    due = plan(site(edition(schedules=(MEETING,)), events=(meeting(), second)), MONDAY, MONDAY)

    assert due[0].expire_at == due[1].span.start_at


def test_given_the_attributes_of_a_vehicle_when_they_become_facts_then_each_has_its_own_name():
    facts = point_facts({"open_on_holiday": True, "vehicle": {"on_holiday_duty": False, "energy": "纯电"}})

    assert facts["point.attrs.open_on_holiday"] is True
    assert (facts["vehicle.on_holiday_duty"], facts["vehicle.energy"]) == (False, "纯电")
    assert "vehicle.on_holiday_duty" not in point_facts({"room": "hot"})


def test_given_an_event_on_the_last_day_when_it_is_planned_then_it_is_due():
    due = plan(site(edition(schedules=(MEETING,)), events=(meeting(),)), date(2026, 11, 20), MONDAY)

    assert len(due) == 1


def test_given_editions_numbered_against_their_dates_when_a_day_is_asked_then_the_date_of_effect_decides():
    early, late = edition("X-2027", date(2023, 7, 1)), edition("X-2026", MONDAY)

    assert edition_on([early, late], MONDAY) is late


def every_few_days(interval, *windows):
    """A schedule of several windows on every few days, Monday one of them."""
    return DAILY | {"rrule": f"FREQ=DAILY;INTERVAL={interval}", "dtstart": "20261123", "windows": list(windows)}


def window(window_id, start, end, **keys):
    return {"id": window_id, "start": start, "end": end, "grace_after_min": 0, "profile": "full"} | keys


def test_given_one_window_of_many_days_when_it_is_planned_then_the_next_visit_after_it_ends_its_lateness():
    long = every_few_days(5, window("A1", "08:00", "09:00"), window("A2", "10:00", "09:00", end_day_offset=4))

    due = plan(site(edition(schedules=(long,))), MONDAY, MONDAY)

    assert due[1].span.end_at == datetime(2026, 11, 27, 1, tzinfo=UTC)
    assert due[1].expire_at == datetime(2026, 11, 28, 0, tzinfo=UTC)


def test_given_one_window_with_days_of_grace_when_it_is_planned_then_the_next_visit_after_it_ends_its_lateness():
    patient = every_few_days(
        5, window("A1", "08:00", "09:00"), window("A2", "10:00", "11:00", grace_after_min=4 * 24 * 60)
    )

    due = plan(site(edition(schedules=(patient,))), MONDAY, MONDAY)

    assert due[1].span.grace_end_at == datetime(2026, 11, 27, 3, tzinfo=UTC)
    assert due[1].expire_at == datetime(2026, 11, 28, 0, tzinfo=UTC)


def test_given_grace_that_ends_past_midnight_when_the_next_visit_comes_a_day_later_then_it_ends_the_lateness():
    nightly = every_few_days(2, window("A1", "00:05", "00:30"), window("A2", "23:00", "23:59", grace_after_min=15))

    due = plan(site(edition(schedules=(nightly,))), MONDAY, MONDAY)

    assert due[1].expire_at == datetime(2026, 11, 24, 16, 5, tzinfo=UTC)


def test_given_an_event_of_a_week_when_the_next_one_follows_it_then_that_one_ends_its_lateness():
    weeks = MEETING | {"trigger": MEETING["trigger"] | {"open_offset_min": 0, "due_offset_min": 7 * 24 * 60}}
    second = replace(meeting(hour=12, day=30), id="mt-2")

    due = plan(site(edition(schedules=(weeks,)), events=(meeting(), second)), MONDAY, MONDAY)

    assert [each.expire_at for each in due] == [second.anchors["meeting.start_at"]]
