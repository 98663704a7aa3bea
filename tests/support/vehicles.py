"""A vehicle of the small world with its three standards, checks of it, and what drivers type; call inside a context."""

import itertools
import uuid
from datetime import datetime, timedelta
from typing import Any

from app.checks.models import Answer, Check
from tests.support import builders as make
from tests.support.builders import NOW, kept
from tests.support.standards import step_document

CAR, CAR_CODE = "v1", "8H83JHK108"
PRE, POST, MONTHLY = "JGSW05008.01", "JGSW05008.02", "JGSW05008.03"
BAR = {"key": True, "fail_action": "block", "severity": "major"}
ATTRS = {
    "id": "veh-01", "plate": "示A·T0001", "kind": "轿车", "energy": "汽油", "use": "综合保障", "bay": "F01",
    "odometer_km": 68240, "last_service_km": 66000, "service_interval_km": 5000, "on_holiday_duty": False,
    "fuel_quota": {"value": 8.6, "unit": "L/100km"},
}  # fmt: skip
_numbers = itertools.count(1)


def fleet(**attrs: Any) -> None:
    """Beside the small world: one vehicle of the unit clean, its standards, a head with the grant, a technician."""
    odometer = {"unit": "km", "min": 0, "max": 999999, "prefill": "vehicle.odometer_km", "key": True}
    make.standard(
        step_document("S01", "choice", choices=["正常", "异常"], pass_choices=["正常"], title="制动", **BAR),
        step_document("S12", "number", title="出车里程", **odometer),
        code=PRE, schedules=[_event("A", "dispatch.depart_at", -30, -5)], valid_minutes=240, title="出车前检查",
    )  # fmt: skip
    make.standard(
        step_document("S02", "number", title="收车里程", unit="km", min=0, max=999999),
        code=POST, schedules=[_event("A", "dispatch.return_at", 0, 30)], title="收车后检查",
    )  # fmt: skip
    days = {"day_types": ["workday"], "roll": "next_day_in_types"}
    monthly = {
        "id": "A",
        "kind": "calendar",
        "rrule": "FREQ=MONTHLY;BYMONTHDAY=5",
        "dtstart": "20260705",
        "windows": [],
    }
    choices = {"choices": ["无故障", "停用送修"], "pass_choices": ["无故障", "停用送修"], "title": "例检结论"}
    make.standard(
        step_document("S12", "choice", **choices, **BAR), code=MONTHLY, schedules=[monthly | days], title="月例检"
    )
    car(**attrs)
    make.person("dan", "driver", "clean")
    make.person("tec", "worker", "clean")
    make.grant("lea", "dispatch")
    make.grant("sue", "dispatch")


def car(point_id: str = CAR, code: str = CAR_CODE, implementer: str = "clean", **attrs: Any) -> str:
    """A vehicle whose three standards the unit implements."""
    values = {"name": f"公务车 {point_id}", "kind": "vehicle", "attrs": {"vehicle": ATTRS | attrs}}
    make.point(point_id, code, **values)
    for standard in (PRE, POST, MONTHLY):
        make.works_at(point_id, standard, implementer, "care" if implementer == "clean" else implementer)
    return point_id


def checked(
    at: datetime = NOW - timedelta(minutes=10), *, standard: str = PRE, profile: str = "full", km: float | None = None,
    fails: bool = False, choice: str | None = None, point_id: str = CAR,
) -> str:  # fmt: skip
    """A check that came in; `fails` fails its first step, `km` is what the odometer showed."""
    check_id = str(uuid.UUID(int=7000 + next(_numbers), version=4))
    zeros = dict.fromkeys(("key_due", "key_evidenced", "key_pass", "photos_due", "photos_sent", "photos_valid"), 0)
    kept(
        Check, id=check_id, **zeros, occurrence_id=None, point_id=point_id, standard_code=standard, label_code=CAR_CODE,
        edition=f"{standard}-2026", edition_digest="0" * 64, window_key=None, business_on=at.date(), profile=profile,
        outcome="done", person_id="dan", person_name="人员dan", person_role="driver", org_id="clean",
        implementer_id="clean", responsible_id="care", opened_at=at, submitted_at=at, effective_at=at, received_at=at,
        phone_offset_ms=0, timing="extra", via="scan", marks=[], facts={}, steps_pass=1, steps_fail=int(fails),
        dwell_seconds=60, dwell_floor_seconds=10,
    )  # fmt: skip
    step = {PRE: "S01", POST: "S01", MONTHLY: "S12"}[standard]
    _answered(check_id, step, 0, "fail" if fails else "pass", choice=choice)
    if km is not None:
        _answered(check_id, "S02" if standard == POST else "S12", 1, "pass", value=km, unit="km")
    return check_id


def number() -> str:
    """A number as a page makes it for a form."""
    return str(uuid.UUID(int=9000 + next(_numbers), version=4))


def departure(**keys: str) -> dict[str, str]:
    return {"id": number(), "km": "68240", "purpose": "市内公务", **keys}


def filling(**keys: str) -> dict[str, str]:
    return {"id": number(), "km": "68240", "quantity": "40", "cost": "318.5", "full": "1", **keys}


def noted(**keys: str) -> dict[str, str]:
    return {"id": number(), "km": "68240", "text": "更换机油机滤", **keys}


def said(**keys: str) -> dict[str, str]:
    return {"id": number(), "text": "夜间突发疾病人员送医", **keys}


def _answered(check_id: str, step: str, position: int, result: str, **values: Any) -> None:
    common = {"applicable": True, "key": True, "photos_due": 0, "photos_valid": 0}
    kept(Answer, check_id=check_id, step_id=step, position=position, result=result, **common, **values)


def _event(schedule_id: str, anchor: str, opens: int, due: int) -> dict[str, Any]:
    trigger = {"anchor": anchor, "open_offset_min": opens, "due_offset_min": due, "grace_before_min": 30,
               "grace_after_min": 5, "profile": "full", "window_kind": "regular"}  # fmt: skip
    days = ["workday", "restday", "holiday"]
    return {"id": schedule_id, "kind": "event", "day_types": days, "trigger": trigger, "roll": "none"}
