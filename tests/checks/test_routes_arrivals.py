"""A phone that says 已报到，照片待传: kept once, scoped, and the window is not yet known instead of missed."""

from datetime import timedelta

import pytest

from app import clock
from app.checks.models import Arrival
from app.db import atomically
from app.schedule.actions_settle import settle_states
from app.schedule.models import Occurrence, OccurrenceEvent
from tests.support import builders as make
from tests.support.protocol import ID, Phone, counted, kept, world

GRACE_END = make.NOW + timedelta(minutes=55)
EXPIRY = make.NOW + timedelta(minutes=230)


def told(**changed):
    named = ("id", "person", "code", "standard", "window", "opened_at", "submitted_at", "outcome")
    return {name: make.submission()[name] for name in named} | {"photos": 3} | changed


def settled(app, at):
    with app.app_context(), clock.at(at):
        atomically(lambda: settle_states(at))
    return kept(app, Occurrence)[0].state


def test_given_photos_that_wait_when_the_phone_tells_then_it_is_kept_once_and_is_no_check(app):
    world(app)
    ann = Phone(app, "ann")

    first, again = ann.post("/api/v1/arrivals", told()), ann.post("/api/v1/arrivals", told())

    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json == again.json == {"arrival": {"id": ID, "photos": 3}}
    (row,) = kept(app, Arrival)
    assert (row.person_id, row.photos, row.received_at) == ("ann", 3, make.NOW)
    assert counted(app)["checks"] == counted(app)["receipts"] == 0


def test_given_it_was_told_when_the_window_passes_then_it_is_unknown_for_a_day_and_then_missed(app):
    world(app)
    Phone(app, "ann").post("/api/v1/arrivals", told())

    assert settled(app, GRACE_END) == "planned"
    assert settled(app, GRACE_END + timedelta(minutes=1)) == "unknown"
    assert settled(app, EXPIRY + timedelta(minutes=1)) == "unknown"
    assert settled(app, GRACE_END + timedelta(hours=24)) == "unknown"
    assert settled(app, GRACE_END + timedelta(hours=24, minutes=1)) == "missed"


def test_given_a_missed_window_when_the_phone_tells_that_it_was_done_in_time_then_it_is_unknown_again(app):
    world(app)
    late = Phone(app, "ann")
    late.at = EXPIRY + timedelta(hours=1)
    assert settled(app, EXPIRY + timedelta(minutes=1)) == "missed"

    late.post("/api/v1/arrivals", told())

    assert kept(app, Occurrence)[0].state == "unknown"
    assert [each.kind for each in kept(app, OccurrenceEvent)] == ["missed", "announced", "settled"]


def test_given_it_was_done_after_the_last_moment_when_told_then_the_window_stays_missed(app):
    world(app)
    late = Phone(app, "ann")
    late.at = EXPIRY + timedelta(hours=2)
    settled(app, EXPIRY + timedelta(minutes=1))

    answer = late.post("/api/v1/arrivals", told(submitted_at=(EXPIRY + timedelta(hours=1)).isoformat()))

    assert answer.status_code == 201
    assert kept(app, Occurrence)[0].state == "missed"


def test_given_it_was_told_when_the_check_comes_then_it_is_judged_as_always(app):
    world(app)
    ann = Phone(app, "ann")
    ann.post("/api/v1/arrivals", told())
    settled(app, EXPIRY + timedelta(minutes=1))
    ann.at = EXPIRY + timedelta(minutes=2)

    receipt = ann.post("/api/v1/checks", make.submission()).json["receipt"]

    assert (receipt["status"], kept(app, Occurrence)[0].state) == ("offline", "in_window")


def test_given_the_check_is_here_when_told_then_nothing_changes(app):
    world(app)
    ann = Phone(app, "ann")
    ann.post("/api/v1/checks", make.submission())
    before = counted(app)

    assert ann.post("/api/v1/arrivals", told()).status_code == 200
    assert counted(app) == before


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"photos": 4}, 409),
        ({"person": "lea"}, 403),
    ],
)
def test_given_it_was_told_when_the_same_number_comes_with_other_content_then_it_is_refused(app, changed, status):
    world(app)
    ann = Phone(app, "ann")
    ann.post("/api/v1/arrivals", told())
    before = counted(app)

    assert ann.post("/api/v1/arrivals", told(**changed)).status_code == status
    assert counted(app) == before


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"id": "nonsense"}, 422),
        ({"standard": None}, 422),
        ({"outcome": "perhaps"}, 422),
        ({"submitted_at": "yesterday"}, 422),
        ({"photos": -1}, 422),
        ({"photos": 2.5}, 422),
        ({"photos": "3"}, 422),
        ({"photos": 401}, 422),
        ({"code": "000000000H"}, 404),
    ],
)
def test_given_bad_input_when_told_then_it_is_refused_and_changes_nothing(app, changed, status):
    world(app)
    ann = Phone(app, "ann")
    before = counted(app)

    assert ann.post("/api/v1/arrivals", told(**changed)).status_code == status
    assert counted(app) == before


def test_given_a_stranger_or_another_role_when_telling_then_403_and_nothing_is_kept(app):
    world(app)

    assert Phone(app, "bob").post("/api/v1/arrivals", told(person="bob")).status_code == 403
    assert Phone(app, "sue").post("/api/v1/arrivals", told(person="sue")).status_code == 403
    assert Phone(app, "ann").post("/api/v1/arrivals", told(), token=False).status_code == 403
    assert kept(app, Arrival) == []


def test_given_no_window_when_told_then_it_is_kept_for_the_point(app):
    world(app)

    assert Phone(app, "ann").post("/api/v1/arrivals", told(window=None)).status_code == 201

    assert [(row.point_id, row.occurrence_id) for row in kept(app, Arrival)] == [("p1", None)]
    assert kept(app, Occurrence)[0].announced_at is None


def test_given_it_was_told_when_the_supervisor_looks_at_the_log_then_the_window_says_so(app):
    world(app)
    Phone(app, "ann").post("/api/v1/arrivals", told())
    settled(app, GRACE_END + timedelta(minutes=1))
    sue = Phone(app, "sue")
    sue.at = GRACE_END + timedelta(minutes=2)

    log = sue.get("/log?view=list&day=2026-11-23").get_data(as_text=True)
    history = sue.get("/log/windows/1").get_data(as_text=True)

    assert "已报到，照片待传" in log
    assert "未同步" in log
    assert "已报到，照片待传" in history
