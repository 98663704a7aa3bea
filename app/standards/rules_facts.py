"""The facts that conditions look at, gathered from the date, the window, the point and what the worker may say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from app.standards.rules import Edition
from app.standards.rules_conditions import ASKABLE_FACTS

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def facts_of(
    *, on: date, day_type: str, profile: str, window_key: str | None, kind: str, attrs: Mapping[str, Any]
) -> dict[str, Any]:
    """What holds at a point on a business date; `attrs["vehicle"]` becomes vehicle.* where the point is a vehicle."""
    facts: dict[str, Any] = {
        "task.profile": profile,
        "task.window_kind": kind,
        "date.month": on.month,
        "date.weekday": WEEKDAYS[on.weekday()],
        "date.day_type": day_type,
    }
    window_id = window_id_of(window_key)
    if window_id:
        facts["task.window_id"] = window_id
    vehicle = attrs.get("vehicle")
    facts |= {f"point.attrs.{name}": value for name, value in attrs.items() if _plain(value)}
    if isinstance(vehicle, Mapping):
        facts |= {f"vehicle.{name}": value for name, value in vehicle.items() if _plain(value)}
    return facts


def window_id_of(window_key: str | None) -> str | None:
    """A2 of 2026-11-23/A/A2; None for an event window and for a check outside the plan."""
    parts = (window_key or "").split("/")
    return parts[2] if len(parts) == 3 and not parts[2].startswith("e:") else None


def facts_asked(edition: Edition) -> tuple[str, ...]:
    """The facts that only the worker on the spot can know."""
    return tuple(name for name in ASKABLE_FACTS if name in edition.fact_names)


def facts_taken(sent: Mapping[str, Any], asked: Iterable[str]) -> dict[str, Any]:
    """Of what a phone sent only what it was asked, and only plain values; everything else is ignored."""
    return {name: sent[name] for name in asked if name in sent and _plain(sent[name]) and sent[name] is not None}


def _plain(value: object) -> bool:
    return value is None or isinstance(value, str | bool | int | float)
