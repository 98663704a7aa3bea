"""A small world with meeting rooms: two of the section care, looked after by the contractor clean; one foreign."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from app.meetings.actions import Call, Wish
from app.organisations.queries import unit_by_id
from app.patrols.models import PatrolRoute
from app.schedule.models import ScheduleEvent
from app.web.current import CurrentPerson, Role
from tests.support import builders
from tests.support.builders import kept
from tests.support.duties import SHANGHAI, meeting_schedule
from tests.support.standards import step_document

BEFORE, DURING, AFTER = "JGSW05002.01", "JGSW05002.02", "JGSW05002.03"
NINE = datetime(2026, 11, 24, 9, 0, tzinfo=SHANGHAI)
ELEVEN = NINE + timedelta(hours=2)
MONDAY = datetime(2026, 11, 23, 12, 0, tzinfo=SHANGHAI)
IDS = [f"00000000-0000-4000-8000-{number:012}" for number in range(10)]


def rooms() -> None:
    """Rooms m1 and m2 of care, m3 of other, with the three meeting standards; Sue, Lea, Ann and Tom at work."""
    builders.orgs()
    builders.person("ann", "worker", "clean", crew_id="c1", shift_id="early")
    builders.person("lea", "crew_leader", "clean", crew_id="c1", shift_id="early")
    builders.person("sue", "supervisor", "care")
    builders.person("tom", "supervisor", "other")
    builders.person("max", "contractor_manager", "clean")
    builders.place()
    for code, schedule in zip((BEFORE, DURING, AFTER), _schedules(), strict=True):
        builders.standard(step_document("S01"), code=code, schedules=[schedule])
    for point_id, label, unit in (
        ("m1", "7K3QX9M2TA", "clean"),
        ("m2", "000000000H", "clean"),
        ("m3", "00000000AY", "other"),
    ):
        builders.point(point_id, label, name=f"会议室{point_id}", kind="meeting_room", attrs={"seats": 40})
        for code in (BEFORE, DURING, AFTER):
            builders.works_at(point_id, code, unit, "care" if unit == "clean" else unit)
    builders.crew()
    builders.round_of("ann", ("m1", "m2"), windows=[f"{code}/A" for code in (BEFORE, DURING, AFTER)])


def _schedules() -> list[dict[str, Any]]:
    days = ["workday", "restday", "holiday"]
    before = {
        "anchor": "meeting.start_at",
        "open_offset_min": -90,
        "due_offset_min": -30,
        "grace_after_min": 5,
        "profile": "full",
    }
    during = {
        "anchor": "meeting.start_at", "due_anchor": "meeting.end_at", "open_offset_min": -20, "due_offset_min": 0,
        "grace_after_min": 30, "profile": "full",
    }  # fmt: skip
    after = {
        "anchor": "meeting.end_at",
        "open_offset_min": 0,
        "due_offset_min": 40,
        "grace_after_min": 20,
        "profile": "full",
    }
    return [
        meeting_schedule(id="A", trigger=trigger, label_zh=label, day_types=days)
        for trigger, label in ((before, "会前"), (during, "会中"), (after, "会后"))
    ]


def who(person_id: str = "sue", role: Role = Role.SUPERVISOR, org_id: str = "care") -> CurrentPerson:
    unit = unit_by_id(org_id)
    return CurrentPerson(person_id, f"人员{person_id}", role, org_id, unit.path if unit else "/")


def call(now: datetime = MONDAY, person: CurrentPerson | None = None) -> Call:
    return Call(person or who(), now, SHANGHAI)


def wish(number: int = 1, starts: datetime = NINE, lasts: int = 120, point_id: str = "m1", **keys: Any) -> Wish:
    return Wish(IDS[number], point_id, starts, starts + timedelta(minutes=lasts), **keys)


def events_of_rooms(rooms_of: Iterable[tuple[str, str, str, str, str]]) -> None:
    """For each (point, label, name, unit, id): a room of the unit with a meeting long over, a rain, a patrol route."""
    rain = {"anchor": "weather.rain_snow_start_at", "open_offset_min": 0, "due_offset_min": 30, "profile": "full"}
    builders.standard(
        step_document("S01"), code=BEFORE, schedules=[_schedules()[0], meeting_schedule(id="R", trigger=rain)]
    )
    long_ago = NINE - timedelta(days=300)
    for point_id, label, name, unit, group in rooms_of:
        builders.point(point_id, label, name=f"会议室{point_id}", kind="meeting_room")
        builders.works_at(point_id, BEFORE, unit, "care" if unit == "clean" else unit)
        at = {"point_id": point_id, "starts_at": long_ago, "facts": {}}
        kept(ScheduleEvent, id=f"mt-{name}", kind="meeting", ends_at=long_ago + timedelta(hours=1), **at)
        kept(ScheduleEvent, id=f"{group}.0", kind="rain_snow", ends_at=None, **at)
        kept(
            PatrolRoute, id=group, name="路线", org_id=unit, standard_code=BEFORE, points=[point_id], ordered=True,
            least_minutes=None, most_minutes=None, made_by_id="lea", made_at=long_ago,
        )  # fmt: skip
