"""GR-10: who hears that a month is open to appeals and that it froze, once each, in the reader's own words."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.db import atomically
from app.grades.actions_freezing import tend
from app.grades.actions_telling import tell_months
from app.messages.models import Message
from tests.support import builders
from tests.support.builders import NOW
from tests.support.sitting import signed_in
from tests.support.stored import rows_of
from tests.training.test_routes import page

ZONE = ZoneInfo("Asia/Shanghai")
OPEN = NOW - timedelta(days=18)


@pytest.fixture
def site(app):
    with app.app_context():
        builders.small_world()
        builders.person("max", "contractor_manager", "clean", locale="en")
        builders.person("tom", "supervisor", "other")
        for n in range(40):
            told = {"assignee_id": "ann", "round_id": "r-ann", "business_on": date(2026, 10, 14)}
            builders.occurrence("p1", f"A{n}", NOW - timedelta(days=40, minutes=n), state="in_window", **told)
    return app


def told(app, now):
    with app.app_context():
        return atomically(lambda: tell_months(now, ZONE))


def messages(app, kind):
    with app.app_context():
        return {each.person_id: each for each in rows_of(Message) if each.kind == kind}


def test_gr10_given_a_month_that_is_over_when_looked_then_unit_manager_and_person_hear_once_until_when(site):
    assert told(site, OPEN) == 3
    assert told(site, OPEN + timedelta(hours=6)) == 0

    found = messages(site, "grade_open")
    assert set(found) == {"ann", "max", "sue"}
    assert found["ann"].link == "/grades/person/ann?month=2026-10"
    assert found["max"].link == found["sue"].link == "/grades/unit/clean?month=2026-10"
    assert found["max"].params["day"] == "2026-11-06"


def test_gr10_given_a_month_that_froze_when_looked_then_they_hear_that_once_and_nobody_before(site):
    assert told(site, NOW) == 0
    with site.app_context():
        tend(NOW, ZONE)

    assert told(site, NOW) == 3
    assert told(site, NOW) == 0
    assert set(messages(site, "grade_frozen")) == {"ann", "max", "sue"}


def test_given_readers_of_two_languages_when_they_read_then_each_in_the_own(site):
    told(site, OPEN)

    assert "可在 2026-11-06 前申诉" in page(signed_in(site, "sue"), "/messages", now=OPEN)
    assert "open to appeals until 2026-11-06" in page(signed_in(site, "max"), "/messages", now=OPEN)


def test_given_a_month_without_records_when_looked_then_nobody_hears_anything(app):
    with app.app_context():
        builders.small_world()

    assert told(app, OPEN) == told(app, NOW) == 0
