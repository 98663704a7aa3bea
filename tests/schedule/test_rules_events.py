from datetime import UTC, date, datetime

from app.schedule.rules_days import Calendar
from app.schedule.rules_events import EventKind, anchors_of, breaks
from app.schedule.rules_plan import plan
from tests.support.rota import SHANGHAI, calendar, compound

START, END = datetime(2026, 11, 23, 1, tzinfo=UTC), datetime(2026, 11, 23, 3, tzinfo=UTC)


def test_given_an_event_when_its_anchors_are_asked_then_start_and_end_carry_their_names():
    assert anchors_of(EventKind.MEETING, START, END) == {"meeting.start_at": START, "meeting.end_at": END}
    assert anchors_of(EventKind.DISPATCH, START, None) == {"dispatch.depart_at": START}
    assert anchors_of(EventKind.PRINT_JOB, START, END) == {"print_job.accepted_at": START}


def test_given_the_holidays_of_2026_when_breaks_are_asked_then_weekends_alone_are_none():
    found = list(breaks(calendar(), date(2026, 9, 14), date(2026, 10, 20), SHANGHAI))

    assert [event.id for event in found] == [
        "break-from-2026-09-24",
        "break-to-2026-09-28",
        "break-from-2026-09-30",
        "break-to-2026-10-08",
    ]
    assert found[2].anchors == {"calendar.last_workday_end": datetime(2026, 9, 30, 9, 30, tzinfo=UTC)}
    assert found[3].anchors == {"calendar.first_workday_start": datetime(2026, 10, 8, 0, 0, tzinfo=UTC)}


def test_given_a_long_break_when_the_compound_is_planned_then_deep_cleaning_is_due_on_its_last_evening():
    site = compound().site
    events = tuple(breaks(calendar(), date(2026, 9, 30), date(2026, 10, 8), SHANGHAI))

    due = plan(
        site.__class__(site.points, site.editions, site.calendar, site.zone, events),
        date(2026, 9, 30),
        date(2026, 10, 8),
    )

    deep = [each for each in due if each.code == "JGSW05003.02" and each.event_id]
    sealed = [each for each in due if each.code == "JGSW05008.02" and each.event_id]
    assert {each.window_key for each in deep} == {"2026-10-07/C/e:break-to-2026-10-08"}
    assert len(deep) == 11
    assert {each.span.business_on for each in sealed} == {date(2026, 9, 30)}
    assert len(sealed) == 5


def test_given_a_single_holiday_when_breaks_are_asked_then_it_is_a_break_and_a_bare_weekend_is_none():
    wednesday = Calendar(holidays=frozenset({date(2026, 11, 25)}))

    found = [event.id for event in breaks(wednesday, date(2026, 11, 19), date(2026, 12, 1), SHANGHAI)]

    assert found == ["break-from-2026-11-24", "break-to-2026-11-26"]


def test_given_a_holiday_at_the_far_end_of_a_weekend_when_breaks_are_asked_then_both_ends_are_found():
    friday, monday = (Calendar(holidays=frozenset({date(2026, 11, day)})) for day in (27, 30))

    around_friday = [event.id for event in breaks(friday, date(2026, 11, 23), date(2026, 12, 2), SHANGHAI)]
    around_monday = [event.id for event in breaks(monday, date(2026, 11, 23), date(2026, 12, 2), SHANGHAI)]

    assert around_friday == ["break-from-2026-11-26", "break-to-2026-11-30"]
    assert around_monday == ["break-from-2026-11-27", "break-to-2026-12-01"]


def test_given_a_holiday_on_the_second_day_of_a_weekend_when_breaks_are_asked_then_both_ends_are_found():
    sunday = Calendar(holidays=frozenset({date(2026, 11, 29)}))

    found = [event.id for event in breaks(sunday, date(2026, 11, 23), date(2026, 12, 2), SHANGHAI)]

    assert found == ["break-from-2026-11-27", "break-to-2026-11-30"]
