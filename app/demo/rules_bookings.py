"""Meetings and trips of the demo's past workdays, from a seed; no two in one room or car at a time."""

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

ROOMS = ("pt-028", "pt-029", "pt-030", "pt-031", "pt-032")
CARS = ("pt-056", "pt-057", "pt-058", "pt-060", "pt-062")
DRIVERS = ("wk-07", "wk-08", "wk-09")
MEETINGS_AT = (time(9, 0), time(10, 0), time(14, 30), time(15, 0))
TRIPS_AT = (time(8, 40), time(9, 20), time(13, 30))
PURPOSES = ("市内公务", "调研", "会务接送", "文件交换")


def bookings(day: date, zone: ZoneInfo) -> list[dict[str, Any]]:
    """Rows of `schedule_events` for a workday: one to three meetings, one or two trips."""
    chance = Random(f"dabiao-demo:bookings:{day}")  # noqa: S311  believable, not secret
    rooms = chance.sample(ROOMS, chance.randint(1, 3))
    cars = chance.sample(CARS, chance.randint(1, 2))
    return [_meeting(day, room, chance, zone) for room in rooms] + [_trip(day, car, chance, zone) for car in cars]


def _meeting(day: date, room: str, chance: Random, zone: ZoneInfo) -> dict[str, Any]:
    starts = datetime.combine(day, chance.choice(MEETINGS_AT), zone)
    facts = {
        "booking.has_name_cards": chance.random() < 0.4,
        "booking.has_av": chance.random() < 0.7,
        "booking.classified": False,
        "booking.people": chance.randint(8, 60),
    }
    return _event("meeting", room, starts, timedelta(minutes=chance.choice((60, 90, 120))), facts)


def _trip(day: date, car: str, chance: Random, zone: ZoneInfo) -> dict[str, Any]:
    starts = datetime.combine(day, chance.choice(TRIPS_AT), zone)
    facts = {"dispatch.driver": chance.choice(DRIVERS), "dispatch.purpose": chance.choice(PURPOSES)}
    return _event("dispatch", car, starts, timedelta(minutes=chance.choice((120, 180, 240))), facts)


def _event(kind: str, point_id: str, starts: datetime, lasts: timedelta, facts: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": f"{'mt' if kind == 'meeting' else 'dp'}-{starts:%y%m%d}-{point_id[-3:]}",
        "kind": kind,
        "point_id": point_id,
        "starts_at": starts,
        "ends_at": starts + lasts,
        "facts": facts,
    }
