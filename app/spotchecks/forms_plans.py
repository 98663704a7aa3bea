"""The form of a plan as a value, with a sentence for each field that does not hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from app.days import ONE_DAY
from app.spotchecks.rules import Kind, Method, Mode, Rhythm, Scope, before_event
from app.spotchecks.rules_plans import PlanForm
from app.spotchecks.rules_sizes import SHARE, is_size
from app.web.words import lazy

E = TypeVar("E", bound=StrEnum)
ONE_OF = lazy("This is not one of the possible answers.")
FAR_DAYS = 366


NARROWED = ("implementer_id", "standard_code", "area_id")
FIELDS = ("kind", "mode", "method", "rhythm", "scope")
_ENUMS: dict[str, type[StrEnum]] = {"kind": Kind, "mode": Mode, "method": Method, "rhythm": Rhythm, "scope": Scope}


def parse_plan(form: Mapping[str, str], today: date) -> PlanForm:
    """A plan as it was sent; `today` bounds the days of an irregular one."""
    said = {name: form.get(name, "").strip() for name in (*FIELDS, *NARROWED, "size")}
    title = form.get("title", "").strip()
    from_on, to_on = _day(form.get("from_on", "")), _day(form.get("to_on", ""))
    errors: dict[str, object] = {}
    plan_id = _uuid(form.get("id", ""))
    if plan_id is None:
        errors["title"] = lazy("The page is incomplete. Load it again.")
    elif not 0 < len(title) <= 80:
        errors["title"] = lazy("Give the plan a name of at most 80 characters.")
    errors |= {name: ONE_OF for name in FIELDS if said[name] not in set(_ENUMS[name]) or said[name] == Kind.SELF}
    if not is_size(said["size"]):
        errors["size"] = lazy("Take a level, or a number from 1 to 500.")
    errors |= _narrowed(said) | _dated(said, from_on, to_on, today) | _fitting(said)
    return PlanForm(plan_id or "", title[:80], **{name: text[:40] for name, text in said.items()},
                    from_on=from_on, to_on=to_on, errors=errors)  # fmt: skip


def _narrowed(said: Mapping[str, str]) -> dict[str, object]:
    if said["scope"] == Scope.UNIT and not said["implementer_id"]:
        return {"implementer_id": lazy("Choose the executing unit.")}
    if said["scope"] in (Scope.AREA, Scope.EVENT) and not said["area_id"]:
        return {"area_id": lazy("Choose the area.")}
    return {}


def _dated(said: Mapping[str, str], from_on: date | None, to_on: date | None, today: date) -> dict[str, object]:
    """An irregular plan names its days; the last of them has not passed, so that its seed is sealed before its end."""
    if said["scope"] == Scope.EVENT and said["rhythm"] != Rhythm.IRREGULAR:
        return {"rhythm": lazy("Before an event a plan is irregular.")}
    if said["rhythm"] != Rhythm.IRREGULAR:
        return {}
    if from_on is None or to_on is None or from_on > to_on:
        return {"to_on": lazy("Give the first and the last day.")}
    last = before_event(to_on).to_on if said["scope"] == Scope.EVENT else to_on
    if last < today:
        return {"to_on": lazy("A draw is promised before its period ends. This period is over: choose a later one.")}
    return {"to_on": lazy("Keep it within a year.")} if to_on - today > FAR_DAYS * ONE_DAY else {}


def _fitting(said: Mapping[str, str]) -> dict[str, object]:
    """On site a day's windows are drawn in the morning; a share of the day is for daily lists."""
    if said["mode"] == Mode.ONSITE and said["rhythm"] != Rhythm.DAILY:
        return {"rhythm": lazy("On site the windows of each day are drawn: choose daily.")}
    if said["size"] == SHARE and said["rhythm"] != Rhythm.DAILY:
        return {"size": lazy("A share of the day is for daily plans.")}
    return {}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _uuid(text: str) -> str | None:
    try:
        return str(UUID(text))
    except ValueError:
        return None
