"""Reminders before the due date, once each, to those who owe the report; the leader when it is overdue."""

from datetime import datetime, timedelta

import pytest

from app.db import atomically
from app.halfyear.actions_reminding import remind
from app.messages.models import Message
from tests.support import reporting
from tests.support.reporting import FIRST, OVER, ZONE
from tests.support.stored import rows_of


@pytest.fixture
def site(inside):
    reporting.site()
    return inside


def told(day: int, month: int = 6, hour: int = 9):
    now = datetime(2026, month, day, hour, 0, tzinfo=ZONE)
    return atomically(lambda: remind(now, ZONE))


def people(kind="report_due"):
    return sorted((row.person_id, row.params["unit"]) for row in rows_of(Message) if row.kind == kind)


def test_rp4_given_fifteen_days_before_when_the_timer_comes_then_each_writer_is_told_once(site):
    assert told(14) == 0

    assert told(15) == 3 and told(15, hour=12) == 0 and told(16) == 0
    assert people() == [("max", "单位clean"), ("stan", "all"), ("sue", "单位care")]


def test_rp4_given_all_three_days_when_the_timer_comes_daily_then_three_reminders_and_no_more(site):
    made = [told(day) for day in range(10, 31)]

    assert [day for day, n in zip(range(10, 31), made, strict=True) if n] == [15, 23, 29]
    assert sum(made) == 9


def test_rp4_given_a_report_that_is_signed_when_reminded_then_its_writer_is_left_alone(site):
    atomically(lambda: reporting.signed(now=OVER - timedelta(days=20)))

    told(15)

    assert ("max", "单位clean") not in people() and len(people()) == 2


def test_rp4_given_an_overdue_report_when_the_timer_comes_then_the_leader_hears_how_many_and_once(site):
    atomically(lambda: reporting.signed(now=OVER - timedelta(days=20)))

    assert told(1, 7) == 3 and told(2, 7) == 0
    assert people("report_late") == [("stan", "all"), ("sue", "单位care")]
    [leader] = [row for row in rows_of(Message) if row.kind == "reports_owed"]
    assert (leader.person_id, leader.params["n"]) == ("lou", "2")


def test_given_a_half_year_from_before_the_system_when_the_timer_comes_then_nobody_owes_it(site):
    assert told(5, 1) == 0 and FIRST.before.key == "2025-2"
