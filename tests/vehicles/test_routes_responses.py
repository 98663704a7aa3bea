"""The page of response times: figures with the orders behind them; an order that nobody used is over with its time."""

from datetime import timedelta

import pytest

from app import clock
from app.db import atomically
from app.schedule.models import Occurrence, ScheduleEvent
from app.vehicles.actions_tending import tend
from tests.support import builders as make
from tests.support import vehicles as cars
from tests.support.driving import found, page, send
from tests.support.duties import SHANGHAI
from tests.support.sitting import signed_in
from tests.vehicles.test_routes_orders import order

NOW = make.NOW
MINUTE = timedelta(minutes=1)


@pytest.fixture
def site(app):
    with app.app_context():
        make.small_world()
        cars.fleet()
        cars.checked()
    return app


def given(app, now=NOW, **keys):
    with clock.at(now):
        answer = signed_in(app, "lea").send("/vehicles/dispatches", order(**keys), page="/me")
    assert answer.status_code == 303, answer.text
    return found(app, ScheduleEvent)[-1].id


def left(app, event_id, at):
    answer = send(signed_in(app, "dan"), "depart", cars.departure(event=event_id), at)
    assert answer.status_code == 303, answer.text


def figures(app, who="lea", now=NOW + 60 * MINUTE):
    text = page(signed_in(app, who), "/vehicles/responses", now)
    return [part.split("</strong>")[0] for part in text.split('<strong class="num">')[1:3]], text


def test_vh_2_given_a_call_when_answered_within_half_an_hour_then_one_of_one_stands_there_with_its_order(site):
    event = given(site, starts="2026-11-23T08:45", number="PC-7")
    left(site, event, NOW + 30 * MINUTE)

    shown, text = figures(site)

    assert shown == ["1/1", "—"]
    assert "PC-7" in text and "25.0" in text and "按时" in text
    assert "1/1" in page(signed_in(site, "lea"), "/vehicles", NOW + 60 * MINUTE)


def test_vh_2_given_an_urgent_call_when_answered_after_two_minutes_then_it_is_late(site):
    event = given(site, starts="2026-11-23T08:40", urgent="1")
    left(site, event, NOW + 2 * MINUTE)

    assert figures(site)[0] == ["—", "0/1"]


def test_vh_2_given_a_driver_who_left_without_an_order_when_the_figures_are_shown_then_nobody_called(site):
    assert send(signed_in(site, "dan"), "depart", cars.departure()).status_code == 303

    assert figures(site)[0] == ["—", "—"]


def test_vh_2_given_a_stranger_or_a_month_without_orders_when_asked_then_no_order_is_shown(site):
    given(site, number="PC-8")

    assert "PC-8" not in figures(site, "bob")[1]
    for month in ("2026-10", "2031-01", "x"):
        with clock.at(NOW):
            assert signed_in(site, "lea").get(f"/vehicles/responses?month={month}").status_code == 200


def test_given_an_order_that_nobody_used_when_its_time_is_over_then_no_check_after_the_trip_is_asked_for(site):
    event = given(site)
    over = NOW + timedelta(hours=3, minutes=20)

    def tended(at):
        with site.app_context(), clock.at(at):
            return atomically(lambda: tend(at, SHANGHAI))

    tended(over - MINUTE)
    before = found(site, ScheduleEvent)[0].cancelled_at
    first, again = tended(over), tended(over + MINUTE)
    after = [each.state for each in found(site, Occurrence) if each.standard_code == cars.POST]

    assert (before, first - again, after) == (None, 1, ["void"])
    assert found(site, ScheduleEvent)[0].cancelled_at == over
    assert event


def test_given_an_order_that_somebody_used_when_its_time_is_over_then_it_stands(site):
    event = given(site, starts="2026-11-23T08:45", ends="2026-11-23T09:00")
    left(site, event, NOW + 10 * MINUTE)

    with site.app_context(), clock.at(NOW + 60 * MINUTE):
        atomically(lambda: tend(NOW + 60 * MINUTE, SHANGHAI))

    assert found(site, ScheduleEvent)[0].cancelled_at is None
