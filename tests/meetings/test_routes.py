"""Meeting rooms on the phone and at the desk: booked, moved, prolonged, ended, cancelled, kept offline, imported."""

import io
from datetime import timedelta
from functools import partial

import pytest

from app import clock
from app.db import atomically
from app.meetings.actions import book
from app.meetings.queries import booking_by_id, bookings_between, works_of
from tests.meetings.test_imports import ROW, entry, excel, ical
from tests.support.duties import minutes
from tests.support.meetings import ELEVEN, IDS, MONDAY, NINE, call, rooms, wish
from tests.support.sitting import page_at, sent_at, signed_in_at

BOOK = {"id": IDS[1], "point": "m1", "day": "2026-11-24", "start": "09:00", "minutes": "120", "people": "20", "av": "1"}
WAS = {"was_start": NINE.isoformat(), "was_end": ELEVEN.isoformat()}
MOVE = {"day": "other", "date": "2026-11-25", "start": "10:00", "minutes": "60", **WAS}


@pytest.fixture
def site(app):
    with app.app_context(), clock.at(MONDAY):
        rooms()
    return app


@pytest.fixture
def booked(site):
    with site.app_context(), clock.at(MONDAY):
        atomically(lambda: book(wish(1, people=20), call()))
    return site


at_work = partial(signed_in_at, MONDAY)


def send(client, path, data, now=MONDAY):
    return sent_at(now, client, path, data)


def page(client, path, now=MONDAY):
    return page_at(now, client, path)


def standing(app, booking_id=IDS[1]):
    with app.app_context():
        found = booking_by_id(booking_id)
        return (found.starts_at, found.ends_at, found.cancelled_at is None) if found else None


def test_given_a_supervisor_when_a_room_is_booked_then_board_booking_and_work_page_show_it(site):
    sue = at_work(site, "sue")
    assert IDS[1] not in page(sue, "/meetings?day=2026-11-24")

    done = send(sue, "/meetings", BOOK)

    assert (done.status_code, done.location) == (303, f"/meetings/{IDS[1]}")
    board = page(sue, "/meetings?day=2026-11-24")
    assert f"/meetings/{IDS[1]}" in board and "09:00–11:00" in board
    assert "11:00–11:40" in page(sue, f"/meetings/{IDS[1]}")
    worker = page(at_work(site, "ann"), "/p/7K3QX9M2TA", NINE + minutes(10))
    assert 'id="meeting-1"' in worker and f"/meetings/{IDS[1]}/extend" in worker


def test_given_the_form_when_it_is_opened_then_room_and_day_are_chosen_and_no_field_asks_for_a_title(site):
    form = page(at_work(site, "sue"), "/meetings/new?room=m1&day=2026-11-24")

    assert 'value="m1" required checked' in form and 'value="2026-11-24" checked' in form
    for name in ("title", "topic", "subject", "attendees", "name="):
        assert f'name="{name}"' not in form


@pytest.mark.parametrize(
    ("field", "value", "fault"),
    [
        ("point", "", "point"), ("start", "25:00", "start"), ("minutes", "-30", "minutes"),
        ("minutes", "99999", "minutes"),
        ("day", "2026-13-01", "day"), ("people", "0", "people"), ("people", "viele", "people"), ("id", "x", "id"),
        ("day", "2026-11-20", "start"), ("minutes", "900", "minutes"),
    ],
)  # fmt: skip
def test_given_bad_input_when_it_is_booked_then_the_field_is_named_and_nothing_changes(site, field, value, fault):
    answer = send(at_work(site, "sue"), "/meetings", BOOK | {field: value})

    assert answer.status_code == 422
    assert f'href="#{fault}"' in answer.get_data(as_text=True)
    with site.app_context():
        assert bookings_between(["m1"], NINE - timedelta(days=9), NINE + timedelta(days=9)) == []


def test_given_a_taken_hour_when_it_is_booked_then_the_form_says_whose_hour_it_is(booked):
    answer = send(at_work(booked, "lea"), "/meetings", BOOK | {"id": IDS[2], "start": "10:00"})

    assert answer.status_code == 409
    assert "11-24 09:00—11:00" in answer.get_data(as_text=True)
    assert standing(booked, IDS[2]) is None


def test_given_a_booking_when_it_is_moved_twice_by_one_press_then_it_is_moved_once(booked):
    sue = at_work(booked, "sue")

    answers = [send(sue, f"/meetings/{IDS[1]}/move", MOVE) for _ in range(2)]

    assert [each.status_code for each in answers] == [303, 303]
    assert standing(booked) == (NINE + timedelta(hours=25), NINE + timedelta(hours=26), True)


@pytest.mark.parametrize(
    ("change", "status"),
    [({"start": ""}, 422), ({"date": "x"}, 422), ({"was_end": "x"}, 422), ({"was_end": NINE.isoformat()}, 409)],
)
def test_given_a_bad_or_old_form_when_it_moves_then_it_is_refused_and_nothing_changes(booked, change, status):
    answer = send(at_work(booked, "sue"), f"/meetings/{IDS[1]}/move", MOVE | change)

    assert answer.status_code == status
    assert standing(booked) == (NINE, ELEVEN, True)


def test_given_a_worker_in_the_room_when_it_takes_longer_then_the_work_page_opens_again_with_the_new_end(booked):
    ann, at = at_work(booked, "ann"), NINE + minutes(100)
    fields = {"ends": ELEVEN.isoformat(), "label": "7K3QX9M2TA"}

    answers = [send(ann, f"/meetings/{IDS[1]}/extend", fields, at) for _ in range(2)]

    assert [each.location for each in answers] == ["/p/7K3QX9M2TA"] * 2
    assert standing(booked) == (NINE, ELEVEN + minutes(30), True)
    assert "09:00–11:30" in page(ann, "/p/7K3QX9M2TA", at)


def test_given_a_worker_in_the_room_when_it_has_ended_then_restoring_is_due_on_the_same_page(booked):
    ann, at = at_work(booked, "ann"), NINE + minutes(100)

    answer = send(ann, f"/meetings/{IDS[1]}/end", {"ends": ELEVEN.isoformat(), "label": "//evil"}, at)

    assert (answer.status_code, answer.location) == (303, f"/meetings/{IDS[1]}")
    assert standing(booked) == (NINE, at, True)
    assert "10:40–11:20" in page(ann, "/p/7K3QX9M2TA", at + minutes(1))


def test_given_a_booking_when_it_is_cancelled_then_its_page_says_so(booked):
    sue = at_work(booked, "sue")

    answers = [send(sue, f"/meetings/{IDS[1]}/cancel", {}) for _ in range(2)]

    assert [each.status_code for each in answers] == [303, 303]
    assert "已取消" in page(sue, f"/meetings/{IDS[1]}")
    with booked.app_context():
        assert works_of([IDS[1]]) == []


@pytest.mark.parametrize("deed", ["move", "extend", "end", "cancel"])
def test_given_people_who_may_not_when_they_change_a_booking_then_they_are_refused_and_nothing_changes(booked, deed):
    fields = MOVE | {"ends": ELEVEN.isoformat()}
    tom = send(at_work(booked, "tom"), f"/meetings/{IDS[1]}/{deed}", fields, NINE)
    manager = send(at_work(booked, "max"), f"/meetings/{IDS[1]}/{deed}", fields, NINE)
    none = send(at_work(booked, "sue"), f"/meetings/{IDS[2]}/{deed}", fields, NINE)

    assert (tom.status_code, manager.status_code, none.status_code) == (404, 403, 404)
    assert standing(booked) == (NINE, ELEVEN, True)


def test_given_contractor_and_strangers_when_they_look_then_each_sees_the_own_rooms_only(booked):
    assert f"/meetings/{IDS[1]}" in page(at_work(booked, "max"), "/meetings?day=2026-11-24")
    tom = at_work(booked, "tom")
    assert IDS[1] not in page(tom, "/meetings?day=2026-11-24")
    with clock.at(MONDAY):
        assert tom.get(f"/meetings/{IDS[1]}").status_code == 404


def test_given_hours_kept_offline_when_somebody_scans_then_no_step_is_asked_for(site):
    sue, ann = at_work(site, "sue"), at_work(site, "ann")
    fields = {"id": IDS[3], "point": "m1", "day": "2026-11-24", "part": "morning"}

    assert [send(sue, "/meetings/offline", fields).status_code for _ in range(2)] == [303, 303]

    scanned = page(ann, "/p/7K3QX9M2TA", NINE)
    assert 'id="offline"' in scanned and "线下保密流程" in scanned
    assert "线下保密流程" in page(sue, "/meetings?day=2026-11-24")
    assert send(ann, f"/meetings/{IDS[3]}/note", {"done": "1"}, NINE).status_code == 303
    assert send(ann, f"/meetings/{IDS[3]}/note", {"done": "2"}, NINE).status_code == 422
    assert "已做" in page(sue, f"/meetings/{IDS[3]}", NINE)
    assert send(sue, f"/meetings/{IDS[3]}/lift", {}, NINE).status_code == 303
    assert 'id="offline"' not in page(ann, "/p/7K3QX9M2TA", NINE)


@pytest.mark.parametrize("change", [{"part": "night"}, {"day": ""}, {"point": ""}, {"id": ""}])
def test_given_a_bad_form_when_hours_are_kept_offline_then_it_is_refused(site, change):
    fields = {"id": IDS[3], "point": "m1", "day": "2026-11-24", "part": "morning"} | change

    assert send(at_work(site, "sue"), "/meetings/offline", fields).status_code == 422


def upload(client, body, **fields):
    with clock.at(MONDAY):
        data = {"csrf_token": client.token("/me"), "file": (io.BytesIO(body), "a.bin"), **fields}
        return client.post("/meetings/import", data=data)


def test_given_a_file_when_it_is_tried_and_taken_then_only_the_taking_books(site):
    sue = at_work(site, "sue")

    tried = upload(sue, excel(ROW), deed="try")
    with site.app_context():
        assert bookings_between(["m1"], NINE, ELEVEN) == []
    taken = upload(sue, ical(entry()), deed="take")

    assert tried.status_code == 200 and "检查通过" in tried.get_data(as_text=True)
    assert taken.status_code == 303
    assert "09:00–11:00" in page(sue, "/meetings?day=2026-11-24")
    assert "不该留下的题目" not in page(sue, "/meetings?day=2026-11-24")


def test_given_bad_files_when_they_come_then_each_is_refused_with_a_sentence(site):
    sue = at_work(site, "sue")

    assert "A2" in upload(sue, excel(["", *ROW[1:]]), deed="take").get_data(as_text=True)
    for body in (b"", b"nonsense", b"PK nonsense"):
        assert upload(sue, body, deed="take").status_code == 422
    with site.app_context():
        assert bookings_between(["m1"], NINE, ELEVEN) == []


def test_given_the_workbook_when_it_is_fetched_then_it_is_one(site):
    with clock.at(MONDAY):
        answer = at_work(site, "sue").get("/meetings/import/template.xlsx")

    assert answer.status_code == 200
    assert answer.data[:2] == b"PK"
