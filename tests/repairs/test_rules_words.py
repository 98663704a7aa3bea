"""How long something took, in words; every state and event has its word."""

from datetime import timedelta

import pytest

from app.repairs.rules import OrderEventKind, OrderState
from app.repairs.rules_times import PHASES as TIMED
from app.repairs.rules_words import EVENTS, KINDS, PHASES, STATES, took
from tests.support.databases import make_app


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (timedelta(minutes=0), "0 分钟"),
        (timedelta(minutes=59), "59 分钟"),
        (timedelta(minutes=60), "1 小时 0 分"),
        (timedelta(hours=47, minutes=59), "47 小时 59 分"),
        (timedelta(hours=48), "2 天 0 小时"),
        (timedelta(days=3, hours=5, minutes=59), "3 天 5 小时"),
        (None, "—"),
    ],
)
def test_given_a_span_when_told_then_minutes_become_hours_and_hours_days(plain_request, span, words):
    assert took(span) == words


def test_given_states_events_and_phases_when_looked_up_then_each_has_a_word():
    assert set(STATES) == set(KINDS) == set(OrderState)
    assert set(EVENTS) == set(OrderEventKind)
    assert set(PHASES) == set(TIMED)


@pytest.fixture
def plain_request(tmp_path):
    """Words need a language; no database is asked."""
    with make_app(f"sqlite:///{tmp_path / 'none.sqlite3'}", tmp_path).test_request_context():
        yield
