"""Given a workday, when its bookings are made from the seed, then they are the same each time and never clash."""

from datetime import date
from zoneinfo import ZoneInfo

from app.demo.rules_bookings import bookings

SHANGHAI = ZoneInfo("Asia/Shanghai")


def test_given_a_day_when_booked_twice_then_the_same_rooms_and_cars_once_each():
    made = bookings(date(2026, 11, 20), SHANGHAI)

    assert made == bookings(date(2026, 11, 20), SHANGHAI)
    assert len({each["point_id"] for each in made}) == len({each["id"] for each in made}) == len(made)
    assert {each["kind"] for each in made} == {"meeting", "dispatch"}
    assert all(each["ends_at"] > each["starts_at"] for each in made)
