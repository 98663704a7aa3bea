"""Which standards of a vehicle play which part, told from their schedules: before a trip, after it, every month."""

from __future__ import annotations

from enum import StrEnum

from app.standards.rules import Edition, Evidence, FailAction, Step
from app.vehicles.rules_content import STOPPED

FULL, URGENT, SEAL = "full", "urgent", "seal"
ODOMETER = "vehicle.odometer_km"
ODOMETER_FROM_KM = 100_000
"""A number of kilometres that may grow this large is what an odometer shows, not a distance."""


class Part(StrEnum):
    """What a standard is for."""

    PRE_TRIP = "pre_trip"
    POST_TRIP = "post_trip"
    MONTHLY = "monthly"


def part_of(edition: Edition) -> Part | None:
    """By the anchor of its event windows; a monthly one has a monthly rhythm."""
    anchors = {(each.get("trigger") or {}).get("anchor", "") for each in edition.schedules}
    if anchors & {"dispatch.depart_at", "dispatch.urgent_at"}:
        return Part.PRE_TRIP
    if "dispatch.return_at" in anchors:
        return Part.POST_TRIP
    monthly = any("FREQ=MONTHLY" in (each.get("rrule") or "") for each in edition.schedules)
    return Part.MONTHLY if monthly else None


def is_odometer(step: Step) -> bool:
    """Whether what is read in this step is the odometer."""
    if step.evidence is not Evidence.NUMBER or step.formula:
        return False
    return step.prefill == ODOMETER or (step.unit == "km" and (step.max or 0) >= ODOMETER_FROM_KM)


def keeps_in(step: Step, result: str, choice: str | None) -> bool:
    """Whether this answer keeps the vehicle in: a failed step that blocks, or out of service by its own word (VH-6)."""
    if step.fail_action is not FailAction.BLOCK:
        return False
    return result == "fail" or bool(choice and choice.startswith(STOPPED))
