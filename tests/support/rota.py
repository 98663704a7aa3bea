"""The demo compound as the rules see it, and the counts that an independent oracle found."""

import json
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from app.schedule.rules_days import Calendar, DayType
from app.schedule.rules_events import EventKind, anchors_of
from app.schedule.rules_gaps import Handover
from app.schedule.rules_plan import EditionPlan, Event, PointPlan, Site
from app.schedule.rules_rounds import Round
from app.schedule.rules_schedules import schedules_of

SHANGHAI = ZoneInfo("Asia/Shanghai")
SOURCE = Path(__file__).parents[1] / "schedule" / "data" / "compound.json"


@dataclass(frozen=True)
class Compound:
    site: Site
    rounds: tuple
    handovers: tuple
    expected: tuple


@cache
def compound() -> Compound:
    told = json.loads(SOURCE.read_text(encoding="utf-8"))
    site = Site(
        points=tuple(_point(each, told["meetings"]) for each in told["points"]),
        editions=tuple(_edition(each) for each in told["editions"]),
        calendar=calendar(),
        zone=SHANGHAI,
        events=tuple(_meeting(each) for each in told["meetings"]),
    )
    rounds = tuple(
        Round(each["id"], each["person"], frozenset(each["points"]), frozenset(each["windows"]))
        for each in told["rounds"]
    )
    return Compound(site, rounds, tuple(_handover(each) for each in told["handovers"]), tuple(told["expected"]))


@cache
def calendar() -> Calendar:
    told = json.loads(SOURCE.read_text(encoding="utf-8"))["calendar"]
    return Calendar(
        holidays=frozenset(map(date.fromisoformat, told["holidays"])),
        makeup_workdays=frozenset(map(date.fromisoformat, told["makeup_workdays"])),
        official_years=frozenset({2026}),
    )


def _point(told, meetings):
    facts = {f"point.attrs.{name}": value for name, value in told["attrs"].items()}
    facts |= {f"vehicle.{name}": value for name, value in told.get("vehicle", {}).items()}
    booked = [date.fromisoformat(each["start"][:10]) for each in meetings if each["point"] == told["id"]]
    facts_on = {day: {"point.bookings_today": booked.count(day)} for day in booked}
    return PointPlan(told["id"], tuple(told["codes"]), facts, facts_on)


def _edition(told):
    ended = told["ended"] and date.fromisoformat(told["ended"])
    return EditionPlan(
        told["number"], told["code"], date.fromisoformat(told["effective"]), ended, schedules_of(told["schedules"])
    )


def _meeting(told):
    start, end = (datetime.fromisoformat(told[key]).replace(tzinfo=SHANGHAI) for key in ("start", "end"))
    return Event(told["id"], told["point"], anchors_of(EventKind.MEETING, start, end), start.date())


def _handover(told):
    starts, ends = map(time.fromisoformat, told["overlap"])
    types = frozenset(DayType(each) for each in told["day_types"])
    return Handover(told["id"], starts, ends, types, tuple(told["covered_by"]))
