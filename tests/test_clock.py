"""Given the only caller of the system clock, when it is moved, then only inside the block."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from app import clock

SITE = ZoneInfo("Asia/Shanghai")


def test_given_a_moved_clock_when_asked_then_it_holds_inside_the_block_only():
    instant = datetime(2026, 2, 28, 17, 30, tzinfo=UTC)

    with clock.at(instant):
        inside = (clock.now(), clock.today(SITE))

    assert inside == (instant, date(2026, 3, 1))
    assert clock.now().year >= 2026 and clock.now() != instant


def test_given_an_instant_of_the_site_when_moved_there_then_now_is_in_utc():
    with clock.at(datetime(2026, 11, 23, 8, 0, tzinfo=SITE)):
        assert clock.now() == datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
        assert clock.now().tzinfo is UTC
