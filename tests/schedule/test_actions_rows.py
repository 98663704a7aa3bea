import threading
from datetime import date, datetime, timedelta

from sqlalchemy import update

from app.db import atomically, db, run
from app.places.models import Point
from app.schedule.actions_calendar import list_day
from app.schedule.actions_closings import Closing, exempt_point
from app.schedule.actions_rows import Made, make_rows
from app.schedule.models import Cover, ScheduleEvent
from app.schedule.rules_days import Listed
from app.standards.models import Edition
from tests.support import builders
from tests.support.duties import MONDAY_NOON, ROWS, SHANGHAI, daily, made, meeting_schedule, notes, rows, window, world

TUESDAY = date(2026, 11, 24)


def change(table, **values):
    atomically(lambda: run(update(table).values(**values)))


def test_given_a_standard_at_a_point_when_rows_are_made_then_eight_days_ahead_are_there_and_nothing_before_now(inside):
    world()

    found = made()

    assert found == Made(new=19)
    assert rows()[:3] == [
        ("2026-11-23/A/A2", "planned"),
        ("2026-11-24/A/A1", "planned"),
        ("2026-11-24/A/A2", "planned"),
    ]
    assert rows("business_on")[-1] == (date(2026, 12, 2),)


def test_given_a_made_row_when_it_is_read_then_it_says_what_was_planned_and_what_it_asks_for(inside):
    world()

    made()

    names = ("edition", "profile", "kind", "day_type", "label", "expected_minutes", "implementer_id", "responsible_id")
    assert rows(*names)[0] == ("JGSW05003.01-2026", "full", "regular", "workday", "窗口A2", 8, "clean", "care")
    assert rows("round_id", "assignee_id", "key_due", "photos_due", "dual_due")[0] == ("r-ann", "ann", 1, 2, False)
    start = datetime(2026, 11, 23, 14, 0, tzinfo=SHANGHAI)
    minute = timedelta(minutes=1)
    assert rows("open_at", "start_at", "end_at", "grace_end_at", "expire_at")[0] == (
        start - 10 * minute,
        start,
        start + 60 * minute,
        start + 75 * minute,
        datetime(2026, 11, 24, 6, 40, tzinfo=SHANGHAI),
    )


def test_given_rows_when_they_are_made_again_then_nothing_changes(inside):
    world()
    made()
    before = rows("id", "window_key", "state", "expire_at")

    again = made()

    assert again == Made()
    assert rows("id", "window_key", "state", "expire_at") == before
    assert notes() == []


def test_given_a_changed_window_when_rows_are_made_then_rows_that_started_stay_and_later_ones_follow(inside):
    world()
    made(MONDAY_NOON - timedelta(days=1))
    builders_edition = [daily(window("A1", "06:30", "08:00"), window("A2", "11:00", "12:30"))]
    _replace_schedules(builders_edition)

    found = made()

    # The new A2 of Monday would have begun at eleven, an hour ago: nobody could have kept it.
    starts = dict(rows("window_key", "start_at"))
    assert {state for _key, state in rows()} == {"planned"}
    assert found == Made(new=2, changed=16)
    assert starts["2026-11-23/A/A1"] == datetime(2026, 11, 23, 6, 40, tzinfo=SHANGHAI)
    assert starts["2026-11-23/A/A2"] == datetime(2026, 11, 23, 14, 0, tzinfo=SHANGHAI)
    assert starts["2026-11-24/A/A2"] == datetime(2026, 11, 24, 11, 0, tzinfo=SHANGHAI)


def _replace_schedules(schedules):
    """As a correction of a draft would: the same edition number with other windows and another digest."""
    table = Edition.__table__
    document = db.session.execute(table.select()).one().document
    db.session.rollback()
    change(Edition, document={**document, "schedules": schedules}, digest="1" * 64)


def test_given_a_new_holiday_when_rows_are_made_then_what_is_no_longer_due_is_void_and_comes_back_when_it_goes(inside):
    world(daily(day_types=["workday"]))
    made()
    atomically(lambda: list_day(TUESDAY, Listed.HOLIDAY, "演练", "test"))

    gone = made()

    tuesday = [state for key, state in rows() if key.startswith("2026-11-24")]
    assert (gone.gone, tuesday) == (2, ["void", "void"])
    atomically(lambda: list_day(date(2026, 11, 28), Listed.MAKEUP, "调休", "test"))
    assert made().new == 2


def test_given_a_retired_point_when_rows_are_made_then_its_rows_ahead_are_void(inside):
    world()
    made()
    change(Point, active=False)

    found = made()

    assert found.gone == 19
    assert {state for _key, state in rows()} == {"void"}


def test_given_a_claimed_row_when_the_plan_changes_then_the_row_stays(inside):
    world()
    made()
    first = rows("id")[1][0]
    atomically(lambda: run(update(ROWS).where(ROWS.c.id == first).values(claimed_by_id="ann")))
    change(Point, active=False)

    made()

    assert rows("id", "state")[1] == (first, "planned")


def test_given_a_cover_when_rows_are_made_then_the_stand_in_is_on_that_day_only(inside):
    world()
    cover = {"round_id": "r-ann", "on": TUESDAY, "by_id": "lea", "at": MONDAY_NOON}
    builders.kept(Cover, person_id="ben", **cover)

    made()

    who = rows("business_on", "assignee_id")
    assert {person for day, person in who if day == TUESDAY} == {"ben"}
    assert {person for day, person in who if day != TUESDAY} == {"ann"}


def test_given_a_meeting_when_it_moves_and_is_cancelled_then_its_row_moves_and_is_void(inside):
    world(meeting_schedule())
    start = datetime(2026, 11, 24, 9, 0, tzinfo=SHANGHAI)
    builders.kept(ScheduleEvent, id="mt-1", kind="meeting", point_id="p1", starts_at=start, facts={})
    made()
    assert rows("window_key", "start_at") == [("2026-11-24/E/e:mt-1", start - timedelta(minutes=90))]

    change(ScheduleEvent, starts_at=start + timedelta(hours=1))
    made()
    assert rows("window_key", "start_at") == [("2026-11-24/E/e:mt-1", start - timedelta(minutes=30))]

    change(ScheduleEvent, cancelled_at=MONDAY_NOON)
    made()
    assert rows() == [("2026-11-24/E/e:mt-1", "void")]


def test_given_meetings_in_a_room_when_an_idle_check_waits_for_none_then_only_free_days_are_due(inside):
    world(daily(window("A1", "08:30", "10:30"), applies_when={"fact": "point.bookings_today", "eq": 0}))
    start = datetime(2026, 11, 24, 9, 0, tzinfo=SHANGHAI)
    builders.kept(ScheduleEvent, id="mt-1", kind="meeting", point_id="p1", starts_at=start, facts={})

    made()

    assert "2026-11-24/A/A1" not in dict(rows())
    assert "2026-11-25/A/A1" in dict(rows())


def test_given_a_closing_when_it_is_entered_then_rows_that_stand_and_rows_to_come_are_exempt(inside):
    world()
    made(days=2)
    closing = Closing(
        "p1",
        ("JGSW05003.01",),
        datetime(2026, 11, 24, tzinfo=SHANGHAI),
        datetime(2026, 11, 27, tzinfo=SHANGHAI),
        "repair",
    )

    moved = atomically(lambda: exempt_point(closing, "sue", MONDAY_NOON))
    made()

    exempt = {key[:10] for key, state in rows() if state == "exempt"}
    assert moved == 4
    assert exempt == {"2026-11-24", "2026-11-25", "2026-11-26"}
    assert made() == Made()


def test_given_a_history_when_rows_are_made_since_then_past_windows_are_there_too(inside):
    world()

    found = made(since=MONDAY_NOON - timedelta(days=14))

    assert found.new == 19 + 28
    assert rows()[0] == ("2026-11-09/A/A2", "planned")


def test_given_two_makers_at_once_when_both_have_made_then_every_row_is_there_once(inside):
    world()
    start, failures = threading.Barrier(4), []

    def work():
        with inside.app_context():
            start.wait()
            try:
                atomically(lambda: make_rows(SHANGHAI, MONDAY_NOON))
            except Exception as failure:  # noqa: BLE001 - the test reports whatever went wrong
                failures.append(failure)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert len(rows()) == len(set(rows())) == 19


def test_given_a_closing_for_another_standard_when_rows_are_made_then_this_one_stays_due(inside):
    world()
    first, end = (datetime(2026, 11, day, tzinfo=SHANGHAI) for day in (24, 27))
    atomically(lambda: exempt_point(Closing("p1", ("JGSW05010.02",), first, end, "repair"), "sue", MONDAY_NOON))

    made()

    assert {state for _key, state in rows()} == {"planned"}
